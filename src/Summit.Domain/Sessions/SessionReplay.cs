namespace Summit.Domain.Sessions;

/// <summary>What changed from one moment of a replay to the next.</summary>
/// <param name="Changed">Items that are new, or of which more than the support changed.</param>
/// <param name="Supported">Items of which the support alone changed.</param>
/// <param name="People">How many have taken part up to here.</param>
public sealed record ReplayStep(long Seq, DateTimeOffset At, IReadOnlyCollection<Item> Changed, IReadOnlyCollection<Item> Supported, int People);

/// <summary>A session lived through again, from its events and by its own rules.</summary>
/// <remarks>Words that were deleted since are there at no moment. Two questions tell who may look at an item again: what was seen then need not be fit to be seen now.</remarks>
public sealed class SessionReplay
{
    /// <summary>
    /// As many places as a hand can tell apart on a track as wide as a screen. It bounds what a long session sends; each change of the stage
    /// and of the session itself is a step besides.
    /// </summary>
    private const int MostSteps = 240;

    private readonly (IEvent Happened, EventContext Context)[] _events;
    private readonly Session _today;

    /// <param name="events">All of the session, in order.</param>
    public SessionReplay(SessionId id, IEnumerable<(IEvent Happened, EventContext Context)> events)
    {
        _events = [.. events];
        (_today, Now) = (Session.Create(id.Value), Session.Create(id.Value));
        var done = _events.Select(each => each.Happened).OfType<ErasureDone>().Select(each => each.Order).ToHashSet();
        for (var at = 0; at < _events.Length; at++)
        {
            var (happened, context) = _events[at];
            _today.Apply(happened, context);
            if (happened is IErasure order && !done.Contains(context.Seq))
            {
                Erase(order, at);
            }
        }
    }

    /// <summary>The session as it was at the step that was taken last.</summary>
    public Session Now { get; }

    /// <summary>Everybody saw it at this step, and nothing since has put it, or what it was merged into, out of their sight.</summary>
    public bool IsForEverybody(Item item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.IsVisible && _today.Items[item.Id] is { Hidden: false } today && _today.Root(today).IsVisible;
    }

    /// <summary>All that moderators had, but for what its author has withdrawn since.</summary>
    public bool IsForModerators(Item item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return _today.Items[item.Id].State != ItemState.Withdrawn;
    }

    /// <summary>From the beginning to how it is today, once. Each step is read before the next one is taken.</summary>
    public IEnumerable<ReplayStep> Play()
    {
        var participation = new Participation(_ => null);
        HashSet<Item> changed = [], supported = [];
        var (most, seen, last) = ((_events.Length + MostSteps - 1) / MostSteps, 0, default(EventContext));
        for (var at = 0; at < _events.Length; at++)
        {
            var (happened, context) = _events[at];
            var touched = Apply(happened, context);
            participation.Count(happened, context);
            (happened is ItemSupported or SupportWithdrawn ? supported : changed).UnionWith(touched);
            var turned = Now.Changed == context.Seq;
            if (turned || touched.Count > 0)
            {
                (seen, last) = (turned ? most : seen + 1, context);
            }

            // One command is one step: nobody saw what lay between its events.
            var end = at + 1 == _events.Length;
            if (seen > 0 && (end || (seen >= most && _events[at + 1].Context.Command != context.Command)))
            {
                yield return new ReplayStep(last.Seq, last.At, [.. changed], [.. supported.Except(changed)], participation.People);
                changed.Clear();
                supported.Clear();
                seen = 0;
            }
        }
    }

    /// <returns>What everybody or the author saw change.</returns>
    private List<Item> Apply(IEvent happened, EventContext context)
    {
        Now.Apply(happened, context);
        if (happened is ItemPosted posted)
        {
            Now.Items[posted.Id].Erased = _today.Items[posted.Id].Erased;
        }

        // An erasure shows nothing here: what it took was never there.
        return happened is IErasure ? [] : [.. Now.TouchedSince(context.Seq - 1).Where(item => item.Changed == context.Seq)];
    }

    /// <summary>What a server has not yet rewritten in the journal is without those words here all the same.</summary>
    private void Erase(IErasure order, int end)
    {
        for (var at = 0; at < end; at++)
        {
            var (happened, context) = _events[at];
            _events[at].Happened = _today.Erased(order, happened, context) ?? happened;
        }
    }
}
