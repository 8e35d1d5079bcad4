using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

/// <summary>Questions before a session opens, in one that has not yet.</summary>
public sealed class AskingAhead : SessionTest
{
    private static readonly Actor Registered = Ana with { Registered = true };
    private static readonly AskQuestion Question = new("How was it paid for?");

    private readonly Session _ahead = Session.Create(Guid.Parse("0198a000-0000-7000-8000-00000000000e"));
    private int _number;

    public AskingAhead()
    {
        Do(Host, new ScheduleSession(Here, "Local economy", "en", Noon, Noon.AddHours(1)));
        Do(Host, new ChangePolicies(new PolicyChanges(Advance: true)));
    }

    [Fact]
    public void Is_for_who_is_registered_and_for_who_moderates()
    {
        Assert.Null(Do(Registered, Question).Fault);
        Assert.Null(Do(Mod, Question).Fault);
        Assert.Equal(SessionFaults.RegisteredOnly, Do(Boris, Question).Fault);
        Assert.Equal(SessionFaults.Forbidden, Do(Screen with { Registered = true }, Question).Fault);
        Assert.Equal(SessionFaults.Unknown, Do(Registered with { Conference = Stranger.Conference }, Question).Fault);
        Assert.Equal(2, _ahead.Count(ItemState.Published));
    }

    [Fact]
    public void Is_refused_where_the_host_has_not_allowed_it()
    {
        Do(Host, new ChangePolicies(new PolicyChanges(Advance: false)));
        Assert.Equal(SessionFaults.NotOpen, Do(Registered, Question).Fault);
    }

    [Fact]
    public void Takes_questions_alone_and_within_the_quotas()
    {
        Assert.Equal(SessionFaults.NotOpen, Do(Registered, new PostComment("Well said.")).Fault);
        Assert.Equal(SessionFaults.NotOpen, Do(Registered, new MakeProposal("Trains", "At night.")).Fault);
        Do(Host, new ChangePolicies(new PolicyChanges(MaxOpen: 1)));
        Assert.Null(Do(Registered, Question).Fault);
        Assert.Equal(SessionFaults.TooManyOpen, Do(Registered, Question).Fault);
    }

    [Fact]
    public void Leads_into_the_same_queue_which_is_sorted_before_the_session_opens()
    {
        Do(Host, new ChangePolicies(new PolicyChanges(Review: true)));
        var asked = Assert.IsType<ItemPosted>(Do(Registered, Question).Events[0]);
        Assert.Equal(ItemState.Pending, asked.State);
        Assert.Null(Do(Mod, new ApproveItem(asked.Id)).Fault);
        Assert.Null(Do(Mod, new QueueItem(asked.Id)).Fault);
        Do(Mod, new OpenSession());
        Assert.Equal([asked.Id], _ahead.Queue);
        // From now on everybody asks.
        Assert.Null(Do(Boris, Question).Fault);
    }

    [Fact]
    public void Is_not_taken_for_said_before_it_was_thought_of()
    {
        var policies = PinnedEvents.Write(new PoliciesChanged(SessionPolicies.Standard));
        Assert.DoesNotContain("advance", policies, StringComparison.Ordinal);
        var allowed = SessionPolicies.Standard with { Advance = true };
        Assert.Equal(allowed, ((PoliciesChanged)PinnedEvents.Read(typeof(PoliciesChanged), PinnedEvents.Write(new PoliciesChanged(allowed)))).Policies);
        Assert.NotEqual(SessionPolicies.Standard, allowed);
    }

    private Decision Do(Actor actor, ICommand command)
    {
        var context = new CommandContext(CommandId(++_number), actor, Noon);
        var decision = _ahead.Decide(command, context);
        foreach (var happened in decision.Events)
        {
            _ahead.Apply(happened, new EventContext(_number, Noon, actor.Id, context.Id));
        }

        return decision;
    }
}
