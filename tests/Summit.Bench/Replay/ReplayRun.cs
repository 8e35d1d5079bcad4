using System.Collections.Concurrent;
using System.Diagnostics;
using Summit.Bench.Polis;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Bench.Replay;

/// <param name="Speed">How many times faster than it was; null for as fast as it goes.</param>
/// <param name="Kills">How many times the server is killed meanwhile.</param>
public sealed record ReplayOptions(double? Speed = null, int Kills = 5, int Seed = 1);

/// <summary>
/// Plays a deliberation through the public wire as its authors and voters, each with a pass and a line of their own, kills the server
/// meanwhile, and compares what every place has in the end with what the file says.
/// </summary>
public sealed class ReplayRun(Deliberation deliberation, ReplayOptions options, Action<string> say) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, LiveClient> _clients = new();
    private readonly List<(Follower Follower, Sight Sight)> _followers = [];
    private Venue? _venue;
    private LiveClient? _moderator;
    private Play? _play;

    private Venue Venue => _venue ?? throw new InvalidOperationException("The venue is not open.");

    public async Task<ReplayReport> RunAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        _venue = await Venue.OpenAsync(
            "Replay", new { review = true, perMinute = 10_000, maxOpen = 10_000, maxLength = 5_000, reportThreshold = 0 }, cancellationToken);
        await PeopleEnterAsync(cancellationToken);
        var kills = await PlayAsync(cancellationToken);
        var tallies = await CountAsync(cancellationToken);
        var senders = _clients.Values.Append(_moderator!).ToList();
        return new ReplayReport(
            deliberation.Statements.Count, deliberation.Votes.Count, deliberation.OwnVotes, deliberation.People.Count, kills,
            senders.Sum(client => client.Repeated), senders.Sum(client => client.Slowed), _followers.Sum(screen => screen.Follower.Resumed),
            watch.Elapsed, [.. tallies.Select(tally => tally.Place)], [.. tallies.SelectMany(new Comparison(deliberation, _play!.Items, BusiestAuthor).With)]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (follower, _) in _followers)
        {
            await follower.DisposeAsync();
        }

        await Task.WhenAll(_clients.Values.Select(client => client.DisposeAsync().AsTask()));
        await (_moderator?.DisposeAsync() ?? default);
        await (_venue?.DisposeAsync() ?? default);
    }

    private async Task PeopleEnterAsync(CancellationToken cancellationToken)
    {
        _moderator = new LiveClient(Venue.Server.Address, Venue.Moderator);
        await Parallel.ForEachAsync(deliberation.People, cancellationToken, async (person, cancelled) =>
        {
            var pass = await Venue.Api.JoinAsync(Venue.Code, $"Person {person}", null, cancelled);
            _clients[person] = new LiveClient(Venue.Server.Address, pass);
        });
        var onlooker = await Venue.Api.JoinAsync(Venue.Code, null, null, cancellationToken);
        _followers.Add((Follow("follower, participant", onlooker), Sight.Public));
        _followers.Add((Follow("follower, moderator", Venue.Moderator), Sight.All));
        _followers.Add((Follow("follower, author", _clients[BusiestAuthor].Pass), Sight.Public));
        say($"{deliberation.People.Count} people have joined, {_followers.Count} screens follow.");
    }

    /// <summary>Of all authors the one with the most statements, so that there is much to see for them alone.</summary>
    private int BusiestAuthor => deliberation.Statements.CountBy(statement => statement.Author).MaxBy(author => author.Value).Key;

    private Follower Follow(string name, Pass pass) => new(name, Venue.Server.Address, pass, Venue.Session);

    private async Task<int> PlayAsync(CancellationToken cancellationToken)
    {
        var steps = Timeline.Of(deliberation);
#pragma warning disable CA5394 // A play that can be repeated, not a secret.
        var points = Killer.PointsFor(steps.Count, options.Kills, new Random(options.Seed)).ToList();
#pragma warning restore CA5394
        await using var killer = new Killer(
            Venue.Server, points, done => say($"Killed the server after {done} of {steps.Count} commands; starting it again."));
        _play = new Play(deliberation, Venue.Session, _moderator!, _clients);
        await _play.RunAsync(steps, options.Speed, killer.StepDone, cancellationToken);
        await killer.FinishAsync();
        say($"All {steps.Count} commands are acknowledged.");
        return killer.Kills;
    }

    private async Task<List<Tally>> CountAsync(CancellationToken cancellationToken)
    {
        // A vote that changes nothing, the last one maybe, shows on no screen; the end of the session shows on all of them.
        var close = await _moderator!.SendAsync(Venue.Session, new { type = "close", id = Guid.CreateVersion7() }, cancellationToken);
        var tallies = new List<Tally>();
        foreach (var (follower, sight) in _followers)
        {
            await Wait.UntilAsync($"the {follower.Name} sees the session closed", () => follower.HasReachedAsync(close.Seq));
            tallies.Add(Tally.Of(follower.Name, sight, follower.Picture.Items.Values));
        }

        tallies.Add(Tally.Of("follower, author's own", Sight.Own, _followers[^1].Follower.Picture.Own.Values));
        var author = await Venue.LookAsync(_clients[BusiestAuthor].Pass, close.Seq, cancellationToken);
        tallies.Add(Tally.Of("HTTP, participant", Sight.Public, author.Items.Values));
        tallies.Add(Tally.Of("HTTP, author's own", Sight.Own, author.Own.Values));
        var moderator = await Venue.LookAsync(Venue.Moderator, close.Seq, cancellationToken);
        tallies.Add(Tally.Of("HTTP, moderator", Sight.All, moderator.Items.Values));
        await Venue.Server.StopAsync();
        await using var journal = await JournalReader.OpenAsync(Venue.Server.Data, cancellationToken);
        tallies.Add(await Tally.OfJournalAsync(journal, Venue.Session, cancellationToken));
        return tallies;
    }
}
