using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>What a phone is asked to load, to draw and to keep. Counts are held; times depend on the machine and are only noted.</summary>
public sealed class Budgets(Hall hall) : BrowserTest(hall)
{
    /// <summary>Bytes on the wire, headers included, from nothing to the list of questions with its live line.</summary>
    private const int FirstLoad = 90_000;

    /// <summary>HTTP requests of the same that went out; each can cost a round trip.</summary>
    private const int FirstRequests = 23;

    [Fact]
    public async Task Hold_for_the_first_load_of_a_participant()
    {
        var venue = await House.PlanAsync("First load");
        await venue.AskAsync(venue.Desk, "Here first");
        var phone = await PhoneAsync();
        var log = await NetworkLog.KeepAsync(await phone.Context.NewCDPSessionAsync(phone.Page));
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await Expect(phone.Item("Here first")).ToBeVisibleAsync();
        // What is kept for a reload without a network comes from the browser's cache, and is soon kept or late.
        var loads = log.Between().Where(load => load.Bytes > 0).ToList();
        var bytes = loads.Sum(load => load.Bytes);
        Figures.Note("first load", $"{bytes / 1000.0:F1} kB in {loads.Count} requests");
        Assert.InRange(bytes, 20_000, FirstLoad);
        Assert.InRange(loads.Count, 3, FirstRequests);
    }

    [Theory]
    [InlineData("Support", 25, "Update the order")]
    [InlineData("Newest", 15, "10 new")]
    [InlineData("Stage order", 25, "Update the order")]
    public async Task Keep_every_line_where_it_is_when_items_arrive(string order, int shown, string offered)
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
        await phone.Page.GetByText(order, new() { Exact = true }).ClickAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Radio, new() { Name = order, Exact = true })).ToBeCheckedAsync();
        await phone.Item("Question 7").ScrollIntoViewIfNeededAsync();
        await phone.Page.EvaluateAsync("""
            () => {
              window.shifts = [];
              const told = ({ node, previousRect: from, currentRect: to }) =>
                `${node?.outerHTML?.slice(0, 200) ?? node?.textContent} from ${from.x} ${from.y} ${from.width} ${from.height} to ${to.x} ${to.y} ${to.width} ${to.height}`;
              new PerformanceObserver((list) => shifts.push(...list.getEntries().flatMap(({ sources }) => sources.map(told)))).observe({ type: 'layout-shift' });
            }
            """);
        var boris = await venue.JoinAsync("Boris", "Sofia");
        await venue.SupportAsync(boris, ids[9]);
        await venue.DoAsync("queue", ids[11]);
        for (var number = 0; number < 10; number++)
        {
            await venue.AskAsync(boris, $"Another question, the {number}th, that nobody waited for, over two lines at least of a phone");
        }

        // All of them have come: at the end or behind a button, and nothing has moved for it.
        await Expect(phone.Page.GetByTestId("item")).ToHaveCountAsync(shown);
        await Expect(phone.Button(offered)).ToBeVisibleAsync();
        // The browser reports shifts after the next two frames at the latest.
        await phone.Page.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))");
        Assert.Empty(await phone.Page.EvaluateAsync<string[]>("() => shifts"));
    }
}
