using System.Text.Json;
using Summit.Domain;

namespace Summit.Contracts;

/// <summary>The tally of a later version: the same kind with the same rules, and snapshots that today's cannot read.</summary>
public sealed class TallyOfTomorrow : IAggregate<TallyOfTomorrow>
{
    private Tally _tally = Tally.Create(default);

    public static string Kind => Tally.Kind;

    public static int SnapshotVersion => Tally.SnapshotVersion + 1;

    public static TallyOfTomorrow Create(Guid key) => new();

    public static TallyOfTomorrow Load(Guid key, ReadOnlySpan<byte> snapshot) =>
        new() { _tally = Tally.Load(key, Convert.FromBase64String(JsonSerializer.Deserialize<string>(snapshot)!)) };

    public Decision Decide(ICommand command, CommandContext context) => _tally.Decide(command, context);

    public void Apply(IEvent happened, EventContext context) => _tally.Apply(happened, context);

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(Convert.ToBase64String(_tally.Save()));
}
