using Summit.Browser.Tests.Setting;

[assembly: AssemblyFixture(typeof(Hall))]
// Two cores carry one Chromium and one server; a second pair would only make each other late.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Summit.Browser.Tests.Setting;

/// <summary>The one Chromium and the one server that all tests share, each test with a conference of its own.</summary>
public sealed class Hall : IAsyncLifetime
{
    /// <summary>Milliseconds. For what takes some of them; a machine that builds and tests at once may take a thousand times as long.</summary>
    public const float Patience = 60_000;

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--enable-precise-memory-info",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private House? _house;
    private Task<Venue>? _filled;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not been started.");

    public House House => _house ?? throw new InvalidOperationException("The server has not been started.");

    /// <summary>Overrides where Chromium is looked for.</summary>
    private static string Chromium => Environment.GetEnvironmentVariable("SUMMIT_CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>A session in full swing, for those who only look.</summary>
    public Task<Venue> FilledAsync() => _filled ??= FilledVenue.FillAsync(House);

    /// <summary>Another Chromium, with more flags.</summary>
    public Task<IBrowser> LaunchAsync(params string[] flags) =>
        _playwright!.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = [.. Flags, .. flags], Timeout = Patience });

    public async ValueTask InitializeAsync()
    {
        SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync();
        _house = await House.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_house is not null)
        {
            await _house.DisposeAsync();
        }

        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
