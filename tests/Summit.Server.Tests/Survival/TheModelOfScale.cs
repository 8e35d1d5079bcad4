using Summit.Bench.Figures;
using Summit.Bench.Figures.Clusters;

namespace Summit.Server.Tests.Survival;

/// <summary>Round costs, so that the sums can be done in the head: 2.4 s of CPU a second for each server.</summary>
public sealed class TheModelOfScale
{
    private static readonly List<Figure> Measured =
    [
        Figure.Of("Across servers", "CPU of all servers a command, cell on another server", "us", [400], [100]),
        Figure.Of("Across servers", "CPU of all servers a delivered message, cell on another server", "us", [10], [10]),
        Figure.Of("Across servers", "CPU of all servers a change, one follower on another server", "us", [300], [200]),
        Figure.Of("Across servers", "bytes of events that cross for a change, 1 followers on the other server", "B", [250]),
    ];

    [Theory]
    [InlineData("a command finds its cell", "0 % | 67 % | 97 %")]
    [InlineData("CPU of all servers a command", "100 us | 300 us | 390 us")]
    [InlineData("votes a second", "24,000 | 24,000 | 184,615")]
    [InlineData("followers that get 4", "20,000 | 60,000 | 600,000")]
    [InlineData("followers of one hot session", "12,000 | 35,980 | 359,710")]
    [InlineData("of a core of its home server", "0.0 % | 0.2 % | 2.9 %")]
    [InlineData("leaves that server", "0.00 Mbit/s | 0.08 Mbit/s | 1.16 Mbit/s")]
    public void Adds_up_what_was_measured(string what, string carried) =>
        Assert.EndsWith($"| {carried} |", Lines().Single(line => line.StartsWith($"| {what}", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Says_which_figure_is_missing() =>
        Assert.Contains("a command", Assert.Throws<InvalidDataException>(() => new ScaleModel([]).Lines().ToList()).Message, StringComparison.Ordinal);

    private static IEnumerable<string> Lines() => new ScaleModel(Measured).Lines();
}
