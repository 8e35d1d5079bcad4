using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>Who did what when, as the host reads it.</summary>
public sealed class AnAuditRead(Hall hall) : BrowserTest(hall)
{
    [Fact]
    public async Task Says_what_happened_and_is_narrowed_by_the_keyboard()
    {
        var venue = await FilledVenue.FillAsync(House, "Audited");
        var host = await DeskAsync();
        await host.OpenAsync(venue, venue.Host);
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "What was done" }).PressAsync("Enter");
        var entries = host.Page.GetByTestId("audit").GetByRole(AriaRole.Listitem);
        await Expect(entries.First).ToBeVisibleAsync();
        await Expect(entries.Filter(new() { HasText = "Ana wrote: “Question 2: what does the network do" })).ToHaveCountAsync(1);
        await Expect(entries.Filter(new() { HasText = "Moderator brought on stage: “Question 2" })).ToHaveCountAsync(1);
        await Expect(entries.Filter(new() { HasText = "Somebody reported: " })).ToHaveCountAsync(1);

        await host.Page.GetByRole(AriaRole.Combobox).First.FocusAsync();
        await host.Page.Keyboard.TypeAsync("Mod");
        await Expect(entries.Filter(new() { HasText = "Ana" })).ToHaveCountAsync(0);
        await Expect(entries.Filter(new() { HasText = "Moderator opened the session" })).ToHaveCountAsync(1);
        await host.Page.GetByLabel("From").FillAsync("2999-01-01");
        await Expect(host.Page.GetByText("Nothing", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Holds_for_everybody_on_every_screen()
    {
        var venue = await Hall.FilledAsync();
        var visitor = await BulgarianPhoneAsync();
        await visitor.OpenAsync(venue, venue.Host);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Какво е правено" }).ClickAsync();
        await Expect(visitor.Page.GetByTestId("audit")).ToContainTextAsync("изведе на сцената: “Question");
        await HoldsOnEveryScreenAsync(visitor, "audit");
    }
}
