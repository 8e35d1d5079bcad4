namespace Summit.Domain.Sessions;

/// <summary>An item in a report. Who was anonymous to the others is so here.</summary>
/// <param name="By">Who answered, declined or promised, where it is known.</param>
/// <param name="Settled">When that was.</param>
public sealed record ReportedItem(
    ItemId Id, ItemKind Kind, string? Title, string Text, string Lang, ItemState State, int Support, string? Name, string? City, DateTimeOffset At,
    ItemId? ReplyTo, string? Answer, string? By, DateTimeOffset? Settled, Decline? Reason, FollowUp? FollowUp, ItemId? Into, VoteResult? Vote,
    ErasedFor? Erased = null, Addressee? To = null);

public sealed record VoteResult(bool Open, int Yes, int No, int Abstain);

public enum MomentKind
{
    Opened,
    Paused,
    Closed,
    Staged,
    Answered,
    FollowUp,
    VoteOpened,
    VoteClosed,
}

/// <summary>A line of a session's timeline.</summary>
public sealed record ReportedMoment(DateTimeOffset At, MomentKind Kind, ItemId? Item, string? By);

/// <summary>What became of a session, told from its events, for those who ran it: to be printed, handed on and kept.</summary>
/// <param name="Items">By their time, without what their authors have withdrawn.</param>
/// <param name="Withdrawn">How many those are.</param>
public sealed record SessionReport(
    SessionId Id, string Title, DateTimeOffset Starts, DateTimeOffset Ends, SessionState State, Participation Participation, int Withdrawn,
    IReadOnlyList<ReportedItem> Items, IReadOnlyList<ReportedMoment> Timeline)
{
    /// <summary>Moderators and hosts of the conference, those of one session for that one, and the administrator.</summary>
    /// <param name="session">Null for the report of all sessions.</param>
    public static bool IsFor(Actor actor, ConferenceId conference, SessionId? session = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role == Role.Admin || (actor.Moderates && actor.Conference == conference && (actor.Session is null || actor.Session == session));
    }

    /// <param name="events">All of the session, in order.</param>
    /// <param name="named">What somebody who moderates is called; null where that is not known.</param>
    /// <param name="countryOf">The country of a city as somebody wrote it; null where it is not known.</param>
    public static SessionReport Of(
        SessionId id, IEnumerable<(IEvent Happened, EventContext Context)> events, Func<ParticipantId, string?> named, Func<string, string?> countryOf)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(named);
        var session = Session.Create(id.Value);
        var participation = new Participation(countryOf);
        var timeline = new List<ReportedMoment>();
        var settled = new Dictionary<(ItemId, ItemState), EventContext>();
        foreach (var (happened, context) in events)
        {
            session.Apply(happened, context);
            participation.Count(happened, context);
            if (MomentOf(happened) is { } moment)
            {
                timeline.Add(new ReportedMoment(context.At, moment, (happened as IItemEvent)?.Id, named(context.By)));
            }

            if (happened is ItemAnswered or ItemDeclined or FollowUpPromised or ItemMerged)
            {
                // A step taken back and made again is that of who made it last.
                var item = ((IItemEvent)happened).Id;
                settled[(item, session.Items[item].State)] = context;
            }
        }

        // As they are now: words that were deleted may still stand in the events for a moment.
        foreach (var item in session.Items.Values.Where(item => item is { Anonymous: false, City: not null }))
        {
            participation.Add(item.Author, item.City!);
        }

        var items = session.Items.Values.Where(item => item.State != ItemState.Withdrawn).OrderBy(item => item.Number)
            .Select(item => Of(item, settled.TryGetValue((item.Id, item.State), out var step) ? step : null, named));
        return new SessionReport(
            id, session.Title, session.Starts.ToUniversalTime(), session.Ends.ToUniversalTime(), session.State, participation, session.Count(ItemState.Withdrawn),
            [.. items], timeline);
    }

    private static MomentKind? MomentOf(IEvent happened) => happened switch
    {
        SessionOpened => MomentKind.Opened,
        SessionPaused => MomentKind.Paused,
        SessionClosed => MomentKind.Closed,
        ItemStaged => MomentKind.Staged,
        ItemAnswered => MomentKind.Answered,
        FollowUpPromised => MomentKind.FollowUp,
        VoteOpened => MomentKind.VoteOpened,
        VoteClosed => MomentKind.VoteClosed,
        _ => null,
    };

    private static ReportedItem Of(Item item, EventContext? step, Func<ParticipantId, string?> named) => new(
        item.Id, item.Kind, item.Title, item.Text, item.Lang, item.State, item.Support, item.Anonymous ? null : item.Name, item.Anonymous ? null : item.City,
        item.At, item.ReplyTo, item.Answer, step is { } by ? named(by.By) : null, step?.At, item.Decline, item.FollowUp, item.MergedInto,
        item.Vote is { } vote ? new VoteResult(vote.Open, vote.Count(Choice.Yes), vote.Count(Choice.No), vote.Count(Choice.Abstain)) : null, item.Erased, item.To);
}
