using System.Text.RegularExpressions;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>A session from its opening to its close, with every fate a question can have, on four kinds of screen.</summary>
public sealed class TheStoryOfAnHour(Hall hall) : BrowserTest(hall)
{
    private const string Buses = "When will the night buses between the cities run again?";
    private const string BusesAgain = "Are there plans for buses between the cities at night?";
    private const string Lunch = "What is for lunch?";
    private const string Water = "Who repairs the water pipes after the summer?";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Is_told_on_every_screen_from_opening_to_close(int servers)
    {
        var house = servers == 1 ? House : await ClusterAsync();
        var venue = await house.PlanAsync("The hour", new { review = true }, open: false);
        var desk = await DeskAsync();
        var stage = await ProjectorAsync();
        await desk.OpenAsync(venue, venue.Moderator);
        await stage.OpenAsync(venue, venue.Stage);
        await Expect(stage.Page.GetByTestId("stage-card")).ToHaveTextAsync("We are about to begin.");
        await desk.Button("Open").ClickAsync();
        await Expect(stage.Page.GetByTestId("stage-card")).ToHaveTextAsync("Ask your question now.");

        var (ana, boris, vesna) = (await PhoneAsync(), await PhoneAsync(), await PhoneAsync());
        await ana.JoinAsync(venue, "Ana", "Tirana");
        await boris.JoinAsync(venue, "Boris", "Sofia");
        await vesna.JoinAsync(venue, "Vesna", "Skopje");

        await QuestionsArriveAsync(desk, ana, boris, vesna);
        await ReviewByKeyboardAsync(desk, ana, boris, vesna);
        await SupportAndMergeAsync(venue, desk, ana, boris, vesna);
        await QueueAndStageByKeyboardAsync(desk, stage, ana, boris, vesna);
        await CloseAsync(desk, stage, ana, boris, vesna);
    }

    /// <summary>One of them is written in a tunnel.</summary>
    private static async Task QuestionsArriveAsync(Visitor desk, Visitor ana, Visitor boris, Visitor vesna)
    {
        await ana.AskAsync(Buses);
        await Expect(desk.Card("inbox", Buses)).ToHaveAttributeAsync("data-state", "pending");
        await boris.AskAsync(BusesAgain);
        await Expect(desk.Card("inbox", BusesAgain)).ToHaveAttributeAsync("data-state", "pending");
        await boris.AskAsync(Lunch);
        await Expect(desk.Card("inbox", Lunch)).ToHaveAttributeAsync("data-state", "pending");

        vesna.MayLoseTheLine = true;
        await vesna.Context.SetOfflineAsync(true);
        await vesna.AskAsync(Water);
        await Expect(vesna.Page.GetByTestId("posted")).ToHaveAttributeAsync("data-state", "waiting");
        await Expect(vesna.Page.GetByTestId("posted")).ToContainTextAsync("sent once, by itself");
        await Expect(desk.Card("inbox", Water)).ToHaveCountAsync(0);
        await vesna.Context.SetOfflineAsync(false);
        await Expect(desk.Card("inbox", Water)).ToHaveAttributeAsync("data-state", "pending");
        await Expect(vesna.Page.GetByTestId("posted")).ToHaveCountAsync(0);
        await vesna.TurnToAsync("Mine");
        await Expect(vesna.Own(Water)).ToHaveCountAsync(1);
        await Expect(vesna.Own(Water)).ToHaveAttributeAsync("data-state", "pending");
        await Expect(desk.Card("inbox", Water)).ToHaveCountAsync(1);
        await vesna.TurnToAsync("Questions");
    }

    private static async Task ReviewByKeyboardAsync(Visitor desk, Visitor ana, Visitor boris, Visitor vesna)
    {
        await SelectAsync(desk, "inbox", Buses);
        await desk.PressAsync("a");
        await Expect(ana.Item(Buses)).ToHaveAttributeAsync("data-state", "published");
        await SelectAsync(desk, "inbox", BusesAgain);
        await desk.PressAsync("a");
        await SelectAsync(desk, "inbox", Water);
        await desk.PressAsync("a");
        await Expect(ana.Item(Water)).ToHaveCountAsync(1);

        // Declined with the third reason, which only the asker reads.
        await SelectAsync(desk, "inbox", Lunch);
        await desk.PressAsync("d", "3", "Enter");
        await boris.TurnToAsync("Mine");
        await Expect(boris.Own(Lunch)).ToHaveAttributeAsync("data-state", "declined");
        await Expect(boris.Own(Lunch)).ToContainTextAsync("We could not tell what is asked. Please put it in other words.");
        await Expect(vesna.Item(Lunch)).ToHaveCountAsync(0);
        await KeepOnBothAsync(boris, "hour-declined");
        await boris.TurnToAsync("Questions");
    }

    private static async Task SupportAndMergeAsync(Venue venue, Visitor desk, Visitor ana, Visitor boris, Visitor vesna)
    {
        await SupportAsync(boris, Buses, 1);
        await SupportAsync(vesna, Buses, 2);
        await SupportAsync(vesna, BusesAgain, 1);
        var danilo = await PhoneOfAsync(venue);
        await danilo(BusesAgain);
        await Expect(desk.Card("inbox", BusesAgain).GetByRole(AriaRole.Img, new() { Name = "Supported by 2 people" })).ToBeVisibleAsync();

        await SelectAsync(desk, "inbox", BusesAgain);
        await desk.PressAsync("m");
        var dialog = desk.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Radio).First).ToBeCheckedAsync();
        await Expect(dialog).ToContainTextAsync("As one they are supported by 3 people: who supported both counts once.");
        await KeepOnBothAsync(desk, "hour-merge");
        await desk.PressAsync("Enter");

        // Vesna supported both and counts once.
        await Expect(ana.Item(Buses).GetByRole(AriaRole.Img, new() { Name = "Supported by 3 people" })).ToBeVisibleAsync();
        await boris.TurnToAsync("Mine");
        await Expect(boris.Own(BusesAgain)).ToHaveAttributeAsync("data-state", "merged");
        await Expect(boris.Own(BusesAgain)).ToContainTextAsync("Merged into");
        await Expect(boris.Own(BusesAgain)).ToContainTextAsync(Buses);
        await boris.TurnToAsync("Questions");
        await Expect(vesna.Item(BusesAgain)).ToHaveCountAsync(0);
    }

    private static async Task QueueAndStageByKeyboardAsync(Visitor desk, Visitor stage, Visitor ana, Visitor boris, Visitor vesna)
    {
        await SelectAsync(desk, "inbox", Buses);
        await desk.PressAsync("q");
        await Expect(desk.Card("queue", Buses)).ToHaveCountAsync(1);
        await SelectAsync(desk, "inbox", Water);
        await desk.PressAsync("q");
        await Expect(desk.Column("queue").GetByTestId("item").Nth(1)).ToContainTextAsync(Water);
        await desk.PressAsync("l");
        await SelectAsync(desk, "queue", Water);
        await desk.PressAsync("Shift+K");
        await Expect(desk.Column("queue").GetByTestId("item").First).ToContainTextAsync(Water);
        await Expect(stage.Page.GetByRole(AriaRole.Listitem).First).ToContainTextAsync(Water);

        await SelectAsync(desk, "queue", Buses);
        await desk.PressAsync("s");
        foreach (var visitor in new[] { stage, ana, boris, vesna })
        {
            await Expect(visitor.OnStage).ToContainTextAsync(Buses);
        }

        await Expect(stage.OnStage).ToContainTextAsync("Ana");
        foreach (var (visitor, surface) in new[] { (stage, "stage"), (ana, "participant"), (desk, "moderator") })
        {
            await KeepOnBothAsync(visitor, $"hour-{surface}");
        }

        await Expect(desk.Card("stage", Buses)).ToHaveCountAsync(1);
        await SelectAsync(desk, "stage", Buses);
        await desk.PressAsync("w");
        await Expect(ana.Item(Buses)).ToHaveAttributeAsync("data-state", "answered");
        await Expect(stage.Page.GetByTestId("stage-card")).ToBeVisibleAsync();

        // A slip costs one key, and so does taking it back.
        await desk.PressAsync("z");
        await Expect(stage.OnStage).ToContainTextAsync(Buses);
        await SelectAsync(desk, "stage", Buses);
        await desk.PressAsync("w");
        await ana.TurnToAsync("Mine");
        await Expect(ana.Own(Buses)).ToHaveAttributeAsync("data-state", "answered");
        foreach (var phone in new[] { ana, boris, vesna })
        {
            await phone.TurnToAsync("Mine");
            await phone.TurnToAsync("Questions");
        }
    }

    private static async Task CloseAsync(Visitor desk, Visitor stage, params Visitor[] phones)
    {
        await desk.Button("Close the session").ClickAsync();
        await desk.Button("Close for good").ClickAsync();
        await Expect(stage.Page.GetByTestId("stage-card")).ToHaveTextAsync("Thank you. The session is closed.");
        await KeepOnBothAsync(stage, "hour-closed");
        foreach (var phone in phones)
        {
            await Expect(phone.Page.GetByText("The session is closed: nothing new is taken.")).ToBeVisibleAsync();
            await Expect(phone.Item(Buses)).ToHaveAttributeAsync("data-state", "answered");
        }
    }

    /// <summary>Walks with the keys alone: to the column, then down to the card.</summary>
    private static async Task SelectAsync(Visitor desk, string column, string text)
    {
        var card = desk.Card(column, text);
        await Expect(card).ToBeVisibleAsync();
        await desk.PressAsync("h", "h", "h");
        string[] columns = ["inbox", "queue", "stage", "done"];
        for (var step = 0; step < Array.IndexOf(columns, column); step++)
        {
            await desk.PressAsync("l");
        }

        var count = await desk.Column(column).GetByTestId("item").CountAsync();
        for (var step = 0; step < count; step++)
        {
            await desk.PressAsync("k");
        }

        for (var step = 0; step < count && await card.GetAttributeAsync("aria-current") != "true"; step++)
        {
            await desk.PressAsync("j");
        }

        await Expect(card).ToHaveAttributeAsync("aria-current", "true");
    }

    private static async Task SupportAsync(Visitor phone, string text, int count)
    {
        var button = phone.Item(text).GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Supported by") });
        await button.ClickAsync();
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(button).ToHaveTextAsync($"{count}");
    }

    /// <summary>Somebody whose screen nobody looks at: supports what has this text.</summary>
    private static async Task<Func<string, Task>> PhoneOfAsync(Venue venue)
    {
        var token = await venue.JoinAsync("Danilo", "Podgorica");
        return async text =>
        {
            var frame = await venue.House.CallAsync(HttpMethod.Get, $"/api/sessions/{venue.Session}", token, null);
            var item = frame["items"]!.AsArray().Single(one => (string?)one!["text"] == text);
            await venue.SupportAsync(token, (Guid)item!["id"]!);
        };
    }
}
