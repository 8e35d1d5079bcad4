using Summit.Bench.Soak;

namespace Summit.Server.Tests.Survival;

public sealed class AServerThatIsKilled
{
    /// <summary>`make soak` runs fifty.</summary>
    private const int Rounds = 5;

    [Fact]
    public async Task Has_everything_it_acknowledged_and_nothing_twice()
    {
        await using var run = new SoakRun(Rounds, seed: 1, Say);

        var report = await run.RunAsync(TestContext.Current.CancellationToken);

        Assert.Empty(report.Problems);
        Assert.Equal(report.Acknowledged, report.Found);
        Assert.InRange(report.Acknowledged, 20 * Rounds, int.MaxValue);
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
