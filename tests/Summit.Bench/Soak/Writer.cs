using Summit.Bench.Wire;

namespace Summit.Bench.Soak;

/// <summary>Somebody who writes one command after the other until the server is dead, and remembers the one without an answer.</summary>
public sealed class Writer(LiveClient client, Guid session, Ledger ledger, bool moderates, Random random) : IAsyncDisposable
{
    private SoakCommand? _unanswered;
    private int _written;

    /// <param name="dead">Cancelled once the server is gone.</param>
    /// <param name="acknowledged">Called after each answer.</param>
    public async Task WriteAsync(Action acknowledged, CancellationToken dead, CancellationToken cancellationToken)
    {
        while (!dead.IsCancellationRequested)
        {
            var command = Next();
            ledger.Sent(command);
            _unanswered = command;
            Answer? answer;
            while ((answer = await client.TryAsync(session, command.ToWire(), cancellationToken)) is null)
            {
                if (dead.IsCancellationRequested)
                {
                    return;
                }

                await Pause.BeforeTryingAgainAsync(cancellationToken);
            }

            Acknowledge(command, answer);
            acknowledged();
        }
    }

    /// <summary>Sends what has no answer until it has one.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_unanswered is { } command)
        {
            Acknowledge(command, await client.SendAsync(session, command.ToWire(), cancellationToken));
        }
    }

    /// <summary>Sends something again that was acknowledged long ago, maybe by a process that is dead: it must get the same answer.</summary>
    public async Task<Problem?> RepeatAsync(CancellationToken cancellationToken)
    {
        var mine = ledger.Acknowledged.Where(entry => entry.Command.By == client.Pass.Person).ToList();
        if (mine.Count == 0)
        {
            return null;
        }

        var (command, first) = mine[Choose(mine.Count)];
        var second = await client.SendAsync(session, command.ToWire(), cancellationToken);
        return second == first ? null : new Problem(false, $"{command} was answered with {first}, and again with {second}");
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private void Acknowledge(SoakCommand command, Answer answer)
    {
        if (answer.Fault is { } fault)
        {
            throw new InvalidOperationException($"{command} was refused: {fault}");
        }

        ledger.Acknowledge(command, answer);
        _unanswered = null;
    }

    private SoakCommand Next()
    {
        var (id, by, text) = (Guid.CreateVersion7(), client.Pass.Person, $"{++_written} of {client.Pass.Person:N}");
        var question = ledger.AnyQuestion(Choose);
        return question switch
        {
            { Item: var item } when moderates => new SoakCommand(id, Deed.Note, item, by, text),
            { Item: var item, By: var author } when author != by && Choose(10) < 7 => new SoakCommand(id, Deed.Support, item, by, On: !ledger.IsSupported(item, by)),
            not null when Choose(2) == 0 => new SoakCommand(id, Deed.Comment, id, by, text),
            _ => new SoakCommand(id, Deed.Ask, id, by, text),
        };
    }

#pragma warning disable CA5394 // What somebody does next is no secret.
    private int Choose(int below) => random.Next(below);
#pragma warning restore CA5394
}
