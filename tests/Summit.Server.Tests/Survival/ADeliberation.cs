using Summit.Bench.Replay;

namespace Summit.Server.Tests.Survival;

public sealed class ADeliberation
{
    [Fact]
    public async Task Played_through_a_server_that_is_killed_twice_ends_on_the_counts_of_its_file()
    {
        await using var run = new ReplayRun(ReadingAPolisExport.Sample, new ReplayOptions(Kills: 2), Say);

        var report = await run.RunAsync(TestContext.Current.CancellationToken);

        Assert.Empty(report.Differences);
        Assert.Equal(2, report.Kills);
        Assert.Equal(
            [
                "follower, participant", "follower, moderator", "follower, author", "follower, author's own",
                "HTTP, participant", "HTTP, author's own", "HTTP, moderator", "journal",
            ],
            report.Places);
        // Each of the three screens has lived through both kills.
        Assert.InRange(report.Resumed, 6, int.MaxValue);
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
