using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>A question to one of those who speak: one tap from their name in the programme, and told wherever the question is.</summary>
public sealed class AQuestionToASpeaker(Hall hall) : BrowserTest(hall)
{
    private static readonly Guid Petra = Guid.CreateVersion7();
    private static readonly Guid Vera = Guid.CreateVersion7();

    [Fact]
    public async Task Is_one_tap_from_the_speaker_and_says_on_every_screen_whom_it_is_for()
    {
        var venue = await PlanAsync("Trade");
        var phone = await PhoneAsync();
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await SpeakAsync(await venue.AnotherSessionAsync("Climate"), Petra);
        await phone.Page.GotoAsync(new Uri(House.Address, $"/e/{venue.Conference}").ToString());
        await Expect(phone.Page.GetByTestId("speakers").GetByRole(AriaRole.Link)).ToHaveCountAsync(3);
        await phone.Page.GetByRole(AriaRole.Link, new() { Name = "Ask Petra Petrova in “Trade”" }).ClickAsync();

        var to = phone.Page.GetByLabel("To", new() { Exact = true });
        await Expect(to).ToHaveValueAsync($"{Petra}");
        await phone.Page.ReloadAsync();
        await Expect(to).ToHaveValueAsync($"{Petra}");
        await phone.AskAsync("How was it paid for?");
        await Expect(phone.Item("How was it paid for?")).ToContainTextAsync("To Petra Petrova");
        // The next one is for everybody again, unless another is chosen.
        await phone.Page.GetByLabel("Your question").FillAsync("And when");
        await Expect(to).ToHaveValueAsync("");
        await to.SelectOptionAsync("Dr Vera");
        await phone.AskAsync("And when?");
        await Expect(phone.Item("And when?")).ToContainTextAsync("To Dr Vera");
        await phone.AskAsync("Who else?");
        await Expect(phone.Item("Who else?").GetByTestId("to")).ToHaveCountAsync(0);

        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Moderator);
        await Expect(desk.Column("inbox")).ToBeVisibleAsync();
        await desk.Page.GotoAsync(new Uri(House.Address, $"/m/{venue.Session}").ToString());
        await Expect(desk.Card("inbox", "And when?")).ToContainTextAsync("To Dr Vera");
        await desk.Page.GetByRole(AriaRole.Searchbox).FillAsync("petrova");
        await Expect(desk.Column("inbox").GetByTestId("item")).ToHaveCountAsync(1);
        var stage = await ProjectorAsync();
        await stage.OpenAsync(venue, venue.Stage);
        await Expect(stage.Page.GetByRole(AriaRole.Heading, new() { Name = "Climate" })).ToBeVisibleAsync();
        await stage.Page.GotoAsync(new Uri(House.Address, $"/s/{venue.Session}").ToString());
        await desk.Card("inbox", "How was it paid for?").ClickAsync();
        await desk.Card("inbox", "How was it paid for?").GetByRole(AriaRole.Button, new() { Name = "Stage" }).ClickAsync();
        await Expect(stage.OnStage).ToContainTextAsync("To Petra Petrova");
        await Expect(phone.OnStage).ToContainTextAsync("To Petra Petrova");
        await Axe.FindsNothingAsync(stage, "stage with an addressee");
    }

    [Fact]
    public async Task Goes_to_everybody_when_it_is_sent_again_after_the_speaker_has_left_the_programme()
    {
        var venue = await PlanAsync("Left");
        var phone = await PhoneAsync();
        phone.MayFindNothing = true;
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await phone.Page.GetByLabel("Your question").FillAsync("Still there?");
        await phone.Page.GetByLabel("To", new() { Exact = true }).SelectOptionAsync("Dr Vera");
        await CommandAsync(venue, new { type = "drop-speaker", id = Guid.CreateVersion7(), speaker = Vera });
        await phone.Button("Ask").ClickAsync();
        var posted = phone.Page.GetByTestId("posted");
        await Expect(posted).ToContainTextAsync("does not speak in this session");
        await posted.GetByRole(AriaRole.Button, new() { Name = "Edit and send again" }).ClickAsync();
        await posted.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Expect(phone.Item("Still there?").GetByTestId("to")).ToHaveCountAsync(0);
        await Expect(phone.Item("Still there?")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Holds_for_everybody_on_every_screen()
    {
        var venue = await PlanAsync("Screens");
        await venue.SendAsync(await venue.JoinAsync("Борис", "София"), new { type = "ask", id = Guid.CreateVersion7(), text = "Who pays?", to = Petra });
        var visitor = await PhoneAsync();
        await visitor.JoinAsync(venue, "Ana", "Tirana");
        await visitor.Page.EvaluateAsync("() => localStorage.setItem('summit.language', 'bg')");
        await visitor.Page.GotoAsync(new Uri(House.Address, $"/e/{venue.Conference}").ToString());
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Попитайте Petra Petrova в „Screens“" }).ClickAsync();
        await Expect(visitor.Page.GetByLabel("До", new() { Exact = true })).ToHaveValueAsync($"{Petra}");
        await Expect(visitor.Item("Who pays?")).ToContainTextAsync("До Petra Petrova");
        await HoldsOnEveryScreenAsync(visitor, "speaker");
    }

    private async Task<Venue> PlanAsync(string title)
    {
        var venue = await House.PlanAsync(title);
        await CommandAsync(venue, new { type = "set-speaker", id = Guid.CreateVersion7(), speaker = Petra, name = "Petra Petrova", function = "Mayor" });
        await CommandAsync(venue, new { type = "set-speaker", id = Guid.CreateVersion7(), speaker = Vera, name = "Dr Vera" });
        await SpeakAsync(venue, Petra, Vera);
        return venue;
    }

    private static Task SpeakAsync(Venue venue, params Guid[] speakers) =>
        CommandAsync(venue, new { type = "place", id = Guid.CreateVersion7(), session = venue.Session, speakers });

    private static async Task CommandAsync(Venue venue, object command) =>
        await venue.House.CallAsync(HttpMethod.Post, $"/api/conferences/{venue.Conference}/commands", await venue.House.EnterAsync(venue.Host), command);
}
