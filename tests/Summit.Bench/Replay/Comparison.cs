using Summit.Bench.Polis;

namespace Summit.Bench.Replay;

/// <summary>A place that has something else than the file says.</summary>
/// <param name="Statement">Null for an item that is no statement of the file.</param>
/// <param name="Expected">Null where it is not to be seen.</param>
/// <param name="Found">Null where it is not there.</param>
public sealed record Difference(string Place, int? Statement, Outcome? Expected, Outcome? Found);

/// <summary>What a deliberation's file says of every statement, to hold a place against.</summary>
/// <param name="items">The id each statement was sent under.</param>
/// <param name="author">The one whose own statements are looked at.</param>
public sealed class Comparison(Deliberation deliberation, IReadOnlyDictionary<int, Guid> items, int author)
{
    /// <summary>Every statement, and what is there besides.</summary>
    public IEnumerable<Difference> With(Tally tally)
    {
        ArgumentNullException.ThrowIfNull(tally);
        foreach (var statement in deliberation.Statements)
        {
            var expected = Expected(tally.Sight, statement);
            Outcome? found = tally.Outcomes.TryGetValue(items[statement.Id], out var outcome) ? outcome : null;
            if (expected != found)
            {
                yield return new Difference(tally.Place, statement.Id, expected, found);
            }
        }

        foreach (var stray in tally.Outcomes.ExceptBy(items.Values, found => found.Key))
        {
            yield return new Difference(tally.Place, null, null, stray.Value);
        }
    }

    private Outcome? Expected(Sight sight, Statement statement)
    {
        var outcome = new Outcome(deliberation.StateOf(statement), deliberation.Supporters.GetValueOrDefault(statement.Id));
        var seen = sight switch
        {
            Sight.Public => outcome.State == "published",
            Sight.Own => statement.Author == author,
            _ => true,
        };
        return seen ? outcome : null;
    }
}
