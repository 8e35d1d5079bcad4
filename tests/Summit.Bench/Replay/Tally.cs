using System.Text.Json;
using Summit.Domain.Sessions;
using Summit.Engine;

namespace Summit.Bench.Replay;

/// <summary>What became of a statement, and how many people stand behind it.</summary>
public readonly record struct Outcome(string State, int Support)
{
    public override string ToString() => $"{State}, {Support}";
}

/// <summary>Which statements a place shows.</summary>
public enum Sight
{
    /// <summary>What is published.</summary>
    Public,

    /// <summary>The followed author's, whatever became of them.</summary>
    Own,
    All,
}

/// <summary>The outcome of every statement as one place has it.</summary>
/// <param name="Place">Where it was counted: the journal, an answer over HTTP, somebody's screen.</param>
public sealed record Tally(string Place, Sight Sight, IReadOnlyDictionary<Guid, Outcome> Outcomes)
{
    public static Tally Of(string place, Sight sight, IEnumerable<JsonElement> items) => new(
        place, sight, items.ToDictionary(item => item.GetProperty("id").GetGuid(), OutcomeOf));

    /// <summary>Folds the events of a session from the first on, without snapshots.</summary>
    public static async Task<Tally> OfJournalAsync(IJournal journal, Guid session, CancellationToken cancellationToken)
    {
        var state = Session.Create(session);
        await foreach (var (happened, context) in JournalReader.ReadAsync(journal, session, cancellationToken))
        {
            state.Apply(happened, context);
        }

        return new Tally("journal", Sight.All, state.Items.Values.ToDictionary(
            item => item.Id.Value,
            item => new Outcome(JsonNamingPolicy.KebabCaseLower.ConvertName(item.State.ToString()), item.Support)));
    }

    private static Outcome OutcomeOf(JsonElement item) => new(item.GetProperty("state").GetString()!, item.GetProperty("support").GetInt32());
}
