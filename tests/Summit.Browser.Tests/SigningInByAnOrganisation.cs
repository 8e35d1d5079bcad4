using Summit.Browser.Tests.Setting;
using Summit.Testing;

namespace Summit.Browser.Tests;

/// <summary>From the button on one's own page to the organisation's page, and back as the person whom the organiser has added.</summary>
public sealed class SigningInByAnOrganisation(Hall hall) : BrowserTest(hall)
{
    [Fact]
    public async Task Leads_to_where_one_has_a_role_and_tells_who_is_not_known_what_to_do()
    {
        await using var provider = new OpenIdProvider();
        var house = await AnotherHouseAsync(settings: provider.Settings("sofia", "City of Sofia", "sofia.example", "__"));
        provider.Redirects = [new Uri(house.Address, "/api/sign-in/sofia/callback").ToString()];
        await provider.StartAsync();
        var venue = await house.PlanAsync("By the city's account");
        await house.CallAsync(HttpMethod.Post, "/api/people", await house.EnterAsync(venue.Host), new
        {
            id = Guid.CreateVersion7(),
            name = "Elena Petrova",
            mail = "elena@sofia.example",
            role = new { @in = new { conference = venue.Conference }, role = "moderator" },
        });
        var visitor = await DeskAsync();
        visitor.MayFindNothing = true;
        // The provider's page would have a font from elsewhere.
        await visitor.Page.RouteAsync("https://fonts.googleapis.com/**", route => route.FulfillAsync(new() { ContentType = "text/css", Body = "" }));
        var (page, me) = (visitor.Page, new Uri(house.Address, "/me").ToString());

        // Somebody whom no organiser has added.
        await page.GotoAsync(me);
        var button = page.GetByRole(AriaRole.Link, new() { Name = "Sign in with City of Sofia" });
        await button.PressAsync("Enter");
        await LogInAsync(page, "o-1|nobody@sofia.example|verified|Nobody");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Ask the organiser to add you");
        await Axe.FindsNothingAsync(visitor, "sign-in");
        await KeepOnBothAsync(visitor, "sign-in");
        await visitor.Context.ClearCookiesAsync();

        // Elena, from the same page.
        await button.ClickAsync();
        await LogInAsync(page, "o-2|elena@sofia.example|verified|Elena");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Elena Petrova" })).ToBeVisibleAsync();
        Assert.Equal(me, page.Url);
        await Expect(page.GetByTestId("devices")).ToContainTextAsync("by City of Sofia");
        await Axe.FindsNothingAsync(visitor, "me-account");
        await KeepOnBothAsync(visitor, "me-account");
        await page.GetByRole(AriaRole.Button, new() { Name = "By the city's account" }).ClickAsync();
        await Expect(visitor.Column("inbox")).ToBeVisibleAsync();

        // The account she unlinks has let this device in, too.
        await page.GotoAsync(me);
        await page.GetByTestId("accounts").GetByRole(AriaRole.Button, new() { Name = "Unlink" }).ClickAsync();
        await Expect(page.GetByLabel("Code", new() { Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync(me);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Is_there_for_who_links_the_account_on_their_own_page()
    {
        await using var provider = new OpenIdProvider();
        var house = await AnotherHouseAsync(settings: provider.Settings("sofia", "City of Sofia", "sofia.example", "__"));
        provider.Redirects = [new Uri(house.Address, "/api/sign-in/sofia/callback").ToString()];
        await provider.StartAsync();
        var venue = await house.PlanAsync("With an account of one's own");
        var host = await house.EnterAsync(venue.Host);
        var person = (await house.CallAsync(HttpMethod.Post, "/api/people", host, new
        {
            id = Guid.CreateVersion7(),
            name = "Zora",
            role = new { @in = new { conference = venue.Conference }, role = "moderator" },
        }))["id"];
        var link = (string)(await house.CallAsync(HttpMethod.Post, $"/api/people/{person}/links", host, new { }))["link"]!;
        var visitor = await PhoneAsync();
        await visitor.Page.RouteAsync("https://fonts.googleapis.com/**", route => route.FulfillAsync(new() { ContentType = "text/css", Body = "" }));
        await visitor.OpenAsync(venue, link);

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Link my account: City of Sofia" }).ClickAsync();
        await LogInAsync(visitor.Page, "o-7|zora@home.example|unverified|Zora");
        await Expect(visitor.Page.GetByTestId("accounts")).ToContainTextAsync("City of Sofia");
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Link my account" })).ToHaveCountAsync(0);
        await HoldsOnEveryScreenAsync(visitor, "me-linked");

        // On another device by the account alone.
        var desk = await DeskAsync();
        await desk.Page.RouteAsync("https://fonts.googleapis.com/**", route => route.FulfillAsync(new() { ContentType = "text/css", Body = "" }));
        await desk.Page.GotoAsync(new Uri(house.Address, "/me").ToString());
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with City of Sofia" }).ClickAsync();
        await LogInAsync(desk.Page, "o-7|zora@home.example|unverified|Zora");
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Zora" })).ToBeVisibleAsync();

        // Who is sent back here by somebody else's doing links nothing.
        await desk.Page.GetByTestId("accounts").GetByRole(AriaRole.Button, new() { Name = "Unlink" }).ClickAsync();
        var asked = new List<string>();
        visitor.Page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
        await visitor.Page.GotoAsync(new Uri(house.Address, "/api/sign-in/sofia").ToString());
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Link my account: City of Sofia" })).ToBeVisibleAsync();
        Assert.Contains("/me", asked);
        Assert.DoesNotContain("/api/sign-in/link", asked);
    }

    [Fact]
    public async Task Is_there_in_Bulgarian_and_fits_a_phone()
    {
        await using var provider = new OpenIdProvider();
        var house = await AnotherHouseAsync(settings: provider.Settings("sofia", "Столична община, дирекция „Цифровизация“", "sofia.example", "__"));
        var visitor = await ArriveAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, Locale = "bg-BG" });
        await visitor.Page.GotoAsync(new Uri(house.Address, "/me?sign-in=failed").ToString());
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Опитайте отново");
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Вход чрез Столична община" })).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(visitor, "sign-in-bg");
        await HoldsOnEveryScreenAsync(visitor, "sign-in-bg");

        // The provider does not run: the way there leads back, with a word.
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Вход чрез Столична община" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Опитайте отново");
    }

    private static async Task LogInAsync(IPage page, string login)
    {
        await page.GetByPlaceholder("Enter any login").FillAsync(login);
        await page.GetByPlaceholder("and password").FillAsync("any");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign-in" }).ClickAsync();
    }
}
