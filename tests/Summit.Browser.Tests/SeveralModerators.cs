using System.Text.RegularExpressions;
using Summit.Browser.Tests.Setting;
using Summit.Testing;

namespace Summit.Browser.Tests;

/// <summary>Two at one desk, one of them on a phone: each sees what the other is at, and nobody is kept from anything.</summary>
public sealed class SeveralModerators(Hall hall) : BrowserTest(hall)
{
    private const string Trams = "When do the trams run again?";
    private const string Pipes = "Who repairs the pipes?";
    private const string Parks = "Which park is next?";

    [Fact]
    public async Task See_who_is_at_which_card_and_are_told_when_they_begin_the_same()
    {
        var venue = await House.PlanAsync("Two at one desk", new { review = true });
        foreach (var question in new[] { Trams, Pipes })
        {
            await venue.AskAsync(await venue.JoinAsync("Ana", "Tirana"), question);
        }

        var (petra, boris) = (await DeskAsync(), await PhoneAsync());
        await petra.OpenAsync(venue, await venue.ModeratorAsync("Petra Marković"));
        await boris.OpenAsync(venue, await venue.ModeratorAsync("Boris"));
        await Expect(Handled(boris, Trams)).ToHaveCountAsync(0);
        var before = await boris.Card("inbox", Pipes).BoundingBoxAsync();

        // Selected is enough: the other sees it in words and by initials, and no card moves for it.
        await petra.PressAsync("j");
        await Expect(Handled(boris, Trams)).ToHaveTextAsync(new Regex("^PM.?Petra Marković.? is at this$"));
        Assert.Equal(before!.Y, (await boris.Card("inbox", Pipes).BoundingBoxAsync())!.Y);
        await Expect(Handled(petra, Trams)).ToHaveCountAsync(0);
        await Axe.FindsNothingAsync(boris, "desk with two, on a phone");
        await KeepAsync(boris, "two-moderators-phone");

        // The same form in both hands: both are told, and the second one goes on all the same.
        await petra.PressAsync("d");
        await boris.Card("inbox", Trams).GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        var told = boris.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Status);
        await Expect(told).ToHaveTextAsync(new Regex("^.?Petra Marković.? is at this too. Go on if you like.$"));
        await Expect(petra.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Status)).ToContainTextAsync("Boris");
        await Axe.FindsNothingAsync(boris, "a form that two have open");
        await KeepAsync(boris, "two-moderators-form-phone");
        await KeepAsync(petra, "two-moderators-form-desk");
        await boris.Button("Decline with this reason").ClickAsync();
        await Expect(petra.Card("done", Trams)).ToHaveAttributeAsync("data-state", "declined");

        // What is read out of it comes politely, in the region the desk has for news.
        await petra.PressAsync("Escape");
        await boris.Card("inbox", Pipes).ClickAsync();
        await Expect(Handled(petra, Pipes)).ToContainTextAsync("Boris");
        await KeepAsync(petra, "two-moderators-desk");
        await SelectAsync(petra, Pipes);
        await Expect(petra.Page.Locator("[aria-live=polite]").Filter(new() { HasTextRegex = new Regex("Boris.? is at this") })).ToHaveCountAsync(1);

        // Whoever leaves lets go.
        await boris.Page.GotoAsync("about:blank");
        await Expect(Handled(petra, Pipes)).ToHaveCountAsync(0);
    }

    /// <summary>A finger on its way down means what lay there.</summary>
    [Fact]
    public async Task Take_no_card_from_under_the_finger_of_another()
    {
        var (venue, boris, ids) = await OpenAsync(Trams, Pipes, Parks);
        var approve = (await boris.Card("inbox", Trams).GetByRole(AriaRole.Button, new() { Name = "Approve" }).BoundingBoxAsync())!;
        var (x, y) = ((int)(approve.X + (approve.Width / 2)), (int)(approve.Y + (approve.Height / 2)));
        // In the frame after the card above has gone, sooner than anybody could notice.
        await boris.Page.EvaluateAsync($$"""
            () => {
              const list = document.querySelector('[data-testid=column-inbox] ol');
              window.tapped = new Promise((done) => new MutationObserver(() => requestAnimationFrame(() => {
                const button = document.elementFromPoint({{x}}, {{y}}).closest('button');
                button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
                done([button.innerText, button.closest('article').querySelector('.text').innerText]);
              })).observe(list, { childList: true }));
            }
            """);
        await venue.DoAsync("queue", ids[0]);
        Assert.Equal(["Approve", Pipes], await boris.Page.EvaluateAsync<string[]>("() => tapped"));

        // A little later a tap is meant for what it hits.
        var mark = boris.Card("inbox", Pipes).GetByRole(AriaRole.Checkbox);
        await Wait.UntilAsync("a tap counts again", async () =>
        {
            await mark.ClickAsync();
            return await mark.IsCheckedAsync();
        });
        await Expect(boris.Page.GetByRole(AriaRole.Toolbar)).ToContainTextAsync("1 marked");
        await Expect(boris.Card("inbox", Pipes)).ToHaveAttributeAsync("data-state", "pending");
        Assert.Equal("queued", await StateOfAsync(venue, ids[0]));
        Assert.Equal("pending", await StateOfAsync(venue, ids[1]));
    }

    [Fact]
    public async Task Take_back_only_what_they_did_themselves()
    {
        var (venue, boris, ids) = await OpenAsync(Trams, Pipes);
        var told = boris.Page.GetByRole(AriaRole.Alert);
        await boris.PressAsync("j", "q");
        await Expect(boris.Card("queue", Trams)).ToBeVisibleAsync();
        await venue.DoAsync("stage", ids[0]);
        await Expect(boris.Card("stage", Trams)).ToBeVisibleAsync();
        await boris.PressAsync("z");
        await Expect(told).ToContainTextAsync(new Regex($"Somebody else has changed this since, so it stays as it is: “.?{Regex.Escape(Trams)}.?”"));
        await Axe.FindsNothingAsync(boris, "desk, nothing taken back");
        await KeepAsync(boris, "undo-overtaken-desk");

        // What is the own last step is taken back as ever, and the word goes.
        await SelectAsync(boris, Pipes);
        await boris.PressAsync("a");
        await Expect(boris.Card("inbox", Pipes)).ToHaveAttributeAsync("data-state", "published");
        await Expect(told).ToBeEmptyAsync();
        await boris.PressAsync("z");
        await Expect(boris.Card("inbox", Pipes)).ToHaveAttributeAsync("data-state", "pending");
        await boris.PressAsync("z");
        await Expect(told).ToBeEmptyAsync();
        await Expect(boris.Card("stage", Trams)).ToBeVisibleAsync();
    }

    /// <summary>A desk with these in its inbox; the other moderator is the venue's own.</summary>
    private async Task<(Venue Venue, Visitor Boris, List<Guid> Questions)> OpenAsync(params string[] questions)
    {
        var venue = await House.PlanAsync("Two at one desk", new { review = true });
        var ids = new List<Guid>();
        foreach (var question in questions)
        {
            ids.Add(await venue.AskAsync(await venue.JoinAsync("Ana", "Tirana"), question));
        }

        var boris = await DeskAsync();
        await boris.OpenAsync(venue, await venue.ModeratorAsync("Boris"));
        await Expect(boris.Column("inbox").GetByTestId("item")).ToHaveCountAsync(questions.Length);
        return (venue, boris, ids);
    }

    private static async Task<string> StateOfAsync(Venue venue, Guid id)
    {
        var picture = await venue.House.CallAsync(HttpMethod.Get, $"/api/sessions/{venue.Session}", venue.Desk, null);
        return (string)picture["items"]!.AsArray().Single(item => (Guid)item!["id"]! == id)!["state"]!;
    }

    private static ILocator Handled(Visitor visitor, string text) =>
        visitor.Column("inbox").GetByRole(AriaRole.Listitem).Filter(new() { HasText = text }).GetByTestId("handled");

    private static async Task SelectAsync(Visitor desk, string text)
    {
        await desk.Card("inbox", text).ClickAsync();
        await Expect(desk.Card("inbox", text)).ToHaveAttributeAsync("aria-current", "true");
    }
}
