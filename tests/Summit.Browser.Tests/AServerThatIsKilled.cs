using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>From a phone to the disk and back to every screen, over the death of the server.</summary>
public sealed class AServerThatIsKilled(Hall hall) : BrowserTest(hall)
{
    private const string First = "How do the cities share what the summit decides?";
    private const string Second = "And who pays for it?";

    [Fact]
    public async Task Comes_back_with_everything_and_every_screen_goes_on_by_itself()
    {
        var house = await AnotherHouseAsync();
        var venue = await house.PlanAsync("After the summit", new { review = true });
        var phone = await PhoneAsync();
        var desk = await DeskAsync();
        var stage = await ProjectorAsync();
        await desk.OpenAsync(venue, venue.Moderator);
        await stage.OpenAsync(venue, venue.Stage);
        await Expect(stage.Page.GetByTestId("stage-card")).ToBeVisibleAsync();
        await phone.JoinAsync(venue, "Ana", "Tirana");

        await phone.AskAsync(First);
        await desk.Card("inbox", First).GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(phone.Item(First)).ToHaveAttributeAsync("data-state", "published");
        await desk.Card("inbox", First).GetByRole(AriaRole.Button, new() { Name = "Stage" }).ClickAsync();
        await AllShowAsync(First, phone, desk, stage);

        foreach (var visitor in new[] { phone, desk, stage })
        {
            visitor.MayLoseTheLine = true;
            // Gone with a reload: so that nobody can have loaded the page anew.
            await visitor.Page.EvaluateAsync("() => { window.here = true }");
        }

        await house.Server.KillAsync();
        await Expect(stage.Page.GetByText("The line is being restored.")).ToBeVisibleAsync();
        await Expect(phone.Page.GetByText("Connecting again…").Or(phone.Page.GetByText("You are offline."))).ToBeVisibleAsync();
        await AllShowAsync(First, phone, desk, stage);
        await house.Server.StartAgainAsync();

        await Expect(stage.Page.GetByText("The line is being restored.")).ToBeHiddenAsync();
        await AllShowAsync(First, phone, desk, stage);
        await phone.AskAsync(Second);
        await desk.Card("inbox", Second).GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(phone.Item(Second)).ToHaveAttributeAsync("data-state", "published");
        await desk.Card("inbox", Second).GetByRole(AriaRole.Button, new() { Name = "Stage" }).ClickAsync();
        await AllShowAsync(Second, phone, desk, stage);
        await Expect(desk.Card("done", First)).ToHaveAttributeAsync("data-state", "answered");

        foreach (var visitor in new[] { phone, desk, stage })
        {
            Assert.True(await visitor.Page.EvaluateAsync<bool>("() => window.here === true"));
        }
    }

    private static async Task AllShowAsync(string text, Visitor phone, Visitor desk, Visitor stage)
    {
        await Expect(phone.OnStage).ToContainTextAsync(text);
        await Expect(stage.OnStage).ToContainTextAsync(text);
        await Expect(desk.Card("stage", text)).ToHaveAttributeAsync("data-state", "staged");
    }
}
