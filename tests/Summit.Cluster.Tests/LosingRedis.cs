using System.Diagnostics;

namespace Summit.Cluster.Tests;

public sealed class LosingRedis : ClusterTest
{
    /// <summary>As long as it takes somebody to notice and start it again; twice what a server waits between two signs of life to it.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Running_sessions_go_on_without_it_and_another_server_joins_when_it_is_back()
    {
        await using var venue = await OpenVenueAsync("No Redis", new { perMinute = 1000, maxOpen = 1000 });
        await using var followers = await Followers.FollowAsync(Cluster, venue, Cancel);
        var pass = await venue.Api.JoinAsync(venue.Code, "Ana", "Tirana", Cancel);
        await Cluster.Redis.StopAsync();

        var (clock, count) = (Stopwatch.StartNew(), 0);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (clock.Elapsed < Away && await timer.WaitForNextTickAsync(Cancel))
        {
            var heard = await Cluster.Servers[count++ % 3].AskAsync(venue.Session, pass, Guid.CreateVersion7(), Cancel);
            Assert.True(heard.IsTaken, $"After {clock.Elapsed.TotalSeconds:0} s without Redis: {heard}");
            Assert.Single((await followers.ReachedAsync(heard.Seq)).Distinct());
        }

        await Cluster.Redis.StartAsync();
        var joined = Cluster.Add();
        clock.Restart();
        await joined.StartAgainAsync();
        Say($"{count} commands in {Away.TotalSeconds:0} s without Redis, none refused; a fourth server was ready {clock.Elapsed.TotalSeconds:0.0} s after it was back");

        var last = await joined.AskAsync(venue.Session, pass, Guid.CreateVersion7(), Cancel);
        Assert.True(last.IsTaken, $"{last}");
        Assert.Single((await followers.ReachedAsync(last.Seq)).Distinct());
    }
}
