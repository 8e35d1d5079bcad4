using Summit.Browser.Tests.Setting;
using Summit.Testing;

namespace Summit.Browser.Tests;

/// <summary>What somebody has left behind: told before it is written, shown, taken along, and taken away.</summary>
public sealed class OnesOwnData(Hall hall) : BrowserTest(hall)
{
    private const string Question = "What did Zorica of Prilep ask?";

    [Fact]
    public async Task Is_told_of_before_the_first_post_and_costs_no_tap()
    {
        var venue = await House.PlanAsync("A notice");
        var phone = await PhoneAsync();
        await phone.JoinAsync(venue, "Zorica", "Prilep");
        var notice = phone.Page.GetByTestId("notice");
        await Expect(notice).ToHaveCountAsync(0);
        await phone.Page.GetByLabel("Your question").FillAsync(Question);
        await Expect(notice).ToContainTextAsync("Everybody in this session reads it");
        await Expect(notice).ToContainTextAsync("as long as the organiser keeps the conference");
        await phone.Button("Ask").ClickAsync();
        await Expect(phone.Item(Question)).ToBeVisibleAsync();

        // Once is enough, also after a reload.
        await phone.Page.ReloadAsync();
        await Expect(phone.Item(Question)).ToBeVisibleAsync();
        await phone.TurnToAsync("Mine");
        await Expect(phone.Own(Question)).ToBeVisibleAsync();
        await phone.TurnToAsync("Questions");
        await phone.Page.GetByLabel("Your question").FillAsync("And again?");
        await Expect(phone.Page.GetByText("490 characters left")).ToBeVisibleAsync();
        await Expect(notice).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Is_shown_with_its_life_saved_as_a_file_and_deleted_for_good()
    {
        var venue = await House.PlanAsync("Own data");
        var (phone, other) = (await PhoneAsync(), await PhoneAsync());
        await phone.JoinAsync(venue, "Zorica", "Prilep");
        await other.JoinAsync(venue, "Boris");
        await phone.AskAsync(Question);
        await Expect(other.Item(Question)).ToBeVisibleAsync();
        var item = (Guid)(await House.CallAsync(HttpMethod.Get, $"/api/sessions/{venue.Session}", venue.Desk, null))["items"]!.AsArray().Single()!["id"]!;
        await venue.SendAsync(venue.Desk, new { type = "answer", item, text = "By May, Zorica.", id = Guid.CreateVersion7() });
        await Expect(other.Item(Question)).ToContainTextAsync("By May, Zorica.");
        await venue.SendAsync(venue.Desk, new { type = "close", id = Guid.CreateVersion7() });

        await phone.TurnToAsync("Mine");
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "My data" }).ClickAsync();
        var own = phone.Page.GetByTestId("own-item");
        await Expect(own).ToContainTextAsync(Question);
        await Expect(own).ToContainTextAsync("By May, Zorica.");
        await Expect(phone.Page.GetByText("You joined as Zorica, Prilep.")).ToBeVisibleAsync();
        var file = await phone.Page.RunAndWaitForDownloadAsync(() => phone.Button("Save as a file (JSON)").ClickAsync());
        Assert.Equal("my-data.json", file.SuggestedFilename);
        Assert.Contains("session.item-posted.v1", await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await phone.Button("Delete everything").ClickAsync();
        var sure = phone.Page.GetByRole(AriaRole.Dialog, new() { Name = "Delete everything" });
        await sure.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(own).ToContainTextAsync(Question);
        await phone.Button("Delete everything").ClickAsync();
        await sure.GetByRole(AriaRole.Button, new() { Name = "Delete it for good" }).ClickAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Name = "It is deleted" })).ToBeVisibleAsync();

        // The others see it go; the device knows nobody any more.
        await Expect(other.Page.GetByTestId("item")).ToContainTextAsync("Deleted at the person’s request");
        await Expect(other.Page.GetByTestId("item")).Not.ToContainTextAsync("Zorica");
        var kept = await phone.Page.EvaluateAsync<string>("() => JSON.stringify(Object.entries(localStorage))");
        Assert.DoesNotContain("Zorica", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("access.participant", kept, StringComparison.Ordinal);
        await phone.Page.GotoAsync(new Uri(House.Address, "/my").ToString());
        await Expect(phone.Page.GetByText(Question)).ToHaveCountAsync(0);
        await Expect(phone.Page.GetByRole(AriaRole.Link, new() { Name = "To the join page" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Goes_by_itself_as_the_organiser_has_set_unless_a_hold_stops_it()
    {
        // The conference was over long ago.
        var venue = await House.PlanAsync("Kept for days");
        await venue.AskAsync(await venue.JoinAsync("Zorica", "Prilep"), Question);
        var (host, phone) = (await DeskAsync(), await PhoneAsync());
        await host.OpenAsync(venue, venue.Host);
        var keeping = host.Page.GetByTestId("keeping");
        await keeping.GetByLabel("Reason for a legal hold").FillAsync("Audit of 2027");
        await host.Button("Stop all deletion").ClickAsync();
        await Expect(keeping).ToContainTextAsync("Audit of 2027");
        await keeping.GetByLabel("Everything that anybody wrote").FillAsync("30");
        await keeping.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Axe.FindsNothingAsync(host, "days that are over");
        await host.Button("Save and delete").ClickAsync();
        await Expect(host.Button("Save and delete")).ToHaveCountAsync(0);
        await phone.JoinAsync(venue);
        await Expect(phone.Item(Question)).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(host, "how long it is kept");
        await KeepOnBothAsync(host, "keeping");

        await host.Button("Release the legal hold").ClickAsync();
        await Expect(phone.Page.GetByTestId("item")).ToContainTextAsync("Deleted: kept long enough");
        var token = await House.EnterAsync(venue.Host);
        await Wait.UntilAsync("the journal holds nothing of it", async () =>
            (await House.CallAsync(HttpMethod.Get, $"/api/conferences/{venue.Conference}/privacy", token, null))["orders"]!.AsArray().All(order => order!["done"] is not null));
        await host.Page.ReloadAsync();
        await Expect(keeping).ToContainTextAsync("Deletions carried out: 1; still to be done: 0.");
    }

    [Fact]
    public async Task Holds_for_everybody_on_every_screen()
    {
        var venue = await House.PlanAsync("Собствени данни");
        var visitor = await BulgarianPhoneAsync();
        await visitor.Page.GotoAsync(new Uri(House.Address, $"/j/{venue.Code}").ToString());
        await visitor.Page.Locator("form .primary").ClickAsync();
        await visitor.Page.Locator("textarea").FillAsync("Какво става с автобусите?");
        await Expect(visitor.Page.GetByTestId("notice")).ToContainTextAsync("Четат го всички");
        await HoldsOnEveryScreenAsync(visitor, "notice");
        await visitor.Page.Locator("form .primary").ClickAsync();
        await Expect(visitor.Page.GetByTestId("item")).ToBeVisibleAsync();
        await visitor.Page.GotoAsync(new Uri(House.Address, "/my").ToString());
        await Expect(visitor.Page.GetByTestId("own-item")).ToBeVisibleAsync();
        await HoldsOnEveryScreenAsync(visitor, "own-data");
        await visitor.Button("Изтриване на всичко").ClickAsync();
        await Expect(visitor.Button("Изтрий завинаги")).ToBeVisibleAsync();
        await HoldsOnEveryScreenAsync(visitor, "own-data-deleting");
    }
}
