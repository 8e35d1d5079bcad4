using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>A programme: put together by its host, published, and read by everybody.</summary>
public sealed class AProgrammePublished(Hall hall) : BrowserTest(hall)
{
    [Fact]
    public async Task Is_put_together_by_forms_with_overlaps_shown_at_once()
    {
        var venue = await House.PlanAsync("Trade");
        await venue.AnotherSessionAsync("Climate");
        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Host);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Rooms, speakers, publishing" }).ClickAsync();
        await desk.Button("Add a speaker").ClickAsync();
        await desk.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ana");
        await desk.Page.GetByLabel("Name", new() { Exact = true }).PressAsync("Enter");
        await Expect(desk.Page.GetByTestId("plan-speakers")).ToContainTextAsync("Ana");
        foreach (var title in new[] { "Trade", "Climate" })
        {
            await EditAsync(desk, title, async () =>
            {
                await desk.Page.GetByLabel("Room").FillAsync("Hall 1");
                await desk.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Ana" }).CheckAsync();
            });
        }

        // One after the other in the same hall is no overlap; at the same time it is.
        await Expect(desk.Page.GetByTestId("slot").Filter(new() { HasText = "Ana" })).ToHaveCountAsync(2);
        await Expect(desk.Page.GetByTestId("overlaps")).ToBeEmptyAsync();
        await EditAsync(desk, "Climate", () => desk.Page.GetByLabel("Starts (Europe/Sofia)").FillAsync("2026-01-05T17:00"));
        await Expect(desk.Page.GetByTestId("overlaps")).ToContainTextAsync("Hall 1 is taken twice: “Trade” and “Climate”");
        await Expect(desk.Page.GetByTestId("overlaps")).ToContainTextAsync("Ana speaks in both");
        await Expect(desk.Page.GetByText("Overlap", new() { Exact = true })).ToHaveCountAsync(2);

        // What cannot be stays in its form, with the reason.
        desk.MayFindNothing = true;
        await desk.Button("Change “Climate”").ClickAsync();
        await desk.Page.GetByLabel("Ends (Europe/Sofia)").FillAsync("2026-01-05T09:00");
        await desk.Button("Save").ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert)).ToContainTextAsync("cannot end before it starts");
        await desk.PressAsync("Escape");
        await EditAsync(desk, "Climate", () => desk.Page.GetByLabel("Room").FillAsync("Hall 2"));
        await Expect(desk.Page.GetByTestId("overlaps")).Not.ToContainTextAsync("Hall 1 is taken twice");
    }

    [Fact]
    public async Task Lets_two_sessions_change_places_by_dragging_as_by_two_buttons()
    {
        var (venue, desk) = await TwoRoomsAsync();
        var (trade, climate) = (Slot(desk, "Trade"), Slot(desk, "Climate"));
        await Expect(trade).ToContainTextAsync("14:00");

        await trade.DragToAsync(climate);
        await Expect(trade).ToContainTextAsync("21:00");
        await Expect(trade).ToContainTextAsync("Hall 2");
        await Expect(climate).ToContainTextAsync("14:00");
        await Expect(climate).ToContainTextAsync("Hall 1");

        // The same by keys; Escape puts it down where it was.
        await desk.Button("Move “Trade”").PressAsync("Enter");
        await Expect(desk.Page.GetByRole(AriaRole.Status).Last).ToContainTextAsync("“Trade” is taken up.");
        await desk.PressAsync("Escape");
        await Expect(desk.Button("Change places with “Climate”")).ToHaveCountAsync(0);
        await desk.Button("Move “Trade”").PressAsync("Enter");
        await Axe.FindsNothingAsync(desk, "moving");
        await desk.Button("Change places with “Climate”").PressAsync("Enter");
        await Expect(desk.Page.GetByRole(AriaRole.Status).Last).ToContainTextAsync("“Trade” and “Climate” have changed places.");
        await Expect(trade).ToContainTextAsync("14:00");
        await Expect(trade).ToContainTextAsync("Hall 1");
        await KeepOnBothAsync(desk, "programme-moving");

        // A session that is over stays where it was, and says why.
        await venue.SendAsync(venue.Desk, new { type = "close", id = Guid.CreateVersion7() });
        desk.MayFindNothing = true;
        await desk.Button("Move “Climate”").ClickAsync();
        await desk.Button("Change places with “Trade”").ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Lets_a_session_go_to_a_free_place_by_dragging_as_by_two_buttons()
    {
        var (_, desk) = await TwoRoomsAsync();
        var (trade, climate, free) = (Slot(desk, "Trade"), Slot(desk, "Climate"), desk.Page.GetByTestId("free"));
        await Expect(free).ToHaveCountAsync(0);

        await desk.Button("Move “Climate”").PressAsync("Enter");
        await Axe.FindsNothingAsync(desk, "free places");
        await KeepOnBothAsync(desk, "programme-free");
        await desk.Button("14:00–15:00 Hall 2").PressAsync("Enter");
        await Expect(desk.Page.GetByRole(AriaRole.Status).Last).ToContainTextAsync("“Climate” is moved to Hall 2, 14:00–15:00.");
        await Expect(climate).ToContainTextAsync("14:00–15:00");
        await Expect(free).ToHaveCountAsync(0);
        await Expect(desk.Button("Move “Climate”")).ToBeFocusedAsync();

        // What is free shows once something is dragged.
        await climate.HoverAsync();
        await desk.Page.Mouse.DownAsync();
        await trade.HoverAsync();
        await desk.Button("20:00–21:00 Hall 1").HoverAsync();
        await desk.Page.Mouse.UpAsync();
        await Expect(climate).ToContainTextAsync("20:00–21:00");
        await Expect(climate).ToContainTextAsync("Hall 1");
        await Expect(trade).ToContainTextAsync("14:00–20:00");
        await Expect(desk.Page.GetByTestId("overlaps")).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Shows_everybody_the_version_that_was_published_and_what_it_changed()
    {
        var venue = await House.PlanAsync("Trade");
        var host = await DeskAsync();
        await host.OpenAsync(venue, venue.Host);
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "Rooms, speakers, publishing" }).ClickAsync();
        var passer = await PhoneAsync();
        passer.MayFindNothing = true;
        await passer.Page.GotoAsync(PageOf(venue));
        await Expect(passer.Page.GetByText("has not been published yet")).ToBeVisibleAsync();

        var publishing = host.Page.GetByTestId("publishing");
        await publishing.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(publishing).ToContainTextAsync("Everybody sees the newest: version 1.");
        await EditAsync(host, "Trade", () => host.Page.GetByLabel("Room").FillAsync("Hall 1"));
        await Expect(publishing).ToContainTextAsync("“Trade”, room: Hall 1 instead of none");

        await passer.Page.ReloadAsync();
        var programme = passer.Page.GetByTestId("programme");
        await Expect(programme).ToContainTextAsync("14:00–20:00");
        await Expect(programme).Not.ToContainTextAsync("Hall 1");
        await publishing.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await Expect(publishing).ToContainTextAsync("Everybody sees the newest: version 2.");
        await passer.Page.ReloadAsync();
        await Expect(programme).ToContainTextAsync("Hall 1");
        await Expect(passer.Page.GetByTestId("versions")).ToContainTextAsync("“Trade”, room: Hall 1 instead of none");

        // Nobody's page names the code; its calendars are those of the published version.
        Assert.DoesNotContain(venue.Code, await passer.Page.ContentAsync(), StringComparison.Ordinal);
        var calendar = await programme.GetByRole(AriaRole.Link, new() { Name = "Add to calendar: Trade" }).GetAttributeAsync("href");
        Assert.Contains("LOCATION:Hall 1", await passer.Page.EvaluateAsync<string>("async (path) => (await fetch(path)).text()", calendar), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leads_who_has_joined_into_the_session_that_runs_by_one_tap()
    {
        var venue = await House.PlanAsync("Trade");
        await venue.House.CallAsync(
            HttpMethod.Post, $"/api/conferences/{venue.Conference}/commands", await venue.House.EnterAsync(venue.Host),
            new
            {
                type = "describe",
                id = Guid.CreateVersion7(),
                title = "Trade",
                starts = "2026-01-05T12:00:00Z",
                ends = "2026-01-05T18:00:00Z",
                timeZone = "Europe/Sofia",
                languages = new[] { "en" },
                meeting = new { url = "https://meet.example/7" },
            });
        var phone = await ArriveAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true, IsMobile = true, TimezoneId = "Europe/Berlin" });
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await phone.Page.GetByLabel("Back to the programme").ClickAsync();
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "Rooms, speakers, calendar" }).ClickAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Link, new() { Name = "Open the meeting" })).ToHaveAttributeAsync("href", "https://meet.example/7");
        // Open though its hour is over; and read in Berlin.
        var now = phone.Page.GetByTestId("moments");
        await Expect(now).ToContainTextAsync("Now");
        await Expect(now).ToContainTextAsync("13:00–19:00 on your clock");
        // One's own choice stays over a reload.
        await now.GetByRole(AriaRole.Button, new() { Name = "Mine: Trade" }).ClickAsync();
        await phone.Page.ReloadAsync();
        await phone.Page.GetByText("My sessions (1)").ClickAsync();
        await Expect(phone.Page.GetByTestId("programme").GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await now.GetByRole(AriaRole.Link, new() { Name = "Trade", Exact = true }).ClickAsync();
        await Expect(phone.Page.GetByLabel("Your question")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Holds_for_everybody_on_every_screen()
    {
        var house = await AnotherHouseAsync(demonstration: true);
        var links = await house.LinksAsync();
        var visitor = await BulgarianPhoneAsync();
        var network = links["networks"]!.AsArray().Single(one => (string)one!["title"]! == "Balkan Cities Network")!;
        await visitor.Page.GotoAsync(new Uri(house.Address, new Uri((string)network["page"]!).AbsolutePath).ToString());
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Fourth summit, Sofia" }).ClickAsync();
        await Expect(visitor.Page.GetByTestId("programme")).ToContainTextAsync("Plenary hall");
        await HoldsOnEveryScreenAsync(visitor, "event");

        var conference = links["conferences"]!.AsArray().Single(one => ((string)one!["title"]!).StartsWith("B40", StringComparison.Ordinal))!;
        var host = (string)conference["links"]!.AsArray().First(link => (string?)link!["role"] == "host")!["link"]!;
        await visitor.Page.GotoAsync(new Uri(house.Address, $"/h/programme#{House.SecretOf(host)}").ToString());
        await Expect(visitor.Page.GetByTestId("slot")).ToHaveCountAsync(5);
        await HoldsOnEveryScreenAsync(visitor, "programme");
        foreach (var (at, form) in new[] { "Промяна на „Working group: growth“", "Добавяне на лектор", "Промяна" }.Index())
        {
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = form, Exact = true }).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await HoldsOnEveryScreenAsync(visitor, $"programme-form-{at}");
            await visitor.PressAsync("Escape");
            await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }
    }

    /// <summary>Trade in Hall 1 and after it Climate in Hall 2, at the page where a host plans them.</summary>
    private async Task<(Venue Venue, Visitor Desk)> TwoRoomsAsync()
    {
        var venue = await House.PlanAsync("Trade");
        await venue.AnotherSessionAsync("Climate");
        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Host);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Rooms, speakers, publishing" }).ClickAsync();
        await EditAsync(desk, "Trade", () => desk.Page.GetByLabel("Room").FillAsync("Hall 1"));
        await EditAsync(desk, "Climate", () => desk.Page.GetByLabel("Room").FillAsync("Hall 2"));
        return (venue, desk);
    }

    private static string PageOf(Venue venue) => new Uri(venue.House.Address, $"/e/{venue.Conference}").ToString();

    private static ILocator Slot(Visitor visitor, string title) =>
        visitor.Page.GetByTestId("slot").Filter(new() { Has = visitor.Page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true }) });

    private static async Task EditAsync(Visitor visitor, string title, Func<Task> change)
    {
        await visitor.Button($"Change “{title}”").ClickAsync();
        await change();
        await visitor.Button("Save").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }
}
