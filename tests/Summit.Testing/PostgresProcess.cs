namespace Summit.Testing;

/// <summary>A PostgreSQL of its own, from initdb on, that syncs as a real one does. Gone when disposed.</summary>
public sealed class PostgresProcess : IAsyncDisposable
{
    public const string Password = "open-Sesame'7";

    private readonly string _bin = Path.GetDirectoryName(Programs.Find("initdb", "postgresql"))!;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("summit-postgres-");
    private readonly IReadOnlyList<string> _settings;

    private PostgresProcess(IReadOnlyList<string> settings) => _settings = settings;

    public int Port { get; } = Programs.FreePort();

    public bool IsRunning => File.Exists(Path.Combine(Data, "postmaster.pid"));

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Makes its files; it does not run yet.</summary>
    /// <param name="settings">Beyond PostgreSQL's own, name=value.</param>
    public static async Task<PostgresProcess> CreateAsync(params IReadOnlyList<string> settings)
    {
        var postgres = new PostgresProcess(settings);
        var secret = Path.Combine(postgres._folder.FullName, "password");
        await File.WriteAllTextAsync(secret, Password);
        if (Environment.IsPrivilegedProcess)
        {
            await Programs.RunAsync("chown", "-R", "postgres", postgres._folder.FullName);
        }

        await postgres.AsOwnerAsync("initdb", "-D", postgres.Data, "-U", "summit", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--locale=C");
        return postgres;
    }

    /// <summary>Returns when it takes connections. Does nothing if it runs.</summary>
    public async Task StartAsync()
    {
        if (IsRunning)
        {
            return;
        }

        string[] settings = [$"port={Port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=32MB", .. _settings];
        await AsOwnerAsync(
            "pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(_folder.FullName, "log"), "-o", string.Join(' ', settings.Select(s => $"-c {s}")));
    }

    /// <param name="mode">fast: says goodbye to everyone; immediate: as if it had crashed.</param>
    public async Task StopAsync(string mode = "fast")
    {
        if (IsRunning)
        {
            await AsOwnerAsync("pg_ctl", "stop", "-w", "-D", Data, "-m", mode);
        }
    }

    /// <summary>As Npgsql has it.</summary>
    public string ConnectionString(string database = "postgres") =>
        $"Host=127.0.0.1;Port={Port};Database={database};Username=summit;Password=\"{Password}\"";

    public async ValueTask DisposeAsync()
    {
        await StopAsync("immediate");
        _folder.Delete(recursive: true);
    }

    /// <summary>Runs one of PostgreSQL's programs as whoever owns the data: PostgreSQL refuses root.</summary>
    private Task AsOwnerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_bin, program);
        return Environment.IsPrivilegedProcess
            ? Programs.RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : Programs.RunAsync(path, arguments);
    }
}
