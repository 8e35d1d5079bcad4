using System.Xml.Linq;
using Summit.Bench.Figures;

namespace Summit.Server.Tests.Survival;

public sealed class TheReportOfABench
{
    private static readonly Curve Square = new("followers", "server memory", "MB", [new(10, 3), new(100, 300), new(1_000, 30_000)]);

    private static readonly Machine Place = new(2, "Some CPU", "Some OS", "Some runtime", DateTimeOffset.UnixEpoch);

    [Fact]
    public void Gives_the_exponent_as_the_slope()
    {
        Assert.Equal(2, Square.Slope, 6);
        Assert.Equal(300, Square.Fitted(100), 6);
        Assert.Equal(0, (Square with { Points = [new(1, 7), new(10, 7), new(100, 7)] }).Slope, 6);
        Assert.Equal(0.5, (Square with { Points = [new(1, 1), new(100, 10)] }).Slope, 6);
    }

    [Fact]
    public void Draws_a_plot_with_axes_units_and_slope_for_light_pages_and_dark()
    {
        var svg = Plot.Draw([Square, Square with { What = "server CPU a change", Unit = "ms" }]);
        var drawn = XDocument.Parse(svg);
        var texts = drawn.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        Assert.Equal(2, texts.Count(text => text == "followers"));
        Assert.Contains("server memory, MB", texts);
        Assert.Contains("server CPU a change, ms", texts);
        Assert.Contains("slope 2.00", texts);
        Assert.Contains("1,000", texts);
        Assert.Equal(6, drawn.Descendants().Count(element => element.Name.LocalName == "circle"));
        Assert.Contains("prefers-color-scheme: dark", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.Equal("server memory: 3 MB with 10 followers, 30,000 MB with 1,000, slope 2.00", Plot.Sentence(Square));
    }

    [Fact]
    public void Goes_between_its_marks_again_and_again_and_leaves_the_rest_alone()
    {
        var folder = Directory.CreateTempSubdirectory("summit-report-");
        try
        {
            var page = Path.Combine(folder.FullName, "performance.md");
            File.WriteAllText(page, """
                Before.
                <!-- figures: written by the bench -->
                old
                <!-- /figures -->
                Between.
                <!-- growth: written by the bench -->
                <!-- /growth -->
                After.
                """);
            Report.Write([PartWith(others: 0.01)], folder.FullName);
            var once = File.ReadAllText(page);
            Report.Write([PartWith(others: 0.01)], folder.FullName);

            Assert.Equal(once, File.ReadAllText(page));
            Assert.StartsWith("Before.\n<!-- figures", once, StringComparison.Ordinal);
            Assert.EndsWith("<!-- /growth -->\nAfter.", once, StringComparison.Ordinal);
            Assert.Contains("| Memory | each | 5.00 kB |", once, StringComparison.Ordinal);
            Assert.DoesNotContain("old", once, StringComparison.Ordinal);
            Assert.DoesNotContain("taken again", once, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(folder.FullName, "performance", "followers.svg")));

            Report.Write([PartWith(others: 0.4)], folder.FullName);
            Assert.Contains("taken again", File.ReadAllText(page), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Names_the_parts_there_are_when_asked_for_another()
    {
        var run = new BenchRun(TimeSpan.Zero, 1, _ => { });
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => run.RunAsync(["groth"], "none.json", TestContext.Current.CancellationToken));
        Assert.Contains("growth", refused.Message, StringComparison.Ordinal);
    }

    private static Part PartWith(double others) => new("memory", Place, others, 30, [Figure.Of("Memory", "each", "kB", [4, 5, 6])], [Square]);
}
