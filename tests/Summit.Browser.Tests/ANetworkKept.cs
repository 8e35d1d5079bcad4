using System.Text.Json.Nodes;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>The records of a network: kept by its secretary, read by everybody.</summary>
public sealed class ANetworkKept(Hall hall) : BrowserTest(hall)
{
    [Fact]
    public async Task Admits_varna_by_vote_hands_the_presidency_over_and_shows_it_to_everybody()
    {
        var house = await AnotherHouseAsync(demonstration: true);
        var network = await NetworkAsync(house, "Balkan Cities Network");
        var secretary = await OpenAsync(await DeskAsync(), house, (string)network["links"]![0]!["link"]!);
        await Expect(secretary.Page.GetByText("You keep the records.")).ToBeVisibleAsync();
        await secretary.Page.GetByLabel("Search by name or country").FillAsync("varna");
        await Expect(secretary.Page.GetByTestId("member")).ToHaveCountAsync(1);
        await secretary.Page.GetByTestId("member").Locator("summary").ClickAsync();

        // A vote that was lost is no admission: the form stays with what was typed and says why.
        await secretary.Button("Admit by vote").ClickAsync();
        await secretary.Page.GetByLabel("Date", new() { Exact = true }).FillAsync("2026-02-20");
        await secretary.Page.GetByLabel("Yes", new() { Exact = true }).FillAsync("30");
        await secretary.Page.GetByLabel("No", new() { Exact = true }).FillAsync("40");
        secretary.MayFindNothing = true;
        await secretary.Button("Save").ClickAsync();
        await Expect(secretary.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("more yes than no");
        await secretary.Page.GetByLabel("Yes", new() { Exact = true }).FillAsync("60");
        await secretary.Page.GetByLabel("No", new() { Exact = true }).FillAsync("3");
        await secretary.Button("Save").ClickAsync();
        await Expect(secretary.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(secretary.Page.GetByText("74 members in 12 countries")).ToBeVisibleAsync();

        await secretary.Button("Hand over the presidency").ClickAsync();
        await secretary.Page.GetByLabel("To", new() { Exact = true }).FillAsync("Varn");
        await secretary.Page.GetByLabel("Date", new() { Exact = true }).FillAsync("2026-03");
        await secretary.Button("Save").ClickAsync();
        await Expect(secretary.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("“Varn” is not the name of a member.");
        await secretary.Page.GetByLabel("To", new() { Exact = true }).FillAsync("Varna");
        await secretary.Button("Save").ClickAsync();
        await Expect(secretary.Page.GetByText("Varna presides")).ToBeVisibleAsync();

        var passer = await PhoneAsync();
        await passer.Page.GotoAsync(new Uri(house.Address, new Uri((string)network["page"]!).AbsolutePath).ToString());
        await Expect(passer.Page.GetByText("Varna presides")).ToBeVisibleAsync();
        var timeline = passer.Page.GetByTestId("timeline");
        await Expect(timeline).ToContainTextAsync("Varna was admitted: 60 yes, 3 no, 0 abstentions.");
        await Expect(timeline).ToContainTextAsync("Sofia handed the presidency over to Varna.");
        await Expect(passer.Page.GetByTestId("presidency").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(5);
        await Expect(passer.Page.GetByTestId("summits")).ToContainTextAsync("EBRD, Eurocities, NetZeroCities");
        await Expect(passer.Button("Hand over the presidency")).ToHaveCountAsync(0);
        await Expect(passer.Button("Record an application")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Is_begun_by_the_administrator_and_filled_by_the_keyboard_alone()
    {
        var house = await AnotherHouseAsync();
        var desk = await OpenAsync(await DeskAsync(), house, (string)(await house.LinksAsync())["admin"]!);
        await desk.Page.GetByLabel("Full name").FillAsync("Danube cities");
        await desk.Page.GetByLabel("Short name").FillAsync("D");
        await desk.Page.GetByLabel("Short name").PressAsync("Enter");
        var link = await desk.Page.GetByTestId("issued-link").GetByRole(AriaRole.Textbox).InputValueAsync();

        var secretary = await OpenAsync(await DeskAsync(), house, link);
        await Expect(secretary.Page.GetByRole(AriaRole.Heading, new() { Name = "Danube cities" })).ToBeVisibleAsync();
        await secretary.Button("Record a member").FocusAsync();
        await secretary.PressAsync("Enter");
        await secretary.Page.GetByLabel("Name", new() { Exact = true }).FocusAsync();
        await secretary.Page.Keyboard.TypeAsync("Русе");
        await secretary.PressAsync("Tab", "Tab");
        await secretary.Page.Keyboard.TypeAsync("Bulg");
        await secretary.PressAsync("Tab", "Tab");
        await secretary.Page.Keyboard.TypeAsync("2024-09");
        await secretary.PressAsync("Enter");
        await Expect(secretary.Page.GetByTestId("member")).ToContainTextAsync("Русе");
        await Expect(secretary.Page.GetByTestId("timeline")).ToContainTextAsync("In the network: Русе.");
        await secretary.Page.GetByTestId("member").Locator("summary").FocusAsync();
        await secretary.PressAsync("Enter");
        await secretary.Button("Take the last step back").FocusAsync();
        await secretary.PressAsync("Enter");
        await secretary.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Take the last step back" }).PressAsync("Enter");
        await Expect(secretary.Page.GetByTestId("member")).ToHaveCountAsync(0);

        // The list leads to it, and back.
        await secretary.Page.GetByRole(AriaRole.Link, new() { Name = "All networks" }).PressAsync("Enter");
        await secretary.Page.GetByRole(AriaRole.Link, new() { Name = "Danube cities" }).PressAsync("Enter");
        await Expect(secretary.Button("Record a member")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Holds_for_everybody_on_every_screen()
    {
        var house = await AnotherHouseAsync(demonstration: true);
        var network = await NetworkAsync(house, "Balkan Cities Network");
        var visitor = await BulgarianPhoneAsync();
        await visitor.Page.GotoAsync(new Uri(house.Address, "/n").ToString());
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Мрежи" })).ToBeVisibleAsync();
        await HoldsOnEveryScreenAsync(visitor, "networks");
        await OpenAsync(visitor, house, (string)network["links"]![0]!["link"]!);
        await Expect(visitor.Page.GetByText("73 членове от 12 държави")).ToBeVisibleAsync();
        await visitor.Page.GetByTestId("member").Filter(new() { HasText = "Varna" }).Locator("summary").ClickAsync();
        await HoldsOnEveryScreenAsync(visitor, "network");
        foreach (var (at, form) in new[] { "Записване на кандидатура", "Предаване на председателството", "Записване на среща", "Приемане с гласуване" }.Index())
        {
            await visitor.Button(form).First.ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await HoldsOnEveryScreenAsync(visitor, $"network-form-{at}");
            await visitor.PressAsync("Escape");
            await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }
    }

    private static async Task<JsonNode> NetworkAsync(House house, string title) =>
        (await house.LinksAsync())["networks"]!.AsArray().Single(network => (string)network!["title"]! == title)!;

    private static async Task<Visitor> OpenAsync(Visitor visitor, House house, string link)
    {
        await visitor.Page.GotoAsync(new Uri(house.Address, $"{new Uri(link).AbsolutePath}#{House.SecretOf(link)}").ToString());
        return visitor;
    }
}
