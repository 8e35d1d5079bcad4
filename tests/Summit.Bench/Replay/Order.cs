using System.Diagnostics;

namespace Summit.Bench.Replay;

/// <summary>Keeps the order that matters: of each person, and of each statement's life.</summary>
internal sealed class Order
{
    private readonly Dictionary<int, Task> _persons = [];
    private readonly Dictionary<int, Task> _shown = [];
    private readonly Dictionary<int, List<Task>> _all = [];

    public Task After(Step step, Func<Task> send)
    {
        var ofStatement = _all.TryGetValue(step.Statement, out var all) ? all : _all[step.Statement] = [];
        var before = step.Move == Move.Decline ? Task.WhenAll(ofStatement) : _shown.GetValueOrDefault(step.Statement, Task.CompletedTask);
        var ofPerson = step.Person is { } person ? _persons.GetValueOrDefault(person, Task.CompletedTask) : Task.CompletedTask;
        var running = RunAsync();
        ofStatement.Add(running);
        if (step.Move != Move.Vote)
        {
            _shown[step.Statement] = running;
        }

        if (step.Person is { } sender)
        {
            _persons[sender] = running;
        }

        return running;

        async Task RunAsync()
        {
            await before;
            await ofPerson;
            await send();
        }
    }
}

/// <summary>The clock of the play.</summary>
internal sealed class Pace(IReadOnlyList<Step> steps, double? speed)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly long _first = steps.Count > 0 ? steps[0].At : 0;

    public async Task ReachAsync(long at, CancellationToken cancellationToken)
    {
        if (speed is { } times && TimeSpan.FromMilliseconds((at - _first) / times) - _watch.Elapsed is { Ticks: > 0 } early)
        {
            await Task.Delay(early, cancellationToken);
        }
    }
}
