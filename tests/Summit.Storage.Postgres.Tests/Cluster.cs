using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Summit.Storage.Postgres.Tests.SharedCluster))]

namespace Summit.Storage.Postgres.Tests;

/// <summary>A PostgreSQL of the tests' own, from initdb on, that syncs as a real one does. Gone with the tests.</summary>
public class Cluster : IAsyncLifetime
{
    public const string Password = "open-Sesame'7";

    private readonly string _bin = FindBin();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("summit-postgres-");
    private readonly int _port = FreePort();

    private string Data => Path.Combine(_folder.FullName, "data");

    private string Pid => Path.Combine(Data, "postmaster.pid");

    /// <summary>Settings beyond PostgreSQL's own, name=value.</summary>
    protected virtual IReadOnlyList<string> Settings => [];

    public async ValueTask InitializeAsync()
    {
        var secret = Path.Combine(_folder.FullName, "password");
        await File.WriteAllTextAsync(secret, Password);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "-R", "postgres", _folder.FullName);
        }

        await AsOwnerAsync("initdb", "-D", Data, "-U", "summit", "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--locale=C");
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopAsync("immediate");
        _folder.Delete(recursive: true);
    }

    /// <summary>Does nothing if it runs.</summary>
    public async Task StartAsync()
    {
        if (File.Exists(Pid))
        {
            return;
        }

        string[] settings = [$"port={_port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=32MB", .. Settings];
        await AsOwnerAsync(
            "pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(_folder.FullName, "log"), "-o", string.Join(' ', settings.Select(s => $"-c {s}")));
    }

    /// <param name="mode">fast: says goodbye to everyone; immediate: as if it had crashed.</param>
    public async Task StopAsync(string mode)
    {
        if (File.Exists(Pid))
        {
            await AsOwnerAsync("pg_ctl", "stop", "-w", "-D", Data, "-m", mode);
        }
    }

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Database = database,
        Username = "summit",
        Password = Password,
    }.ToString();

    /// <summary>A new, empty database.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return new TestDatabase(this, name);
    }

    /// <summary>On a connection of its own.</summary>
    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = await ConnectAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<NpgsqlConnection> ConnectAsync(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString(database)) { Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>Sends a signal to one of its processes: STOP, CONT.</summary>
    public static Task SignalAsync(string signal, int process) => RunAsync("kill", "-s", signal, $"{process}");

    /// <summary>Runs one of PostgreSQL's programs, or another, as whoever owns the data: PostgreSQL refuses root.</summary>
    protected Task AsOwnerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_bin, program);
        return Environment.IsPrivilegedProcess ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    protected static async Task RunAsync(string command, params string[] arguments)
    {
        var (code, words) = await TryRunAsync(command, arguments);
        Assert.True(code == 0, $"{command} {string.Join(' ', arguments)}: {words}");
    }

    protected static async Task<(int Code, string Words)> TryRunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await complained);
    }

    private static string FindBin()
    {
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return versions
            .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException("The tests need PostgreSQL. Install it: apt-get install postgresql");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>The one for all tests that leave it in peace.</summary>
public sealed class SharedCluster : Cluster;
