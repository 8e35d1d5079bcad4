using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Summit.Bench;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>PostgreSQL is lost for good, and its standby, which has every commit that was acknowledged, takes its place.</summary>
public sealed class LosingTheDatabase : ClusterTest
{
    private const int People = 8;

    private readonly ConcurrentQueue<(Guid Id, long Seq)> _taken = new();
    private readonly ConcurrentQueue<Heard> _refused = new();

    protected override Task<ServerCluster> StartAsync() => ServerCluster.StartAsync(servers: 2, standby: true);

    [Fact]
    public async Task Servers_go_on_with_its_standby_without_a_restart_and_nothing_acknowledged_is_lost()
    {
        await using var venue = await OpenVenueAsync("Standby", new { perMinute = 1000, maxOpen = 1000 });
        using var enough = new CancellationTokenSource();
        var load = Enumerable.Range(0, People).Select(number => Task.Run(() => AskAsync(venue, number, enough.Token))).ToList();
        await MoreAsync(60);

        await Cluster.Postgres.KillAsync();
        var clock = Stopwatch.StartNew();
        await Wait.UntilAsync("nothing can be saved", () => _refused.Any(heard => heard.Fault == "journal.unavailable"));
        await Cluster.Standby!.PromoteAsync();
        var promoted = clock.Elapsed;
        await MoreAsync(60);
        Say($"The standby was promoted {promoted.TotalSeconds:0.0} s after PostgreSQL was killed; 60 more commands were taken {(clock.Elapsed - promoted).TotalSeconds:0.0} s later");
        await enough.CancelAsync();
        await Task.WhenAll(load);

        Assert.All(Cluster.Servers, server => Assert.False(server.HasExited));
        Assert.All(_refused, heard => Assert.Contains(heard.Status, (HttpStatusCode?[])[HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests]));
        Assert.Distinct(_taken.Select(taken => taken.Seq));
        var pass = await venue.Api.JoinAsync(venue.Code, null, null, Cancel);
        foreach (var server in Cluster.Servers)
        {
            var shown = await server.QuestionsAsync(venue, venue.Session, pass, _taken.Max(taken => taken.Seq), Cancel);
            Assert.Empty(_taken.Select(taken => taken.Id).Except(shown));
        }
    }

    private Task MoreAsync(int more)
    {
        var goal = _taken.Count + more;
        return Wait.UntilAsync($"{more} more commands are taken", () => _taken.Count >= goal, Patience);
    }

    /// <summary>One person who asks one question after another, each with its id until it is taken.</summary>
    private async Task AskAsync(Venue venue, int number, CancellationToken enough)
    {
        var pass = await venue.Api.JoinAsync(venue.Code, null, null, Cancel);
        for (var id = Guid.CreateVersion7(); !enough.IsCancellationRequested;)
        {
            var heard = await Cluster.Servers[number % Cluster.Servers.Count].AskAsync(venue.Session, pass, id, Cancel);
            if (heard.IsTaken)
            {
                _taken.Enqueue((id, heard.Seq));
                id = Guid.CreateVersion7();
            }
            else
            {
                _refused.Enqueue(heard);
                await Pause.BeforeTryingAgainAsync(Cancel);
            }
        }
    }
}
