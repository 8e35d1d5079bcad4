using Summit.Domain;

namespace Summit.Engine.Orleans.Tests;

/// <summary>The tally of an earlier version, which could be touched and not yet added to: what a server still runs that is to be upgraded.</summary>
public sealed class TallyOfYesterday : IAggregate<TallyOfYesterday>
{
    public static string Kind => Contracts.Tally.Kind;

    public static int SnapshotVersion => Contracts.Tally.SnapshotVersion;

    public static TallyOfYesterday Create(Guid key) => new();

    public static TallyOfYesterday Load(Guid key, ReadOnlySpan<byte> snapshot) => new();

    public Decision Decide(ICommand command, CommandContext context) =>
        command is Touch ? Decision.Nothing : throw new InvalidOperationException($"Yesterday's tally does not know {command.GetType().Name}.");

    public void Apply(IEvent happened, EventContext context) => Assert.IsType<CommandNoted>(happened);

    public byte[] Save() => [];
}

/// <summary>Changes nothing and is noted.</summary>
public sealed record Touch : ICommand;
