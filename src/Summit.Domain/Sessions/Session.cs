namespace Summit.Domain.Sessions;

public enum SessionState
{
    Scheduled,
    Open,

    /// <summary>Reading and support go on, nothing new is taken.</summary>
    Paused,

    /// <summary>Read only, for ever.</summary>
    Closed,
}

/// <summary>One item of a programme that people take part in: its items, its queue, its stage.</summary>
/// <remarks>
/// The class is one rule book in five parts: this file says who may speak and when, Session.People.cs what participants
/// may do, Session.Moderation.cs what moderators may do, Session.Apply.cs what each event changes, Session.Erasure.cs how words go.
/// </remarks>
public sealed partial class Session : IAggregate<Session>
{
    private readonly Dictionary<ItemId, Item> _items = [];
    private readonly Dictionary<ParticipantId, Person> _people = [];
    private readonly List<ItemId> _queue = [];

    /// <summary>Items by their last change, oldest first: what changed since N is its tail.</summary>
    private readonly LinkedList<Item> _byChange = [];
    private readonly int[] _counts = new int[Enum.GetValues<ItemState>().Length];

    private Session(Guid key) => Id = new SessionId(key);

    public static string Kind => "session";

    public SessionId Id { get; }

    public ConferenceId Conference { get; private set; }

    public string Title { get; private set; } = "";

    /// <summary>The language of items that name none, BCP 47.</summary>
    public string Lang { get; private set; } = "en";

    public SessionState State { get; private set; }

    public DateTimeOffset Starts { get; private set; }

    public DateTimeOffset Ends { get; private set; }

    public SessionPolicies Policies { get; private set; } = SessionPolicies.Standard;

    public ItemId? OnStage { get; private set; }

    /// <summary>Who left the stage for the one on it; null once either has moved on.</summary>
    public ItemId? Relieved { get; private set; }

    /// <summary>Number of the last event that changed the session itself or what is on stage.</summary>
    public long Changed { get; private set; }

    /// <summary>Whether it was ever scheduled: the cell of an id nobody scheduled is an empty one.</summary>
    public bool Exists => Changed > 0;

    public IReadOnlyDictionary<ItemId, Item> Items => _items;

    /// <summary>In the order they are to come on stage.</summary>
    public IReadOnlyList<ItemId> Queue => _queue;

    public static Session Create(Guid key) => new(key);

    public int Count(ItemState state) => _counts[(int)state];

    public bool IsMuted(ParticipantId person) => _people.TryGetValue(person, out var found) && found.Muted;

    /// <summary>What a person has posted here, in order. Empty for somebody who only listens.</summary>
    public IReadOnlyList<ItemId> PostedBy(ParticipantId person) => _people.TryGetValue(person, out var found) ? found.Posted : [];

    /// <summary>Items that any event after number <paramref name="seq"/> touched, newest first. Costs what it returns, however many items there are.</summary>
    public IEnumerable<Item> TouchedSince(long seq)
    {
        for (var node = _byChange.Last; node is not null && node.Value.Touched > seq; node = node.Previous)
        {
            yield return node.Value;
        }
    }

    public Decision Decide(ICommand command, CommandContext context)
    {
        if (command is ScheduleSession schedule)
        {
            return Decide(schedule, context.Actor);
        }

        return command switch
        {
            IErasing erasing => Decide(erasing, context.Actor),
            not ISessionCommand => SessionFaults.CommandUnknown,
            _ when !Exists || context.Actor.Conference != Conference || !context.Actor.IsIn(Id) => SessionFaults.Unknown,
            _ when context.Actor.Role != Role.Participant && !context.Actor.Moderates => SessionFaults.Forbidden,
            IModeration when !context.Actor.Moderates => SessionFaults.Forbidden,
            IHosting when context.Actor.Role != Role.Host => SessionFaults.Forbidden,
            _ when _erased.Contains(context.Actor.Id) => SessionFaults.PersonErased,
            CloseSession when State == SessionState.Closed => Decision.Nothing,
            _ when State == SessionState.Closed => SessionFaults.Closed,
            IContribution contribution => Decide(contribution, context),
            SupportItem support => Decide(support, context.Actor),
            EditItem edit => Decide(edit, context.Actor),
            WithdrawItem withdraw => Decide(withdraw, context.Actor),
            ReportItem report => Decide(report, context.Actor),
            CastBallot ballot => Decide(ballot, context.Actor),
            IModeration moderation => Decide(moderation, context.Actor),
            ChangePolicies change => Decide(change),
            RescheduleSession reschedule => Decide(reschedule),
            _ => SessionFaults.CommandUnknown,
        };
    }

    /// <summary>The item at the root of what this one was merged into; itself when it was not.</summary>
    public Item Root(Item item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Line(item).Last();
    }

    /// <summary>An item and what it was merged into, up to the root.</summary>
    private IEnumerable<Item> Line(Item item)
    {
        for (Item? above = item; above is not null; above = above.MergedInto is { } into ? _items[into] : null)
        {
            yield return above;
        }
    }

    /// <summary>An item and all that was merged into it, at any depth.</summary>
    private IEnumerable<Item> Tree(Item item) => item.Merged.SelectMany(id => Tree(_items[id])).Prepend(item);

    /// <summary>Who supports any of these and what was merged into them, each once, without the author of the first.</summary>
    private HashSet<ParticipantId> Union(Item root, params IEnumerable<Item> more)
    {
        HashSet<ParticipantId> united = [.. more.Prepend(root).SelectMany(Tree).SelectMany(node => node.Supporters)];
        united.Remove(root.Author);
        return united;
    }

    private Decision Decide(ScheduleSession command, Actor actor)
    {
        var title = Text.CleanLine(command.Title);
        var policies = (command.Policies ?? new PolicyChanges()).On(SessionPolicies.Standard);
        return this switch
        {
            _ when !Conferences.Conference.IsRunBy(actor, command.Conference) => SessionFaults.Forbidden,
            { Exists: true } => SessionFaults.Exists,
            _ when CheckTitle(title) is { } fault => fault,
            _ when !Text.IsLanguageTag(command.Lang) => SessionFaults.LangMalformed,
            _ when command.Ends < command.Starts => SessionFaults.TimesReversed,
            _ when policies.Check() is { } fault => fault,
            _ => Decision.Raise(new SessionScheduled(command.Conference, title, command.Lang, command.Starts, command.Ends, policies)),
        };
    }

    private Decision Decide(ChangePolicies command)
    {
        var policies = command.Policies.On(Policies);
        return policies.Check() is { } fault ? fault
            : policies.Equals(Policies) ? Decision.Nothing
            : Decision.Raise(new PoliciesChanged(policies));
    }

    private Decision Decide(RescheduleSession command)
    {
        var changed = new SessionRescheduled(
            command.Title is null ? Title : Text.CleanLine(command.Title), command.Starts ?? Starts, command.Ends ?? Ends);
        return CheckTitle(changed.Title) is { } fault ? fault
            : changed.Ends < changed.Starts ? SessionFaults.TimesReversed
            : changed == new SessionRescheduled(Title, Starts, Ends) ? Decision.Nothing
            : Decision.Raise(changed);
    }

    /// <summary>Counts an item in where it now stands, or out before it moves.</summary>
    private void Tally(Item item, int step)
    {
        _counts[(int)item.State] += step;
        _people[item.Author].Open += item is { IsOpen: true, Kind: not ItemKind.Comment } ? step : 0;
    }

    private void Mark(Item item, EventContext context)
    {
        item.Changed = context.Seq;
        item.WasVisible |= item.IsVisible;
        Touch(item, context);
    }

    private void Touch(Item item, EventContext context)
    {
        item.Touched = context.Seq;
        if (item.ByChange is { } node)
        {
            _byChange.Remove(node);
            _byChange.AddLast(node);
        }
        else
        {
            item.ByChange = _byChange.AddLast(item);
        }
    }

    private static Fault? CheckTitle(string title) => title.Length == 0 ? SessionFaults.TitleEmpty
        : Text.Length(title) > Limits.Title ? SessionFaults.TextTooLong(Limits.Title)
        : null;

    private static Fault? CheckText(string text, int most) => text.Length == 0 ? SessionFaults.TextEmpty
        : Text.Length(text) > most ? SessionFaults.TextTooLong(most)
        : null;

    private Item? Find(ItemId id) => _items.GetValueOrDefault(id);

    /// <summary>Lengths that no policy changes, in characters as a person counts them.</summary>
    private static class Limits
    {
        public const int Title = 150;
        public const int Note = 500;

        /// <summary>A written answer may be a page.</summary>
        public const int Answer = 4_000;
        public const int Owner = 120;
        public const int Label = 40;
        public const int Labels = 8;
    }

    /// <summary>What a session has to know of somebody who posts.</summary>
    private sealed class Person
    {
        public List<ItemId> Posted { get; init; } = [];

        /// <summary>How many of them count against the quota. Kept as they move: who posts all day must not be looked through each time.</summary>
        public int Open { get; set; }

        public bool Muted { get; set; }

        /// <summary>Times of what was posted in the last minute, oldest first.</summary>
        public Queue<DateTimeOffset> Recent { get; } = [];
    }
}
