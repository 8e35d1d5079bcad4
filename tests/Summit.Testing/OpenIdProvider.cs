using System.Diagnostics;
using System.Reflection;

namespace Summit.Testing;

/// <summary>
/// An organisation's OpenID provider: oidc-provider, which is certified, as a process of its own. Each start is at the same address with a new
/// signing key. Who logs in with the name <c>subject|mail|verified|name</c> is that.
/// </summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    private readonly int _port = Programs.FreePort();
    private Process? _process;

    /// <summary>Where it sends people back to, and nowhere else.</summary>
    public IReadOnlyList<string> Redirects { get; set; } = [];

    public string Issuer => $"http://127.0.0.1:{_port}";

    /// <summary>Its one client, by what an operator of Summit sets under <c>Summit</c>.</summary>
    /// <param name="separator">Between the parts of a setting's name.</param>
    public Dictionary<string, string?> Settings(string key, string name, string domains, string separator = ":") => new()
    {
        [string.Join(separator, "Summit", "Organisations", key, "Name")] = name,
        [string.Join(separator, "Summit", "Organisations", key, "Issuer")] = Issuer,
        [string.Join(separator, "Summit", "Organisations", key, "ClientId")] = "summit",
        [string.Join(separator, "Summit", "Organisations", key, "ClientSecret")] = "kept between the two",
        [string.Join(separator, "Summit", "Organisations", key, "MailDomains")] = domains,
    };

    /// <summary>Logs in at the page where people are sent, and returns where it sends them back.</summary>
    /// <param name="browser">Follows no redirect, and has not logged in there before.</param>
    public static async Task<Uri> LogInAsync(HttpClient browser, Uri there, string login)
    {
        ArgumentNullException.ThrowIfNull(browser);
        var form = Redirected(there, await browser.GetAsync(there));
        using var entered = new FormUrlEncodedContent([new("prompt", "login"), new("login", login), new("password", "any")]);
        var at = Redirected(form, await browser.PostAsync(form, entered));
        return Redirected(at, await browser.GetAsync(at));
    }

    /// <summary>Returns when it answers.</summary>
    public async Task StartAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var script = typeof(OpenIdProvider).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "OpenIdProvider").Value!;
        var process = new Process { StartInfo = new ProcessStartInfo("node", [script, $"{_port}", .. Redirects]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        var said = new List<string>();
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The provider ended: {string.Join('\n', said)}"));
        process.OutputDataReceived += Heard;
        process.ErrorDataReceived += Heard;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        await ready.Task.WaitAsync(Wait.Limit);

        void Heard(object sender, DataReceivedEventArgs line)
        {
            lock (said)
            {
                said.Add(line.Data ?? "");
            }

            if (line.Data?.StartsWith("listening", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        }
    }

    /// <summary>Does nothing if it does not run.</summary>
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

    public async ValueTask DisposeAsync() => await StopAsync();

    private static Uri Redirected(Uri from, HttpResponseMessage answer) => answer.Headers.Location is { } to
        ? new Uri(from, to)
        : throw new InvalidOperationException($"{from} answered {(int)answer.StatusCode} and sends nobody on.");
}
