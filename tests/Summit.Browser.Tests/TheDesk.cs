using System.Text.RegularExpressions;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>What a moderator does all day: one key for each action, the mouse for the same, and every slip taken back.</summary>
public sealed class TheDesk(Hall hall) : BrowserTest(hall)
{
    private static readonly object Reviewed = new { review = true, maxOpen = 1000, perMinute = 10_000 };

    [Fact]
    public async Task Has_one_key_for_each_action_and_question_mark_shows_them_all()
    {
        var (venue, desk, ids) = await OpenAsync("Alpha", "Beta", "Gamma");
        await desk.PressAsync("?");
        var help = desk.Page.GetByRole(AriaRole.Dialog, new() { Name = "One key for everything" });
        var shown = (await help.GetByRole(AriaRole.Term).AllInnerTextsAsync()).SelectMany(keys => keys.ToUpperInvariant().Split('\n'));
        await KeepAsync(desk, "help-desk");
        await desk.PressAsync("Escape");

        // Forms first: each opens by its key, over the card that is selected.
        await desk.PressAsync("j");
        string[] forms = ["d", "Shift+w", "f", "m", "c", "t", "n"];
        foreach (var key in forms)
        {
            await desk.PressAsync(key);
            await Expect(desk.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
            await desk.PressAsync("Escape");
            await Expect(desk.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }

        await desk.PressAsync("x");
        await Expect(desk.Page.GetByRole(AriaRole.Toolbar)).ToContainTextAsync("1 marked");
        await desk.PressAsync("x");
        await desk.PressAsync("u");
        await Expect(desk.Card("inbox", "Alpha")).ToContainTextAsync("Author muted");
        await desk.PressAsync("z");
        await Expect(desk.Card("inbox", "Alpha")).Not.ToContainTextAsync("Author muted");
        await desk.PressAsync("a");
        await Expect(desk.Card("inbox", "Alpha")).ToHaveAttributeAsync("data-state", "published");
        var reporter = await venue.JoinAsync();
        await venue.SendAsync(reporter, new { type = "report", id = Guid.CreateVersion7(), item = ids[0] });
        await Expect(desk.Card("inbox", "Alpha")).ToContainTextAsync("1 report");
        await desk.PressAsync("r");
        await Expect(desk.Card("inbox", "Alpha")).Not.ToContainTextAsync("1 report");
        await desk.PressAsync("q");
        await Expect(desk.Card("queue", "Alpha")).ToHaveCountAsync(1);
        await desk.PressAsync("q");
        await Expect(desk.Card("queue", "Beta")).ToHaveCountAsync(1);
        await desk.PressAsync("l");
        await Expect(desk.Card("queue", "Alpha")).ToHaveAttributeAsync("aria-current", "true");
        await desk.PressAsync("Shift+j");
        await Expect(desk.Column("queue").GetByTestId("item").Last).ToContainTextAsync("Alpha");
        await desk.PressAsync("Shift+k");
        await Expect(desk.Column("queue").GetByTestId("item").First).ToContainTextAsync("Alpha");
        await desk.PressAsync("b");
        await Expect(desk.Card("inbox", "Alpha")).ToHaveCountAsync(1);
        await Expect(desk.Card("queue", "Beta")).ToHaveAttributeAsync("aria-current", "true");
        await desk.PressAsync("s");
        await Expect(desk.Card("stage", "Beta")).ToHaveCountAsync(1);
        await desk.PressAsync("l");
        await desk.PressAsync("w");
        await Expect(desk.Card("done", "Beta")).ToHaveAttributeAsync("data-state", "answered");

        // A proposal is taken to a vote.
        var proposal = Guid.CreateVersion7();
        await venue.SendAsync(reporter, new { type = "propose", id = proposal, title = "Trams", text = "More of them." });
        await venue.DoAsync("approve", proposal);
        await desk.Card("inbox", "Trams").ClickAsync();
        await desk.PressAsync("v");
        await Expect(desk.Card("inbox", "Trams")).ToContainTextAsync("0 ballots");
        await desk.PressAsync("v");
        await Expect(desk.Card("inbox", "Trams")).ToContainTextAsync("Result of the vote");
        await desk.PressAsync("/");
        await Expect(desk.Page.GetByLabel("Search")).ToBeFocusedAsync();
        await desk.PressAsync("Escape");

        string[] tried = [.. forms, "x", "u", "z", "a", "r", "q", "l", "Shift+j", "Shift+k", "b", "s", "w", "v", "/"];
        string[] elsewhere = ["j", "k", "h", "↓", "↑", "←", "→", "Shift+↑", "Shift+↓", ".", "?"];
        Assert.Equal(shown.Order(), tried.Concat(elsewhere).Select(key => key.Replace("+", " ", StringComparison.Ordinal).ToUpperInvariant()).Order());
    }

    [Fact]
    public async Task Moves_by_mouse_and_by_key_and_takes_each_move_back_to_its_place()
    {
        var (_, desk, _) = await OpenAsync("Alpha", "Beta", "Gamma");
        foreach (var text in new[] { "Alpha", "Beta", "Gamma" })
        {
            await desk.Card("inbox", text).DragToAsync(desk.Column("queue"));
            await Expect(desk.Card("queue", text)).ToHaveCountAsync(1);
        }

        await IsAsync("Alpha", "Beta", "Gamma");
        await desk.Card("queue", "Gamma").DragToAsync(desk.Card("queue", "Alpha"));
        await IsAsync("Gamma", "Alpha", "Beta");
        await desk.PressAsync("z");
        await IsAsync("Alpha", "Beta", "Gamma");

        await desk.Card("queue", "Alpha").ClickAsync();
        await desk.PressAsync("Shift+j");
        await IsAsync("Beta", "Alpha", "Gamma");
        await desk.PressAsync("Shift+j");
        await IsAsync("Beta", "Gamma", "Alpha");
        await desk.PressAsync("z");
        await IsAsync("Beta", "Alpha", "Gamma");
        await desk.PressAsync("z");
        await IsAsync("Alpha", "Beta", "Gamma");

        // The one it stood before has gone on stage meanwhile: it goes before who came next.
        await desk.Card("queue", "Alpha").DragToAsync(desk.Column("queue"), new() { TargetPosition = new() { X = 60, Y = 700 } });
        await IsAsync("Beta", "Gamma", "Alpha");
        await desk.Card("queue", "Beta").DragToAsync(desk.Column("stage"));
        await Expect(desk.Card("stage", "Beta")).ToHaveCountAsync(1);
        await desk.PressAsync("z");
        await IsAsync("Beta", "Gamma", "Alpha");
        await desk.PressAsync("z");
        await IsAsync("Alpha", "Beta", "Gamma");
        // And the first drags of all: out of the queue again, one by one.
        await desk.PressAsync("z");
        await IsAsync("Alpha", "Beta");

        Task IsAsync(params string[] texts) => Expect(desk.Column("queue").GetByTestId("item").Locator(".text")).ToHaveTextAsync(texts);
    }

    [Fact]
    public async Task Declines_many_at_once_labels_and_finds_and_takes_many_back_at_once()
    {
        var (_, desk, _) = await OpenAsync("Alpha", "Beta", "Gamma");
        await desk.PressAsync("j", "x", "j", "x", "d");
        await Expect(desk.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Decline 2");
        await desk.PressAsync("6", "Enter");
        foreach (var text in new[] { "Alpha", "Beta" })
        {
            await Expect(desk.Card("done", text)).ToContainTextAsync("There is no time left for it in this session.");
        }

        await desk.PressAsync("z");
        await Expect(desk.Column("inbox").GetByTestId("item")).ToHaveCountAsync(3);
        await Expect(desk.Column("done").GetByTestId("item")).ToHaveCountAsync(0);

        await desk.Card("inbox", "Gamma").ClickAsync();
        await desk.PressAsync("t");
        await desk.Page.Keyboard.TypeAsync("young people");
        await desk.PressAsync("Enter");
        await Expect(desk.Card("inbox", "Gamma")).ToContainTextAsync("young people");
        await desk.PressAsync("/");
        await desk.Page.Keyboard.TypeAsync("young");
        await Expect(desk.Column("inbox").GetByTestId("item")).ToHaveCountAsync(1);
        await desk.PressAsync("Escape");
        await Expect(desk.Column("inbox").GetByTestId("item")).ToHaveCountAsync(3);
        await desk.PressAsync("z");
        await Expect(desk.Card("inbox", "Gamma")).Not.ToContainTextAsync("young people");
    }

    [Fact]
    public async Task Stays_as_it_is_under_the_finger_while_three_hundred_wait_and_more_arrive()
    {
        var venue = await House.PlanAsync("The desk", Reviewed);
        var ids = new List<Guid>();
        // As many people as it takes to stay below what one may send at once.
        var askers = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => venue.JoinAsync()));
        for (var number = 0; number < 300; number++)
        {
            ids.Add(await venue.AskAsync(askers[number % askers.Length], $"Question {number:000}"));
        }

        await venue.DoAsync("approve", ids[250]);
        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Moderator);
        await desk.Page.GetByLabel("Order").SelectOptionAsync("support");
        await Expect(desk.Column("inbox").GetByRole(AriaRole.Heading)).ToContainTextAsync("300");
        var cards = desk.Column("inbox").GetByTestId("item");
        await desk.PressAsync(".");
        await cards.Nth(20).ClickAsync();
        var under = (await cards.Nth(20).Locator(".text").InnerTextAsync(), await BoxAsync());
        await desk.Page.EvaluateAsync("""
            () => {
              window.shifts = [];
              const onCards = ({ node }) => node?.parentElement?.closest('article, li') != null;
              const seen = (list) => shifts.push(...list.getEntries().flatMap(({ sources }) => sources.filter(onCards)).map(({ node }) => node.textContent));
              new PerformanceObserver(seen).observe({ type: 'layout-shift' });
            }
            """);

        // As fast as they are answered, which is faster than five a second, from phones that also support what is far below.
        var phones = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => venue.JoinAsync()));
        for (var number = 0; number < 40; number++)
        {
            await venue.AskAsync(phones[number % 4], $"Another {number:000}");
            await venue.SupportAsync(phones[number % 4], ids[250]);
        }

        await Expect(desk.Column("inbox").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("40 new") })).ToBeVisibleAsync();
        Assert.Equal(under, (await cards.Nth(20).Locator(".text").InnerTextAsync(), await BoxAsync()));
        Assert.Empty(await desk.Page.EvaluateAsync<string[]>("() => shifts"));
        await KeepAsync(desk, "three-hundred-desk");

        // The keys still do what they say to the card that is selected.
        await Expect(cards.Nth(20)).ToHaveAttributeAsync("data-state", "pending");
        await desk.PressAsync("a");
        await Expect(cards.Nth(20)).ToHaveAttributeAsync("data-state", "published");
        await desk.PressAsync(".");
        await Expect(cards.First).ToContainTextAsync("Question 250");

        async Task<(float X, float Y)> BoxAsync()
        {
            var box = (await cards.Nth(20).BoundingBoxAsync())!;
            return (box.X, box.Y);
        }
    }

    /// <summary>A desk with these questions in its inbox, each of somebody else.</summary>
    private async Task<(Venue Venue, Visitor Desk, List<Guid> Questions)> OpenAsync(params string[] questions)
    {
        var venue = await House.PlanAsync("The desk", Reviewed);
        var ids = new List<Guid>();
        foreach (var question in questions)
        {
            ids.Add(await venue.AskAsync(await venue.JoinAsync("Ana", "Tirana"), question));
        }

        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Moderator);
        await Expect(desk.Column("inbox").GetByTestId("item")).ToHaveCountAsync(questions.Length);
        return (venue, desk, ids);
    }
}
