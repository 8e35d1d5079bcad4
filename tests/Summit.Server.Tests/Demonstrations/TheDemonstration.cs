using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Server.Demonstrations;

namespace Summit.Server.Tests.Demonstrations;

/// <summary>Each demonstration keeps to the rules, and can be played again without doubling anything.</summary>
public sealed class TheDemonstration
{
    public static TheoryData<string> All => [.. Demonstration.All.Select(demonstration => demonstration.Code)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Is_marked_as_one_and_found_by_its_code(string code)
    {
        var (demonstration, rules) = await PlayAsync(code);

        var conference = rules.Find<Conference>(demonstration.Conference.Value);
        Assert.True(conference.Plan!.Demonstration);
        Assert.True(demonstration.IsWhole(conference));
        Assert.Equal(demonstration.Sessions, conference.Programme.Select(entry => entry.Session));
        Assert.Equal(demonstration.Conference, rules.Find<Lobby>(Guid.Empty).Doors[code]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Leaves_nothing_undone_in_a_closed_session_and_nothing_done_in_a_scheduled_one(string code)
    {
        var (demonstration, rules) = await PlayAsync(code);

        var sessions = demonstration.Sessions.Select(session => rules.Find<Session>(session.Value)).ToList();
        var closed = Assert.Single(sessions, session => session.State == SessionState.Closed);
        Assert.All(closed.Items.Values.Where(item => item.Kind != ItemKind.Comment), item => Assert.False(item.IsOpen));
        Assert.All(sessions.Where(session => session.State == SessionState.Scheduled), session => Assert.Empty(session.Items));
        var open = sessions.Where(session => session.State == SessionState.Open).ToList();
        Assert.NotEmpty(open);
        Assert.All(open, session => Assert.NotNull(session.OnStage));
        Assert.All(open, session => Assert.NotEmpty(session.Queue));
    }

    [Fact]
    public async Task Shows_every_fate_a_question_can_have_but_withdrawal()
    {
        var states = new HashSet<ItemState>();
        foreach (var code in All.Select(row => row.Data))
        {
            var (demonstration, rules) = await PlayAsync(code);
            states.UnionWith(demonstration.Sessions.SelectMany(session => rules.Find<Session>(session.Value).Items.Values).Select(item => item.State));
        }

        Assert.Equal(Enum.GetValues<ItemState>().Except([ItemState.Withdrawn]), states.Order());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Played_again_changes_nothing(string code)
    {
        var (demonstration, rules) = await PlayAsync(code);
        var before = rules.Save();

        await demonstration.CreateAsync(rules, TestContext.Current.CancellationToken);

        Assert.Equal(before, rules.Save());
    }

    [Theory]
    [InlineData("B4SF25", 1)]
    [InlineData("B4SF25", 2)]
    [InlineData("B4SF25", 300)]
    [InlineData("NAMA22", 500)]
    public async Task Cut_off_in_between_is_finished_by_the_next_start(string code, int after)
    {
        var (_, whole) = await PlayAsync(code);
        var demonstration = Demonstration.All.Single(one => one.Code == code);
        var rules = new RulesAlone { StopsAfter = after };

        await Assert.ThrowsAsync<OperationCanceledException>(() => demonstration.CreateAsync(rules, TestContext.Current.CancellationToken));
        Assert.False(demonstration.IsWhole(rules.Find<Conference>(demonstration.Conference.Value)));
        rules.StopsAfter = int.MaxValue;
        await demonstration.CreateAsync(rules, TestContext.Current.CancellationToken);

        Assert.Equal(whole.Save(), rules.Save());
    }

    [Fact]
    public async Task Says_which_line_of_a_script_breaks_the_rules()
    {
        var script = new DemonstrationScript(
            "Made up.", "broken", "BRKN22", "Broken", "", default, default, "Europe/Sofia", ["en"], 0,
            new Dictionary<string, PersonScript> { ["ana"] = new("Ana", "Tirana") },
            [new SessionScript("one", "One", default, default, SessionState.Open, [new ItemScript("empty", "ana", " ")])]);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new Demonstration(script).CreateAsync(new RulesAlone(), TestContext.Current.CancellationToken));

        Assert.Contains("'one/items/empty'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(SessionFaults.TextEmpty.Code, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<(Demonstration Demonstration, RulesAlone Rules)> PlayAsync(string code)
    {
        var demonstration = Demonstration.All.Single(one => one.Code == code);
        var rules = new RulesAlone();
        await demonstration.CreateAsync(rules, TestContext.Current.CancellationToken);
        return (demonstration, rules);
    }
}
