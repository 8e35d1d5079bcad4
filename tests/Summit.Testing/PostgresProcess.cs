using System.Text;

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
        await postgres.HandOverAsync();
        await postgres.AsOwnerAsync("initdb", "-D", postgres.Data, "-U", "summit", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--locale=C");
        return postgres;
    }

    /// <summary>
    /// One more, which follows this one and runs when this returns. From then on a commit is acknowledged when it is on the disks of both.
    /// </summary>
    public async Task<PostgresProcess> StartStandbyAsync()
    {
        var standby = new PostgresProcess(_settings);
        try
        {
            await standby.HandOverAsync();
            var source = $"host=127.0.0.1 port={Port} user=summit password='{Password.Replace("'", "\\'", StringComparison.Ordinal)}' application_name=standby";
            await standby.AsOwnerAsync("pg_basebackup", "-D", standby.Data, "-d", source, "--write-recovery-conf", "--checkpoint=fast");
            await standby.StartAsync();
            await AskAsync("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
            await AskAsync("SELECT pg_reload_conf()");
            await Wait.UntilAsync("commits wait for the standby", async () => await AskAsync("SELECT sync_state FROM pg_stat_replication") == "sync");
            return standby;
        }
        catch
        {
            await standby.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a standby take connections that write, in the place of the one it followed.</summary>
    public Task PromoteAsync() => AsOwnerAsync("pg_ctl", "promote", "-w", "-D", Data);

    /// <summary>SIGKILL of the process that all others of it end with. It does not come back.</summary>
    public async Task KillAsync()
    {
        var lockFile = Path.Combine(Data, "postmaster.pid");
        await Programs.RunAsync("kill", "-9", (await File.ReadAllLinesAsync(lockFile))[0]);
        File.Delete(lockFile);
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
    /// <param name="standby">One that takes its place when it is lost.</param>
    public string ConnectionString(string database = "postgres", PostgresProcess? standby = null)
    {
        var place = standby is null ? $"Host=127.0.0.1;Port={Port}" : $"Host=127.0.0.1:{Port},127.0.0.1:{standby.Port}";
        return $"{place};Database={database};Username=summit;Password=\"{Password}\"";
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync("immediate");
        _folder.Delete(recursive: true);
    }

    /// <summary>Files of its tables and indexes in which these letters stand anywhere, as UTF-8; never what it still writes ahead.</summary>
    public async Task<IReadOnlyList<string>> TableFilesWithAsync(string letters)
    {
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(Data, "base"), "*", SearchOption.AllDirectories))
        {
            if ((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(letters)) >= 0)
            {
                found.Add(file);
            }
        }

        return found;
    }

    /// <summary>The first column of the first row, as psql writes it.</summary>
    public async Task<string> AskAsync(string sql)
    {
        var psql = Programs.Find("psql", "postgresql-client");
        var (code, words) = await Programs.TryRunAsync(
            "env", $"PGPASSWORD={Password}", psql, "-h", "127.0.0.1", "-p", $"{Port}", "-U", "summit", "-d", "postgres", "-Atqc", sql);
        return code == 0 ? words.Trim() : throw new InvalidOperationException($"{sql}: {words}");
    }

    /// <summary>Its folder becomes that of whoever runs PostgreSQL.</summary>
    private Task HandOverAsync() =>
        Environment.IsPrivilegedProcess ? Programs.RunAsync("chown", "-R", "postgres", _folder.FullName) : Task.CompletedTask;

    /// <summary>Runs one of PostgreSQL's programs as whoever owns the data: PostgreSQL refuses root.</summary>
    private Task AsOwnerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_bin, program);
        return Environment.IsPrivilegedProcess
            ? Programs.RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : Programs.RunAsync(path, arguments);
    }
}
