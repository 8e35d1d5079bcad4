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
