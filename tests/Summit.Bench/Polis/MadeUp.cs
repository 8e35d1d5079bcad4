namespace Summit.Bench.Polis;

/// <summary>A deliberation nobody held, the same each time: for where there is no file.</summary>
public static class MadeUp
{
    private const int People = 120;

    /// <summary>As many votes to a statement as in the deliberations that Polis publishes.</summary>
    private const int VotesAStatement = 90;

    public static Deliberation Deliberation(int votes)
    {
#pragma warning disable CA5394 // The same each time, not a secret.
        var random = new Random(1);
        var statements = Enumerable.Range(0, 1 + (votes / VotesAStatement)).Select(id => new Statement(
            id, id * VotesAStatement, random.Next(People), Moderated(random.Next(10)), $"What will become of street {id}?")).ToList();
        return new Deliberation(statements, Enumerable.Range(0, votes).Select(
            at => new PolisVote(at, random.Next(1 + (at / VotesAStatement)), random.Next(People), random.Next(10) < 6)));
#pragma warning restore CA5394
    }

    private static Moderation Moderated(int roll) => roll switch
    {
        0 => Moderation.Rejected,
        1 or 2 => Moderation.Untouched,
        _ => Moderation.Accepted,
    };
}
