using System.Diagnostics;
using System.Globalization;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Bench.Soak;

/// <summary>How a soak ended.</summary>
/// <param name="Found">Acknowledged commands that stand in the journal, each in one piece.</param>
/// <param name="Unanswered">Commands whose answer a kill took away, over all rounds.</param>
/// <param name="Repeated">Commands sent again long after they had been acknowledged.</param>
public sealed record SoakReport(
    int Rounds, int Acknowledged, int Found, int Unanswered, int Repeated, TimeSpan Took, IReadOnlyList<Problem> Problems)
{
    public int Lost => Problems.Count(problem => problem.Lost);

    public int Doubled => Problems.Count - Lost;

    public IEnumerable<string> Lines() =>
    [
        "",
        .. Problems.Select(problem => problem.Text),
        string.Create(CultureInfo.InvariantCulture, $"rounds            {Rounds,8:N0}   each ended by kill -9 under load"),
        string.Create(CultureInfo.InvariantCulture, $"acknowledged      {Acknowledged,8:N0}   commands"),
        string.Create(CultureInfo.InvariantCulture, $"found             {Found,8:N0}   of them in the journal"),
        string.Create(CultureInfo.InvariantCulture, $"without an answer {Unanswered,8:N0}   when the server died; sent again with the same id"),
        string.Create(CultureInfo.InvariantCulture, $"sent again late   {Repeated,8:N0}   after the answer, often to a later process"),
        string.Create(CultureInfo.InvariantCulture, $"lost              {Lost,8:N0}"),
        string.Create(CultureInfo.InvariantCulture, $"doubled           {Doubled,8:N0}"),
        string.Create(CultureInfo.InvariantCulture, $"took              {Took.TotalSeconds,8:N1}   s"),
    ];
}

/// <summary>
/// Kills the server's process at random moments under load, again and again, and looks each time whether everything it had acknowledged
/// is there, and nothing twice: on HTTP, in a follower that has lived through all of it, and in the end in the journal.
/// </summary>
public sealed class SoakRun(int rounds, int seed, Action<string> say) : IAsyncDisposable
{
    private const int Participants = 15;

    /// <summary>A kill comes after this many answers at the least, so that all writers are at work, and this many at the most.</summary>
    private static readonly (int Least, int Most) Answers = (20, 250);

#pragma warning disable CA5394 // A run that can be repeated, not a secret.
    private readonly Random _random = new(seed);
#pragma warning restore CA5394
    private readonly Ledger _ledger = new();
    private readonly List<Writer> _writers = [];
    private readonly List<Problem> _problems = [];
    private Venue? _venue;
    private Follower? _follower;
    private int _unanswered;

    private Venue Venue => _venue ?? throw new InvalidOperationException("The venue is not open.");

    public async Task<SoakReport> RunAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        _venue = await Venue.OpenAsync("Soak", new { perMinute = 10_000, maxOpen = 10_000 }, cancellationToken);
        _follower = new Follower("follower", Venue.Server.Address, Venue.Moderator, Venue.Session);
        Add(Venue.Moderator, moderates: true);
        for (var person = 0; person < Participants; person++)
        {
            Add(await Venue.Api.JoinAsync(Venue.Code, $"Person {person}", null, cancellationToken), moderates: false);
        }

        for (var round = 1; round <= rounds; round++)
        {
            await RunRoundAsync(round, cancellationToken);
        }

        await Venue.Server.StopAsync();
        var found = await CheckJournalAsync(cancellationToken);
        return new SoakReport(rounds, _ledger.Count, found, _unanswered, rounds * _writers.Count, watch.Elapsed, _problems);
    }

    public async ValueTask DisposeAsync()
    {
        await (_follower?.DisposeAsync() ?? default);
        foreach (var writer in _writers)
        {
            await writer.DisposeAsync();
        }

        await (_venue?.DisposeAsync() ?? default);
    }

#pragma warning disable CA5394 // See above.
    private void Add(Pass pass, bool moderates) => _writers.Add(
        new Writer(new LiveClient(Venue.Server.Address, pass), Venue.Session, _ledger, moderates, new Random(_random.Next())));

    private int NextKill() => _ledger.Count + _random.Next(Answers.Least, Answers.Most);
#pragma warning restore CA5394

    private async Task RunRoundAsync(int round, CancellationToken cancellationToken)
    {
        var before = _ledger.Count;
        await WriteUntilKilledAsync(cancellationToken);
        _unanswered += _ledger.Unanswered;
        var line = string.Create(
            CultureInfo.InvariantCulture, $"round {round,3}: {_ledger.Count - before,4} acknowledged, {_ledger.Unanswered,3} without an answer when it died");

        await Venue.Server.StartAgainAsync();
        var problems = _problems.Count;
        // What it had acknowledged is in the picture from the first look on: there is nothing it could still have to catch up with.
        _problems.AddRange(_ledger.Check($"round {round}, HTTP after the start", await Venue.LookAsync(Venue.Moderator, 0, cancellationToken)));
        await Task.WhenAll(_writers.Select(writer => writer.FinishAsync(cancellationToken)));
        foreach (var repeated in await Task.WhenAll(_writers.Select(writer => writer.RepeatAsync(cancellationToken))))
        {
            _problems.AddRange(repeated is null ? [] : [repeated]);
        }

        _problems.AddRange(_ledger.Check($"round {round}, HTTP", await LookAsync(cancellationToken)));
        await Wait.UntilAsync($"the follower comes to event {_ledger.LastSeq}", () => _follower!.HasReachedAsync(_ledger.LastSeq));
        _problems.AddRange(_ledger.Check($"round {round}, follower", _follower!.Picture));
        say($"{line}; {_ledger.Count} in all, {_problems.Count - problems} problems");
    }

    private Task<Picture> LookAsync(CancellationToken cancellationToken) => Venue.LookAsync(Venue.Moderator, _ledger.LastSeq, cancellationToken);

    private async Task WriteUntilKilledAsync(CancellationToken cancellationToken)
    {
        using var dead = new CancellationTokenSource();
        var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var kill = NextKill();
        var writing = Task.WhenAll(_writers.Select(writer => Task.Run(
            () => writer.WriteAsync(
                () =>
                {
                    if (_ledger.Count >= kill)
                    {
                        due.TrySetResult();
                    }
                },
                dead.Token,
                cancellationToken),
            cancellationToken)));

        // A writer that fails ends the wait too, and is heard below.
        await Task.WhenAny(due.Task, writing);
        await Venue.Server.KillAsync();
        await dead.CancelAsync();
        await writing;
    }

    /// <summary>Every acknowledged command stands in the journal, its events next to each other and nowhere else. Returns how many do.</summary>
    private async Task<int> CheckJournalAsync(CancellationToken cancellationToken)
    {
        var last = new Dictionary<Guid, long>();
        await using var journal = await JournalReader.OpenAsync(Venue.Server.Data, cancellationToken);
        await foreach (var (_, context) in JournalReader.ReadAsync(journal, Venue.Session, cancellationToken))
        {
            if (last.TryGetValue(context.Command, out var seq) && seq != context.Seq - 1)
            {
                _problems.Add(new Problem(false, $"journal: the command {context.Command} took effect at {seq} and again at {context.Seq}"));
            }

            last[context.Command] = context.Seq;
        }

        var acknowledged = _ledger.Acknowledged;
        foreach (var (command, answer) in acknowledged.Where(entry => !last.TryGetValue(entry.Command.Id, out var seq) || seq != entry.Answer.Seq))
        {
            _problems.Add(new Problem(true, $"journal: {command}, acknowledged at {answer.Seq}, is not there"));
        }

        return acknowledged.Count(entry => last.ContainsKey(entry.Command.Id));
    }
}
