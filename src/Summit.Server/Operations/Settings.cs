using System.Data.Common;
using System.Text;

namespace Summit.Server.Operations;

/// <summary>
/// What the operator decides, under <c>Summit</c> in the configuration: <c>Summit__Data</c> in the environment, or in a file of
/// that name in <c>/run/secrets</c>.
/// </summary>
public sealed record Settings
{
    /// <summary>The folder that holds everything worth keeping.</summary>
    public string Data { get; init; } = "data";

    /// <summary>Where PostgreSQL is, as an Npgsql connection string; without it the journal is a SQLite file in <see cref="Data"/>.</summary>
    public string? Postgres { get; init; }

    /// <summary>Its password, where that comes from a file of its own and does not stand in <see cref="Postgres"/>.</summary>
    public string? PostgresPassword { get; init; }

    /// <summary>Whether an empty installation gets the demonstration.</summary>
    public bool Demo { get; init; } = true;

    /// <summary>The address people reach it at, <c>https://summit.example.org</c>, when it is not the one it listens at.</summary>
    public string? Address { get; init; }

    /// <summary>Whether the start prints the links. Not where a collector keeps the output: who can read the links has their powers.</summary>
    public bool PrintLinks { get; init; } = true;

    /// <summary>Open connections in all. Each follower holds one, with some 50 kB.</summary>
    public long MaxConnections { get; init; } = 20_000;

    /// <summary>Opens <c>/metrics</c> to whoever sends it as a bearer token. Without one it is open to the machine itself alone.</summary>
    public string? MetricsKey { get; init; }

    /// <summary>Whether webhooks may go to private addresses, and over http to this machine: for trying out, and inside of one house.</summary>
    public bool LocalHooks { get; init; }

    /// <summary>Where cells live. Without Orleans' packages at build time it is always <see cref="EngineChoice.Local"/>.</summary>
    public EngineChoice Engine { get; init; } = EngineChoice.Orleans;

    public static Settings Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Summit").Get<Settings>() ?? new Settings();
        return settings with { Data = Path.GetFullPath(settings.Data), Postgres = WithPassword(settings.Postgres, settings.PostgresPassword) };
    }

    /// <summary>A folder below the data that its owner alone can read. Created if it is not there.</summary>
    public DirectoryInfo PrivateFolder(string name = "")
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var path = Path.Combine(Data, name);
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerOnly);
    }

    private static string? WithPassword(string? connection, string? password)
    {
        if (string.IsNullOrEmpty(connection))
        {
            return null;
        }

        if (string.IsNullOrEmpty(password))
        {
            return connection;
        }

        var whole = new StringBuilder(connection);
        DbConnectionStringBuilder.AppendKeyValuePair(whole, "Password", password);
        return whole.ToString();
    }
}

/// <summary>Where cells live: as grains on any number of servers, or plainly in this one, which saves a small device some memory.</summary>
public enum EngineChoice
{
    Orleans,
    Local,
}
