using System.Text.Json;
using Summit.Domain;
using Summit.Engine;

namespace Summit.Contracts;

/// <summary>A tiny aggregate for the suites: a sum that may not fall below zero.</summary>
public sealed class Tally : IAggregate<Tally>
{
    public static string Kind => "tally";

    public static int SnapshotVersion => 1;

    public static AggregateKinds Kinds => new AggregateKinds().Add<Tally>();

    public long Total { get; private set; }

    /// <summary>Every event counts, also the noted ones: who folds one twice or not at all is found out.</summary>
    public long Events { get; private set; }

    public static Tally Create(Guid key) => new();

    public static Tally Load(Guid key, ReadOnlySpan<byte> snapshot)
    {
        var saved = JsonSerializer.Deserialize<Saved>(snapshot)!;
        return new Tally { Total = saved.Total, Events = saved.Events };
    }

    public Decision Decide(ICommand command, CommandContext context) => command switch
    {
        Add { Amount: var amount } when Total + amount < 0 => TallyFaults.TooLittle,
        Add { Amount: var amount } => Decision.Raise(new Added(amount)),
        AddEach { Amounts: var amounts } => Decision.Raise([.. amounts.Select(amount => new Added(amount))]),
        BringTo { Total: var total } when total == Total => Decision.Nothing,
        BringTo { Total: var total } => Decision.Raise(new Added(total - Total)),
        Break { WhenDeciding: true } => throw new InvalidOperationException("The rules have a bug."),
        Break => Decision.Raise(new Added(1), new Broken()),
        _ => throw new InvalidOperationException($"A tally does not know {command.GetType().Name}."),
    };

    public void Apply(IEvent happened, EventContext context)
    {
        Events++;
        Total += happened switch
        {
            Added added => added.Amount,
            CommandNoted => 0,
            _ => throw new InvalidOperationException($"A tally does not know {happened.GetType().Name}."),
        };
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(new Saved(Total, Events));

    private sealed record Saved(long Total, long Events);
}

public sealed record Add(long Amount) : ICommand;

/// <summary>One event for each amount.</summary>
public sealed record AddEach(params long[] Amounts) : ICommand;

/// <summary>Changes nothing when the total is that already.</summary>
public sealed record BringTo(long Total) : ICommand;

/// <summary>Meets a bug in the rules: in Decide, or in Apply after a first event was folded in.</summary>
public sealed record Break(bool WhenDeciding) : ICommand;

[EventName("tally.added.v1")]
public sealed record Added(long Amount) : IEvent;

[EventName("tally.broken.v1")]
public sealed record Broken : IEvent;

public static class TallyFaults
{
    public static Fault TooLittle { get; } = new(FaultKind.Conflict, "tally.too-little", "There is not enough.");
}

public enum Tone
{
    Loud,
    VeryLoud,
}

/// <summary>An event with a text, an enum and something optional, for how events look on disk.</summary>
[EventName("tally.said.v1")]
public sealed record Said(string Text, Tone Tone, string? Aside) : IEvent;
