using Summit.Bench.Polis;

namespace Summit.Bench.Replay;

public enum Move
{
    Ask,
    Approve,
    Vote,
    Decline,
}

/// <summary>One command of the play, at its time in the deliberation.</summary>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Person">Who sends it; null for the moderator.</param>
/// <param name="Agrees">For votes.</param>
public sealed record Step(long At, Move Move, int Statement, int? Person, bool Agrees = false);

/// <summary>A deliberation as commands in the order of their time.</summary>
public static class Timeline
{
    public static IReadOnlyList<Step> Of(Deliberation deliberation)
    {
        ArgumentNullException.ThrowIfNull(deliberation);
        var lastVotes = deliberation.Votes.GroupBy(vote => vote.Statement).ToDictionary(votes => votes.Key, votes => votes.Last().At);
        var asked = deliberation.Statements.ToDictionary(statement => statement.Id, statement => statement.At);
        var steps = new List<Step>();
        foreach (var statement in deliberation.Statements)
        {
            steps.Add(new Step(statement.At, Move.Ask, statement.Id, statement.Author));
            if (deliberation.Shown.Contains(statement.Id))
            {
                steps.Add(new Step(statement.At, Move.Approve, statement.Id, null));
            }

            if (statement.Moderation == Moderation.Rejected)
            {
                steps.Add(new Step(lastVotes.GetValueOrDefault(statement.Id, statement.At), Move.Decline, statement.Id, null));
            }
        }

        steps.AddRange(deliberation.Votes.Select(vote => new Step(vote.At, Move.Vote, vote.Statement, vote.Voter, vote.Agrees)));

        // A vote or a decline the export dates before its statement comes right after it all the same. Both sorts are stable: votes of
        // one millisecond stay in the order of the file.
        return
        [
            .. steps.Select(step => step with { At = Math.Max(step.At, asked[step.Statement]) })
                .OrderBy(step => step.At)
                .ThenBy(step => step.Move),
        ];
    }
}
