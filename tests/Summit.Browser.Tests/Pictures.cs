using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>
/// Each surface of the demonstration on a phone and on a desk, light and dark. They are kept under artifacts; `make screens` has them
/// written into docs instead, with the page that shows them and the picture of the README.
/// </summary>
public sealed partial class Pictures(Hall hall) : BrowserTest(hall)
{
    private const string Host = "summit.example";
    private const string Session = "Working group: green transformation";

    /// <summary>Bytes of all of them: they are cloned by everybody.</summary>
    private const long Most = 4_000_000;

    private static readonly string[] Elenas =
    [
        "Who pays for the heat pumps in the schools of small towns?",
        "Will the talks be published, so that we can show them at home?",
        "Where can one park near the hall?",
    ];

    private static readonly string[] Nenads =
    [
        "Which trees have survived three summers in a paved street?",
        "Is there a model contract for shared electric buses?",
        "When is the coffee break?",
    ];

    private static readonly string Docs =
        Environment.GetEnvironmentVariable("SUMMIT_SCREENS") == "docs" ? Places.Docs : Path.Combine(Places.Failures, "docs");

    private readonly List<string> _taken = [];

    [Fact]
    public async Task Show_every_surface_light_and_dark_and_fit_their_screens()
    {
        Directory.CreateDirectory(Path.Combine(Docs, "screens"));
        var house = await AnotherHouseAsync(demonstration: true);
        // The same address in every picture, whatever the port.
        Browser = await Hall.LaunchAsync(
            $"--host-resolver-rules=MAP {Host} 127.0.0.1:{house.Address.Port}", $"--unsafely-treat-insecure-origin-as-secure=http://{Host}");
        house.Address = new Uri($"http://{Host}/");
        var venue = await DemonstrationAsync(house);

        await TakeParticipantAsync(venue, await PhoneAsync(), "phone", "Elena", "Plovdiv", Elenas);
        await TakeParticipantAsync(venue, await DeskAsync(), "desk", "Nenad", "Subotica", Nenads);
        await TakeRolesAsync(venue, await PhoneAsync(), "phone");
        await TakeRolesAsync(venue, await DeskAsync(), "desk");
        var stage = await ProjectorAsync();
        await stage.OpenAsync(venue, venue.Stage.Replace("/s#", $"/s/{venue.Session}#", StringComparison.Ordinal));
        await Expect(stage.OnStage).ToBeVisibleAsync();
        await TakeAsync(stage, "stage", "hall");

        await TakeNetworkAsync(house, await PhoneAsync(), "phone");
        await TakeNetworkAsync(house, await DeskAsync(), "desk");
        await TakeEventAsync(venue, await PhoneAsync(), "phone");
        await TakeEventAsync(venue, await DeskAsync(), "desk");
        await FillAsync(venue);
        await TakeOrganisersAsync(venue, await PhoneAsync(), "phone");
        await TakeOrganisersAsync(venue, await DeskAsync(), "desk");

        await TakeTextsAsync(await TextOfEveryKind.FillAsync(house));
        await File.WriteAllTextAsync(Path.Combine(Docs, "screens.md"), Page(), TestContext.Current.CancellationToken);
        await TakeAllInOneAsync();
        Assert.Equal(89, _taken.Count);
        // A page without anything on it would be smaller.
        Assert.All(_taken, name => Assert.InRange(new FileInfo(Path.Combine(Docs, name)).Length, 5_000, 1_000_000));
    }

    /// <summary>The narrowest phone, text at twice its size, and 1280 px at 400 %, in the longer language and in the dark.</summary>
    [Fact]
    public async Task Show_every_surface_narrow_large_and_zoomed_in_Bulgarian()
    {
        var house = await AnotherHouseAsync(demonstration: true);
        var venue = await DemonstrationAsync(house);
        foreach (var (how, width, height, percent) in new[] { ("narrow", 360, 1400, 100), ("large", 360, 1800, 200), ("zoomed", 320, 256, 100) })
        {
            var visitor = await ArriveAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = "bg-BG", ColorScheme = ColorScheme.Dark });
            await ShowAsync("join", $"/j/{venue.Code}", "form .primary");
            await visitor.Page.Locator("form .primary").ClickAsync();
            await ShowAsync("programme", null, "main li a");
            await ShowAsync("participant", $"/c/{venue.Session}", "textarea");
            await visitor.Page.Locator("#tab-comments").ClickAsync();
            await ShowAsync("comments", null, "[role=tabpanel] article");
            await ShowAsync("moderator", $"/m/{venue.Session}#{House.SecretOf(venue.Moderator)}", "[data-testid=column-inbox] article");
            await visitor.PressAsync("?");
            await ShowAsync("help", null, "dialog[open]");
            await ShowAsync("host", $"/h#{House.SecretOf(venue.Host)}", "[data-testid=host-session]");
            await ShowAsync("stage", $"/s/{venue.Session}#{House.SecretOf(venue.Stage)}", "[data-testid=on-stage]");
            await ShowAsync("networks", "/n", "main li a");
            await visitor.Page.Locator("main li a").First.ClickAsync();
            await visitor.Page.GetByTestId("member").First.Locator("summary").ClickAsync();
            await ShowAsync("network", null, "[data-testid=member][open]");

            async Task ShowAsync(string surface, string? path, string sign)
            {
                if (path is not null)
                {
                    await visitor.Page.GotoAsync(new Uri(house.Address, path).ToString());
                }

                await Expect(visitor.Page.Locator(sign).First).ToBeVisibleAsync();
                await visitor.Page.EvaluateAsync("(percent) => { document.documentElement.style.fontSize = `${percent}%` }", percent);
                await TextOfEveryKind.FitsAsync(visitor, $"{surface}, {how}");
                await visitor.Page.ScreenshotAsync(new()
                {
                    Path = Path.Combine(Places.Failures, $"bg-{how}-{surface}.png"),
                    Animations = ScreenshotAnimations.Disabled,
                });
            }
        }
    }

    /// <summary>The page in the repository shows what there is, and nothing else.</summary>
    [Fact]
    public void Are_all_in_the_documents()
    {
        var shown = Picture().Matches(File.ReadAllText(Path.Combine(Places.Docs, "screens.md"))).Select(match => match.Groups[1].Value).Order();
        var there = new DirectoryInfo(Path.Combine(Places.Docs, "screens")).GetFiles();
        Assert.NotEmpty(there);
        Assert.Equal(there.Select(file => file.Name).Order(), shown);
        Assert.InRange(there.Sum(file => file.Length), 0, Most);
    }

    private static async Task<Venue> DemonstrationAsync(House house)
    {
        var links = await house.LinksAsync();
        var conference = links["conferences"]!.AsArray().Single(one => ((string)one!["title"]!).StartsWith("B40", StringComparison.Ordinal))!;
        string Link(string role) => (string)conference["links"]!.AsArray().First(link => (string?)link!["role"] == role)!["link"]!;
        var session = conference["sessions"]!.AsArray().Single(one => (string?)one!["title"] == Session)!;
        return new Venue(
            house, (Guid)conference["id"]!, (Guid)session["id"]!, (string)conference["code"]!, (string)links["admin"]!, Link("host"),
            Link("moderator"), Link("stage"), await house.EnterAsync(Link("moderator")));
    }

    private async Task TakeParticipantAsync(Venue venue, Visitor visitor, string device, string name, string city, string[] questions)
    {
        await visitor.Page.GotoAsync(new Uri(venue.House.Address, $"/j/{venue.Code}").ToString());
        await visitor.Page.GetByLabel("Name").FillAsync(name);
        await visitor.Page.GetByLabel("City").FillAsync(city);
        await TakeAsync(visitor, "join", device);
        await visitor.Button("Join").ClickAsync();
        await Expect(visitor.Page.GetByText(Session)).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("Now", new() { Exact = true })).ToHaveCountAsync(2);
        await TakeAsync(visitor, "programme", device);

        await visitor.Page.GetByText(Session).ClickAsync();
        await Expect(visitor.OnStage).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync(CountedIn());
        await TakeAsync(visitor, "participant", device);
        await AskAndBeAnsweredAsync(venue, visitor, questions);
        await TakeAsync(visitor, "mine", device);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "My data" }).ClickAsync();
        await Expect(visitor.Page.GetByTestId("own-item").Filter(new() { HasText = questions[2] })).ToContainTextAsync("It is not about the topic");
        await TakeAsync(visitor, "own", device);
    }

    /// <summary>Own questions with three fates.</summary>
    private static async Task AskAndBeAnsweredAsync(Venue venue, Visitor visitor, string[] questions)
    {
        foreach (var question in questions)
        {
            await visitor.AskAsync(question);
            await Expect(visitor.Page.GetByTestId("posted")).ToHaveCountAsync(0);
        }

        var picture = await venue.House.CallAsync(HttpMethod.Get, $"/api/sessions/{venue.Session}", venue.Desk, null);
        Guid IdOf(string text) => (Guid)picture["items"]!.AsArray().Single(item => (string?)item!["text"] == text)!["id"]!;
        JsonObject Command(string type, string text) => new() { ["type"] = type, ["id"] = Guid.CreateVersion7(), ["item"] = IdOf(text) };
        await venue.SendAsync(venue.Desk, Command("approve", questions[0]));
        await venue.SendAsync(venue.Desk, Command("queue", questions[0]));
        var answer = Command("answer", questions[1]);
        answer["text"] = "Yes. It will stand on the page of the summit by the end of the month.";
        await venue.SendAsync(venue.Desk, answer);
        var decline = Command("decline", questions[2]);
        decline["reason"] = "off-topic";
        await venue.SendAsync(venue.Desk, decline);
        await visitor.TurnToAsync("Mine");
        await Expect(visitor.Own(questions[2])).ToHaveAttributeAsync("data-state", "declined");
    }

    private async Task TakeRolesAsync(Venue venue, Visitor visitor, string device)
    {
        await visitor.OpenAsync(venue, venue.Moderator.Replace("/m#", $"/m/{venue.Session}#", StringComparison.Ordinal));
        await Expect(visitor.Column("inbox").GetByTestId("item").First).ToBeVisibleAsync();
        await visitor.PressAsync("j");
        await TakeAsync(visitor, "moderator", device);
        await visitor.OpenAsync(venue, venue.Host);
        await Expect(visitor.Page.GetByTestId("host-session").GetByTestId("session-state")).ToHaveCountAsync(5);
        await TakeAsync(visitor, "host", device);
    }

    /// <summary>As everybody sees it, with a member's road opened.</summary>
    private async Task TakeNetworkAsync(House house, Visitor visitor, string device)
    {
        await visitor.Page.GotoAsync(new Uri(house.Address, "/n").ToString());
        await Expect(visitor.Page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await TakeAsync(visitor, "networks", device);
        await visitor.Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Balkan Cities") }).ClickAsync();
        var member = visitor.Page.GetByTestId("member").Filter(new() { HasText = "Varna" });
        await Expect(member).ToBeVisibleAsync();
        await TakeAsync(visitor, "network", device);
        await member.Locator("summary").ClickAsync();
        await ShowFromTopAsync(member);
        await TakeAsync(visitor, "member", device);
        await ShowFromTopAsync(visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Timeline" }));
        await TakeAsync(visitor, "timeline", device);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Local climate action" }).ClickAsync();
        await visitor.Page.GetByText("Cool islands in school yards").ClickAsync();
        await Expect(visitor.Page.GetByText("watering had been nobody's task")).ToBeVisibleAsync();
        await TakeAsync(visitor, "group", device);
    }

    /// <summary>As everybody sees it, and what became of it.</summary>
    private async Task TakeEventAsync(Venue venue, Visitor visitor, string device)
    {
        await visitor.Page.GotoAsync(new Uri(venue.House.Address, $"/e/{venue.Conference}").ToString());
        await Expect(visitor.Page.GetByTestId("programme").GetByTestId("slot")).ToHaveCountAsync(5);
        await TakeAsync(visitor, "event", device);
        await visitor.OpenAsync(venue, venue.Moderator.Replace("/m#", $"/r/{venue.Session}#", StringComparison.Ordinal));
        await Expect(visitor.Page.GetByText(Elenas[1], new() { Exact = true })).ToBeVisibleAsync();
        await TakeAsync(visitor, "report", device);
    }

    private static async Task ShowFromTopAsync(ILocator part) =>
        await part.EvaluateAsync("(part) => scrollTo(0, part.getBoundingClientRect().top + scrollY - 24)");

    private async Task TakeAsync(Visitor visitor, string surface, string device)
    {
        Assert.True(
            await visitor.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
            $"{surface} is wider than the {device}.");
        // Nobody points at anything, and nobody types; the hall has no pointer at all.
        if (device != "hall")
        {
            await visitor.Page.Mouse.MoveAsync(0, 0);
        }

        await visitor.Page.EvaluateAsync("() => document.activeElement?.tagName === 'INPUT' && document.activeElement.blur()");
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-theme", Lower(scheme));
            await ShootAsync(visitor.Page, $"screens/{surface}-{device}-{Lower(scheme)}.png");
        }

        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await SpeakAsync(visitor, "Settings", "bg");
        await KeepAsync(visitor, $"bg-{surface}-{device}");
        await SpeakAsync(visitor, "Настройки", "en");
    }

    /// <summary>Another language keeps the place: whoever looks for how its longer texts fit finds the same screen under artifacts.</summary>
    private static async Task SpeakAsync(Visitor visitor, string settings, string language)
    {
        await visitor.Button(settings).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox).SelectOptionAsync(language);
        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await visitor.PressAsync("Escape");
        await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    /// <summary>The narrowest phone, tall enough for every text there is, and the hall with a word of 500 letters.</summary>
    private async Task TakeTextsAsync(Venue venue)
    {
        var phone = await PhoneAsync(width: 360, height: 3800);
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await Expect(phone.Item("Donaudampfschiff")).ToBeVisibleAsync();
        await ShootAsync(phone.Page, "screens/texts-phone-light.png");
        var frame = await venue.House.CallAsync(HttpMethod.Get, $"/api/sessions/{venue.Session}", venue.Desk, null);
        var longest = frame["items"]!.AsArray().First(item => ((string)item!["text"]!).StartsWith("Donau", StringComparison.Ordinal));
        await venue.DoAsync("stage", (Guid)longest!["id"]!);
        var stage = await ProjectorAsync();
        await stage.OpenAsync(venue, venue.Stage);
        await Expect(stage.OnStage).ToBeVisibleAsync();
        await ShootAsync(stage.Page, "screens/texts-hall-light.png");
    }

    /// <summary>Phone, desk and hall side by side.</summary>
    private async Task TakeAllInOneAsync()
    {
        string Picture(string name) => $"data:image/png;base64,{Convert.ToBase64String(File.ReadAllBytes(Path.Combine(Docs, "screens", name)))}";
        var visitor = await DeskAsync(width: 1640, height: 590);
        await visitor.Page.SetContentAsync($$"""
            <style>
              body { display: flex; gap: 32px; align-items: center; justify-content: center; height: 590px; margin: 0; background: #e4e1d7 }
              img { display: block; border-radius: 6px; box-shadow: 0 12px 40px rgb(23 24 28 / 22%) }
              .phone { width: 236px; border: 7px solid #17181c; border-radius: 26px }
              .desk { width: 700px }
              .hall { width: 560px }
            </style>
            <img class="phone" src="{{Picture("participant-phone-light.png")}}">
            <img class="desk" src="{{Picture("moderator-desk-light.png")}}">
            <img class="hall" src="{{Picture("stage-hall-dark.png")}}">
            """);
        await ShootAsync(visitor.Page, "summit.png");
    }

    private async Task ShootAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new()
        {
            Path = Path.Combine(Docs, name),
            Animations = ScreenshotAnimations.Disabled,
            Caret = ScreenshotCaret.Hide,
            Scale = ScreenshotScale.Css,
        });
        _taken.Add(name);
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Screens

            The demonstration as it looks now, on a phone (390 x 844), on a desk (1440 x 900) and in a hall (1920 x 1080). The pictures are taken by `make screens`.

            """);
        (string Surface, string Title, string Text)[] surfaces =
        [
            ("join", "Join", "Six characters or a QR code; name and city if one likes."),
            ("programme", "Programme", "The sessions of the conference, in its time and in one's own."),
            ("participant", "Participant", "What is on stage, asking, and what others ask."),
            ("mine", "Mine", "One's own questions and what became of them."),
            ("own", "My data", "All that is kept of oneself, as a file too, and how it goes."),
            ("moderator", "Moderator", "Inbox, queue, stage, done; one at a time on a phone."),
            ("host", "Host", "Sessions, rules, links."),
            ("networks", "Networks", "The networks of cities that are kept here."),
            ("network", "Network", "Presidency, working groups, summits and members, for everybody."),
            ("member", "Member", "The road of a candidate, from the application on."),
            ("timeline", "Timeline", "What happened in the network, the latest first."),
            ("group", "Working group", "What a group works on, and the practices of its cities, with figures and with what failed."),
            ("event", "Event", "The programme of a summit for everybody, in its time and in one's own, now and next."),
            ("register", "Registering", "The form that the organiser has made, before the conference."),
            ("plan", "Planning", "Rooms, speakers, documents, and what the next version of the programme changes."),
            ("registrations", "Registrations", "Who comes, who waits, and what each wrote."),
            ("people", "People", "Who may do what, by personal links."),
            ("audit", "What was done", "By whom and when, from the events themselves."),
            ("programs", "Other programs", "Keys for programs of one's own, webhooks, and who may show the conference in a frame."),
            ("replay", "Replay", "The room as it was at any moment of the session."),
            ("report", "Report", "What became of each question, by whom, and what was promised."),
        ];
        foreach (var (surface, title, text) in surfaces)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{text}\n\n");
            page.Append(CultureInfo.InvariantCulture, $"{Shown("phone", 260)}\n\n{Shown("desk", 430)}\n");
            string Shown(string device, int width) => string.Join(
                " ", new[] { "light", "dark" }.Select(scheme => $"<img src=\"screens/{surface}-{device}-{scheme}.png\" width=\"{width}\" alt=\"{title} on a {device}, {scheme}\">"));
        }

        page.Append("\n## Stage\n\nReadable from the last row.\n\n");
        page.Append("<img src=\"screens/stage-hall-light.png\" width=\"430\" alt=\"Stage, light\"> <img src=\"screens/stage-hall-dark.png\" width=\"430\" alt=\"Stage, dark\">\n");
        page.Append("\n## Texts of every kind\n\nScripts, directions, emoji, markup, and a word of 500 letters.\n\n");
        page.Append("<img src=\"screens/texts-phone-light.png\" width=\"260\" alt=\"Every text on a narrow phone\"> <img src=\"screens/texts-hall-light.png\" width=\"600\" alt=\"A word of 500 letters on the stage\">\n");
        return page.Append(ByHand()).ToString();
    }

    /// <summary>The end of the page is no picture: it stays as it was written.</summary>
    private static string ByHand()
    {
        var page = File.ReadAllText(Path.Combine(Places.Docs, "screens.md"));
        var at = page.IndexOf("\n## Beside other tools\n", StringComparison.Ordinal);
        Assert.True(at > 0, "docs/screens.md has lost its comparison.");
        return page[at..];
    }

    private static string Lower(ColorScheme scheme) => scheme == ColorScheme.Dark ? "dark" : "light";

    /// <summary>Those present have been counted, the visitor too.</summary>
    [GeneratedRegex("[1-9] here . [1-9]")]
    private static partial Regex CountedIn();

    [GeneratedRegex("src=\"screens/([a-z-]+\\.png)\"")]
    private static partial Regex Picture();
}
