using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

/// <summary>Given what was done, when somebody does one thing more, then these events, or this fault.</summary>
public abstract class SessionTest
{
    protected static readonly ConferenceId Here = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));
    protected static readonly DateTimeOffset Noon = new(2026, 9, 16, 12, 0, 0, TimeSpan.Zero);

    protected static readonly Actor Ana = Person(1, Role.Participant, "Ana", "Tirana");
    protected static readonly Actor Boris = Person(2, Role.Participant, "Boris", "Sofia");
    protected static readonly Actor Chloe = Person(3, Role.Participant, "Chloe", "Athens");
    protected static readonly Actor Dino = Person(4, Role.Participant, "Dino", "Sarajevo");
    protected static readonly Actor Mod = Person(11, Role.Moderator, "Mia", null);
    protected static readonly Actor Host = Person(12, Role.Host, "Hana", null);
    protected static readonly Actor Screen = Person(13, Role.Stage, null, null);
    protected static readonly Actor Admin = Person(14, Role.Admin, null, null) with { Conference = default };
    protected static readonly Actor Stranger = Person(15, Role.Moderator, "Sam", null) with { Conference = new ConferenceId(Guid.Parse("0198a000-0000-7000-8000-000000000002")) };

    private Decision _decision;
    private int _commands;
    private long _seq;

    protected SessionTest()
    {
        Given(Host, new ScheduleSession(Here, "Local economy", "en", Noon, Noon.AddHours(1)));
        Given(Mod, new OpenSession());
    }

    protected Session Session { get; } = Session.Create(Guid.Parse("0198a000-0000-7000-8000-00000000000f"));

    /// <summary>Moves only when a test moves it.</summary>
    protected DateTimeOffset Now { get; set; } = Noon;

    /// <summary>The id of the newest item, as its command gave it.</summary>
    protected ItemId Newest => new(CommandId(_commands));

    protected IReadOnlyList<IEvent> Events => _decision.Events;

    /// <summary>All that has happened.</summary>
    protected List<(IEvent Happened, EventContext Context)> History { get; } = [];

    protected static Actor Person(int number, Role role = Role.Participant, string? name = "Somebody", string? city = "Somewhere") =>
        new(new ParticipantId(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1])), role, Here, name, city);

    protected static Guid CommandId(int number) => new(0, 0, 0, [.. BitConverter.GetBytes((long)number).Reverse()]);

    protected Item This(ItemId id) => Session.Items[id];

    /// <summary>Done before; must be accepted.</summary>
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
        var context = new CommandContext(CommandId(++_commands), actor, Now);
        _decision = Session.Decide(command, context);
        foreach (var happened in _decision.Events)
        {
            History.Add((happened, new EventContext(++_seq, Now, actor.Id, context.Id)));
            Session.Apply(happened, History[^1].Context);
        }
    }

    protected void Then(params IEnumerable<IEvent> events)
    {
        Assert.Null(_decision.Fault);
        Assert.Equal(events, _decision.Events);
    }

    protected void ThenNothing() => Then();

    protected void ThenRefused(Fault fault)
    {
        Assert.Equal(fault, _decision.Fault);
        Assert.Empty(_decision.Events);
    }

    protected ItemId Asked(Actor by, string text = "What about the buses?")
    {
        Given(by, new AskQuestion(text));
        return Newest;
    }

    protected ItemId Commented(Actor by, ItemId? replyTo = null)
    {
        Given(by, new PostComment("Well said.", replyTo));
        return Newest;
    }

    protected ItemId Proposed(Actor by)
    {
        Given(by, new MakeProposal("Night trains", "One each evening."));
        return Newest;
    }

    protected void Supported(ItemId item, params IEnumerable<Actor> by)
    {
        foreach (var actor in by)
        {
            Given(actor, new SupportItem(item, true));
        }
    }

    protected void Policy(PolicyChanges changes) => Given(Host, new ChangePolicies(changes));

    /// <summary>Brings an item into a state by the shortest way.</summary>
    protected ItemId Item(ItemState state)
    {
        if (state == ItemState.Pending)
        {
            Policy(new PolicyChanges(Review: true));
        }

        var id = Asked(Ana);
        switch (state)
        {
            case ItemState.Queued:
                Given(Mod, new QueueItem(id));
                break;
            case ItemState.Staged:
                Given(Mod, new StageItem(id));
                break;
            case ItemState.Answered:
                Given(Mod, new AnswerItem(id));
                break;
            case ItemState.Declined:
                Given(Mod, new DeclineItem(id, "unclear"));
                break;
            case ItemState.Merged:
                Given(Mod, new MergeItem(id, Asked(Boris)));
                break;
            case ItemState.Withdrawn:
                Given(Ana, new WithdrawItem(id));
                break;
            case ItemState.FollowUp:
                Given(Mod, new PromiseFollowUp(id, "Tirana", new DateOnly(2027, 3, 31)));
                break;
            default:
                break;
        }

        Assert.Equal(state, This(id).State);
        return id;
    }
}
