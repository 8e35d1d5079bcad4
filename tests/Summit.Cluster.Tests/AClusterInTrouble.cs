using Summit.Bench.Chaos;
using Summit.Bench.Polis;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>`make chaos` does this for ten minutes, with ten times as many followers.</summary>
public sealed class AClusterInTrouble
{
    /// <summary>Each kind of trouble comes once, however long that takes: about a minute and a half.</summary>
    private static readonly ChaosOptions Short = new(Seconds: 30, Followers: 60, Rate: 20);

    [Fact]
    public async Task Has_everything_it_acknowledged_once_and_shows_it_to_all_alike()
    {
        Assert.SkipWhen(ServerCluster.Missing is not null, ServerCluster.Missing ?? "");
        await using var run = new ChaosRun(MadeUp.Deliberation(Short.Rate * Short.Seconds), Short, Say);

        var report = await run.RunAsync(TestContext.Current.CancellationToken);

        Assert.Empty(report.Findings);
        Assert.Equal(report.Acknowledged, report.Found);
        Assert.Equal(1, report.Pictures);
        Assert.Equal(["Cut", "Freeze", "Kill", "PostgresRestart", "RedisAway", "Restart"], report.Made.Keys.Order());
        // What stood still and what was cut off came back, and did not go on as if nothing had been.
        Assert.Equal(report.Made["Cut"] + report.Made["Freeze"], report.Zombies);
        Assert.InRange(report.FollowersBack.Count, 1, int.MaxValue);
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
