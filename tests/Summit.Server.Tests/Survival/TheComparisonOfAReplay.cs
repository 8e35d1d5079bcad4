using Summit.Bench.Polis;
using Summit.Bench.Replay;

namespace Summit.Server.Tests.Survival;

/// <summary>The replay is only worth something if it notices a count that is wrong.</summary>
public sealed class TheComparisonOfAReplay
{
    private const int Author = 11;

    private readonly Deliberation _file = ReadingAPolisExport.Sample;
    private readonly Dictionary<int, Guid> _items;
    private readonly Dictionary<Guid, Outcome> _right;
    private readonly Comparison _comparison;

    public TheComparisonOfAReplay()
    {
        _items = _file.Statements.ToDictionary(statement => statement.Id, _ => Guid.CreateVersion7());
        _right = new()
        {
            [_items[0]] = new("published", 3),
            [_items[1]] = new("declined", 1),
            [_items[2]] = new("published", 1),
            [_items[3]] = new("declined", 0),
            [_items[4]] = new("pending", 0),
            [_items[5]] = new("published", 2),
            [_items[6]] = new("published", 0),
        };
        _comparison = new Comparison(_file, _items, Author);
    }

    [Fact]
    public void Finds_nothing_where_all_is_right() => Assert.Empty(Compare(Sight.All));

    [Fact]
    public void Lets_the_public_see_what_is_published_alone() => Assert.Equal([1, 3, 4], Compare(Sight.Public).Select(difference => difference.Statement));

    [Fact]
    public void Lets_an_author_see_their_own_alone() => Assert.Equal([0, 3, 4, 5, 6], Compare(Sight.Own).Select(difference => difference.Statement));

    [Theory]
    [InlineData(0, "published", 2)]
    [InlineData(0, "published", 4)]
    [InlineData(0, "declined", 3)]
    [InlineData(3, "declined", 1)]
    [InlineData(6, "published", 1)]
    public void Notices_another_count_and_another_state(int statement, string state, int support)
    {
        _right[_items[statement]] = new(state, support);

        Assert.Equal((statement, new Outcome(state, support)), Compare(Sight.All).Select(found => (found.Statement!.Value, found.Found!.Value)).Single());
    }

    [Fact]
    public void Notices_a_statement_that_is_gone()
    {
        _right.Remove(_items[2]);

        Assert.Equal(new Difference("here", 2, new("published", 1), null), Assert.Single(Compare(Sight.All)));
    }

    [Fact]
    public void Notices_an_item_that_is_no_statement()
    {
        _right.Add(Guid.CreateVersion7(), new("published", 0));

        Assert.Equal(new Difference("here", null, null, new("published", 0)), Assert.Single(Compare(Sight.All)));
    }

    private List<Difference> Compare(Sight sight) => [.. _comparison.With(new Tally("here", sight, _right))];
}
