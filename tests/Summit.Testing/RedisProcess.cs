using System.Diagnostics;

namespace Summit.Testing;

/// <summary>A Redis of its own that keeps what it holds over a stop, as one in service does. Gone when disposed.</summary>
public sealed class RedisProcess : IAsyncDisposable
{
    private readonly string _program = Programs.Find("redis-server", "redis-server");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("summit-redis-");
    private Process? _process;

    public int Port { get; } = Programs.FreePort();

    /// <summary>As StackExchange.Redis has it.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <summary>Returns when it takes connections. Does nothing if it runs.</summary>
    public async Task StartAsync()
    {
        if (_process is not null)
        {
            return;
        }

        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(_program)
            {
                ArgumentList = { "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder.FullName, "--save", "", "--appendonly", "yes" },
                RedirectStandardOutput = true,
            },
        };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Ready to accept", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        _process = process;
        await ready.Task.WaitAsync(Wait.Limit);
    }

    /// <summary>SIGKILL. Does nothing if it does not run.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }
}
