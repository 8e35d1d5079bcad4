using Summit.Engine;
using Summit.Storage.Postgres;
using Summit.Storage.Sqlite;

namespace Summit.Server.Operations;

/// <summary>Which store there is: PostgreSQL where one is named, else a file in the data folder.</summary>
internal static class Storage
{
    /// <summary>The folder of what conferences hand out, in the data folder.</summary>
    public const string Files = "files";

    public static void AddStorage(this IServiceCollection services, Settings settings)
    {
        if (settings.Postgres is null)
        {
            // The container knows no asynchronous factories; nothing else runs yet that this could hold up.
            services.AddSingleton<IJournal>(provider => SqliteJournal.OpenAsync(
                Path.Combine(settings.Data, SqliteJournal.FileName), provider.GetRequiredService<ILogger<SqliteJournal>>(), CancellationToken.None)
                .GetAwaiter().GetResult());
            services.AddSingleton<IAgreements, NobodyElse>();
            services.AddSingleton<IFiles>(new FilesInFolder(settings.PrivateFolder(Files).FullName));
        }
        else
        {
            services.AddSingleton(provider => PostgresJournal.Create(settings.Postgres, provider.GetRequiredService<ILogger<PostgresJournal>>()));
            services.AddSingleton<IJournal>(provider => provider.GetRequiredService<PostgresJournal>());
            services.AddSingleton(provider => provider.GetRequiredService<PostgresJournal>().Agreements);
            services.AddSingleton(provider => provider.GetRequiredService<PostgresJournal>().Files);
            services.AddHostedService<PostgresStart>();
        }
    }

    /// <summary>Waits for the database while the server already answers that it lives.</summary>
    private sealed class PostgresStart(PostgresJournal journal) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => journal.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>The only server of its store agrees with itself; what it says is kept in its data folder.</summary>
internal sealed class NobodyElse : IAgreements
{
    public string? Find(string name) => null;

    public string Agree(string name, string text) => text;
}
