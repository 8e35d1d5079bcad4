using System.Globalization;

namespace Summit.Bench.Replay;

/// <summary>How a replay ended.</summary>
/// <param name="Votes">Those that count.</param>
/// <param name="OwnVotes">Left out: given to the voter's own statement.</param>
/// <param name="Repeated">Tries that ended without an answer, because the server died before it or was not back yet.</param>
/// <param name="Slowed">Tries that were put off, because the server asked their sender for patience.</param>
/// <param name="Resumed">How often a follower went on where it was.</param>
/// <param name="Places">Where every statement was counted.</param>
public sealed record ReplayReport(
    int Statements, int Votes, int OwnVotes, int People, int Kills, int Repeated, int Slowed, int Resumed, TimeSpan Took,
    IReadOnlyList<string> Places, IReadOnlyList<Difference> Differences)
{
    /// <summary>For people: what was done, where it was compared, what differs.</summary>
    public IEnumerable<string> Lines()
    {
        yield return "";
        yield return Line($"statements        {Statements,8:N0}");
        yield return Line($"people            {People,8:N0}");
        yield return Line($"votes played      {Votes,8:N0}   ({OwnVotes:N0} on the voter's own statement left out)");
        yield return Line($"server killed     {Kills,8:N0}   times");
        yield return Line($"sent once more    {Repeated,8:N0}   tries that a kill left without an answer");
        yield return Line($"asked for patience{Slowed,8:N0}   times, for the limit on what one person may send");
        yield return Line($"followers resumed {Resumed,8:N0}   times");
        yield return Line($"took              {Took.TotalSeconds,8:N1}   s");
        yield return "";
        foreach (var place in Places)
        {
            yield return Line($"{place,-28} {Differences.Count(difference => difference.Place == place),6:N0} differences");
        }

        yield return "";
        if (Differences.Count == 0)
        {
            yield return "Differences: none. Every place has the supporters the file has, for every statement.";
            yield break;
        }

        yield return Line($"Differences: {Differences.Count:N0}");
        yield return Line($"{"place",-28} {"statement",10}   {"file",-16} {"found",-16}");
        foreach (var (place, statement, expected, found) in Differences)
        {
            yield return Line($"{place,-28} {statement?.ToString(CultureInfo.InvariantCulture) ?? "none",10}   {expected?.ToString() ?? "not seen",-16} {found?.ToString() ?? "not there",-16}");
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
