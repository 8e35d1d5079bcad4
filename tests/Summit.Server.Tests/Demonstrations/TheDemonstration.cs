using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Conferences;
using Summit.Server.Demonstrations;

namespace Summit.Server.Tests.Demonstrations;

/// <summary>Each demonstration keeps to the rules, and can be played again without doubling anything.</summary>
public sealed class TheDemonstration
{
    private static readonly Guid Seed = new("01941fb8-5e00-7000-8000-000000000001");
    private static readonly Actor Organiser = new(default, Role.Admin, default, null, null);

    public static TheoryData<string> All => [.. Demonstration.All.Select(demonstration => demonstration.Key)];

    [Theory]
    [InlineData("nalas-2020", "2020-09-16T14:00:00+03:00", "2020-09-16T16:40:00+03:00", 3)]
    [InlineData("b40-sofia-2025", "2025-02-24T10:00:00+02:00", "2025-02-25T17:00:00+02:00", 5)]
    public void Takes_place_when_it_did_and_is_marked_as_a_demonstration(string key, string starts, string ends, int sessions)
    {
        var plan = Assert.Single(Find(key).Plans(Seed, default));

        Assert.True(plan.Conference.Demonstration);
        Assert.Equal("Europe/Sofia", plan.Conference.TimeZone);
        Assert.Equal((starts, ends), ($"{plan.Conference.Starts:yyyy-MM-ddTHH:mm:sszzz}", $"{plan.Conference.Ends:yyyy-MM-ddTHH:mm:sszzz}"));
        Assert.Equal(sessions, plan.Sessions.Count);
        Assert.All(plan.Sessions, session => Assert.InRange(session.Starts, plan.Conference.Starts, session.Ends));
        Assert.All(plan.Sessions, session => Assert.InRange(session.Ends, session.Starts, plan.Conference.Ends));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Leaves_nothing_undone_in_a_closed_session_and_nothing_done_in_a_scheduled_one(string key)
    {
        var sessions = Sessions(key, await PlayAsync(key)).ToList();

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
        foreach (var key in All.Select(row => row.Data))
        {
            states.UnionWith(Sessions(key, await PlayAsync(key)).SelectMany(session => session.Items.Values).Select(item => item.State));
        }

        Assert.Equal(Enum.GetValues<ItemState>().Except([ItemState.Withdrawn]), states.Order());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Is_spoken_in_several_languages_and_supported_by_many(string key)
    {
        var items = Sessions(key, await PlayAsync(key)).SelectMany(session => session.Items.Values).ToList();

        Assert.InRange(items.Select(item => item.Lang).Distinct().Count(), 8, 20);
        Assert.InRange(items.SelectMany(item => item.Supporters).Distinct().Count(), 100, 200);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Played_again_changes_nothing(string key)
    {
        var rules = await PlayAsync(key);
        var before = rules.Save();

        await Find(key).FillAsync(Seed, rules, TestContext.Current.CancellationToken);

        Assert.Equal(before, rules.Save());
    }

    [Theory]
    [InlineData("b40-sofia-2025", 1)]
    [InlineData("b40-sofia-2025", 2)]
    [InlineData("b40-sofia-2025", 300)]
    [InlineData("nalas-2020", 500)]
    public async Task Cut_off_in_between_is_finished_by_the_next_start(string key, int after)
    {
        var whole = await PlayAsync(key);
        var rules = new RulesAlone();
        await ScheduleAsync(key, rules);

        rules.StopsAfter(after);
        await Assert.ThrowsAsync<OperationCanceledException>(() => Find(key).FillAsync(Seed, rules, TestContext.Current.CancellationToken));
        Assert.NotEqual(whole.Save(), rules.Save());
        rules.StopsAfter(null);
        await Find(key).FillAsync(Seed, rules, TestContext.Current.CancellationToken);

        Assert.Equal(whole.Save(), rules.Save());
    }

    [Fact]
    public async Task Says_which_line_of_a_script_breaks_the_rules()
    {
        var session = new SessionScript("one", "One", default, default, SessionState.Open, [new ItemScript("empty", "ana", " ")]);
        var script = new DemonstrationScript(
            "Made up.", "broken", "Broken", "", default, default, "Europe/Sofia", ["en"], 0,
            new Dictionary<string, PersonScript> { ["ana"] = new("Ana", "Tirana") }, [session]);
        var rules = new RulesAlone();
        var demonstration = new Demonstration(script);
        await ScheduleAsync(demonstration, rules);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            demonstration.FillAsync(Seed, rules, TestContext.Current.CancellationToken));

        Assert.Contains("'one/items/empty'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(SessionFaults.TextEmpty.Code, refused.Message, StringComparison.Ordinal);
    }

    private static Demonstration Find(string key) => Demonstration.All.Single(one => one.Key == key);

    private static IEnumerable<Session> Sessions(string key, RulesAlone rules) =>
        Find(key).Plans(Seed, default).Single().Sessions.Select(session => rules.Find<Session>(session.Id.Value));

    private static async Task<RulesAlone> PlayAsync(string key)
    {
        var rules = new RulesAlone();
        await ScheduleAsync(key, rules);
        await Find(key).FillAsync(Seed, rules, TestContext.Current.CancellationToken);
        return rules;
    }

    private static Task ScheduleAsync(string key, RulesAlone rules) => ScheduleAsync(Find(key), rules);

    /// <summary>What the server does before it fills the sessions.</summary>
    private static async Task ScheduleAsync(Demonstration demonstration, RulesAlone rules)
    {
        var (conference, sessions, _) = demonstration.Plans(Seed, default).Single();
        await SendAsync(conference.Id.Value, Conference.Kind, new PlanConference(
            conference.Title, conference.Theme, conference.Starts, conference.Ends, conference.TimeZone, conference.Languages, "KRM4TB", true));
        foreach (var session in sessions)
        {
            await SendAsync(session.Id.Value, Session.Kind, new ScheduleSession(
                conference.Id, session.Title, session.Lang, session.Starts, session.Ends, session.Policies));
        }

        async Task SendAsync(Guid to, string kind, ICommand command)
        {
            var envelope = new CommandEnvelope(DerivedId.Of(to, "plan"), Organiser, command);
            var reply = await rules.SendAsync(new AggregateId(kind, to), envelope, TestContext.Current.CancellationToken);
            Assert.Null(reply.Fault);
        }
    }
}
