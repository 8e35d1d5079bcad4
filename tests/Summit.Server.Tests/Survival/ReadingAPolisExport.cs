using Summit.Bench.Polis;
using Summit.Bench.Replay;

namespace Summit.Server.Tests.Survival;

public sealed class ReadingAPolisExport
{
    public static Deliberation Sample => Deliberation.Read(Path.Combine(AppContext.BaseDirectory, "Sample"));

    [Theory]
    [InlineData("a,b\nc,d\n", "a|b/c|d")]
    [InlineData("a,b\r\nc,d", "a|b/c|d")]
    [InlineData("a,b\rc,d", "a|b/c|d")]
    [InlineData("\"a,1\",b", "a,1|b")]
    [InlineData("\"he said \"\"yes\"\"\",b", "he said \"yes\"|b")]
    [InlineData("\"two\nlines\",b\nc,d", "two\nlines|b/c|d")]
    [InlineData("\"\",\n,\"\"", "|/|")]
    [InlineData("a\"b,c", "a\"b|c")]
    [InlineData("", "")]
    public void Takes_quotes_and_line_ends_as_the_standard_has_them(string text, string rows) =>
        Assert.Equal(rows, string.Join('/', Csv.Read(text).Select(row => string.Join('|', row))));

    [Theory]
    [InlineData("\"never closed")]
    [InlineData("\"closed\" and on,b")]
    public void Refuses_quotes_that_make_no_sense(string text) =>
        Assert.Throws<FormatException>(() => Csv.Read(text).ToList());

    [Fact]
    public void Refuses_a_row_that_does_not_fit_its_heading() =>
        Assert.Throws<FormatException>(() => Csv.ReadNamed("a,b\n1,2,3\n").ToList());

    [Fact]
    public void Counts_the_last_vote_of_each_person_and_never_the_authors_own() =>
        Assert.Equal(
            [(0, 3), (1, 1), (2, 1), (5, 2)],
            Sample.Supporters.OrderBy(counted => counted.Key).Select(counted => (counted.Key, counted.Value)));

    [Fact]
    public void Leaves_the_votes_on_own_statements_out_and_says_how_many() => Assert.Equal((3, 19), (Sample.OwnVotes, Sample.Votes.Count));

    [Fact]
    public void Takes_statements_for_what_they_were_moderated_to_and_for_shown_what_others_voted_on() =>
        Assert.Equal(
            ["published", "declined", "published", "declined", "pending", "published", "published"],
            Sample.Statements.Select(Sample.StateOf));

    [Fact]
    public void Refuses_a_vote_on_a_statement_that_is_not_there() =>
        Assert.Throws<FormatException>(() => new Deliberation([], [new PolisVote(1, 7, 1, true)]));

    [Fact]
    public void Plays_each_statement_as_asked_then_approved_then_voted_on_then_declined()
    {
        var steps = Timeline.Of(Sample);

        Assert.Equal([.. steps.OrderBy(step => step.At)], steps);
        Assert.Equal([Move.Ask, Move.Approve, Move.Vote, Move.Vote, Move.Decline], MovesOf(1));
        Assert.Equal([Move.Ask, Move.Decline], MovesOf(3)[..2]);
        Assert.Equal([Move.Ask], MovesOf(4));

        List<Move> MovesOf(int statement) => [.. steps.Where(step => step.Statement == statement).Select(step => step.Move)];
    }
}
