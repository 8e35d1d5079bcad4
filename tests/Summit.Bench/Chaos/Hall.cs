using Summit.Bench.Polis;
using Summit.Bench.Replay;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Bench.Chaos;

/// <summary>
/// The people of a chaos run, spread over the servers of a cluster: those of a deliberation, who fill one session, its followers, and one writer
/// in each of some other sessions, so that every server hosts cells that are in use.
/// </summary>
internal sealed class Hall : IAsyncDisposable
{
    /// <summary>With three servers the odds that one of them hosts none of these are below one in a hundred.</summary>
    private const int SideSessions = 12;

    private const int JoinsAtOnce = 16;

    private static readonly TimeSpan SideEvery = TimeSpan.FromSeconds(1);

    private readonly List<LiveClient> _clients = [];
    private readonly List<(Guid Session, LiveClient Writer)> _sides = [];
    private readonly List<LiveClient> _doors = [];
    private readonly Dictionary<int, LiveClient> _people = [];

    private Hall(Venue venue, ServerCluster cluster, Deliberation deliberation)
    {
        Venue = venue;
        Servers = cluster.Servers;
        Deliberation = deliberation;
    }

    public Venue Venue { get; }

    public IReadOnlyList<ServerProcess> Servers { get; }

    public Deliberation Deliberation { get; }

    public Transcript Transcript { get; } = new();

    /// <summary>Of the deliberation: who sees what is published.</summary>
    public List<Follower> Followers { get; } = [];

    /// <summary>Of the deliberation: moderators, one at each server, who see all.</summary>
    public List<Follower> Desks { get; } = [];

    public Play Play { get; private set; } = null!;

    public LiveClient Moderator { get; private set; } = null!;

    public IReadOnlyList<Guid> Sides => [.. _sides.Select(side => side.Session)];

    /// <summary>A participant, to look with.</summary>
    public Pass Onlooker => _people.First().Value.Pass;

    public static async Task<Hall> OpenAsync(ServerCluster cluster, Deliberation deliberation, int followers, CancellationToken cancellationToken)
    {
        var policies = new { review = true, perMinute = 10_000, maxOpen = 10_000, maxLength = 5_000, reportThreshold = 0 };
        var hall = new Hall(await Venue.OpenAsync("Chaos", policies, cancellationToken, cluster.Servers[0]), cluster, deliberation);
        await hall.EnterAsync(cancellationToken);
        hall.Follow(followers);
        return hall;
    }

    /// <summary>One command a second in each of the side sessions, until told to stop; the ones under way are answered first.</summary>
    public Task WriteAsync(CancellationToken stop, CancellationToken cancellationToken) =>
        Task.WhenAll(_sides.Select(side => WriteAsync(side.Session, side.Writer, stop, cancellationToken)));

    /// <summary>Each server takes a command for each side session: so all of them run, and all find every cell.</summary>
    public Task RollCallAsync(CancellationToken cancellationToken) => Task.WhenAll(
        from door in _doors
        from side in _sides
        select SayAsync(door, side.Session, cancellationToken));

    /// <summary>Followers go back to where they began: else a server that was away once would have none for the rest of the run.</summary>
    public void Spread()
    {
        for (var i = 0; i < Followers.Count; i++)
        {
            if (Followers[i].Server != Server(i))
            {
                Followers[i].GoTo(Server(i));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Followers.Concat(Desks).Select(follower => follower.DisposeAsync().AsTask()));
        await Task.WhenAll(_clients.Select(client => client.DisposeAsync().AsTask()));
        await Venue.DisposeAsync();
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        Moderator = Client(Venue.Moderator, 0);
        var passes = new Pass[Deliberation.People.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = JoinsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, passes.Length, options, async (i, cancel) =>
            passes[i] = await Venue.Api.JoinAsync(Venue.Code, $"Person {Deliberation.People[i]}", null, cancel));
        for (var i = 0; i < passes.Length; i++)
        {
            _people.Add(Deliberation.People[i], Client(passes[i], i));
        }

        for (var i = 0; i < SideSessions; i++)
        {
            var session = await Venue.AddSessionAsync($"Side {i}", new { perMinute = 10_000, maxOpen = 10_000 }, cancellationToken);
            _sides.Add((session, Client(await Venue.Api.JoinAsync(Venue.Code, $"Writer {i}", null, cancellationToken), i)));
        }

        await Task.WhenAll(Servers.Select(server => Venue.ShownAtAsync(server, _sides[^1].Session, cancellationToken)));
        foreach (var server in Servers)
        {
            // This one knows one server alone.
            _doors.Add(new LiveClient(server.Address, Venue.Moderator));
            _clients.Add(_doors[^1]);
        }

        Play = new Play(Deliberation, Venue.Session, Moderator, _people) { Transcript = Transcript };
    }

    private void Follow(int followers)
    {
        for (var i = 0; i < followers; i++)
        {
            var pass = _people[Deliberation.People[i % Deliberation.People.Count]].Pass;
            Followers.Add(new Follower($"follower {i}", Server(i), pass, Venue.Session, Others(i)));
        }

        for (var i = 0; i < Servers.Count; i++)
        {
            Desks.Add(new Follower($"moderator {i}", Server(i), Venue.Moderator, Venue.Session, Others(i)));
        }
    }

    private async Task WriteAsync(Guid session, LiveClient writer, CancellationToken stop, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SideEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await SayAsync(writer, session, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // As asked.
        }
    }

    private Task<long> SayAsync(LiveClient client, Guid session, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        return Transcript.SendAsync(client, session, id, new { type = "comment", id, text = $"Here is {id}" }, cancellationToken);
    }

    private LiveClient Client(Pass pass, int at)
    {
        var client = new LiveClient(Server(at), pass, Others(at));
        _clients.Add(client);
        return client;
    }

    private Uri Server(int i) => Servers[i % Servers.Count].Address;

    private List<Uri> Others(int i) => [.. Enumerable.Range(1, Servers.Count - 1).Select(step => Server(i + step))];
}
