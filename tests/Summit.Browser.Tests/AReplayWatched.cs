using System.Text.RegularExpressions;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>A session looked at again by those who ran it: dragged, stepped through by keys, left to run.</summary>
public sealed class AReplayWatched(Hall hall) : BrowserTest(hall)
{
    [Fact]
    public async Task Goes_through_the_session_by_keys_marks_and_by_itself()
    {
        var venue = await Hall.FilledAsync();
        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Host);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Replay: In full swing" }).ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Replay: In full swing" })).ToBeFocusedAsync();

        var slider = desk.Page.GetByRole(AriaRole.Slider, new() { Name = "Moment" });
        var counts = desk.Page.GetByTestId("replay-counts");
        await Expect(counts).ToContainTextAsync(new Regex("Not open yet · nobody has taken part yet ·\\s+0 questions and proposals"));
        await Expect(desk.Page.GetByTestId("then")).ToHaveCountAsync(0);

        await slider.FocusAsync();
        await desk.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(slider).ToHaveValueAsync("1");
        await desk.Page.Keyboard.PressAsync("PageUp");
        await Expect(slider).Not.ToHaveValueAsync("1");
        await desk.Page.Keyboard.PressAsync("End");
        await Expect(desk.Page.GetByTestId("then-staged")).ToContainTextAsync("Question 2");
        await Expect(desk.Page.GetByTestId("then-queued").GetByTestId("then")).ToHaveTextAsync([new Regex("Question 3"), new Regex("Question 4")]);
        await Expect(desk.Page.GetByTestId("then-said")).ToContainTextAsync("And did it work?");
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", new Regex("on stage: Question 2"));
        // Neither what waited for its review nor what was declined: they are the moderators'.
        await Expect(desk.Page.GetByText("Question 1:")).ToHaveCountAsync(0);
        await Expect(desk.Page.GetByText("Question 6:")).ToHaveCountAsync(0);

        await desk.Page.GetByText("1 time on stage").ClickAsync();
        await desk.Page.GetByTestId("replay-marks").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(desk.Page.GetByTestId("then-staged")).ToContainTextAsync("Question 2");
        await Expect(desk.Page.GetByTestId("then-queued")).ToHaveCountAsync(0);
        await slider.FocusAsync();
        await desk.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(desk.Page.GetByTestId("then-staged")).ToHaveCountAsync(0);

        await desk.Button("Play").ClickAsync();
        await Expect(desk.Page.GetByTestId("then-queued")).ToContainTextAsync("Question 4");
        await desk.Button("Pause").ClickAsync();

        await desk.Page.GetByText("With the moderators’ desk").ClickAsync();
        await slider.FocusAsync();
        await desk.Page.Keyboard.PressAsync("End");
        await Expect(desk.Page.GetByText("Question 6:")).ToBeVisibleAsync();
        await Expect(desk.Page.GetByText("Question 1:")).ToBeVisibleAsync();

        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Report of this session" }).ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Report: In full swing" })).ToBeVisibleAsync();
        await desk.Page.GoBackAsync();
        await Expect(slider).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Holds_for_everybody_on_every_screen()
    {
        var venue = await Hall.FilledAsync();
        var visitor = await BulgarianPhoneAsync();
        await visitor.OpenAsync(venue, venue.Host);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Отчет", Exact = true }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Повторение: In full swing" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Slider).FocusAsync();
        await visitor.Page.Keyboard.PressAsync("End");
        await visitor.Page.GetByText("1 път на сцената").ClickAsync();
        await Expect(visitor.Page.GetByTestId("then-staged")).ToBeVisibleAsync();
        await HoldsOnEveryScreenAsync(visitor, "replay");
    }
}
