using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>What became of a session, for those who ran it.</summary>
public sealed class AReportRead(Hall hall) : BrowserTest(hall)
{
    [Fact]
    public async Task Tells_every_fate_and_is_taken_along_as_table_and_data()
    {
        var venue = await Hall.FilledAsync();
        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Host);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync();
        var session = desk.Page.GetByTestId("report-session");
        var items = desk.Page.GetByTestId("reported");
        await Expect(items.Filter(new() { HasText = "Question 5" })).ToContainTextAsync("By the end of the year, says the city.");
        await Expect(items.Filter(new() { HasText = "Question 5" })).ToContainTextAsync("Moderator, ");
        await Expect(items.Filter(new() { HasText = "Question 6" })).ToHaveAttributeAsync("data-state", "declined");
        await Expect(desk.Page.GetByTestId("follow-ups")).ToContainTextAsync("Sofia");
        await Expect(desk.Page.GetByTestId("follow-ups")).ToContainTextAsync("31 March 2027");
        await Expect(desk.Page.GetByTestId("cities")).ToContainTextAsync("Tirana");
        await Expect(items.Filter(new() { HasText = "And did it work?" })).ToContainTextAsync("Anonymous");
        await Expect(desk.Page.GetByTestId("report-timeline")).ToContainTextAsync("On stage: Question 2");

        var table = await desk.Page.RunAndWaitForDownloadAsync(() => desk.Button("Table (CSV)").ClickAsync());
        Assert.Equal("report.csv", table.SuggestedFilename);
        Assert.Contains("By the end of the year, says the city.", await File.ReadAllTextAsync(await table.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var data = await desk.Page.RunAndWaitForDownloadAsync(() => desk.Button("Data (JSON)").ClickAsync());
        Assert.Contains("\"followUp\"", await File.ReadAllTextAsync(await data.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await session.GetByRole(AriaRole.Link, new() { Name = "In full swing", Exact = true }).ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Link, new() { Name = "Report of the whole conference" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Is_printed_on_A4_without_what_only_a_screen_needs()
    {
        var venue = await Hall.FilledAsync();
        var desk = await DeskAsync(ColorScheme.Dark);
        await desk.OpenAsync(venue, venue.Moderator);
        await Expect(desk.Card("inbox", "Question 1")).ToBeVisibleAsync();
        await desk.Button("Settings").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Report of this session" }).ClickAsync();
        await Expect(desk.Page.GetByTestId("reported").First).ToBeVisibleAsync();
        await desk.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(desk.Button("Print or save as PDF")).ToBeHiddenAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Report: In full swing" })).ToBeVisibleAsync();
        // Dark ink on paper, whatever the screen has.
        Assert.Equal("rgb(0, 0, 0)", await desk.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).color"));
        var pdf = System.Text.Encoding.Latin1.GetString(await desk.Page.PdfAsync(new() { PreferCSSPageSize = true, Tagged = true, Outline = true }));
        Assert.Contains("/MediaBox [0 0 59", pdf, StringComparison.Ordinal);
        // What a reader with a screen reader needs: a tree of headings and tables, the language, a title.
        Assert.All((string[])["/MarkInfo", "/StructTreeRoot", "/S /H1", "/S /Table", "/S /TH", "/Lang (en)", "/Title"], tag => Assert.Contains(tag, pdf, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Holds_for_everybody_on_every_screen()
    {
        var venue = await Hall.FilledAsync();
        var visitor = await BulgarianPhoneAsync();
        await visitor.OpenAsync(venue, venue.Host);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Отчет", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByTestId("reported").First).ToBeVisibleAsync();
        await HoldsOnEveryScreenAsync(visitor, "report");
    }
}
