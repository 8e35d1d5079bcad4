using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>Nobody needs a pointer.</summary>
public sealed class TheKeyboardAlone(Hall hall) : BrowserTest(hall)
{
    /// <summary>Nobody would walk further than this.</summary>
    private const int MostSteps = 40;

    [Fact]
    public async Task Is_enough_to_join_to_ask_and_to_support()
    {
        var venue = await House.PlanAsync("By keyboard");
        await venue.AskAsync(venue.Desk, "What others asked");
        var desk = await DeskAsync();
        await desk.Page.GotoAsync(House.Address.ToString());
        await Expect(desk.Page.GetByLabel("Code")).ToBeFocusedAsync();
        await desk.Page.Keyboard.TypeAsync(venue.Code);
        await WalkToAsync(desk, desk.Page.GetByLabel("Name"));
        await desk.Page.Keyboard.TypeAsync("Ana");
        await desk.PressAsync("Enter");

        await Expect(desk.Item("What others asked")).ToBeVisibleAsync();
        await WalkToAsync(desk, desk.Page.GetByLabel("Your question"));
        await desk.Page.Keyboard.TypeAsync("Asked by keyboard");
        await WalkToAsync(desk, desk.Button("Ask"));
        await desk.PressAsync("Enter");
        await Expect(desk.Item("Asked by keyboard")).ToBeVisibleAsync();

        var support = desk.Item("What others asked").Locator("button[aria-pressed]");
        await WalkToAsync(desk, support);
        await desk.PressAsync("Enter");
        await Expect(support).ToHaveAttributeAsync("aria-pressed", "true");
        await desk.PressAsync("Space");
        await Expect(support).ToHaveAttributeAsync("aria-pressed", "false");

        await WalkToAsync(desk, desk.Page.GetByRole(AriaRole.Tab, new() { Selected = true }), "Shift+Tab");
        await desk.PressAsync("ArrowLeft");
        await Expect(desk.Own("Asked by keyboard")).ToBeVisibleAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Tab, new() { Selected = true })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Is_enough_for_a_moderator_and_question_mark_shows_how()
    {
        var venue = await House.PlanAsync("Desk by keyboard", new { review = true, maxOpen = 100, perMinute = 100 });
        var ana = await venue.JoinAsync("Ana", "Tirana");
        foreach (var text in new[] { "First", "Second", "Third" })
        {
            await venue.AskAsync(ana, text);
        }

        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Moderator);
        var cards = desk.Column("inbox").GetByTestId("item");
        await Expect(cards).ToHaveCountAsync(3);

        await desk.PressAsync("?");
        var help = desk.Page.GetByRole(AriaRole.Dialog, new() { Name = "One key for everything" });
        await Expect(help).ToContainTextAsync("Approve");
        await Expect(help).ToContainTextAsync("Undo the last step");
        await desk.PressAsync("Escape");
        await Expect(help).ToHaveCountAsync(0);

        // Marked for many: two at once.
        await desk.PressAsync("j", "x", "j", "x", "a");
        await Expect(cards.Nth(0)).ToHaveAttributeAsync("data-state", "published");
        await Expect(cards.Nth(1)).ToHaveAttributeAsync("data-state", "published");
        await Expect(cards.Nth(2)).ToHaveAttributeAsync("data-state", "pending");

        await desk.PressAsync("/");
        await desk.Page.Keyboard.TypeAsync("Third");
        await Expect(cards).ToHaveCountAsync(1);
        await desk.PressAsync("Escape");
        await Expect(cards).ToHaveCountAsync(3);

        await desk.PressAsync("k", "k", "k", "q");
        await Expect(desk.Column("queue").GetByTestId("item")).ToHaveCountAsync(1);
        await desk.PressAsync("z");
        await Expect(desk.Column("queue").GetByTestId("item")).ToHaveCountAsync(0);
        await Expect(cards).ToHaveCountAsync(3);
    }

    /// <summary>Step by step, and at each step one can see where one is.</summary>
    private static async Task WalkToAsync(Visitor visitor, ILocator target, string key = "Tab")
    {
        for (var step = 0; step < MostSteps; step++)
        {
            await visitor.PressAsync(key);
            Assert.True(
                await visitor.Page.EvaluateAsync<bool>("""
                    () => {
                      const at = document.activeElement;
                      const seen = (one) => getComputedStyle(one).outlineStyle !== 'none' || getComputedStyle(one).boxShadow !== 'none';
                      return at === document.body || seen(at) || (at.parentElement !== null && seen(at.parentElement));
                    }
                    """),
                "The focus cannot be seen.");
            if (await target.EvaluateAsync<bool>("(one) => one === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"{target} was not reached in {MostSteps} steps.");
    }
}
