using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Summit.Testing;

/// <summary>The built server as a process of its own, on a free port of the loopback address, with a data folder of its own.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    /// <summary>Lines of output kept: to explain a failure, and for tests of what is logged.</summary>
    private const int KeptLines = 20_000;

    /// <summary>A start takes two seconds; three at once, beside other tests, have been seen to take forty.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly ConcurrentQueue<string> _output = new();
    private readonly Dictionary<string, string?> _settings;
    private readonly bool _ownsData;
    private readonly string _assembly;
    private TaskCompletionSource<Uri> _listening = new();
    private Process? _process;

    private ServerProcess(string assembly, string? data, IReadOnlyDictionary<string, string?>? settings, int port)
    {
        _assembly = assembly;
        _ownsData = data is null;
        Data = data ?? Directory.CreateTempSubdirectory("summit-").FullName;
        _settings = settings is null ? [] : new Dictionary<string, string?>(settings);
        Address = new UriBuilder("http", "127.0.0.1", port).Uri;
        Http = new HttpClient { BaseAddress = Address };
    }

    /// <summary>The server that was built along with this library.</summary>
    public static string BuiltServer { get; } = typeof(ServerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "SummitServer").Value!;

    /// <summary>Stays the same over restarts, so that clients find it again.</summary>
    public Uri Address { get; private set; }

    public string Data { get; }

    /// <summary>Has <see cref="Address"/> as its base.</summary>
    public HttpClient Http { get; private set; }

    public int Id => Running.Id;

    public bool HasExited => _process is not { HasExited: false };

    /// <summary>What it printed and logged, newest last; only the last lines are kept.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    private Process Running => _process ?? throw new InvalidOperationException("The server has not been started.");

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="data">A folder to use and keep; null for a new one that goes with the process.</param>
    /// <param name="settings">Environment variables besides: <c>Summit__Demo</c> = <c>false</c>.</param>
    /// <param name="assembly">Another Summit.Server.dll than <see cref="BuiltServer"/>.</param>
    public static async Task<ServerProcess> StartAsync(
        string? data = null, IReadOnlyDictionary<string, string?>? settings = null, string? assembly = null)
    {
        var server = Create(data, settings, assembly);
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A server that does not run yet, see <see cref="Launch"/>.</summary>
    /// <param name="port">Where it will listen; 0 for a port it finds itself, which is known once it is ready.</param>
    public static ServerProcess Create(
        string? data = null, IReadOnlyDictionary<string, string?>? settings = null, string? assembly = null, int port = 0) =>
        new(assembly ?? BuiltServer, data, settings, port);

    /// <summary>Starts it on the same port and data after <see cref="KillAsync"/> or <see cref="StopAsync"/>, and waits until it is ready.</summary>
    public Task StartAgainAsync()
    {
        Launch();
        return ReadyAsync();
    }

    /// <summary>Starts it and does not wait: for a server that cannot be ready yet.</summary>
    public void Launch()
    {
        if (!HasExited)
        {
            throw new InvalidOperationException("The server is still running.");
        }

        _process?.Dispose();
        _listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Begin(_listening);
    }

    /// <summary>Returns when it is ready.</summary>
    public async Task ReadyAsync()
    {
        var exited = Running.WaitForExitAsync();
        if (await Task.WhenAny(_listening.Task, exited).WaitAsync(StartLimit) == exited)
        {
            throw new InvalidOperationException($"The server ended with {Running.ExitCode} before it listened:\n{string.Join('\n', Output)}");
        }

        var address = await _listening.Task;
        if (address != Address)
        {
            Address = address;
            Http.Dispose();
            Http = new HttpClient { BaseAddress = address };
        }

        await Wait.UntilAsync("the server is ready", IsReadyAsync);
    }

    /// <summary>What it counts, as Prometheus reads it.</summary>
    public Task<string> MetricsAsync(CancellationToken cancellationToken) => Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken);

    /// <summary>SIGKILL: what is not on disk now is lost. Returns when the process is gone.</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await Running.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as Ctrl-C or an orchestrator would. Returns the exit code when the process is gone.</summary>
    public async Task<int> StopAsync()
    {
        Send(15);
        await Running.WaitForExitAsync().WaitAsync(Wait.Limit);
        return Running.ExitCode;
    }

    /// <summary>Sends a signal by its number: 19 stops the process where it stands, 18 lets it go on.</summary>
    public void Send(int signal)
    {
        if (HasExited)
        {
            // Its number may be another's by now.
            throw new InvalidOperationException($"The server has ended before the signal {signal}:\n{string.Join('\n', Output.TakeLast(20))}");
        }

        if (Kill(Running.Id, signal) != 0)
        {
            throw new InvalidOperationException($"The signal {signal} could not be sent: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
        {
            await KillAsync();
        }

        _process?.Dispose();
        Http.Dispose();
        if (_ownsData && Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }
    }

    private Process Begin(TaskCompletionSource<Uri> listening)
    {
        var start = new ProcessStartInfo("dotnet", [_assembly])
        {
            WorkingDirectory = Data,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Address.Port}");
        start.Environment["Summit__Data"] = Data;
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(line.Data, listening);
        process.ErrorDataReceived += (_, line) => Take(line.Data, listening);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Take(string? line, TaskCompletionSource<Uri> listening)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (_output.Count > KeptLines)
        {
            _output.TryDequeue(out _);
        }

        if (Greeting().Match(line) is { Success: true, Groups: var found })
        {
            listening.TrySetResult(new Uri(found[1].Value));
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        if (HasExited)
        {
            throw new InvalidOperationException($"The server ended with {Running.ExitCode} before it was ready:\n{string.Join('\n', Output)}");
        }

        try
        {
            using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The first line the server prints for people.</summary>
    [GeneratedRegex(@"^Summit is at (https?://\S+)$")]
    private static partial Regex Greeting();

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
