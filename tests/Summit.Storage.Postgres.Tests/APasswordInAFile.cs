using Npgsql;
using Summit.Testing;

namespace Summit.Storage.Postgres.Tests;

/// <summary>A server whose password is mounted as a file, the way Docker and Kubernetes hand out secrets.</summary>
public sealed class APasswordInAFile(SharedCluster cluster) : IDisposable
{
    private readonly DirectoryInfo _secrets = Directory.CreateTempSubdirectory("summit-secrets-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _secrets.Delete(recursive: true);

    [Fact]
    public async Task Opens_the_database_and_stands_in_no_environment_and_no_log()
    {
        var database = await cluster.CreateDatabaseAsync();
        var withoutPassword = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = null }.ToString();
        // An editor ends the line.
        await File.WriteAllTextAsync(Path.Combine(_secrets.FullName, "Summit__PostgresPassword"), PostgresProcess.Password + "\n", Cancelled);

        await using var server = await ServerProcess.StartAsync(settings: new Dictionary<string, string?>
        {
            ["Summit__Postgres"] = withoutPassword,
            ["Summit__Secrets"] = _secrets.FullName,
        });

        Assert.True(await database.ScalarAsync<long>("SELECT count(*) FROM summit.records") > 0, "Nothing was written.");
        Assert.DoesNotContain(PostgresProcess.Password, await File.ReadAllTextAsync($"/proc/{server.Id}/environ", Cancelled), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Output, line => line.Contains(PostgresProcess.Password, StringComparison.Ordinal));
    }
}
