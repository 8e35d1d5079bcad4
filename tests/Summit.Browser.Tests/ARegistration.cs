using System.Text.RegularExpressions;
using QRCoder;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>From the form to the badge and the door.</summary>
public sealed class ARegistration(Hall hall) : BrowserTest(hall)
{
    [Fact]
    public async Task Is_set_up_filled_in_approved_and_checked_in_at_the_door()
    {
        var venue = await House.PlanAsync("Trade");
        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Host);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Registration" }).ClickAsync();
        await desk.Button("Set up the form").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Spinbutton, new() { Name = "Places" }).FillAsync("1");
        await desk.Page.GetByLabel("I approve each registration").CheckAsync();
        await desk.Page.GetByLabel("Function").CheckAsync();
        await desk.Button("Add a field").ClickAsync();
        await desk.Page.GetByLabel("Question").FillAsync("Lunch");
        await desk.Page.GetByLabel("Kind of answer").SelectOptionAsync("choice");
        await desk.Page.GetByLabel("To choose from").FillAsync("fish\nvegetables");
        await desk.Button("Save").ClickAsync();
        await Expect(desk.Page.GetByText("1 place, then a waiting list")).ToBeVisibleAsync();

        var ana = await PhoneAsync();
        await RegisterAsync(ana, venue, "Ana Kola", "ana@tirana.example");
        await Expect(ana.Page.GetByTestId("own")).ToContainTextAsync("We have your registration");
        var ilir = await PhoneAsync();
        await RegisterAsync(ilir, venue, "Ilir Hoxha", "ilir@tirana.example");

        await desk.Page.ReloadAsync();
        await desk.Page.GetByLabel("Find a name").FillAsync("Ana K");
        await Expect(desk.Page.GetByTestId("registrant")).ToHaveCountAsync(1);
        await desk.Button("Approve").ClickAsync();
        await Expect(desk.Page.GetByTestId("registrant")).ToContainTextAsync("has a place");
        await desk.Page.GetByLabel("Find a name").FillAsync("ilir");
        await Expect(desk.Page.GetByTestId("registrant")).ToContainTextAsync("Ilir");
        await desk.Button("Approve").ClickAsync();
        await Expect(desk.Page.GetByTestId("registrant")).ToContainTextAsync("waiting list");

        // Ana gives up: Ilir moves up by himself.
        await ana.Page.ReloadAsync();
        await ana.Button("Cancel my registration").ClickAsync();
        await ana.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel my registration" }).ClickAsync();
        await Expect(ana.Page.GetByText("Your registration has been cancelled")).ToBeVisibleAsync();
        await ilir.Page.ReloadAsync();
        await Expect(ilir.Page.GetByTestId("own")).ToContainTextAsync("You have a place");
        var code = await ilir.Page.Locator(".typed").InnerTextAsync();
        Assert.Matches("^([2-9A-Z]{3}-){2}[2-9A-Z]{3}$", code);

        // By the own link into the conference, under the name of the registration.
        await ilir.Button("Enter the conference").ClickAsync();
        await Expect(ilir.Page).ToHaveURLAsync(new Regex("/c$"));
        await ilir.Page.GoBackAsync();

        // The badge, then the door: by the typed code, once, over a line that was lost meanwhile.
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Badges" }).ClickAsync();
        await Expect(desk.Page.GetByTestId("badge")).ToContainTextAsync("Ilir Hoxha");
        var door = await PhoneAsync();
        await door.OpenAsync(venue, venue.Moderator);
        await Expect(door.Page.GetByTestId("column-inbox")).ToBeVisibleAsync();
        await door.Page.GotoAsync(new Uri(venue.House.NextDoor(), "/d").ToString());
        await Expect(door.Page.GetByTestId("door-count")).ToHaveTextAsync("0 of 1 have come");
        door.MayLoseTheLine = true;
        await door.Context.SetOfflineAsync(true);
        await door.Page.GetByLabel("Code or name").FillAsync(code);
        await door.Page.GetByLabel("Code or name").PressAsync("Enter");
        await Expect(door.Page.GetByTestId("door-last")).ToContainTextAsync("Welcome");
        await Expect(door.Page.GetByTestId("door-waiting")).ToBeVisibleAsync();
        await door.Context.SetOfflineAsync(false);
        await Expect(door.Page.GetByTestId("door-waiting")).ToBeHiddenAsync();
        await door.Page.GetByLabel("Code or name").FillAsync(code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant());
        await door.Page.GetByLabel("Code or name").PressAsync("Enter");
        await Expect(door.Page.GetByTestId("door-last")).ToContainTextAsync("Checked in at");
        await Expect(door.Page.GetByTestId("door-count")).ToHaveTextAsync("1 of 1 have come");
        await ilir.Page.ReloadAsync();
        await Expect(ilir.Page.GetByTestId("own")).ToContainTextAsync("you have been checked in");
    }

    [Fact]
    public async Task Reads_a_ticket_by_the_camera()
    {
        var venue = await OpenVenueAsync();
        var ana = await PhoneAsync();
        await RegisterAsync(ana, venue, "Ana Kola", "ana@tirana.example");
        var code = (await ana.Page.Locator(".typed").InnerTextAsync()).Replace("-", "", StringComparison.Ordinal);
        var film = Path.Combine(Directory.CreateTempSubdirectory("summit-film-").FullName, "ticket.y4m");
        try
        {
            await File.WriteAllBytesAsync(film, Film($"SUMMIT:{code}"), TestContext.Current.CancellationToken);
            Browser = await Hall.LaunchAsync("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={film}");
            var door = await PhoneAsync();
            await EnterAsync(door, venue);
            await door.Page.GotoAsync(new Uri(venue.House.NextDoor(), "/d").ToString());
            await door.Button("Scan with the camera").ClickAsync();
            await Expect(door.Page.GetByTestId("door-last")).ToContainTextAsync("Ana Kola");
            await Expect(door.Page.GetByTestId("door-count")).ToHaveTextAsync("1 of 1 have come");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(film)!, recursive: true);
        }
    }

    [Fact]
    public async Task Prints_eight_badges_on_a_sheet()
    {
        var venue = await OpenVenueAsync();
        foreach (var number in Enumerable.Range(1, 9))
        {
            await House.CallAsync(HttpMethod.Post, $"/api/conferences/{venue.Conference}/registration", null, new
            {
                id = Guid.CreateVersion7(),
                answers = new { name = number == 1 ? "Александър Константинов-Христофоров" : $"Person {number}", mail = $"p{number}@city.example", city = "Лясковец" },
                lang = "en",
            });
        }

        var desk = await DeskAsync();
        await EnterAsync(desk, venue);
        await desk.Page.GotoAsync(new Uri(venue.House.NextDoor(), "/h/badges").ToString());
        await Expect(desk.Page.GetByTestId("sheet")).ToHaveCountAsync(2);
        await KeepAsync(desk, "badges");
        var pdf = System.Text.Encoding.Latin1.GetString(await desk.Page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true }));
        Assert.Equal(2, Regex.Count(pdf, @"/Type\s*/Page\b(?!s)"));
        Assert.Matches(@"/MediaBox\s*\[0 0 59[45]\.\d+ 84[12]\.\d+\]", pdf);
        // Nobody's name is cut.
        Assert.True(await desk.Page.EvaluateAsync<bool>(
            "() => [...document.querySelectorAll('.badge')].every((badge) => badge.scrollHeight <= badge.clientHeight + 1 && badge.scrollWidth <= badge.clientWidth + 1)"));
    }

    [Fact]
    public async Task Lets_people_ask_before_the_session_opens_and_moderators_sort_it_then()
    {
        var venue = await OpenVenueAsync(await House.PlanAsync("Trade", new { advance = true }, open: false));
        var ana = await PhoneAsync();
        await RegisterAsync(ana, venue, "Ana Kola", "ana@tirana.example");
        await ana.Button("Enter the conference").ClickAsync();
        await Expect(ana.Page).ToHaveURLAsync(new Regex("/c$"));
        await ana.Page.GotoAsync(new Uri(venue.House.NextDoor(), $"/c/{venue.Session}").ToString());
        await Expect(ana.Page.GetByText("Your question waits here until the session begins.")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(ana, "asking ahead");
        await ana.AskAsync("How was it paid for?");

        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Moderator);
        await Expect(desk.Item("How was it paid for?").First).ToContainTextAsync("Ana Kola");

        // Who has the code alone is told what to do, and has lost nothing of what was typed.
        var boris = await PhoneAsync();
        boris.MayFindNothing = true;
        await boris.Page.GotoAsync(new Uri(venue.House.NextDoor(), $"/j/{venue.Code}").ToString());
        await boris.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Expect(boris.Page.GetByText("Join").First).ToBeHiddenAsync();
        await boris.Page.GotoAsync(new Uri(venue.House.NextDoor(), $"/c/{venue.Session}").ToString());
        await boris.AskAsync("Me too?");
        await Expect(boris.Page.GetByText("questions are for those who have registered").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Invites_by_a_list_with_its_bad_rows_shown()
    {
        var venue = await OpenVenueAsync();
        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Host);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Registration" }).ClickAsync();
        await desk.Button("Invite by a list").ClickAsync();
        await desk.Page.GetByLabel("The table").SetInputFilesAsync(new FilePayload
        {
            Name = "people.csv",
            MimeType = "text/csv",
            Buffer = "name;mail\nAna;ana@tirana.example\nNobody;\n<img src=x onerror=alert(1)>;x@tirana.example"u8.ToArray(),
        });
        await Expect(desk.Page.GetByText("2 people to invite; 1 row is left out.")).ToBeVisibleAsync();
        await Expect(desk.Page.GetByText("Line 3: there is no mail address in this row")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(desk, "a list to invite");
        await KeepOnBothAsync(desk, "invite");
        await desk.Button("Invite 2 people").ClickAsync();
        await Expect(desk.Page.GetByText("2 people have been invited.")).ToBeVisibleAsync();
        await Expect(desk.Page.GetByTestId("registrant")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Is_for_everybody_on_every_screen()
    {
        var venue = await OpenVenueAsync();
        var visitor = await PhoneAsync();
        foreach (var language in new[] { "bg", "en" })
        {
            await visitor.Page.GotoAsync(new Uri(venue.House.NextDoor(), $"/e/{venue.Conference}/register").ToString());
            await visitor.Page.EvaluateAsync("language => localStorage.setItem('summit.language', language)", language);
            await visitor.Page.ReloadAsync();
            await LookAsync(visitor, "registration-form", $"registration-form-{language}");
        }

        await FillInAsync(visitor, "Ana Kola", "ana@tirana.example");
        await LookAsync(visitor, "own", "registration-own");
        await EnterAsync(visitor, venue);
        await visitor.Page.GotoAsync(new Uri(venue.House.NextDoor(), "/h/registration").ToString());
        await LookAsync(visitor, "registrant", "registration-desk");
        await visitor.Button("Change the form").ClickAsync();
        await LookAsync(visitor, null, "registration-editor");
        await visitor.Page.GotoAsync(new Uri(venue.House.NextDoor(), "/d").ToString());
        await visitor.Page.GetByLabel("Code or name").FillAsync("ana");
        await LookAsync(visitor, "door-person", "door");
        await visitor.Page.GotoAsync(new Uri(venue.House.NextDoor(), "/h/badges").ToString());
        await LookAsync(visitor, "badge", "badges-page");
    }

    [Fact]
    public async Task Is_filled_in_by_the_keyboard_alone_and_says_what_is_wrong()
    {
        var venue = await OpenVenueAsync();
        await House.CallAsync(HttpMethod.Post, $"/api/conferences/{venue.Conference}/registration", null, new
        {
            id = Guid.CreateVersion7(),
            answers = new { name = "Ana", mail = "ana@tirana.example" },
            lang = "en",
        });
        var visitor = await DeskAsync();
        visitor.MayFindNothing = true;
        await visitor.Page.GotoAsync(new Uri(venue.House.NextDoor(), $"/e/{venue.Conference}/register").ToString());
        await visitor.Page.GetByLabel("Name").FocusAsync();
        await visitor.Page.Keyboard.TypeAsync("Ilir");
        await visitor.PressAsync(["Tab"]);
        await visitor.Page.Keyboard.TypeAsync("ANA@tirana.example");
        await visitor.PressAsync(["Enter"]);
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody has registered with this mail address");
        await Expect(visitor.Page.GetByLabel("Name")).ToHaveValueAsync("Ilir");
        await visitor.Page.GetByLabel("Mail address").FillAsync("ilir@tirana.example");
        await visitor.Page.GetByLabel("Mail address").PressAsync("Enter");
        await Expect(visitor.Page.GetByTestId("own")).ToContainTextAsync("You have a place");
    }

    private static async Task LookAsync(Visitor visitor, string? shown, string name)
    {
        if (shown is not null)
        {
            await Expect(visitor.Page.GetByTestId(shown).First).ToBeVisibleAsync();
        }

        await HoldsOnEveryScreenAsync(visitor, name);
    }

    /// <summary>As the host, whom this device knows from then on.</summary>
    private static async Task EnterAsync(Visitor visitor, Venue venue)
    {
        await visitor.OpenAsync(venue, venue.Host);
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Registration" })).ToBeVisibleAsync();
    }

    private static async Task RegisterAsync(Visitor visitor, Venue venue, string name, string mail)
    {
        await visitor.Page.GotoAsync(new Uri(venue.House.NextDoor(), $"/e/{venue.Conference}/register").ToString());
        await FillInAsync(visitor, name, mail);
    }

    private static async Task FillInAsync(Visitor visitor, string name, string mail)
    {
        await visitor.Page.GetByLabel("Name").FillAsync(name);
        await visitor.Page.GetByLabel("Mail address").FillAsync(mail);
        await visitor.Page.GetByLabel("City").FillAsync("Tirana");
        await visitor.Page.GetByTestId("registration-form").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(visitor.Page.GetByTestId("own")).ToBeVisibleAsync();
    }

    /// <summary>With a form of every kind of field.</summary>
    private async Task<Venue> OpenVenueAsync(Venue? planned = null)
    {
        var venue = planned ?? await House.PlanAsync("Trade");
        await House.CallAsync(HttpMethod.Post, $"/api/conferences/{venue.Conference}/registration/commands", await House.EnterAsync(venue.Host), new
        {
            type = "set-form",
            id = Guid.CreateVersion7(),
            fields = new object[]
            {
                new { key = "name", kind = "line", label = "", required = true }, new { key = "mail", kind = "mail", label = "", required = true },
                new { key = "city", kind = "line", label = "", deleteAfter = "2030-01-31" }, new { key = "languages", kind = "languages", label = "" },
                new { key = "f1", kind = "choice", label = "Lunch", options = new[] { "fish", "vegetables" } }, new { key = "f2", kind = "yes-no", label = "I take part in the visit" },
                new { key = "f3", kind = "text", label = "What I would like to hear about" },
            },
        });
        return venue;
    }

    /// <summary>A film of one picture, YUV4MPEG2: the code in the middle of a white sheet.</summary>
    private static byte[] Film(string text)
    {
        const int Width = 640;
        const int Height = 480;
        const int Module = 8;
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var (rows, light) = (code.ModuleMatrix, new byte[Width * Height]);
        Array.Fill(light, (byte)235);
        var (left, top) = ((Width - (rows.Count * Module)) / 2, (Height - (rows.Count * Module)) / 2);
        for (var y = 0; y < rows.Count * Module; y++)
        {
            for (var x = 0; x < rows.Count * Module; x++)
            {
                light[((top + y) * Width) + left + x] = rows[y / Module][x / Module] ? (byte)16 : (byte)235;
            }
        }

        var grey = new byte[Width * Height / 2];
        Array.Fill(grey, (byte)128);
        return [.. "YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n"u8, .. "FRAME\n"u8, .. light, .. grey, .. "FRAME\n"u8, .. light, .. grey];
    }
}
