using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

/// <summary>Many people who do one random thing after another, sensible or not, always the same for the same seed.</summary>
internal sealed class Crowd
{
    private static readonly ConferenceId Here = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));

    /// <summary>Every step an item's state may take. A queue move or a second answer stays where it is.</summary>
    private static readonly Dictionary<ItemState, ItemState[]> Legal = new()
    {
        [ItemState.Pending] = [ItemState.Published, ItemState.Queued, ItemState.Staged, ItemState.Answered, ItemState.FollowUp, ItemState.Declined, ItemState.Merged, ItemState.Withdrawn],
        [ItemState.Published] = [ItemState.Queued, ItemState.Staged, ItemState.Answered, ItemState.FollowUp, ItemState.Declined, ItemState.Merged, ItemState.Withdrawn],
        [ItemState.Queued] = [ItemState.Queued, ItemState.Staged, ItemState.Answered, ItemState.FollowUp, ItemState.Declined, ItemState.Merged, ItemState.Withdrawn],
        [ItemState.Staged] = [ItemState.Queued, ItemState.Answered, ItemState.FollowUp, ItemState.Declined, ItemState.Merged, ItemState.Withdrawn],
        [ItemState.Answered] = [ItemState.Answered, ItemState.Staged, ItemState.FollowUp],
        [ItemState.FollowUp] = [ItemState.FollowUp, ItemState.Answered, ItemState.Staged],
        [ItemState.Declined] = [],
        [ItemState.Merged] = [],
        [ItemState.Withdrawn] = [],
    };

    private readonly int _seed;
    private readonly Actor[] _actors;
    private readonly List<ItemId> _items = [new(Guid.Empty)];
    private DateTimeOffset _now = new(2026, 9, 16, 12, 0, 0, TimeSpan.Zero);
    private int _commands;

    public Crowd(int seed)
    {
        (_seed, Random) = (seed, new Random(seed));
        _actors =
        [
            .. Enumerable.Range(1, 12).Select(number => Person(number, Role.Participant)),
            .. Enumerable.Range(20, 3).Select(number => Person(number, Role.Moderator)),
            Person(30, Role.Host), Person(31, Role.Stage), Person(32, Role.Admin),
            Person(33, Role.Moderator) with { Conference = default },
        ];
        Send(Person(30, Role.Host), new ScheduleSession(Here, "Any", "en", _now, _now.AddHours(1)), pure: false);
        Send(Person(30, Role.Host), new ChangePolicies(new PolicyChanges(PerMinute: 40, MaxOpen: 12)), pure: false);
    }

    public Random Random { get; }

    public Session Session { get; } = Session.Create(new Guid(9, 0, 0, new byte[8]));

    public List<(IEvent Event, EventContext Context)> Journal { get; } = [];

    public HashSet<string> Faults { get; } = [];

    /// <summary>Enough to see a failure again.</summary>
    public string Story => $"seed {_seed}, after command {_commands}";

    public void Run(int commands, Action check, bool pure = false)
    {
        for (var i = 0; i < commands; i++)
        {
            _now += TimeSpan.FromSeconds(Random.Next(8));
            // Closing ends everything, so it comes late; without an opening nothing begins.
            var command = i == 3 ? new OpenSession() : i == commands - 10 ? new CloseSession() : Any();
            var actor = i == 3 || i == commands - 10 ? _actors[12] : command is IModeration or IHosting or IErasing && Random.Next(5) > 0
                ? _actors[12 + Random.Next(4)]
                : Pick(_actors);
            Send(actor, command, pure);
            check();
        }
    }

    public void CheckLaws()
    {
        var items = Session.Items.Values;
        foreach (var item in items)
        {
            // Acyclic first: the walks after it would not end.
            var above = item;
            for (var steps = 0; above.MergedInto is { } into; steps++)
            {
                Hold(steps < items.Count(), $"{item.Id} is merged in a circle");
                above = Session.Items[into];
                Hold(above.State is not ItemState.Withdrawn, $"{item.Id} is merged into something withdrawn");
            }

            Hold(item.MergedInto is null || Session.Items[item.MergedInto.Value].Merged.Contains(item.Id), "merged both ways");
            Hold(item.Merged.All(id => Session.Items[id].MergedInto == item.Id), "merged both ways");
            Hold((item.State == ItemState.Merged) == (item.MergedInto is not null), "merged by state and by link");
            var supporters = Tree(item).SelectMany(node => node.Supporters).Distinct().Where(person => person != item.Author).ToHashSet();
            Hold(item.Support == supporters.Count, $"{item.Id} has {item.Support} supporters and not {supporters.Count}");
            Hold(supporters.All(item.IsSupportedBy), "supported by each of them");
            Hold(!item.Supporters.Contains(item.Author), "nobody supports their own");
            Hold(item.Trail[^1].State == item.State, $"{item.Id} is {item.State}, its trail ends with {item.Trail[^1].State}");
            Hold((item.Decline is not null) == (item.State == ItemState.Declined), "a reason where it is declined");
            Hold(item.State != ItemState.FollowUp || item.FollowUp is not null, "a promise where one was made");
            Hold(item.Touched >= item.Changed && item.Touched <= Journal.Count, "touched after changed");
            Hold(item.Text == Text.Clean(item.Text) && item.Text.Length > 0 == item.Erased is null, "clean text");
            Hold(!item.Anonymous || Session.Policies.ModeratorsSeeNames || item.Name is null || Journal.Any(entry => entry.Event is PoliciesChanged { Policies.ModeratorsSeeNames: true }), "no name kept");
        }

        var staged = items.Where(item => item.State == ItemState.Staged).Select(item => (ItemId?)item.Id).ToList();
        Hold(staged.Count <= 1 && staged.SingleOrDefault() == Session.OnStage, $"{staged.Count} on stage");
        Hold(Session.OnStage is not { } shown || Session.Items[shown].IsVisible, "who is on stage is seen");
        Hold(Session.Relieved is not { } former || (Session.OnStage is not null && Session.Items[former].State == ItemState.Answered), "who was relieved is answered");
        var queued = items.Where(item => item.State == ItemState.Queued).OrderBy(item => item.Rank).ToList();
        Hold(queued.Select(item => item.Id).SequenceEqual(Session.Queue), "the queue is what is queued, by rank");
        Hold(queued.DistinctBy(item => item.Rank).Count() == queued.Count, "each place is given once");
        foreach (var state in Enum.GetValues<ItemState>())
        {
            Hold(Session.Count(state) == items.Count(item => item.State == state), $"{state} is counted right");
        }
    }

    private static Actor Person(int number, Role role) =>
        new(new ParticipantId(new Guid(number, 0, 0, new byte[8])), role, Here, number % 4 == 0 ? null : $"Person {number}", number % 3 == 0 ? null : "Sofia");

    private void Send(Actor actor, ICommand command, bool pure)
    {
        var context = new CommandContext(new Guid(++_commands, 1, 0, new byte[8]), actor, _now);
        var before = pure ? Session.Save() : [];
        var ahead = command is MergeItem merge ? Session.UnitedSupport(merge, actor) : default;
        var decision = Session.Decide(command, context);
        Hold(!pure || before.AsSpan().SequenceEqual(Session.Save()), $"{command} changed something when decided");
        Hold(decision.Fault is null || decision.Events.Count == 0, "refused or decided");
        if (decision.Fault is { } fault)
        {
            Faults.Add(fault.Code);
        }

        foreach (var happened in decision.Events)
        {
            var id = (happened as IItemEvent)?.Id;
            var from = id is { } known ? Session.Items.GetValueOrDefault(known)?.State : null;
            var trail = id is { } own ? Session.Items.GetValueOrDefault(own)?.Trail.Select(step => step.State).ToList() : null;
            var applied = new EventContext(Journal.Count + 1, _now, actor.Id, context.Id);
            Session.Apply(happened, applied);
            Journal.Add((happened, applied));
            CheckStep(happened, from, trail);
        }

        if (command is MergeItem { Into: var into })
        {
            Hold(ahead.Fault == decision.Fault, $"a merge was foreseen as {ahead.Fault} and ended as {decision.Fault}");
            Hold(decision.Fault is not null || Session.Root(Session.Items[into]).Support == ahead.Support, $"a merge was foreseen with {ahead.Support} supporters");
        }

        if (decision.Events.OfType<ItemPosted>().SingleOrDefault() is { } posted)
        {
            _items.Add(posted.Id);
        }
    }

    private void CheckStep(IEvent happened, ItemState? from, List<ItemState>? trail)
    {
        if (happened is not IItemEvent { Id: var id })
        {
            return;
        }

        var to = Session.Items[id].State;
        switch (happened, from)
        {
            case (_, null):
                Hold(to is ItemState.Pending or ItemState.Published, $"an item begins as {to}");
                break;
            case (ItemSteppedBack, _):
                Hold(from != ItemState.Withdrawn, "a withdrawal was taken back");
                Hold(to == trail![^2] || (to == ItemState.Queued && trail[^2] == ItemState.Staged), $"a step back from {from} to {to}, over {string.Join(' ', trail)}");
                break;
            default:
                Hold(to == from || Legal[from!.Value].Contains(to), $"a step from {from} to {to} by {happened}");
                break;
        }
    }

    private IEnumerable<Item> Tree(Item item) => item.Merged.SelectMany(id => Tree(Session.Items[id])).Prepend(item);

    private void Hold(bool law, string what) => Assert.True(law, $"{Story}: {what}");

    private T Pick<T>(IReadOnlyList<T> from) => from[Random.Next(from.Count)];

    private bool Coin() => Random.Next(2) == 0;

    /// <summary>Mostly something recent: there the life is.</summary>
    private ItemId Item() => Random.Next(4) > 0 ? _items[^(1 + Random.Next(Math.Min(12, _items.Count)))] : Pick(_items);

    /// <summary>Deep in a chain as well, where counting is hardest.</summary>
    private ItemId Merged() => Session.Items.Values.Where(item => item.State == ItemState.Merged).Select(item => item.Id).ToList() is { Count: > 0 } merged ? Pick(merged) : Item();

    private ItemId Voted() => Coin() ? Item() : Session.Items.Values.LastOrDefault(item => item.Vote is not null)?.Id ?? Item();

    private string Words() => Pick<string>(["Why?", "А защо?", "Γιατί;", "👩‍🚀", "e\u0301", " ", "", "\u202eabc", new string('x', 501), "<b>no</b>", "\ud800"]);

    private ICommand Any() => Random.Next(100) switch
    {
        < 3 => new AskSpeaker(Words(), new SpeakerId(Guid.Empty), Coin() ? "Petra" : null),
        < 14 => new AskQuestion(Words(), Random.Next(9) == 0 ? "?" : null, Random.Next(3) == 0 ? Coin() : null),
        < 19 => new PostComment(Words(), Coin() ? Item() : null),
        < 26 => new MakeProposal(Words(), Words()),
        < 40 => new SupportItem(Item(), Random.Next(3) > 0),
        < 43 => new EditItem(Item(), Words(), Coin() ? Words() : null),
        < 46 => new WithdrawItem(Item()),
        < 51 => new ReportItem(Item(), Coin() ? Words() : null),
        < 54 => new CastBallot(Voted(), Pick(Enum.GetValues<Choice>())),
        < 57 => new ApproveItem(Item()),
        < 59 => new DeclineItem(Item(), Coin() ? "unclear" : "no such reason", Words()),
        < 66 => new QueueItem(Item(), Coin() && Session.Queue.Count > 0 ? Pick(Session.Queue) : Coin() ? Item() : null),
        < 70 => new StageItem(Item()),
        < 72 => new AnswerItem(Item(), Words()),
        < 73 => new PromiseFollowUp(Item(), Words(), new DateOnly(2027, 1, 1 + Random.Next(3))),
        < 80 => new MergeItem(Item(), Item()),
        < 87 => new StepBack(Coin() ? Item() : Merged()),
        < 88 => new CorrectItem(Item(), Words(), Coin() ? Words() : null),
        < 89 => new LabelItem(Item(), [Words(), null!]),
        < 90 => new AddNote(Item(), Words()),
        < 91 => new ClearReports(Item()),
        < 92 => new MuteAuthor(Item()),
        < 94 => new UnmuteAuthor(Item()),
        < 95 => new OpenVote(Item()),
        < 96 => new CloseVote(Voted()),
        < 97 => Random.Next(3) == 0 ? new PauseSession() : new OpenSession(),
        < 98 => new OpenSession(),
        < 99 => new ChangePolicies(Policies()),
        _ when Random.Next(6) == 0 => new EraseAddressee(new SpeakerId(Guid.Empty)),
        _ when Coin() => Coin() ? new ErasePerson(Pick(_actors).Id) : new ExpireWords(Random.Next(40) == 0 ? Expiry.Everything : Pick([Expiry.Names, Expiry.SetAside])),
        _ => new RescheduleSession(Words(), Coin() ? _now : null, Coin() ? _now.AddHours(-2) : null),
    };

    private PolicyChanges Policies() => Random.Next(6) switch
    {
        0 => new PolicyChanges(Review: Coin()),
        1 => new PolicyChanges(ModeratorsSeeNames: Coin(), Anonymous: Pick(Enum.GetValues<Anonymity>())),
        2 => new PolicyChanges(ReportThreshold: Random.Next(4)),
        3 => new PolicyChanges(NameRequired: Coin(), CityRequired: Coin()),
        4 => new PolicyChanges(Support: Random.Next(4) > 0, Proposals: Random.Next(4) > 0),
        _ => new PolicyChanges(MaxLength: Random.Next(3) * 250, MaxOpen: Random.Next(6, 14)),
    };
}
