using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>What a phone is asked to load, to draw and to keep. Counts are held; times depend on the machine and are only noted.</summary>
public sealed class Budgets(Hall hall) : BrowserTest(hall)
{
    /// <summary>Bytes on the wire, headers included, from nothing to the first question: about a second of a slow mobile link.</summary>
    private const int FirstLoad = 120_000;

    /// <summary>HTTP requests of the same; each can cost a round trip.</summary>
    private const int FirstRequests = 35;

    /// <summary>A phone lays out this many elements in a blink; 2,000 items drawn whole would be 50,000.</summary>
    private const int MostElements = 3_500;

    private const int Many = 2_000;

    /// <summary>Five minutes at the ten frames a second that a busy room sends.</summary>
    private const int FiveMinutes = 3_000;

    /// <summary>Bytes. The frames of five minutes weigh 1.2 MB: who kept half of them would be found out.</summary>
    private const int Kept = 600_000;

    [Fact]
    public async Task Hold_for_the_first_load_of_a_participant()
    {
        var venue = await House.PlanAsync("First load");
        await venue.AskAsync(venue.Desk, "Here first");
        var phone = await PhoneAsync();
        var wire = await Wire.TapAsync(phone);
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await Expect(phone.Item("Here first")).ToBeVisibleAsync();
        Figures.Note("first load", $"{wire.Bytes / 1000.0:F1} kB in {wire.Requests} requests");
        Assert.InRange(wire.Bytes, 20_000, FirstLoad);
        Assert.InRange(wire.Requests, 3, FirstRequests);
    }

    [Fact]
    public async Task Note_how_soon_a_slow_phone_can_ask()
    {
        const string Watch = """
            new MutationObserver(() => {
              if (!document.querySelector('textarea')) return;
              window.ready ??= performance.now();
            }).observe(document, { childList: true, subtree: true });
            """;
        var venue = await House.PlanAsync("Slow phone");
        var before = await PhoneAsync();
        await before.JoinAsync(venue);
        // The same person with an empty cache.
        var phone = await ArriveAsync(new() { StorageState = await before.Context.StorageStateAsync(), ViewportSize = new() { Width = 390, Height = 844 } });
        var line = await phone.Context.NewCDPSessionAsync(phone.Page);
        await line.SendAsync("Network.enable");
        // Lighthouse's phone: a quarter of a processor, 150 ms and 1.6 Mbit/s.
        await line.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false,
            ["latency"] = 150,
            ["downloadThroughput"] = 200_000,
            ["uploadThroughput"] = 90_000,
        });
        await line.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = 4 });
        await phone.Page.AddInitScriptAsync(Watch);
        await phone.Page.GotoAsync(new Uri(House.Address, $"/c/{venue.Session}").ToString());
        await Expect(phone.Page.GetByLabel("Your question")).ToBeEditableAsync();
        var ready = await phone.Page.EvaluateAsync<double>("() => window.ready");
        Figures.Note("a slow phone can ask after", $"{ready / 1000:F1} s");
        Assert.True(ready > 0, "Nobody saw when the page was ready.");
    }

    [Fact]
    public async Task Keep_every_line_where_it_is_when_items_arrive()
    {
        var venue = await House.PlanAsync("Nothing moves", new { maxOpen = 1000, perMinute = 1000 });
        var ids = new List<Guid>();
        for (var number = 0; number < 15; number++)
        {
            ids.Add(await venue.AskAsync(venue.Desk, $"Question {number}, which was here before"));
        }

        var phone = await PhoneAsync();
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await Expect(phone.Page.GetByTestId("item")).ToHaveCountAsync(15);
        await phone.Item("Question 7").ScrollIntoViewIfNeededAsync();
        await phone.Page.EvaluateAsync("""
            () => {
              window.shifts = [];
              new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value))).observe({ type: 'layout-shift' });
            }
            """);
        var boris = await venue.JoinAsync("Boris", "Sofia");
        await venue.SupportAsync(boris, ids[9]);
        for (var number = 0; number < 10; number++)
        {
            await venue.AskAsync(boris, $"Another question, the {number}th, that nobody waited for, over two lines at least of a phone");
        }

        // All of them have come: the last one stands at the end, and the list knows of a better order.
        await Expect(phone.Page.GetByTestId("item")).ToHaveCountAsync(25);
        await Expect(phone.Button("Update the order")).ToBeVisibleAsync();
        // The browser reports shifts after the next two frames at the latest.
        await phone.Page.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))");
        Assert.Equal(0, await phone.Page.EvaluateAsync<double>("() => shifts.reduce((sum, value) => sum + value, 0)"));
    }

    [Fact]
    public async Task Hold_for_two_thousand_items_and_for_what_five_minutes_leave_behind()
    {
        var venue = await House.PlanAsync("Two thousand", new { maxOpen = 1000, perMinute = 1000 });
        var first = await venue.AskAsync(venue.Desk, "The first of many");
        var phone = await PhoneAsync();
        var feed = await FedPage.TapAsync(phone);
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await Expect(phone.Item("The first of many")).ToBeVisibleAsync();
        var picture = await House.CallAsync(HttpMethod.Get, $"/api/sessions/{venue.Session}", venue.Desk, null);
        var sample = picture["items"]!.AsArray().Single(item => (Guid)item!["id"]! == first)!.AsObject();
        var items = Enumerable.Range(0, Many).Select(number => Copy(sample, Guid.CreateVersion7(), $"Question {number} of many", number % 50)).ToList();
        feed.Send([.. items]);
        await phone.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(" new$") }).ClickAsync();
        await Expect(phone.Page.GetByTestId("item").Nth(20)).ToBeVisibleAsync();

        var elements = await phone.Page.EvaluateAsync<int>("() => document.querySelectorAll('*').length");
        Figures.Note("elements for 2,000 items", elements.ToString(CultureInfo.InvariantCulture));
        Assert.InRange(elements, 200, MostElements);

        // Warm first: what is made once is not growth.
        await PlayAsync(phone, feed, items, 500);
        var line = await phone.Context.NewCDPSessionAsync(phone.Page);
        await line.SendAsync("Performance.enable");
        var before = await WeighAsync(line);
        await PlayAsync(phone, feed, items, FiveMinutes);
        var after = await WeighAsync(line);
        Figures.Note(
            "five minutes of changes over 2,000 items",
            $"{(after.Heap - before.Heap) / 1000.0:F0} kB more of {before.Heap / 1e6:F1} MB, {1000 * (after.Busy - before.Busy) / FiveMinutes:F1} ms of the page a change");
        Assert.InRange(after.Heap - before.Heap, -before.Heap, Kept);
        Assert.InRange(after.Nodes, 0, before.Nodes * 1.05);
    }

    private static JsonObject Copy(JsonObject sample, Guid id, string text, int support)
    {
        var copy = sample.DeepClone().AsObject();
        (copy["id"], copy["text"], copy["support"]) = (id.ToString(), text, support);
        return copy;
    }

    /// <summary>A change of support in each frame, all over the list; returns when the page shows the last one.</summary>
    private static async Task PlayAsync(Visitor phone, FedPage feed, List<JsonObject> items, int frames)
    {
        for (var frame = 0; frame < frames; frame++)
        {
            var item = items[frame * 7 % items.Count];
            item["support"] = (int)item["support"]! + 1;
            feed.Send([item]);
        }

        var last = items[^1];
        last["text"] = $"Seen after {Guid.NewGuid()}";
        last["state"] = "staged";
        feed.Send([last], onStage: (string)last["id"]!);
        await Expect(phone.OnStage).ToContainTextAsync((string)last["text"]!, new() { Timeout = 4 * Hall.Patience });
    }

    private static async Task<(double Heap, double Nodes, double Busy)> WeighAsync(ICDPSession line)
    {
        await line.SendAsync("HeapProfiler.collectGarbage");
        var heap = (await line.SendAsync("Runtime.getHeapUsage"))!.Value.GetProperty("usedSize").GetDouble();
        var metrics = (await line.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return (heap, metrics["Nodes"], metrics["TaskDuration"]);
    }

    /// <summary>Counts what comes over HTTP.</summary>
    private sealed class Wire
    {
        private long _bytes;
        private int _requests;

        public long Bytes => Interlocked.Read(ref _bytes);

        public int Requests => _requests;

        public static async Task<Wire> TapAsync(Visitor visitor)
        {
            var wire = new Wire();
            var line = await visitor.Context.NewCDPSessionAsync(visitor.Page);
            line.Event("Network.loadingFinished").OnEvent += (_, told) =>
            {
                Interlocked.Add(ref wire._bytes, (long)told!.Value.GetProperty("encodedDataLength").GetDouble());
                Interlocked.Increment(ref wire._requests);
            };
            await line.SendAsync("Network.enable");
            return wire;
        }
    }
}
