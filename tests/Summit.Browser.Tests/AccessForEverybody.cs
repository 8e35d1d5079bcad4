using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>What a program can check of WCAG 2.2 AA, on every surface, light and dark.</summary>
public sealed class AccessForEverybody(Hall hall) : BrowserTest(hall)
{
    public static TheoryData<ColorScheme> Schemes => [ColorScheme.Light, ColorScheme.Dark];

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Holds_at_the_door(ColorScheme scheme)
    {
        var phone = await CalmAsync(scheme, 390, 844);
        phone.MayFindNothing = true;
        await phone.Page.GotoAsync(House.Address.ToString());
        await Expect(phone.Page.GetByLabel("Code")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(phone, "join");
        await phone.Page.GetByLabel("Code").FillAsync("222222");
        await phone.Button("Join").ClickAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No conference has this code.");
        await Axe.FindsNothingAsync(phone, "join, wrong code");
        await phone.Button("Settings").ClickAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(phone, "settings");
        await phone.Page.GotoAsync(new Uri(House.Address, "/h/nowhere").ToString());
        await Expect(phone.Page.GetByRole(AriaRole.Heading)).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(phone, "unknown address");
        await phone.Page.GotoAsync(new Uri(House.Address, "/m").ToString());
        await Expect(phone.Page.GetByText("This page needs a link")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(phone, "gate");
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Holds_for_a_participant(ColorScheme scheme)
    {
        var venue = await Hall.FilledAsync();
        var phone = await CalmAsync(scheme, 390, 844);
        await phone.JoinAsync(venue, "Eleni", "Athens");
        await phone.AskAsync($"A question of my own, {scheme}");
        foreach (var tab in new[] { "Comments", "Proposals", "Mine", "Questions" })
        {
            await phone.TurnToAsync(tab);
            await Expect(phone.Page.GetByRole(AriaRole.Tabpanel).GetByRole(AriaRole.Article).First).ToBeVisibleAsync();
            await Axe.FindsNothingAsync(phone, tab);
        }

        await phone.Page.GetByLabel("Your question").FillAsync("What does the network do with what it learns?");
        await Expect(phone.Page.GetByText("Is this it? Support it instead.")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(phone, "similar questions");
        await phone.Page.GetByLabel("Back to the programme").ClickAsync();
        await Expect(phone.Page.GetByText("In full swing").First).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(phone, "programme");
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Holds_for_a_moderator(ColorScheme scheme)
    {
        var venue = await Hall.FilledAsync();
        var desk = await CalmAsync(scheme, 1440, 900);
        await desk.OpenAsync(venue, venue.Moderator);
        await Expect(desk.Card("queue", "Question 3")).ToBeVisibleAsync();
        await desk.PressAsync("j");
        await Axe.FindsNothingAsync(desk, "desk");
        foreach (var key in new[] { "d", "m", "c", "f", "t", "n", "Shift+W", "?" })
        {
            await desk.PressAsync(key);
            await Expect(desk.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await Axe.FindsNothingAsync(desk, $"desk, key {key}");
            await desk.PressAsync("Escape");
            await Expect(desk.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }

        var phone = await CalmAsync(scheme, 390, 844);
        await phone.OpenAsync(venue, venue.Moderator);
        await Expect(phone.Card("inbox", "Question 1")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(phone, "desk on a phone");
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Holds_for_stage_host_and_administrator(ColorScheme scheme)
    {
        var venue = await Hall.FilledAsync();
        var screen = await CalmAsync(scheme, 1920, 1080);
        await screen.OpenAsync(venue, venue.Stage);
        await Expect(screen.OnStage).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(screen, "stage");

        await screen.OpenAsync(venue, venue.Host);
        await Expect(screen.Page.GetByTestId("host-session")).ToBeVisibleAsync();
        await screen.Button("Rules").ClickAsync();
        await Axe.FindsNothingAsync(screen, "host");

        await screen.OpenAsync(venue, venue.Admin);
        await Expect(screen.Button("Create the conference")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(screen, "administrator");
    }

    /// <summary>Without motion: a text that is still fading in has no contrast to check.</summary>
    private Task<Visitor> CalmAsync(ColorScheme scheme, int width, int height) => ArriveAsync(new()
    {
        ViewportSize = new() { Width = width, Height = height },
        ColorScheme = scheme,
        ReducedMotion = ReducedMotion.Reduce,
    });
}
