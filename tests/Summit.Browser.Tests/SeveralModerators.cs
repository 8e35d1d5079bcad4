using System.Text.RegularExpressions;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>Two at one desk, one of them on a phone: each sees what the other is at, and nobody is kept from anything.</summary>
public sealed class SeveralModerators(Hall hall) : BrowserTest(hall)
{
    private const string Trams = "When do the trams run again?";
    private const string Pipes = "Who repairs the pipes?";

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

    private static ILocator Handled(Visitor visitor, string text) =>
        visitor.Column("inbox").GetByRole(AriaRole.Listitem).Filter(new() { HasText = text }).GetByTestId("handled");

    private static async Task SelectAsync(Visitor desk, string text)
    {
        await desk.Card("inbox", text).ClickAsync();
        await Expect(desk.Card("inbox", text)).ToHaveAttributeAsync("aria-current", "true");
    }
}
