using Summit.Domain.Conferences;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Conferences;

/// <summary>Given what was done, when somebody does one thing more, then these events, or this fault.</summary>
public abstract class ConferenceTest
{
    protected static readonly ConferenceId Here = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));
    protected static readonly ConferenceId Elsewhere = new(Guid.Parse("0198a000-0000-7000-8000-000000000002"));
    protected static readonly LinkId Link = new(Guid.Parse("0198a000-0000-7000-8000-000000000011"));
    protected static readonly DateTimeOffset Noon = new(2026, 9, 16, 12, 0, 0, TimeSpan.Zero);
    protected static readonly string Hash = new('a', 64);

    protected static readonly Actor Admin = new(new ParticipantId(new Guid(1, 0, 0, new byte[8])), Role.Admin, default, null, null);
    protected static readonly Actor Host = Admin with { Role = Role.Host, Conference = Here };
    protected static readonly Actor Mod = Host with { Role = Role.Moderator };

    protected static readonly PlanConference Plan = new("Sofia summit", "The future", Noon, Noon.AddDays(1), "Europe/Sofia", ["bg", "en"], "KRM4TB");

    private Decision _decision;
    private long _seq;

    protected abstract IAggregate Aggregate { get; }

    protected DateTimeOffset Now { get; set; } = Noon;

    /// <summary>Of the last command.</summary>
    protected Fault? Fault => _decision.Fault;

    /// <summary>All that has happened.</summary>
    protected List<(IEvent Happened, EventContext Context)> History { get; } = [];

    protected void Given(Actor actor, params IEnumerable<ICommand> commands)
    {
        foreach (var command in commands)
        {
            When(actor, command);
            Assert.True(_decision.Fault is null, $"{command} was refused: {_decision.Fault}");
        }
    }

    protected void When(Actor actor, ICommand command)
    {
        var before = Aggregate.Save();
        _decision = Aggregate.Decide(command, new CommandContext(Guid.Empty, actor, Now));
        Assert.Equal(before, Aggregate.Save());
        foreach (var happened in _decision.Events)
        {
            History.Add((happened, new EventContext(++_seq, Now, actor.Id, Guid.Empty)));
            Aggregate.Apply(happened, History[^1].Context);
        }
    }

    protected void Then(params IEnumerable<IEvent> events)
    {
        Assert.Null(_decision.Fault);
        Assert.Equal(events, _decision.Events);
    }

    /// <summary>Where the lists in the events are looked at by themselves.</summary>
    protected void ThenRaised(params IEnumerable<Type> events)
    {
        Assert.Null(_decision.Fault);
        Assert.Equal(events, _decision.Events.Select(happened => happened.GetType()));
    }

    /// <summary>
    /// The last event takes words: what comes of the events rewritten by it is what came of them as they were. Tells all that is then left
    /// in the journal and in the state.
    /// </summary>
    protected string ThenRewritten(IAggregate fresh)
    {
        var (order, context) = ((IErasure)History[^1].Happened, History[^1].Context);
        var rewritten = History.Select(entry => (Happened: entry.Context.Seq < context.Seq ? Aggregate.Erased(order, entry.Happened, entry.Context) ?? entry.Happened : entry.Happened, entry.Context)).ToList();
        rewritten.ForEach(entry => fresh.Apply(entry.Happened, entry.Context));
        var state = System.Text.Encoding.UTF8.GetString(fresh.Save());
        Assert.Equal(System.Text.Encoding.UTF8.GetString(Aggregate.Save()), state);
        return string.Join('\n', rewritten.Select(entry => PinnedEvents.Write(entry.Happened))) + state;
    }

    protected void ThenRefused(Fault fault)
    {
        Assert.Equal(fault, _decision.Fault);
        Assert.Empty(_decision.Events);
    }
}

public abstract class AConference : ConferenceTest
{
    protected Conference Conference { get; } = Conference.Create(Here.Value);

    protected override IAggregate Aggregate => Conference;
}

public sealed class PlanningAConference : AConference
{
    [Fact]
    public void Sets_its_frame_and_its_code()
    {
        When(Admin, Plan with { Title = " Sofia\n summit ", Theme = " " });
        Then(new ConferencePlanned("Sofia summit", null, Noon, Noon.AddDays(1), "Europe/Sofia", Plan.Languages, "KRM4TB", false));
        Assert.True(Conference.Exists);
        When(Admin, Plan);
        ThenRefused(ConferenceFaults.Exists);
    }

    [Fact]
    public void Marks_a_demonstration()
    {
        Given(Admin, Plan with { Demonstration = true });
        Assert.True(Conference.Plan!.Demonstration);
    }

    [Fact]
    public void Is_refused_when_it_makes_no_sense()
    {
        foreach (var (plan, fault) in new[]
        {
            (Plan with { Title = "\u200b" }, ConferenceFaults.TitleMissing),
            (Plan with { Title = new string('a', 201) }, ConferenceFaults.TitleMissing),
            (Plan with { Theme = new string('a', 301) }, ConferenceFaults.TitleMissing),
            (Plan with { Ends = Noon.AddTicks(-1) }, ConferenceFaults.TimesReversed),
            (Plan with { TimeZone = "Europe/Atlantis" }, ConferenceFaults.TimeZoneUnknown),
            (Plan with { Languages = [] }, ConferenceFaults.LanguagesMalformed),
            (Plan with { Languages = ["bg", "Bulgarian"] }, ConferenceFaults.LanguagesMalformed),
            (Plan with { Languages = [.. Enumerable.Repeat("bg", 21)] }, ConferenceFaults.LanguagesMalformed),
            (Plan with { Code = "KRM4T" }, ConferenceFaults.CodeMalformed),
            (Plan with { Code = "KRM4T0" }, ConferenceFaults.CodeMalformed),
            (Plan with { Code = "krm4tb" }, ConferenceFaults.CodeMalformed),
        })
        {
            When(Admin, plan);
            ThenRefused(fault);
        }
    }

    [Fact]
    public void Comes_before_everything_else()
    {
        foreach (var command in new ICommand[] { new RevokeLink(Link), new RemoveConference(), new IssueLink(Link, Role.Stage, "Hall", Hash) })
        {
            When(Host, command);
            ThenRefused(ConferenceFaults.Unknown);
        }
    }
}

public sealed class RightsInAConference : AConference
{
    private static readonly ICommand[] All =
    [
        Plan, new AddSessionToProgramme(default, "Trade", Noon, Noon, "en"), new MoveInProgramme(default, null, null, null), new PlaceSession(default),
        new DescribeConference("Sofia summit", Noon, Noon, "Europe/Sofia", ["bg"]), new SetSpeaker(default, "Ana"), new DropSpeaker(default), new EraseSpeaker(default), new PublishProgramme(),
        new IssueLink(Link, Role.Stage, "Hall", Hash), new RevokeLink(Link), new SetRetention(new Retention(Names: 30)),
        new AddDocument(default, "Minutes", new DateOnly(2026, 9, 1), DocumentKind.Pdf, 1, Hash), new DropDocument(default), new PlaceHold("Audit"), new ReleaseHold(),
        new RemoveConference(),
    ];

    [Fact]
    public void Are_known_for_every_command() => Assert.Equal(
        typeof(IConferenceCommand).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IConferenceCommand))).ToHashSet(),
        All.Select(command => command.GetType()).ToHashSet());

    [Fact]
    public void Are_its_own_host_s_and_the_administrator_s_alone()
    {
        foreach (var actor in new[] { Mod, Host with { Role = Role.Participant }, Host with { Role = Role.Stage }, Host with { Conference = Elsewhere } })
        {
            foreach (var command in All)
            {
                When(actor, command);
                ThenRefused(SessionFaults.Forbidden);
            }
        }

        Given(Admin, Plan);
        Given(Host, All.Skip(1));
    }

    [Fact]
    public void Do_not_reach_commands_of_other_aggregates()
    {
        When(Admin, new OpenSession());
        ThenRefused(SessionFaults.CommandUnknown);
    }
}

public sealed class AProgramme : AConference
{
    public AProgramme() => Given(Admin, Plan);

    [Fact]
    public void Is_in_the_order_of_the_day()
    {
        var (late, early) = (new SessionId(new Guid(1, 0, 0, new byte[8])), new SessionId(new Guid(2, 0, 0, new byte[8])));
        Given(Host, new AddSessionToProgramme(late, "Trade", Noon.AddHours(2), Noon.AddHours(3), "en"));
        When(Host, new AddSessionToProgramme(early, " Climate ", Noon, Noon.AddHours(1), "bg"));
        Then(new SessionAddedToProgramme(early, "Climate", Noon, Noon.AddHours(1), "bg"));
        Assert.Equal([early, late], Conference.Programme.Select(entry => entry.Session));
        When(Host, new AddSessionToProgramme(early, "Climate", Noon, Noon.AddHours(1), "bg"));
        Then();
    }
}

public sealed class ARoleLink : AConference
{
    public ARoleLink() => Given(Admin, Plan);

    [Theory]
    [InlineData(Role.Moderator)]
    [InlineData(Role.Host)]
    [InlineData(Role.Stage)]
    public void Is_issued_by_its_hash(Role role)
    {
        When(Host, new IssueLink(Link, role, " Second desk ", Hash, Noon.AddHours(1)));
        Then(new LinkIssued(Link, role, "Second desk", Hash, Noon.AddHours(1)));
        Assert.Equal(Noon, Conference.FindLink(Link)!.Issued);
    }

    [Fact]
    public void Is_refused_for_other_roles_a_hash_that_is_none_and_without_a_label()
    {
        foreach (var command in new[]
        {
            new IssueLink(Link, Role.Participant, "Hall", Hash), new IssueLink(Link, Role.Admin, "Hall", Hash), new IssueLink(Link, Role.Stage, "Hall", "secret"),
            new IssueLink(Link, Role.Stage, "Hall", new string('z', 64)), new IssueLink(Link, Role.Stage, " ", Hash), new IssueLink(Link, Role.Stage, new string('a', 81), Hash),
        })
        {
            When(Host, command);
            ThenRefused(ConferenceFaults.LinkMalformed);
        }
    }

    [Fact]
    public void Is_issued_once()
    {
        Given(Host, new IssueLink(Link, Role.Stage, "Hall", Hash));
        When(Host, new IssueLink(Link, Role.Stage, "Hall", Hash));
        ThenRefused(ConferenceFaults.LinkExists);
    }

    [Fact]
    public void Is_good_until_it_expires_or_is_revoked()
    {
        Given(Host, new IssueLink(Link, Role.Stage, "Hall", Hash, Noon.AddHours(1)));
        Assert.True(Conference.FindLink(Link)!.IsGood(Noon.AddHours(1).AddTicks(-1)));
        Assert.False(Conference.FindLink(Link)!.IsGood(Noon.AddHours(1)));
        When(Host, new RevokeLink(Link));
        Then(new LinkRevoked(Link));
        Assert.False(Conference.FindLink(Link)!.IsGood(Noon));
        When(Host, new RevokeLink(Link));
        Then();
        When(Host, new RevokeLink(new LinkId(Guid.Empty)));
        ThenRefused(ConferenceFaults.LinkUnknown);
    }
}

public sealed class RemovingAConference : AConference
{
    [Fact]
    public void Takes_it_out_of_service_for_good()
    {
        Given(Admin, Plan);
        When(Host, new RemoveConference());
        Then(new ConferenceRemoved());
        Assert.False(Conference.Exists);
        When(Host, new RemoveConference());
        Then();
        When(Admin, Plan);
        ThenRefused(ConferenceFaults.Exists);
        When(Host, new IssueLink(Link, Role.Stage, "Hall", Hash));
        ThenRefused(ConferenceFaults.Unknown);
    }
}

public sealed class ASavedConference : AConference
{
    [Fact]
    public void Is_loaded_as_it_was_from_nothing_to_the_end()
    {
        AssertLoads();
        Given(Admin, Plan with { Theme = null });
        AssertLoads();
        Given(Host, new AddSessionToProgramme(new SessionId(Guid.NewGuid()), "Trade", Noon, Noon, "en"), new IssueLink(Link, Role.Stage, "Hall", Hash));
        AssertLoads();
        Given(Host, new RevokeLink(Link), new RemoveConference());
        AssertLoads();

        void AssertLoads() => Assert.Equal(Conference.Save(), Conference.Load(Here.Value, Conference.Save()).Save());
    }

    [Fact]
    public void Refuses_to_be_built_from_events_it_does_not_know() =>
        Assert.Throws<InvalidOperationException>(() => Conference.Apply(new SessionOpened(), default));
}
