using Summit.Bench.Polis;
using Summit.Bench.Wire;

namespace Summit.Bench.Replay;

/// <summary>A deliberation on stage: its commands, sent as its people in the order that matters, each until it is answered.</summary>
/// <param name="people">By the numbers of the file.</param>
public sealed class Play(Deliberation deliberation, Guid session, LiveClient moderator, IReadOnlyDictionary<int, LiveClient> people)
{
    /// <summary>
    /// Steps under way at once. One person may send ten commands a second, and people voted in bursts one after the other: it takes
    /// a long stretch of the time line to keep a hundred of them busy.
    /// </summary>
    private const int Window = 8_192;

    /// <summary>So many people at a time give their votes again, each five times a second at most.</summary>
    private const int EncoreLanes = 8;

    private static readonly TimeSpan EncoreEvery = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<int, Statement> _statements = deliberation.Statements.ToDictionary(statement => statement.Id);

    /// <summary>The id each statement is sent under.</summary>
    public IReadOnlyDictionary<int, Guid> Items { get; } = deliberation.Statements.ToDictionary(statement => statement.Id, _ => Guid.CreateVersion7());

    /// <summary>What was sent so far.</summary>
    public Transcript Transcript { get; init; } = new();

    /// <summary>Returns when all are answered.</summary>
    /// <param name="speed">How many times faster than the steps say; null for as fast as it goes.</param>
    /// <param name="stepDone">Called after each answer.</param>
    /// <exception cref="InvalidOperationException">One was refused.</exception>
    public async Task RunAsync(IReadOnlyList<Step> steps, double? speed, Action stepDone, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var pace = new Pace(steps, speed);
        using var window = new SemaphoreSlim(Window);
        var order = new Order();
        var running = new List<Task>(steps.Count);
        foreach (var step in steps)
        {
            await window.WaitAsync(cancellationToken);
            await pace.ReachAsync(step.At, cancellationToken);
            running.Add(TakeAsync(step));
        }

        await Task.WhenAll(running);

        async Task TakeAsync(Step step)
        {
            try
            {
                await order.After(step, () => SendAsync(step, cancellationToken));
                stepDone();
            }
            finally
            {
                window.Release();
            }
        }
    }

    /// <summary>After the end, until told to stop: people turn their votes over and back again, so that the counts stay those of the file.</summary>
    public Task EncoreAsync(CancellationToken stop, CancellationToken cancellationToken)
    {
        var last = deliberation.Votes
            .GroupBy(vote => (vote.Statement, vote.Voter))
            .Select(sent => sent.Last())
            .Where(vote => deliberation.StateOf(_statements[vote.Statement]) == "published")
            .ToList();
        return Task.WhenAll(Enumerable.Range(0, EncoreLanes).Select(lane =>
            EncoreAsync([.. last.Where((_, i) => i % EncoreLanes == lane)], stop, cancellationToken)));
    }

    private async Task EncoreAsync(List<PolisVote> votes, CancellationToken stop, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(EncoreEvery);
        try
        {
            for (var i = 0; votes.Count > 0 && await timer.WaitForNextTickAsync(stop); i++)
            {
                var (at, statement, voter, agrees) = votes[i % votes.Count];
                await SendAsync(new Step(at, Move.Vote, statement, voter, !agrees), cancellationToken);
                await SendAsync(new Step(at, Move.Vote, statement, voter, agrees), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // As asked.
        }
    }

    private async Task SendAsync(Step step, CancellationToken cancellationToken)
    {
        var item = Items[step.Statement];
        var id = step.Move == Move.Ask ? item : Guid.CreateVersion7();
        object command = step.Move switch
        {
            Move.Ask => new { type = "ask", id, text = _statements[step.Statement].Text },
            Move.Approve => new { type = "approve", id, item },
            Move.Decline => new { type = "decline", id, item, reason = "off-topic" },
            _ => new { type = "support", id, item, on = step.Agrees },
        };
        var client = step.Person is { } person ? people[person] : moderator;
        await Transcript.SendAsync(client, session, id, command, cancellationToken);
    }
}
