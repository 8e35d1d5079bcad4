using Summit.Browser.Tests.Setting;
using Summit.Testing;

namespace Summit.Browser.Tests;

/// <summary>
/// An online conference of mayors, three sessions in one afternoon: from the invitation, by letters that a real mail server takes, to the report
/// that is handed out afterwards.
/// </summary>
public sealed class TheConferenceOfMayors(Hall hall) : BrowserTest(hall)
{
    private const string Title = "NALAS online conference of mayors";
    private const string Ahead = "How do small municipalities pay for tests in homes for the elderly?";
    private const string FromTheHall = "Can volunteers of one town help in the next?";
    private const string Answer = "The association collects offers; the list is on its page from Monday on.";

    private static readonly (string Title, string Starts, string Ends)[] Sessions =
    [
        ("Mobilising the community against COVID-19", "2020-09-16T14:20", "2020-09-16T15:05"),
        ("Improving access and opportunities", "2020-09-16T15:05", "2020-09-16T15:50"),
        ("Supporting the local economy", "2020-09-16T15:50", "2020-09-16T16:35"),
    ];

    [Fact]
    public async Task Is_told_from_the_invitation_to_the_report()
    {
        await using var mail = new MailServerProcess();
        await mail.StartAsync();
        var house = await AnotherHouseAsync(settings: new Dictionary<string, string?>(mail.Settings) { ["Summit__Mail__Password"] = MailServerProcess.Password });
        var host = await DeskAsync();
        var venue = await PlanAsync(house, host);
        await InviteAsync(host);

        var elira = await PhoneAsync();
        await RegisterByLetterAsync(mail, venue, elira);
        await elira.Page.GetByRole(AriaRole.Link, new() { Name = Sessions[0].Title, Exact = true }).ClickAsync();
        await elira.AskAsync(Ahead);
        await Expect(elira.Page.GetByText(Ahead)).ToBeVisibleAsync();

        await HoldAsync(host, venue, elira);
        await KeepWhatWasPromisedAsync(host, venue, elira);
    }

    /// <summary>Three sessions, a speaker, the link to the meeting; published.</summary>
    private static async Task<Venue> PlanAsync(House house, Visitor host)
    {
        var admin = (string)(await house.LinksAsync())["admin"]!;
        var planned = await house.CallAsync(HttpMethod.Post, "/api/conferences", await house.EnterAsync(admin), new
        {
            title = Title,
            starts = "2020-09-16T11:00:00Z",
            ends = "2020-09-16T13:40:00Z",
            timeZone = "Europe/Sofia",
            languages = new[] { "en" },
        });
        var venue = new Venue(house, (Guid)planned["id"]!, Guid.Empty, (string)planned["code"]!, admin, (string)planned["host"]!, "", "", "");
        await host.OpenAsync(venue, venue.Host);
        foreach (var (title, starts, ends) in Sessions)
        {
            await host.Button("Add a session").ClickAsync();
            await host.Page.GetByLabel("Title", new() { Exact = true }).FillAsync(title);
            await host.Page.GetByLabel("Starts (Europe/Sofia)").FillAsync(starts);
            await host.Page.GetByLabel("Ends (Europe/Sofia)").FillAsync(ends);
            await host.Button("Add").ClickAsync();
            await Expect(Session(host, title)).ToBeVisibleAsync();
        }

        await Session(host, Sessions[0].Title).GetByRole(AriaRole.Button, new() { Name = "Rules" }).ClickAsync();
        await host.Page.GetByLabel("Registered people ask before it opens").CheckAsync();
        await host.Page.GetByLabel("Review before publishing").CheckAsync();
        await Session(host, Sessions[0].Title).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(host.Page.GetByLabel("Review before publishing")).ToHaveCountAsync(0);

        await host.Page.GetByRole(AriaRole.Link, new() { Name = "Rooms, speakers, publishing" }).ClickAsync();
        await host.Button("Add a speaker").ClickAsync();
        await host.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Emil");
        await host.Page.GetByLabel("Function, city, organisation").FillAsync("President");
        await SaveAsync(host);
        await Expect(host.Page.GetByTestId("plan-speakers")).ToContainTextAsync("Emil");
        await host.Button($"Change “{Sessions[0].Title}”").ClickAsync();
        await host.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Emil" }).CheckAsync();
        await SaveAsync(host);
        await host.Page.Locator("section").Filter(new() { HasText = "About the conference" }).GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).Last.ClickAsync();
        await host.Page.GetByLabel("Meeting link").FillAsync("https://meeting.example/j/160920");
        await SaveAsync(host);
        await host.Button("Publish").ClickAsync();
        await Expect(host.Page.GetByText("Everybody sees the newest: version 1.")).ToBeVisibleAsync();
        return venue;
    }

    /// <summary>A form, and a list of mayors.</summary>
    private static async Task InviteAsync(Visitor host)
    {
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "Sessions and links" }).ClickAsync();
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "Registration" }).ClickAsync();
        await host.Button("Set up the form").ClickAsync();
        await host.Page.GetByLabel("I approve each registration").CheckAsync();
        await host.Button("Save").ClickAsync();
        await host.Button("Invite by a list").ClickAsync();
        await host.Page.GetByLabel("The table").SetInputFilesAsync(new FilePayload
        {
            Name = "mayors.csv",
            MimeType = "text/csv",
            Buffer = "name,mail,city\nElira Duka,elira@tirana.example,Tirana\nGoran Ilievski,goran@skopje.example,Skopje\n"u8.ToArray(),
        });
        await host.Button("Invite 2 people").ClickAsync();
        await Expect(host.Page.GetByText("2 people have been invited.")).ToBeVisibleAsync();
    }

    /// <summary>By the link in the first letter to a place, by that in the second into the conference, on another device.</summary>
    private async Task RegisterByLetterAsync(MailServerProcess mail, Venue venue, Visitor elira)
    {
        var invitation = await LetterAsync(mail, $"Invitation: {Title}");
        await elira.OpenAsync(venue, LinkIn(invitation));
        await Expect(elira.Page.GetByText("You are invited. Please register.")).ToBeVisibleAsync();
        await Expect(elira.Page.GetByLabel("Name")).ToHaveValueAsync("Elira Duka");
        await elira.Page.GetByTestId("registration-form").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(elira.Page.GetByTestId("own")).ToContainTextAsync("You have a place");

        var confirmation = await LetterAsync(mail, $"You are registered: {Title}");
        Assert.Contains(confirmation.Parts, part => part.Type.StartsWith("text/calendar", StringComparison.Ordinal) && part.Text.Contains(Title, StringComparison.Ordinal));
        var laptop = await DeskAsync();
        await laptop.OpenAsync(venue, LinkIn(confirmation));
        await Expect(laptop.Page.GetByTestId("own")).ToContainTextAsync("You have a place");

        await elira.Button("Enter the conference").ClickAsync();
        await Expect(elira.Page.GetByRole(AriaRole.Link, new() { Name = "Open the meeting" })).ToHaveAttributeAsync("href", "https://meeting.example/j/160920");
        // Who has only passed by does not see the way into the meeting.
        var passerBy = await PhoneAsync();
        await passerBy.Page.GotoAsync(new Uri(venue.House.Address, $"/e/{venue.Conference}").ToString());
        await Expect(passerBy.Page.GetByTestId("slot")).ToHaveCountAsync(Sessions.Length);
        await Expect(passerBy.Page.GetByText("Open the meeting")).ToHaveCountAsync(0);
    }

    /// <summary>The first session: what was asked ahead, and what somebody asks who has come by the code.</summary>
    private async Task HoldAsync(Visitor host, Venue venue, Visitor elira)
    {
        await host.OpenAsync(venue, venue.Host);
        await Session(host, Sessions[0].Title).GetByRole(AriaRole.Link, new() { Name = "Moderate" }).ClickAsync();
        await host.Button("Open").ClickAsync();

        var goran = await PhoneAsync();
        await goran.Page.GotoAsync(new Uri(venue.House.Address, $"/j/{venue.Code}").ToString());
        await goran.Page.GetByLabel("Name").FillAsync("Goran");
        await goran.Page.GetByLabel("City").FillAsync("Skopje");
        await goran.Button("Join").ClickAsync();
        await goran.Page.GetByText(Sessions[0].Title).ClickAsync();
        await goran.AskAsync(FromTheHall);

        foreach (var question in new[] { Ahead, FromTheHall })
        {
            await host.Card("inbox", question).ClickAsync();
            await host.PressAsync("a");
            await Expect(goran.Item(question)).ToBeVisibleAsync();
            await Expect(host.Card("inbox", question)).ToHaveAttributeAsync("data-state", "published");
        }

        await goran.Item(Ahead).GetByRole(AriaRole.Button, new() { NameRegex = new("Supported by") }).ClickAsync();
        await host.Card("inbox", Ahead).ClickAsync();
        await host.PressAsync("q");
        await host.Card("queue", Ahead).ClickAsync();
        await host.PressAsync("s");
        await Expect(elira.OnStage).ToContainTextAsync(Ahead);
        await Expect(elira.OnStage).ToContainTextAsync("Elira Duka");

        await host.Card("stage", Ahead).ClickAsync();
        await host.PressAsync("f");
        await host.Page.GetByLabel("Who sees to it (city or person)").FillAsync("Secretariat");
        await host.Page.GetByLabel("By when").FillAsync("2020-10-16");
        await SaveAsync(host);
        await Expect(host.Card("done", Ahead)).ToHaveAttributeAsync("data-state", "follow-up");
        // What the hour had no room for is answered in writing; only then is it closed.
        await host.Button("Pause").ClickAsync();
        await host.Card("inbox", FromTheHall).ClickAsync();
        await host.PressAsync("Shift+W");
        await host.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync(Answer);
        await SaveAsync(host);
        await goran.TurnToAsync("Mine");
        await Expect(goran.Own(FromTheHall)).ToContainTextAsync(Answer);
        await host.Button("Close the session").ClickAsync();
        await host.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close for good", Exact = true }).ClickAsync();
        await Expect(elira.Page.GetByText("Closed", new() { Exact = true }).First).ToBeVisibleAsync();
    }

    /// <summary>The report of the conference for the host, on paper too, and the own question's whole life for who asked it.</summary>
    private static async Task KeepWhatWasPromisedAsync(Visitor host, Venue venue, Visitor elira)
    {
        await host.OpenAsync(venue, venue.Host);
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync();
        var reported = host.Page.GetByTestId("reported");
        await Expect(reported.Filter(new() { HasText = Ahead })).ToContainTextAsync("Elira Duka");
        await Expect(reported.Filter(new() { HasText = FromTheHall })).ToContainTextAsync(Answer);
        await Expect(host.Page.GetByTestId("follow-ups")).ToContainTextAsync("Secretariat");
        await Expect(host.Page.GetByTestId("follow-ups")).ToContainTextAsync("16 October 2020");
        await Expect(host.Page.GetByTestId("cities")).ToContainTextAsync("Skopje");
        var pdf = System.Text.Encoding.Latin1.GetString(await host.Page.PdfAsync(new() { PreferCSSPageSize = true, Tagged = true }));
        Assert.Contains("/StructTreeRoot", pdf, StringComparison.Ordinal);
        await KeepOnBothAsync(host, "conference-report");

        await elira.Page.GotoAsync(new Uri(venue.House.Address, "/my").ToString());
        await Expect(elira.Page.GetByTestId("own-item").Filter(new() { HasText = Ahead })).ToContainTextAsync("Secretariat");
    }

    private static ILocator Session(Visitor host, string title) => host.Page.GetByTestId("host-session").Filter(new() { HasText = title });

    /// <summary>What the dialog holds; it is gone then.</summary>
    private static async Task SaveAsync(Visitor host)
    {
        var dialog = host.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private static async Task<ParsedLetter> LetterAsync(MailServerProcess mail, string subject)
    {
        ParsedLetter? found = null;
        await Wait.UntilAsync($"the letter “{subject}” has arrived", () => (found = mail.Letters.Select(ParsedLetter.Of)
            .FirstOrDefault(letter => letter["Subject"] == subject && letter["To"] == "elira@tirana.example")) is not null);
        return found!;
    }

    private static string LinkIn(ParsedLetter letter) => letter.Plain.Split('\n').Single(line => line.StartsWith("http", StringComparison.Ordinal));
}
