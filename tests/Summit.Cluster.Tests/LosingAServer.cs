using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Summit.Bench;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>A server is killed, hangs, or is told to stop, while people send to it and to the others.</summary>
public sealed class LosingAServer : ClusterTest
{
    /// <summary>Placed anywhere; there are more when the server that is lost has none of these.</summary>
    private const int Fewest = 9;

    /// <summary>With this many none of them lies there only if that server is not given any.</summary>
    private const int Most = 60;

    private static readonly object Policies = new { perMinute = 1000, maxOpen = 1000 };

    private Venue _venue = null!;
    private readonly List<(Guid Id, Pass Asker)> _sessions = [];

    private ServerProcess Lost => Cluster.Servers[1];

    private IEnumerable<ServerProcess> Left => Cluster.Servers.Where(server => server != Lost);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        try
        {
            await OpenSessionsAsync();
        }
        catch
        {
            // Nobody else ends the servers of a test that never began.
            await DisposeAsync();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_venue is not null)
        {
            await _venue.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task All_its_sessions_and_followers_are_live_elsewhere_soon(bool hangs)
    {
        await using var first = await LiveConnection.OpenAsync(Lost.Address, _sessions[0].Asker.Token, Cancel);
        await foreach (var frame in (await first.StreamAsync("Follow", [_sessions[0].Id, 0], Cancel)).ReadAllAsync(Cancel))
        {
            Assert.True(frame.GetProperty("reset").GetBoolean());
            break;
        }

        if (hangs)
        {
            Lost.Send(19);
        }
        else
        {
            await Lost.KillAsync();
        }

        var what = hangs ? "hung" : "was killed";
        var following = FollowUntilLiveAsync(0, Cluster.Servers[2]);
        var commands = await Task.WhenAll(Enumerable.Range(0, _sessions.Count).Select(i => AskUntilTakenAsync(Cluster.Servers[i % 2 * 2], i)));
        Say($"A server {what}: commands to {_sessions.Count} sessions taken after {string.Join(", ", commands.Order().Select(took => $"{took.TotalSeconds:0.0}"))} s");
        Say($"A server {what}: its follower was live elsewhere after {(await following).TotalSeconds:0.0} s");

        if (hangs)
        {
            await WakeTheDeadAsync();
        }

        await Lost.StartAgainAsync();
        for (var i = 0; i < _sessions.Count; i++)
        {
            await AskUntilTakenAsync(Lost, i);
        }
    }

    [Fact]
    public async Task The_last_of_three_takes_over_everything_soon_when_two_are_killed_at_once()
    {
        var last = Cluster.Servers[2];
        await Task.WhenAll(Cluster.Servers.Where(server => server != last).Select(server => server.KillAsync()));

        var commands = await Task.WhenAll(Enumerable.Range(0, _sessions.Count).Select(i => AskUntilTakenAsync(last, i, Patience)));
        Say($"Two servers were killed: commands to {_sessions.Count} sessions taken after {string.Join(", ", commands.Order().Select(took => $"{took.TotalSeconds:0.0}"))} s");
    }

    [Fact]
    public async Task One_that_stops_under_load_fails_no_command_and_a_whole_round_of_restarts_loses_none()
    {
        var taken = new ConcurrentQueue<(int Session, Guid Id, long Seq)>();
        var failed = new ConcurrentQueue<string>();
        using var enough = new CancellationTokenSource();
        var load = Enumerable.Range(0, 12).Select(i => Task.Run(() => LoadAsync(i, taken, failed, enough.Token))).ToList();
        await MoreAsync(taken, 200);
        foreach (var server in Cluster.Servers)
        {
            var clock = Stopwatch.StartNew();
            Assert.Equal(0, await server.StopAsync());
            Say($"{server.Address} stopped under load within {clock.Elapsed.TotalSeconds:0.0} s");
            await MoreAsync(taken, 200);
            await server.StartAgainAsync();
            await MoreAsync(taken, 200);
        }

        await enough.CancelAsync();
        await Task.WhenAll(load);

        Assert.Empty(failed);
        foreach (var session in taken.GroupBy(command => command.Session))
        {
            var (id, asker) = _sessions[session.Key];
            var shown = await Cluster.Servers[0].QuestionsAsync(_venue, id, asker, session.Max(command => command.Seq), Cancel);
            Assert.Empty(session.Select(command => command.Id).Except(shown));
        }
    }

    private async Task OpenSessionsAsync()
    {
        _venue = await OpenVenueAsync("Losing", Policies);
        using var lost = new Api(Lost.Address);
        for (var (i, isThere) = (0, false); i < Fewest || !isThere; i++)
        {
            Assert.True(i < Most, "No session came to live on the server that is to be lost.");
            // A server likes to keep what it is asked for first.
            var id = await _venue.AddSessionAsync($"Session {i}", Policies, Cancel, i % 2 == 0 ? null : lost);
            _sessions.Add((id, await _venue.Api.JoinAsync(_venue.Code, "Ana", "Tirana", Cancel)));
            var decided = await DecidedByTheLostAsync();
            // Asked from all, so that every server follows the conference by now.
            await Task.WhenAll(Cluster.Servers.Select(server => AskUntilTakenAsync(server, i)));
            isThere |= await DecidedByTheLostAsync() > decided;
        }
    }

    /// <summary>Commands that its cells have decided so far.</summary>
    private async Task<double> DecidedByTheLostAsync()
    {
        const string Name = "summit_engine_commands_total ";
        var line = (await Lost.MetricsAsync(Cancel)).Split('\n').FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
    }

    private static Task MoreAsync(ConcurrentQueue<(int, Guid, long)> taken, int more)
    {
        var goal = taken.Count + more;
        return Wait.UntilAsync($"{more} more commands are taken", () => taken.Count >= goal, Patience);
    }

    /// <summary>One person who sends one command after another, to the next server when one is not there.</summary>
    private async Task LoadAsync(int number, ConcurrentQueue<(int, Guid, long)> taken, ConcurrentQueue<string> failed, CancellationToken enough)
    {
        var session = number % _sessions.Count;
        using var api = new Api(Cluster.Servers[0].Address);
        var pass = await api.JoinAsync(_venue.Code, null, null, Cancel);
        var at = number;
        for (var id = Guid.CreateVersion7(); !enough.IsCancellationRequested;)
        {
            var heard = await Cluster.Servers[at % Cluster.Servers.Count].AskAsync(_sessions[session].Id, pass, id, Cancel);
            switch (heard)
            {
                case { IsTaken: true }:
                    taken.Enqueue((session, id, heard.Seq));
                    id = Guid.CreateVersion7();
                    break;
                // Gone, or here again and not yet open: what a proxy takes out of its list.
                case { Status: null } or { Fault: "server.starting" }:
                    at++;
                    break;
                case { Fault: "limit.rate" }:
                    await Pause.BeforeTryingAgainAsync(Cancel);
                    break;
                case { Fault: "person.too-fast" or "person.too-many-open" }:
                    pass = await api.JoinAsync(_venue.Code, null, null, Cancel);
                    break;
                default:
                    failed.Enqueue($"{heard}");
                    break;
            }
        }
    }

    private async Task<TimeSpan> AskUntilTakenAsync(ServerProcess server, int session, TimeSpan? limit = null)
    {
        var clock = Stopwatch.StartNew();
        var id = Guid.CreateVersion7();
        Heard heard = new(null, 0, null);
        await Wait.UntilAsync($"session {session} takes a command at {server.Address}, it said {heard}", async () =>
        {
            heard = await server.AskAsync(_sessions[session].Id, _sessions[session].Asker, id, Cancel);
            return heard.IsTaken;
        }, limit);
        return clock.Elapsed;
    }

    /// <summary>A browser that lost its server comes to another with what it saw last, and sees what is new.</summary>
    private async Task<TimeSpan> FollowUntilLiveAsync(int session, ServerProcess at)
    {
        var clock = Stopwatch.StartNew();
        var (id, asker) = _sessions[session];
        await using var follower = new Follower("the follower", at.Address, asker, id);
        var asked = Guid.CreateVersion7();
        await Wait.UntilAsync("the follower sees something new", async () =>
        {
            var heard = await at.AskAsync(id, asker, asked, Cancel);
            return heard.IsTaken && await follower.HasReachedAsync(heard.Seq);
        });
        return clock.Elapsed;
    }

    /// <summary>It has been given up: what it still takes in must not be acknowledged unless it counts, and it ends by itself.</summary>
    private async Task WakeTheDeadAsync()
    {
        var id = Guid.CreateVersion7();
        Lost.Send(18);
        var heard = await Lost.AskAsync(_sessions[0].Id, _sessions[0].Asker, id, Cancel);
        Say($"The server that hung said to a command: {heard}");
        if (heard.IsTaken)
        {
            Assert.Contains(id, await Left.First().QuestionsAsync(_venue, _sessions[0].Id, _sessions[0].Asker, heard.Seq, Cancel));
        }

        await Wait.UntilAsync("a server that was given up ends", () => Lost.HasExited, Patience);
    }
}
