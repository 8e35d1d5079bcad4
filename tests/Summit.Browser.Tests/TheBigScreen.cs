using System.Globalization;
using Summit.Browser.Tests.Setting;
using Summit.Testing;

namespace Summit.Browser.Tests;

/// <summary>The stage from 1080p to 4K, in a video mixer, and over a day of ten hours on which nobody touches it.</summary>
public sealed class TheBigScreen(Hall hall) : BrowserTest(hall)
{
    private const string Question = "How do the cities share what they learn once the summit is over?";

    /// <summary>Share of the screen's height. A line of text takes half as much again; 20 of those is what a slide for a hall has at the most.</summary>
    private const double Readable = 0.033;

    /// <summary>Bytes. Frames and pictures of ten hours weigh far more; what is left is the engine's own coming and going.</summary>
    private const double Kept = 1_500_000;

    private const string Measure = """
        () => {
          const size = (selector) => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize);
          const seen = (one) => {
            const { left, top, right, bottom, width, height } = one.getBoundingClientRect();
            return width > 0 && height > 0 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
          };
          const whole = (one) => one.scrollHeight <= one.clientHeight + 1 && one.scrollWidth <= one.clientWidth + 1;
          const all = ['[data-testid=on-stage]', 'aside svg, aside img', '[data-testid=join-code]', 'section', 'h1', '.by'];
          return {
            sizes: ['[data-testid=on-stage] .text', '[data-testid=join-code]', 'section li', 'h1', '.by'].map(size),
            unseen: all.filter((selector) => !seen(document.querySelector(selector))),
            cut: ['[data-testid=on-stage]', 'aside'].filter((selector) => !whole(document.querySelector(selector))),
            over: document.querySelector('[data-testid=on-stage]').getBoundingClientRect().bottom > document.querySelector('section').getBoundingClientRect().top,
          };
        }
        """;

    public static TheoryData<string> Texts =>
    [
        Question,
        string.Join(' ', Enumerable.Repeat("Колко струва поддръжката на велосипедните алеи през зимата?", 8)),
        string.Concat(Enumerable.Repeat("Donaudampfschiff", 31)),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Shows_the_same_at_twice_the_size_on_twice_the_screen_with_nothing_cut(string text)
    {
        var venue = await StagedAsync(text);
        var hd = await MeasureAsync(venue, text, 1920, 1080);
        var uhd = await MeasureAsync(venue, text, 3840, 2160);
        Assert.All(new[] { hd, uhd }, measured =>
        {
            Assert.Empty(measured.Unseen);
            Assert.Empty(measured.Cut);
            Assert.False(measured.Over, "The question lies over the next ones.");
        });
        Assert.All(hd.Sizes.Zip(uhd.Sizes), pair => Assert.InRange(pair.Second / pair.First, 1.9, 2.1));
        Assert.True(hd.Sizes[0] / 1080 >= (text == Question ? Readable : Readable / 2), $"The letters are {hd.Sizes[0]} px high on 1080.");
        Figures.Note($"letters on stage of a text of {text.Length}", $"{hd.Sizes[0].ToString("F0", CultureInfo.InvariantCulture)} px of 1080");
    }

    [Fact]
    public async Task Leaves_the_ground_to_the_video_mixer_and_shows_no_more_than_it_is_asked_for()
    {
        var venue = await StagedAsync(Question);
        var phone = await PhoneAsync();
        await phone.JoinAsync(venue, "Ana", "Tirana");
        var stage = await ProjectorAsync();
        await stage.OpenAsync(venue, venue.Stage.Replace("/s#", "/s?embed#", StringComparison.Ordinal));
        await Expect(stage.OnStage).ToContainTextAsync(Question);
        await Expect(stage.Page.GetByTestId("join-code")).ToBeVisibleAsync();
        await Expect(stage.Page.GetByRole(AriaRole.Heading)).ToHaveCountAsync(0);
        await Expect(stage.Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await phone.Button("Applaud").ClickAsync();
        // A place from which marks rise has no size of its own.
        await Expect(stage.Page.GetByLabel("One person applauds")).ToBeAttachedAsync();
        Assert.Equal((0, 255), await AlphaAsync(stage, "on-stage"));
        Assert.Equal((0, 255), await AlphaAsync(stage, "join-code"));

        await stage.OpenAsync(venue, venue.Stage.Replace("/s#", "/s?embed&next#", StringComparison.Ordinal));
        await Expect(stage.Page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        Assert.Equal((0, 255), await AlphaAsync(stage, "on-stage"));
        await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(Places.Failures, "stage-embed.png"), OmitBackground = true });

        await venue.SendAsync(venue.Desk, new { type = "close", id = Guid.CreateVersion7() });
        await Expect(stage.Page.GetByTestId("stage-card")).ToHaveTextAsync("Thank you. The session is closed.");
        Assert.Equal((0, 255), await AlphaAsync(stage, "stage-card"));
    }

    [Fact]
    public async Task Keeps_the_screen_on_while_it_is_in_sight()
    {
        // A browser without a screen holds none on: what it would be asked for is noted instead.
        const string Noted = """
            window.locks = [];
            Object.defineProperty(Document.prototype, 'visibilityState', { get: () => window.sight ?? 'visible' });
            navigator.wakeLock.request = async (kind) => {
              const lock = Object.assign(new EventTarget(), { kind, released: false, release: async () => { lock.released = true; } });
              locks.push(lock);
              return lock;
            };
            """;
        const string Held = "() => locks.map(({ kind, released }) => `${kind} ${released ? 'gone' : 'held'}`)";
        const string Turn = "(sight) => { window.sight = sight; document.dispatchEvent(new Event('visibilitychange')); }";
        var venue = await StagedAsync(Question);
        var stage = await ProjectorAsync();
        await stage.Page.AddInitScriptAsync(Noted);
        await stage.OpenAsync(venue, venue.Stage);
        await Expect(stage.OnStage).ToBeVisibleAsync();
        Assert.Equal(["screen held"], await stage.Page.EvaluateAsync<string[]>(Held));

        // Seen again without having been gone: one is enough.
        await stage.Page.EvaluateAsync(Turn, "visible");
        // The browser lets go of it out of sight; asking there would be refused.
        await stage.Page.EvaluateAsync("() => { locks[0].released = true; }");
        await stage.Page.EvaluateAsync(Turn, "hidden");
        Assert.Equal(["screen gone"], await stage.Page.EvaluateAsync<string[]>(Held));
        await stage.Page.EvaluateAsync(Turn, "visible");
        Assert.Equal(["screen gone", "screen held"], await stage.Page.EvaluateAsync<string[]>(Held));
    }

    [Theory]
    [InlineData("delete Navigator.prototype.wakeLock")]
    [InlineData("navigator.wakeLock.request = () => Promise.reject(new DOMException('No.', 'NotAllowedError'))")]
    public async Task Is_shown_all_the_same_where_the_screen_cannot_be_kept_on(string because)
    {
        var venue = await StagedAsync(Question);
        var stage = await ProjectorAsync();
        await stage.Page.AddInitScriptAsync(because);
        await stage.OpenAsync(venue, venue.Stage);
        await Expect(stage.OnStage).ToContainTextAsync(Question);
        Assert.Equal(because.StartsWith("delete", StringComparison.Ordinal), !await stage.Page.EvaluateAsync<bool>("() => 'wakeLock' in navigator"));
    }

    [Fact]
    public async Task Goes_on_by_itself_for_ten_hours_over_sleep_and_servers_that_die()
    {
        const int Hours = 10;
        const int Turns = 3 * Hours;
        var house = await AnotherHouseAsync();
        var venue = await house.PlanAsync("A long day", new { maxOpen = 1000, perMinute = 10_000 });
        var stage = await ProjectorAsync();
        stage.MayLoseTheLine = true;
        await stage.Page.Clock.InstallAsync();
        await stage.OpenAsync(venue, venue.Stage);
        await Expect(stage.Page.GetByTestId("stage-card")).ToBeVisibleAsync();
        await stage.Page.EvaluateAsync("() => { window.here = Date.now() }");
        var line = await stage.Context.NewCDPSessionAsync(stage.Page);
        await line.SendAsync("Performance.enable");

        var warm = default((double Heap, double Nodes));
        for (var turn = 1; turn <= Turns; turn++)
        {
            // Every two hours the server dies; in between the machine sleeps for twenty minutes at a time, and finds a line that is long gone.
            var dies = turn % 6 == 4;
            if (dies)
            {
                await house.Server.KillAsync();
                await Expect(stage.Page.GetByText("The line is being restored.")).ToBeVisibleAsync();
            }

            await stage.Page.Clock.FastForwardAsync("20:00");
            if (dies)
            {
                await house.Server.StartAgainAsync();
            }

            var text = $"Question {turn} of the day";
            await venue.DoAsync("stage", await venue.AskAsync(venue.Desk, text));
            await Expect(stage.OnStage.Locator(".text")).ToHaveTextAsync(text);
            await Expect(stage.Page.GetByText("The line is being restored.")).ToBeHiddenAsync();
            // The first hour makes what is made once.
            warm = turn == 3 ? await WeighAsync(line) : warm;
        }

        var after = await WeighAsync(line);
        Figures.Note("the stage after ten hours", $"{(after.Heap - warm.Heap) / 1000:F0} kB more of {warm.Heap / 1e6:F1} MB, {after.Nodes - warm.Nodes:F0} nodes more of {warm.Nodes:F0}");
        Assert.InRange(after.Nodes, 1, warm.Nodes * 1.1);
        Assert.InRange(after.Heap, 1, warm.Heap + Kept);
        Assert.InRange(await stage.Page.EvaluateAsync<double>("() => (Date.now() - window.here) / 3600000"), Hours, Hours + 1);
        await Expect(stage.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        // The evening's session was added after this screen had been put up: it turns to that by itself.
        await venue.SendAsync(venue.Desk, new { type = "close", id = Guid.CreateVersion7() });
        await Expect(stage.Page.GetByTestId("stage-card")).ToHaveTextAsync("Thank you. The session is closed.");
        var evening = await venue.AnotherSessionAsync("The evening");
        await Wait.UntilAsync("the stage turns to the evening", async () =>
        {
            await stage.Page.Clock.FastForwardAsync("00:15");
            return await stage.Page.GetByRole(AriaRole.Heading, new() { Name = "The evening" }).IsVisibleAsync();
        });
        await evening.DoAsync("stage", await evening.AskAsync(evening.Desk, "What do we take home?"));
        await Expect(stage.OnStage).ToContainTextAsync("What do we take home?");
        Assert.True(await stage.Page.EvaluateAsync<bool>("() => 'here' in window"));
    }

    /// <summary>This text on stage, and three that come next.</summary>
    private async Task<Venue> StagedAsync(string text)
    {
        var venue = await House.PlanAsync("The big screen");
        var ana = await venue.JoinAsync("Ana", "Tirana");
        await venue.DoAsync("stage", await venue.AskAsync(ana, text));
        foreach (var next in new[] { "Who pays for it?", "And when?", string.Concat(Enumerable.Repeat("Who comes next has a lot to say. ", 10)) })
        {
            await venue.DoAsync("queue", await venue.AskAsync(ana, next));
        }

        return venue;
    }

    private async Task<Measured> MeasureAsync(Venue venue, string text, int width, int height)
    {
        var stage = await DeskAsync(width: width, height: height);
        await stage.OpenAsync(venue, venue.Stage);
        await Expect(stage.OnStage.Locator(".text")).ToHaveTextAsync(text);
        await Expect(stage.Page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        // The letters have found their size, and the motion is over.
        await stage.Page.EvaluateAsync("() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished))");
        await KeepAsync(stage, $"stage-{height}-{text.Length}");
        return await stage.Page.EvaluateAsync<Measured>(Measure);
    }

    /// <summary>How opaque the upper left corner of the screen is, and the middle of a card.</summary>
    private async Task<(int Ground, int Card)> AlphaAsync(Visitor stage, string card)
    {
        await stage.Page.EvaluateAsync("() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished))");
        var box = (await stage.Page.GetByTestId(card).BoundingBoxAsync())!;
        var picture = await stage.Page.ScreenshotAsync(new() { OmitBackground = true });
        // On a page of its own, which may load what it likes.
        var reader = await DeskAsync();
        var alphas = await reader.Page.EvaluateAsync<int[]>(
            """
            async ([picture, x, y]) => {
              const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
              const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
              canvas.drawImage(image, 0, 0);
              return [[4, 4], [x, y]].map(([at, down]) => canvas.getImageData(at, down, 1, 1).data[3]);
            }
            """,
            new object[] { Convert.ToBase64String(picture), (int)(box.X + (box.Width / 2)), (int)(box.Y + (box.Height / 2)) });
        return (alphas[0], alphas[1]);
    }

    private static async Task<(double Heap, double Nodes)> WeighAsync(ICDPSession line)
    {
        await line.SendAsync("HeapProfiler.collectGarbage");
        var heap = (await line.SendAsync("Runtime.getHeapUsage"))!.Value.GetProperty("usedSize").GetDouble();
        var nodes = (await line.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .Single(metric => metric.GetProperty("name").GetString() == "Nodes").GetProperty("value").GetDouble();
        return (heap, nodes);
    }

    /// <summary>Letters in pixels, and what is out of view, cut off or covered.</summary>
    private sealed record Measured
    {
        public double[] Sizes { get; init; } = [];

        public string[] Unseen { get; init; } = [];

        public string[] Cut { get; init; } = [];

        public bool Over { get; init; }
    }
}
