using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>A person is added, comes in by the own link, works, and is signed out: from the host's page to the person's devices.</summary>
public sealed class PeopleOfAConference(Hall hall) : BrowserTest(hall)
{
    [Fact]
    public async Task Are_added_come_in_by_a_link_and_are_the_same_on_every_device()
    {
        var venue = await House.PlanAsync("Known to all");
        var host = await DeskAsync();
        await host.OpenAsync(venue, venue.Host);
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        await Expect(host.Page.GetByText("Nobody found")).ToBeVisibleAsync();

        // A mail address that is none stays in its field, and nobody is added.
        await host.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Elena Petrova");
        await host.Page.GetByLabel("City", new() { Exact = true }).FillAsync("Sofia");
        await host.Page.GetByLabel("Languages", new() { Exact = true }).FillAsync("Bulgarian");
        host.MayFindNothing = true;
        await host.Button("Add").ClickAsync();
        await Expect(host.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("at most 10 languages");
        await host.Page.GetByLabel("Languages", new() { Exact = true }).FillAsync("bg, en");
        await host.Button("Add").ClickAsync();
        var elena = host.Page.GetByTestId("person").Filter(new() { HasText = "Elena Petrova" });
        await Expect(elena).ToContainTextAsync("Moderator");
        await elena.Locator("summary").ClickAsync();
        await host.Button("New personal link").ClickAsync();
        var link = await host.Page.GetByTestId("issued-link").GetByRole(AriaRole.Textbox).InputValueAsync();
        Assert.Contains("/p#", link, StringComparison.Ordinal);

        var phone = await PhoneAsync();
        phone.MayFindNothing = true;
        await phone.OpenAsync(venue, link);
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Name = "Elena Petrova" })).ToBeVisibleAsync();
        Assert.Equal("", new Uri(phone.Page.Url).Fragment);
        await phone.Page.GetByLabel("Function").FillAsync("Chief architect");
        await phone.Button("Save").ClickAsync();
        await Expect(phone.Page.GetByText("Saved.")).ToBeVisibleAsync();

        // A second device, by a link that she makes herself.
        await phone.Button("New link for another device").ClickAsync();
        var own = await phone.Page.GetByTestId("issued-link").GetByRole(AriaRole.Textbox).InputValueAsync();
        var laptop = await DeskAsync();
        laptop.MayFindNothing = true;
        await laptop.OpenAsync(venue, own);
        await laptop.Page.GetByRole(AriaRole.Button, new() { Name = "Known to all" }).ClickAsync();
        await Expect(laptop.Column("inbox")).ToBeVisibleAsync();

        await phone.Page.ReloadAsync();
        await Expect(phone.Page.GetByTestId("devices").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await phone.Page.GetByTestId("devices").GetByRole(AriaRole.Listitem).Filter(new() { HasNotText = "This one" })
            .GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(phone.Page.GetByTestId("devices").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Expect(laptop.Page.GetByText("You have been signed out on this device")).ToBeVisibleAsync();

        // The host takes the role, and the person has nowhere to go.
        await host.Page.ReloadAsync();
        await elena.Locator("summary").ClickAsync();
        await host.Button("Take the role Moderator").ClickAsync();
        await Expect(host.Page.GetByText("Nobody found")).ToBeVisibleAsync();
        await phone.Page.ReloadAsync();
        await Expect(phone.Page.GetByText("You have no role anywhere yet.")).ToBeVisibleAsync();
        await phone.Page.GetByLabel("Code of a conference").FillAsync(venue.Code);
        await phone.Button("Take part").ClickAsync();
        await phone.Page.GetByText("Known to all").Last.ClickAsync();
        await phone.AskAsync("As myself");
        await Expect(phone.Page.GetByText("As myself").First).ToBeVisibleAsync();

        await phone.Page.GotoAsync(new Uri(venue.House.Address, "/me").ToString());
        await phone.Button("Sign out everywhere").ClickAsync();
        await Expect(phone.Page.GetByLabel("Code", new() { Exact = true })).ToBeVisibleAsync();
        await phone.Page.GotoAsync(new Uri(venue.House.Address, "/me").ToString());
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Are_added_and_given_a_role_by_the_keyboard_alone()
    {
        var venue = await House.PlanAsync("By the keyboard");
        var host = await DeskAsync();
        await host.OpenAsync(venue, venue.Host);
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "People" }).PressAsync("Enter");
        await host.Page.GetByLabel("Name", new() { Exact = true }).FocusAsync();
        await host.Page.Keyboard.TypeAsync("Ilir");
        await host.PressAsync("Enter");
        var ilir = host.Page.GetByTestId("person").Filter(new() { HasText = "Ilir" });
        await ilir.Locator("summary").FocusAsync();
        await host.PressAsync("Enter", "Tab", "Tab");
        await host.Page.Keyboard.TypeAsync("Host");
        await host.PressAsync("Tab", "Enter");
        await Expect(ilir.Locator("summary")).ToContainTextAsync("Moderator, Host");
    }

    [Fact]
    public async Task Hold_for_everybody_on_every_screen()
    {
        var venue = await House.PlanAsync("People on every screen");
        var visitor = await BulgarianPhoneAsync();
        await visitor.OpenAsync(venue, venue.Host);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Хора" }).ClickAsync();
        await visitor.Page.GetByLabel("Име", new() { Exact = true }).FillAsync("Елена Петрова");
        await visitor.Page.GetByLabel("Електронна поща").FillAsync("elena@every-screen.sofia.example");
        await visitor.Button("Добави").ClickAsync();
        await visitor.Page.GetByTestId("person").Locator("summary").ClickAsync();
        await visitor.Button("Нова лична връзка").ClickAsync();
        var link = await visitor.Page.GetByTestId("issued-link").GetByRole(AriaRole.Textbox).InputValueAsync();
        await HoldsOnEveryScreenAsync(visitor, "people");
        await visitor.OpenAsync(venue, link);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Елена Петрова" })).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("Моите устройства")).ToBeVisibleAsync();
        await HoldsOnEveryScreenAsync(visitor, "me");
    }
}
