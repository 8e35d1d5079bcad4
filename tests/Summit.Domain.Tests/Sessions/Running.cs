using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

public sealed class SchedulingASession : SessionTest
{
    private readonly Session _fresh = Session.Create(Guid.Empty);

    [Fact]
    public void Brings_it_into_being_with_policies_on_top_of_the_standard()
    {
        var decision = Schedule(Host, new ScheduleSession(Here, " Climate ", "bg", Noon, Noon.AddHours(1), new PolicyChanges(Review: true)));
        Assert.Equal(
            new SessionScheduled(Here, "Climate", "bg", Noon, Noon.AddHours(1), new SessionPolicies { Review = true }),
            Assert.Single(decision.Events));
    }

    [Fact]
    public void Is_for_the_conference_s_host_or_the_administrator()
    {
        var command = new ScheduleSession(Here, "Climate", "bg", Noon, Noon);
        Assert.Null(Schedule(Admin, command).Fault);
        Assert.Equal(SessionFaults.Forbidden, Schedule(Mod, command).Fault);
        Assert.Equal(SessionFaults.Forbidden, Schedule(Ana, command).Fault);
        Assert.Equal(SessionFaults.Forbidden, Schedule(Stranger with { Role = Role.Host }, command).Fault);
    }

    [Fact]
    public void Is_refused_twice()
    {
        When(Host, new ScheduleSession(Here, "Climate", "bg", Noon, Noon));
        ThenRefused(SessionFaults.Exists);
    }

    [Fact]
    public void Is_refused_with_a_title_language_time_or_policy_that_makes_no_sense()
    {
        var good = new ScheduleSession(Here, "Climate", "bg", Noon, Noon);
        Assert.Equal(SessionFaults.TitleEmpty, Schedule(Host, good with { Title = " " }).Fault);
        Assert.Equal(SessionFaults.LangMalformed, Schedule(Host, good with { Lang = "b" }).Fault);
        Assert.Equal(SessionFaults.TimesReversed, Schedule(Host, good with { Ends = Noon.AddTicks(-1) }).Fault);
        Assert.Equal(
            SessionFaults.PolicyOutOfBounds("maxLength", 1, 5_000),
            Schedule(Host, good with { Policies = new PolicyChanges(MaxLength: 0) }).Fault);
    }

    [Fact]
    public void Comes_before_everything_else()
    {
        Assert.Equal(SessionFaults.Unknown, _fresh.Decide(new OpenSession(), new CommandContext(Guid.Empty, Mod, Noon)).Fault);
        Assert.Equal(SessionFaults.Unknown, _fresh.Decide(new AskQuestion("Hm?"), new CommandContext(Guid.Empty, Ana, Noon)).Fault);
    }

    private Decision Schedule(Actor actor, ScheduleSession command) => _fresh.Decide(command, new CommandContext(Guid.Empty, actor, Noon));
}

public sealed class ReschedulingASession : SessionTest
{
    [Fact]
    public void Changes_what_is_given_and_nothing_else()
    {
        When(Host, new RescheduleSession(Ends: Noon.AddHours(2)));
        Then(new SessionRescheduled("Local economy", Noon, Noon.AddHours(2)));
        When(Host, new RescheduleSession("Trade"));
        Then(new SessionRescheduled("Trade", Noon, Noon.AddHours(2)));
        When(Host, new RescheduleSession("Trade"));
        ThenNothing();
    }

    [Fact]
    public void Is_refused_when_it_would_end_before_it_starts()
    {
        When(Host, new RescheduleSession(Starts: Noon.AddHours(3)));
        ThenRefused(SessionFaults.TimesReversed);
    }
}

public sealed class RunningASession : SessionTest
{
    private static readonly ICommand[] New = [new AskQuestion("Hm?"), new AskSpeaker("Hm?", new SpeakerId(Guid.Empty), "Petra"), new PostComment("Hm."), new MakeProposal("Hm", "Hm.")];

    [Fact]
    public void Takes_nothing_before_it_is_opened()
    {
        var session = Session.Create(Guid.Empty);
        session.Apply(new SessionScheduled(Here, "Climate", "en", Noon, Noon, SessionPolicies.Standard), new EventContext(1, Noon, Host.Id, Guid.Empty));
        foreach (var command in New)
        {
            Assert.Equal(SessionFaults.NotOpen, session.Decide(command, new CommandContext(Guid.Empty, Ana, Noon)).Fault);
        }

        Assert.Equal(SessionFaults.NotOpen, session.Decide(new PauseSession(), new CommandContext(Guid.Empty, Mod, Noon)).Fault);
    }

    [Fact]
    public void Takes_nothing_new_while_paused_and_the_moderators_go_on()
    {
        var item = Asked(Ana);
        Given(Mod, new PauseSession());
        foreach (var command in New)
        {
            When(Boris, command);
            ThenRefused(SessionFaults.Paused);
            When(Mod, command);
            ThenRefused(SessionFaults.Paused);
        }

        Given(Boris, new SupportItem(item, true), new ReportItem(item));
        Given(Mod, new QueueItem(item), new StageItem(item), new AnswerItem(item));
        When(Mod, new PauseSession());
        ThenNothing();
        When(Mod, new OpenSession());
        Then(new SessionOpened());
        When(Mod, new OpenSession());
        ThenNothing();
    }

    [Fact]
    public void Is_over_for_ever_once_closed()
    {
        var item = Asked(Ana);
        When(Mod, new CloseSession());
        Then(new SessionClosed());
        When(Mod, new CloseSession());
        ThenNothing();
        foreach (var (actor, command) in new (Actor, ICommand)[]
        {
            (Ana, new AskQuestion("Hm?")), (Ana, new EditItem(item, "Hm.")), (Ana, new WithdrawItem(item)), (Boris, new SupportItem(item, true)),
            (Boris, new ReportItem(item)), (Mod, new OpenSession()), (Mod, new PauseSession()), (Mod, new StageItem(item)),
            (Mod, new StepBack(item)), (Host, new ChangePolicies(new PolicyChanges(Review: true))), (Host, new RescheduleSession("Hm")),
        })
        {
            When(actor, command);
            ThenRefused(SessionFaults.Closed);
        }
    }

    [Fact]
    public void Takes_changed_policies_at_once()
    {
        When(Host, new ChangePolicies(new PolicyChanges(MaxLength: 10)));
        Then(new PoliciesChanged(SessionPolicies.Standard with { MaxLength = 10 }));
        When(Host, new ChangePolicies(new PolicyChanges(MaxLength: 10)));
        ThenNothing();
        When(Ana, new AskQuestion("Longer than ten?"));
        ThenRefused(SessionFaults.TextTooLong(10));
    }

    [Theory]
    [InlineData("maxLength", 0, 5_001)]
    [InlineData("maxOpen", 0, 10_001)]
    [InlineData("perMinute", 0, 10_001)]
    [InlineData("reportThreshold", -1, 1_001)]
    [InlineData("stageNext", -1, 11)]
    public void Refuses_policies_out_of_bounds(string policy, int tooLow, int tooHigh)
    {
        foreach (var value in new[] { tooLow, tooHigh })
        {
            When(Host, new ChangePolicies(policy switch
            {
                "maxLength" => new PolicyChanges(MaxLength: value),
                "maxOpen" => new PolicyChanges(MaxOpen: value),
                "perMinute" => new PolicyChanges(PerMinute: value),
                "reportThreshold" => new PolicyChanges(ReportThreshold: value),
                _ => new PolicyChanges(StageNext: value),
            }));
            ThenRefused(SessionFaults.PolicyOutOfBounds(policy, tooLow + 1, tooHigh - 1));
        }
    }

    [Fact]
    public void Refuses_reasons_without_code_without_text_or_twice_the_same()
    {
        foreach (var reasons in new DeclineReason[][]
        {
            [new("", "Text.")], [new("code", " ")], [new("a", "Text."), new("a", "Other.")], [null!], [new(new string('a', 41), "Text.")],
        })
        {
            When(Host, new ChangePolicies(new PolicyChanges(Reasons: reasons)));
            ThenRefused(SessionFaults.ReasonMalformed);
        }

        When(Host, new ChangePolicies(new PolicyChanges(Reasons: [])));
        ThenRefused(SessionFaults.PolicyOutOfBounds("reasons", 1, 20));
    }
}

public sealed class RightsInASession : SessionTest
{
    private static readonly ItemId Nobody = new(Guid.Empty);

    private static readonly ICommand[] ForAll =
    [
        new AskQuestion("Hm?"), new AskSpeaker("Hm?", new SpeakerId(Guid.Empty), "Petra"), new PostComment("Hm."), new MakeProposal("Hm", "Hm."), new SupportItem(Nobody, true), new EditItem(Nobody, "Hm."),
        new WithdrawItem(Nobody), new ReportItem(Nobody), new CastBallot(Nobody, Choice.Yes),
    ];

    private static readonly ICommand[] ForModerators =
    [
        new ApproveItem(Nobody), new DeclineItem(Nobody, "unclear"), new QueueItem(Nobody), new StageItem(Nobody), new AnswerItem(Nobody),
        new PromiseFollowUp(Nobody, "Tirana", default), new MergeItem(Nobody, Nobody), new StepBack(Nobody), new CorrectItem(Nobody, "Hm."),
        new LabelItem(Nobody, []), new AddNote(Nobody, "Hm."), new ClearReports(Nobody), new MuteAuthor(Nobody), new UnmuteAuthor(Nobody),
        new OpenVote(Nobody), new CloseVote(Nobody), new OpenSession(), new PauseSession(), new CloseSession(),
    ];

    private static readonly ICommand[] ForHosts = [new ChangePolicies(new PolicyChanges()), new RescheduleSession()];

    [Fact]
    public void Are_known_for_every_command()
    {
        var known = ForAll.Concat(ForModerators).Concat(ForHosts).Select(command => command.GetType()).ToHashSet();
        var all = typeof(ISessionCommand).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(ISessionCommand))).ToHashSet();
        Assert.Equal(all, known);
    }

    [Fact]
    public void Of_the_stage_and_the_administrator_are_none()
    {
        foreach (var command in ForAll.Concat(ForModerators).Concat(ForHosts))
        {
            When(Screen, command);
            ThenRefused(SessionFaults.Forbidden);
            When(Admin with { Conference = Here }, command);
            ThenRefused(SessionFaults.Forbidden);
        }
    }

    [Fact]
    public void Of_participants_end_at_moderation()
    {
        foreach (var command in ForModerators.Concat(ForHosts))
        {
            When(Ana, command);
            ThenRefused(SessionFaults.Forbidden);
        }
    }

    [Fact]
    public void Of_moderators_end_at_hosting()
    {
        foreach (var command in ForHosts)
        {
            When(Mod, command);
            ThenRefused(SessionFaults.Forbidden);
        }
    }

    [Fact]
    public void Of_moderators_and_hosts_are_the_same_for_the_queue()
    {
        foreach (var actor in new[] { Mod, Host })
        {
            foreach (var command in ForAll.Concat(ForModerators))
            {
                Assert.NotEqual(SessionFaults.Forbidden, Session.Decide(command, new CommandContext(Guid.Empty, actor, Noon)).Fault);
            }
        }
    }

    [Fact]
    public void Of_somebody_from_another_conference_do_not_even_show_that_there_is_a_session()
    {
        foreach (var command in ForAll.Concat(ForModerators).Concat(ForHosts))
        {
            When(Stranger, command);
            ThenRefused(SessionFaults.Unknown);
            When(Stranger with { Role = Role.Participant }, command);
            ThenRefused(SessionFaults.Unknown);
        }
    }

    [Fact]
    public void Do_not_reach_items_that_do_not_exist()
    {
        foreach (var command in ForAll.Where(command => command is not IContribution).Concat(ForModerators.SkipLast(3)))
        {
            When(Mod, command);
            ThenRefused(SessionFaults.NoSuchItem);
        }
    }

    [Fact]
    public void Do_not_reach_commands_of_other_aggregates()
    {
        When(Host, new Domain.Conferences.RemoveConference());
        ThenRefused(SessionFaults.CommandUnknown);
    }
}
