using System.Globalization;

namespace Summit.Bench.Polis;

/// <summary>How a statement was moderated: the numbers of the export.</summary>
public enum Moderation
{
    Rejected = -1,
    Untouched = 0,
    Accepted = 1,
}

public sealed record Statement(int Id, long At, int Author, Moderation Moderation, string Text);

/// <param name="Agrees">False for disagree and pass: neither is support.</param>
public sealed record PolisVote(long At, int Statement, int Voter, bool Agrees);

/// <summary>A public deliberation as Polis exports it, and what it comes to by this product's rules.</summary>
/// <remarks>
/// The rules that turn a Polis conversation into a session, in one place:
/// agreement is support, and a later vote of the same person on the same statement replaces the earlier one;
/// an author's vote on the own statement is left out, because nobody supports their own here;
/// a statement others have voted on was on show at that time, so it is approved before the first vote, and declined after the
/// last one where it was rejected in the end; without such votes it is declined, or stays pending, straight away.
/// </remarks>
public sealed class Deliberation
{
    private readonly Dictionary<int, Statement> _statements;

    public Deliberation(IEnumerable<Statement> statements, IEnumerable<PolisVote> votes)
    {
        Statements = [.. statements.OrderBy(statement => statement.At).ThenBy(statement => statement.Id)];
        _statements = Statements.ToDictionary(statement => statement.Id);
        var all = votes.ToList();
        if (all.FirstOrDefault(vote => !_statements.ContainsKey(vote.Statement)) is { } stray)
        {
            throw new FormatException($"There is a vote on statement {stray.Statement}, which is not in the file.");
        }

        // OrderBy is stable: votes of the same millisecond stay in the order of the file.
        Votes = [.. all.Where(vote => vote.Voter != _statements[vote.Statement].Author).OrderBy(vote => vote.At)];
        OwnVotes = all.Count - Votes.Count;
        Supporters = Votes
            .GroupBy(vote => (vote.Statement, vote.Voter))
            .Select(sent => sent.Last())
            .Where(vote => vote.Agrees)
            .CountBy(vote => vote.Statement)
            .ToDictionary();
        Shown = Votes.Select(vote => vote.Statement)
            .Concat(Statements.Where(statement => statement.Moderation == Moderation.Accepted).Select(statement => statement.Id))
            .ToHashSet();
        People = [.. Statements.Select(statement => statement.Author).Concat(Votes.Select(vote => vote.Voter)).Distinct()];
    }

    /// <summary>In the order of their time.</summary>
    public IReadOnlyList<Statement> Statements { get; }

    /// <summary>Those that count, in the order of their time.</summary>
    public IReadOnlyList<PolisVote> Votes { get; }

    /// <summary>How many votes were left out as given to the voter's own statement.</summary>
    public int OwnVotes { get; }

    /// <summary>How many different people support each statement in the end; a statement nobody supports is not in it.</summary>
    public IReadOnlyDictionary<int, int> Supporters { get; }

    /// <summary>The statements that were approved at some time.</summary>
    public IReadOnlySet<int> Shown { get; }

    /// <summary>Authors and voters.</summary>
    public IReadOnlyList<int> People { get; }

    /// <summary>What becomes of a statement, in the words of the wire.</summary>
    public string StateOf(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return statement.Moderation == Moderation.Rejected ? "declined" : Shown.Contains(statement.Id) ? "published" : "pending";
    }

    /// <summary>What it was after so many votes.</summary>
    public Deliberation Beginning(int votes)
    {
        var cast = Votes.Take(votes).ToList();
        var named = cast.Select(vote => vote.Statement).ToHashSet();
        var end = cast.Count < Votes.Count ? cast[^1].At : long.MaxValue;
        return new Deliberation(Statements.Where(statement => statement.At <= end || named.Contains(statement.Id)), cast);
    }

    /// <summary>Reads <c>comments.csv</c> and <c>votes.csv</c> of a folder.</summary>
    /// <exception cref="FormatException">A file is not in the form of the export.</exception>
    public static Deliberation Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var comments = Csv.ReadNamed(File.ReadAllText(Path.Combine(folder, "comments.csv"))).Select(row => new Statement(
            Number(row, "comment-id"),
            long.Parse(row["timestamp"], CultureInfo.InvariantCulture),
            Number(row, "author-id"),
            (Moderation)Number(row, "moderated"),
            row["comment-body"]));
        var votes = Csv.ReadNamed(File.ReadAllText(Path.Combine(folder, "votes.csv"))).Select(row => new PolisVote(
            long.Parse(row["timestamp"], CultureInfo.InvariantCulture),
            Number(row, "comment-id"),
            Number(row, "voter-id"),
            Number(row, "vote") == 1));
        return new Deliberation(comments, votes);
    }

    private static int Number(IReadOnlyDictionary<string, string> row, string name) => int.Parse(row[name], CultureInfo.InvariantCulture);
}
