using System.Text.RegularExpressions;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>
/// How long somebody waits who has nothing of the app yet and a bad network. The seconds are reckoned from what had to be fetched, one after
/// another or at once, and from the work it made: so they do not depend on what else this machine does. What a stopwatch said is only noted.
/// </summary>
public sealed partial class ASlowPhone(Hall hall) : BrowserTest(hall)
{
    /// <summary>Seconds. Whoever waits longer puts the phone away.</summary>
    private const double Patience = 2;

    /// <summary>How many of its seconds a cheap phone takes for one of this machine, as Lighthouse reckons.</summary>
    private const double Slower = 4;

    /// <summary>What WebPageTest calls slow 3G: a full hall in an old building. As there and in Lighthouse, opening the connection is not counted.</summary>
    private static readonly Link Slow3G = new(Latency: 0.4, BytesPerSecond: 50_000);

    /// <summary>Lighthouse's mobile network, where three of four phones fare better.</summary>
    private static readonly Link Slow4G = new(Latency: 0.15, BytesPerSecond: 200_000);

    private static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    /// <summary>Everything that was asked for has come, and nothing is left to do; the part that is held back alone is missing.</summary>
    private const string Through = """
        () => new Promise((resolve) => requestIdleCallback(() => resolve(document.querySelector('#app')?.childElementCount > 0)))
        """;

    /// <summary>Notes when something is there for the first time.</summary>
    private const string Watch = """
        (sign) => {
          delete window.ready;
          new MutationObserver(() => {
            if (document.querySelector(sign)) window.ready ??= performance.now() / 1000;
          }).observe(document, { childList: true, subtree: true });
        }
        """;

    [Fact]
    public async Task Shows_the_door_within_two_seconds_on_slow_3G_and_then_the_session()
    {
        var venue = await FilledAsync();
        var work = await LeastWorkAsync($"/j/{venue.Code}", "form .primary", "/assets/Join-");
        var door = await VisitAsync($"/j/{venue.Code}", "form .primary", Slow3G);
        Note("the door", door.Needed, work, door.Ready);
        Assert.InRange(door.Needed.Max(load => load.Round), 2, 3);
        Assert.InRange(door.Needed.Count, 4, 8);
        Assert.InRange(door.Needed.Sum(load => load.Bytes), 15_000, 40_000);
        Assert.InRange(Wait(Slow3G, door.Needed, work), 0, Patience);

        // Nobody types as fast as the rest arrives.
        await door.Phone.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await door.Phone.Page.EvaluateAsync(Watch, "textarea");
        var tapped = await door.Phone.Page.EvaluateAsync<double>("() => performance.now() / 1000");
        await door.Phone.Button("Join").ClickAsync();
        await Expect(door.Phone.Page.GetByLabel("Your question")).ToBeEditableAsync();
        var session = await door.Phone.Page.EvaluateAsync<double>("() => window.ready");
        var asked = door.Log.Between(tapped, session);
        Figures.Note("from joining to asking on slow 3G", $"{asked.Count} requests, by the stopwatch {session - tapped:F2} s");
        // The one after the other: who one is, and the picture.
        Assert.Equal(["/api/join", $"/api/sessions/{venue.Session}"], asked.Select(load => load.Url.AbsolutePath));
        Assert.InRange(asked.Sum(load => Slow3G.Latency + (load.Bytes / Slow3G.BytesPerSecond)), 0.8, Patience / 2);
    }

    [Fact]
    public async Task Shows_a_session_in_three_rounds_to_somebody_with_nothing_of_the_app()
    {
        var venue = await FilledAsync();
        var first = await PhoneAsync();
        await first.JoinAsync(venue);
        // The same person with an empty cache.
        var state = await first.Context.StorageStateAsync();
        var work = await LeastWorkAsync($"/c/{venue.Session}", "textarea", "/assets/participant-", state);
        var visit = await VisitAsync($"/c/{venue.Session}", "textarea", Slow3G, state);
        Note("a session", visit.Needed, work, visit.Ready);
        Assert.InRange(visit.Needed.Max(load => load.Round), 2, 3);
        Assert.InRange(visit.Needed.Count, 5, 12);
        Assert.InRange(visit.Needed.Sum(load => load.Bytes), 20_000, 50_000);
        Assert.InRange(Slow3G.Carry(visit.Needed), 0, Patience - 0.15);
        Assert.InRange(Wait(Slow3G, visit.Needed, work), 0, Patience);
    }

    private async Task<Venue> FilledAsync()
    {
        var venue = await House.PlanAsync("Slow phone", new { maxOpen = 100, perMinute = 100 });
        for (var number = 0; number < 20; number++)
        {
            await venue.AskAsync(venue.Desk, $"Question {number}, which somebody asked before the slow phone came");
        }

        return venue;
    }

    /// <summary>
    /// Seconds. A phone works on what has come while more is coming: only what it does with the part of the app that comes last is waited for in
    /// addition, unless it is not through with the others by then.
    /// </summary>
    private static double Wait(Link link, IReadOnlyList<NetworkLog.Load> needed, Work work)
    {
        var last = needed.Single(load => load.Url.AbsolutePath.StartsWith(work.Last, StringComparison.Ordinal) && load.Url.AbsolutePath.EndsWith(".js", StringComparison.Ordinal));
        var othersDone = link.Carry([.. needed.Where(load => load != last)]) + (Slower * work.Before);
        return Math.Max(link.Carry(needed), othersDone) + (Slower * work.After);
    }

    /// <summary>The page's own work, on the fastest link. What else the machine does only adds to it: the least of five is nearest.</summary>
    private async Task<Work> LeastWorkAsync(string path, string sign, string last, string? state = null)
    {
        var works = new List<Work>();
        for (var i = 0; i < 5; i++)
        {
            works.Add(await WorkAsync(path, sign, last, state));
        }

        return new Work(last, works.Min(work => work.Before), works.Min(work => work.After));
    }

    /// <summary>The part of the app that comes last is held back until the page is through with the others.</summary>
    private async Task<Work> WorkAsync(string path, string sign, string last, string? state)
    {
        var phone = await ArriveAsync(new() { StorageState = state, ViewportSize = Phone });
        var line = await phone.Context.NewCDPSessionAsync(phone.Page);
        // Time of the processor, not of the clock on the wall.
        await line.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        // Only the work that somebody waits for is weighed: the line, what is loaded after it, and what the next frame brings, come later anyway.
        await phone.Page.RouteAsync(NotWaitedFor(), _ => Task.CompletedTask);
        await phone.Page.AddInitScriptAsync("requestAnimationFrame = () => 0");
        var asked = new TaskCompletionSource<IRoute>(TaskCreationOptions.RunContinuationsAsynchronously);
        await phone.Page.RouteAsync($"**{last}*.js", route =>
        {
            asked.SetResult(route);
            return Task.CompletedTask;
        });
        await phone.Page.GotoAsync(new Uri(House.Address, path).ToString(), new() { WaitUntil = WaitUntilState.Commit });
        var held = await asked.Task.WaitAsync(TimeSpan.FromMilliseconds(Hall.Patience));
        await phone.Page.WaitForFunctionAsync(Through);
        // What the tools put into a page when they first look at it is no work of the page's.
        await Expect(phone.Page.Locator("#app")).ToBeAttachedAsync();
        var before = await WorkOfAsync(line);
        await held.ContinueAsync();
        await Expect(phone.Page.Locator(sign)).ToBeVisibleAsync();
        return new Work(last, before, await WorkOfAsync(line) - before);
    }

    /// <summary>Without what the tools themselves had the page do.</summary>
    private static async Task<double> WorkOfAsync(ICDPSession line)
    {
        var metrics = (await line.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return metrics["TaskDuration"] - metrics["DevToolsCommandDuration"];
    }

    /// <param name="path">Where to.</param>
    /// <param name="sign">There once one can do something.</param>
    /// <param name="link">What it comes over.</param>
    /// <param name="state">Who one is already.</param>
    private async Task<Visit> VisitAsync(string path, string sign, Link link, string? state = null)
    {
        var phone = await ArriveAsync(new() { StorageState = state, ViewportSize = Phone });
        var line = await phone.Context.NewCDPSessionAsync(phone.Page);
        var log = await NetworkLog.KeepAsync(line);
        await link.PretendAsync(line);
        await line.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = Slower });
        await phone.Page.AddInitScriptAsync($"({Watch})('{sign}')");
        await phone.Page.GotoAsync(new Uri(House.Address, path).ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await Expect(phone.Page.Locator(sign)).ToBeVisibleAsync();
        var ready = await phone.Page.EvaluateAsync<double>("() => window.ready");
        return new Visit(phone, log, ready, [.. log.Between(to: ready).Where(load => !NotWaitedFor().IsMatch(load.Url.AbsolutePath))]);
    }

    /// <summary>The files of the live line, and what is loaded later: nobody waits for them, but on a busy machine they may be sooner than the page.</summary>
    [GeneratedRegex("/assets/(hub|later|settings|rolldown-runtime)-")]
    private static partial Regex NotWaitedFor();

    private static void Note(string what, IReadOnlyList<NetworkLog.Load> needed, Work work, double ready) => Figures.Note(
        $"{what} on a phone with nothing of the app",
        $"slow 3G {Wait(Slow3G, needed, work):F2} s, slow 4G {Wait(Slow4G, needed, work):F2} s: {needed.Max(load => load.Round)} rounds, "
        + $"{needed.Sum(load => load.Bytes) / 1000.0:F1} kB in {needed.Count} requests, {Slower * work.Before:F2} s of work before the last part has come and "
        + $"{Slower * work.After:F2} s after it; by the stopwatch {ready:F2} s on slow 3G");

    /// <param name="Last">How the address of the part of the app that comes last begins.</param>
    /// <param name="Before">Seconds of the page's thread until all but the last part of the app were there and had run.</param>
    /// <param name="After">Seconds from then until one could do something.</param>
    private sealed record Work(string Last, double Before, double After);

    /// <param name="Phone">Still there.</param>
    /// <param name="Log">Of all that it asked for.</param>
    /// <param name="Ready">Seconds until one could do something.</param>
    /// <param name="Needed">What had come by then.</param>
    private sealed record Visit(Visitor Phone, NetworkLog Log, double Ready, IReadOnlyList<NetworkLog.Load> Needed);
}
