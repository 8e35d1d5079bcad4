namespace Summit.Domain;

/// <summary>The events a command leads to, or the fault that refuses it.</summary>
public readonly record struct Decision
{
    private Decision(IReadOnlyList<IEvent> events, Fault? fault)
    {
        Events = events;
        Fault = fault;
    }

    /// <summary>In order; empty when the state already is as the command wants it.</summary>
    public IReadOnlyList<IEvent> Events { get; }

    public Fault? Fault { get; }

    /// <summary>Accepted, and nothing to change.</summary>
    public static Decision Nothing { get; } = new([], null);

    public static Decision Raise(params IReadOnlyList<IEvent> events) => new(events, null);

    public static Decision Refuse(Fault fault) => new([], fault);

    public static implicit operator Decision(Fault fault) => Refuse(fault);
}

/// <summary>Why a command is refused, in a form each surface maps once.</summary>
public enum FaultKind
{
    /// <summary>The command itself is wrong; sent again it will be wrong again.</summary>
    Invalid,

    /// <summary>This person may not do it.</summary>
    Forbidden,

    /// <summary>What it is about does not exist, or not for this person.</summary>
    NotFound,

    /// <summary>Right in itself, but not in the present state.</summary>
    Conflict,

    /// <summary>Not now: the only kind that invites the same command again, with the same id.</summary>
    Busy,
}

/// <summary>A refusal. The code stands in docs/faults.md and is never reused; the message tells a person what to do next.</summary>
public sealed record Fault(FaultKind Kind, string Code, string Message);
