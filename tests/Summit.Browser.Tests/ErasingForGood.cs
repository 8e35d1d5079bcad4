using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>Who is erased from where: oneself everywhere, a speaker by the organiser, a name by a network's secretary.</summary>
public sealed class ErasingForGood(Hall hall) : BrowserTest(hall)
{
    [Fact]
    public async Task Takes_a_person_out_of_everything_at_their_own_page()
    {
        var (venue, link) = await AddAsync("Leaving for good");
        var phone = await PhoneAsync();
        phone.MayFindNothing = true;
        await phone.OpenAsync(venue, link);
        await phone.Button("Delete everything about me").ClickAsync();
        var sure = phone.Page.GetByRole(AriaRole.Dialog, new() { Name = "Leave for good" });
        await sure.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Name = "Zorica" })).ToBeVisibleAsync();
        await phone.Button("Delete everything about me").ClickAsync();
        await sure.GetByRole(AriaRole.Button, new() { Name = "Delete everything about me" }).ClickAsync();
        await Expect(phone.Page.GetByLabel("Code", new() { Exact = true })).ToBeVisibleAsync();
        Assert.DoesNotContain("access.", await phone.Page.EvaluateAsync<string>("() => JSON.stringify(Object.keys(localStorage))"), StringComparison.Ordinal);

        // The link is nobody's any more.
        await phone.OpenAsync(venue, link);
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Name = "Zorica" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Takes_a_person_out_of_a_conference_by_its_organiser()
    {
        var (venue, link) = await AddAsync("One less");
        var host = await DeskAsync();
        await host.OpenAsync(venue, venue.Host);
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        await host.Page.GetByTestId("person").Locator("summary").ClickAsync();
        await host.Button("Delete this person").ClickAsync();
        await Expect(host.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(host, "deleting a person");
        await host.Page.GetByRole(AriaRole.Dialog, new() { Name = "Delete Zorica" }).GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Expect(host.Page.GetByText("Nobody found")).ToBeVisibleAsync();
        var phone = await PhoneAsync();
        phone.MayFindNothing = true;
        await phone.OpenAsync(venue, link);
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Name = "Zorica" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Takes_a_speaker_out_of_the_programme_and_leaves_the_place()
    {
        var venue = await House.PlanAsync("A speaker less");
        await SpeakerAsync(venue);
        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Host);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Rooms, speakers, publishing" }).ClickAsync();
        await desk.Page.GetByTestId("plan-speakers").GetByRole(AriaRole.Button, new() { Name = "Remove Zorica of Prilep" }).ClickAsync();
        await desk.Button("Delete for good").ClickAsync();
        await Expect(desk.Page.GetByTestId("plan-speakers")).ToContainTextAsync("Speaker deleted");
        await Expect(desk.Page.GetByText("Zorica")).ToHaveCountAsync(0);
        await Expect(desk.Page.GetByRole(AriaRole.Button, new() { Name = "Remove Speaker deleted" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Takes_a_name_out_of_a_network()
    {
        var house = await AnotherHouseAsync();
        var admin = await house.EnterAsync((string)(await house.LinksAsync())["admin"]!);
        var founded = await house.CallAsync(HttpMethod.Post, "/api/networks", admin, new { title = "Balkan Cities Network", name = "B40" });
        var desk = await DeskAsync();
        await desk.Page.GotoAsync(new Uri(house.Address, new Uri((string)founded["secretary"]!).PathAndQuery + new Uri((string)founded["secretary"]!).Fragment).ToString());
        await desk.Button("Add a group").ClickAsync();
        await desk.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Climate");
        await desk.Button("Save").ClickAsync();
        await desk.Button("Delete a person’s name").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Zorica");
        await Axe.FindsNothingAsync(desk, "deleting a name");
        await desk.Button("Save").ClickAsync();
        await Expect(desk.Page.GetByText("Saved")).ToBeVisibleAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Holds_for_everybody_on_every_screen()
    {
        var (venue, link) = await AddAsync("Erased on every screen");
        var visitor = await BulgarianPhoneAsync();
        await visitor.OpenAsync(venue, link);
        await visitor.Button("Изтриване на всичко за мен").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await HoldsOnEveryScreenAsync(visitor, "leaving");
        await visitor.OpenAsync(venue, venue.Host);
        await Expect(visitor.Page.GetByTestId("keeping")).ToBeVisibleAsync();
        await SpeakerAsync(venue);
        await visitor.Page.GotoAsync(new Uri(House.Address, "/h/programme").ToString());
        await visitor.Button("Премахване на Zorica of Prilep").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await HoldsOnEveryScreenAsync(visitor, "erasing-a-speaker");
        await visitor.Button("Изтриване завинаги").ClickAsync();
        await Expect(visitor.Page.GetByTestId("plan-speakers")).ToContainTextAsync("Изтрит лектор");
        // The words of both catalogues that the page needs are there, whichever came first.
        await Expect(visitor.Page.GetByText("host.add")).ToHaveCountAsync(0);
        await HoldsOnEveryScreenAsync(visitor, "a-speaker-erased");
    }

    /// <summary>A conference with a moderator, and the personal link.</summary>
    private async Task<(Venue Venue, string Link)> AddAsync(string title)
    {
        var venue = await House.PlanAsync(title);
        var host = await House.EnterAsync(venue.Host);
        var role = new { @in = new { conference = venue.Conference }, role = "moderator" };
        var added = await House.CallAsync(HttpMethod.Post, "/api/people", host, new { id = Guid.CreateVersion7(), name = "Zorica", role });
        return (venue, (string)(await House.CallAsync(HttpMethod.Post, $"/api/people/{added["id"]}/links", host, new { }))["link"]!);
    }

    private async Task SpeakerAsync(Venue venue) => await House.CallAsync(
        HttpMethod.Post, $"/api/conferences/{venue.Conference}/commands", await House.EnterAsync(venue.Host),
        new { type = "set-speaker", id = Guid.CreateVersion7(), speaker = Guid.CreateVersion7(), name = "Zorica of Prilep", function = "Mayor" });
}
