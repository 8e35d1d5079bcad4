namespace Summit.Domain.Sessions;

// Number, time, actor and command ride on the envelope. These shapes and names are on disk for ever: new needs get new events.

/// <summary>Something that happened in a session.</summary>
public interface ISessionEvent : IEvent;

/// <summary>Something that happened to one item.</summary>
public interface IItemEvent : ISessionEvent
{
    ItemId Id { get; }
}

[EventName("session.scheduled.v1")]
public sealed record SessionScheduled(
    ConferenceId Conference, string Title, string Lang, DateTimeOffset Starts, DateTimeOffset Ends, SessionPolicies Policies) : ISessionEvent;

[EventName("session.rescheduled.v1")]
public sealed record SessionRescheduled(string Title, DateTimeOffset Starts, DateTimeOffset Ends) : ISessionEvent;

[EventName("session.opened.v1")]
public sealed record SessionOpened : ISessionEvent;

[EventName("session.paused.v1")]
public sealed record SessionPaused : ISessionEvent;

[EventName("session.closed.v1")]
public sealed record SessionClosed : ISessionEvent;

[EventName("session.policies-changed.v1")]
public sealed record PoliciesChanged(SessionPolicies Policies) : ISessionEvent;

/// <summary>What this person wrote is gone, and their name; supports, ballots and what others wrote stay.</summary>
[EventName("session.person-erased.v1")]
public sealed record PersonErased(ParticipantId Person) : ISessionEvent, IErasure;

/// <summary>What this speaker was called in questions to them is gone.</summary>
[EventName("session.addressee-erased.v1")]
public sealed record AddresseeErased(SpeakerId Speaker) : ISessionEvent, IErasure;

[EventName("session.words-expired.v1")]
public sealed record WordsExpired(Expiry What) : ISessionEvent, IErasure;

/// <param name="Name">Null when none was given, or when the author is anonymous to moderators too.</param>
/// <param name="State">Pending or Published, as the policy was.</param>
[EventName("session.item-posted.v1")]
public sealed record ItemPosted(
    ItemId Id, ItemKind Kind, string? Title, string Text, string Lang, bool Anonymous, string? Name, string? City, ItemId? ReplyTo, ItemState State)
    : IItemEvent;

/// <summary>It was asked of this speaker, who was called so then.</summary>
[EventName("session.item-addressed.v1")]
public sealed record ItemAddressed(ItemId Id, SpeakerId Speaker, string Name) : IItemEvent;

[EventName("session.item-supported.v1")]
public sealed record ItemSupported(ItemId Id) : IItemEvent;

[EventName("session.support-withdrawn.v1")]
public sealed record SupportWithdrawn(ItemId Id) : IItemEvent;

[EventName("session.item-edited.v1")]
public sealed record ItemEdited(ItemId Id, string? Title, string Text) : IItemEvent;

[EventName("session.item-corrected.v1")]
public sealed record ItemCorrected(ItemId Id, string? Title, string Text) : IItemEvent;

[EventName("session.item-withdrawn.v1")]
public sealed record ItemWithdrawn(ItemId Id) : IItemEvent;

[EventName("session.item-published.v1")]
public sealed record ItemPublished(ItemId Id) : IItemEvent;

[EventName("session.item-declined.v1")]
public sealed record ItemDeclined(ItemId Id, string Reason, string? Note) : IItemEvent;

/// <param name="Rank">Its place: the queue goes by rising rank.</param>
[EventName("session.item-queued.v1")]
public sealed record ItemQueued(ItemId Id, double Rank) : IItemEvent;

/// <param name="After">Who left the stage for it, by the same command.</param>
[EventName("session.item-staged.v1")]
public sealed record ItemStaged(ItemId Id, ItemId? After) : IItemEvent;

[EventName("session.item-answered.v1")]
public sealed record ItemAnswered(ItemId Id, string? Text) : IItemEvent;

[EventName("session.follow-up-promised.v1")]
public sealed record FollowUpPromised(ItemId Id, string Owner, DateOnly Due, string? Note) : IItemEvent;

[EventName("session.item-merged.v1")]
public sealed record ItemMerged(ItemId Id, ItemId Into) : IItemEvent;

/// <summary>A step was taken back: merged items come apart, answers and reasons of the step are gone from the item.</summary>
/// <param name="Rank">Its place, where it went back to the queue.</param>
[EventName("session.item-stepped-back.v1")]
public sealed record ItemSteppedBack(ItemId Id, ItemState To, double? Rank) : IItemEvent;

[EventName("session.item-labelled.v1")]
public sealed record ItemLabelled(ItemId Id, IReadOnlyList<string> Labels) : IItemEvent;

[EventName("session.note-added.v1")]
public sealed record NoteAdded(ItemId Id, string? Name, string Text) : IItemEvent;

[EventName("session.item-reported.v1")]
public sealed record ItemReported(ItemId Id, string? Why) : IItemEvent;

[EventName("session.item-hidden.v1")]
public sealed record ItemHidden(ItemId Id) : IItemEvent;

[EventName("session.reports-cleared.v1")]
public sealed record ReportsCleared(ItemId Id) : IItemEvent;

/// <param name="Id">The item whose author it is.</param>
[EventName("session.author-muted.v1")]
public sealed record AuthorMuted(ItemId Id) : IItemEvent;

[EventName("session.author-unmuted.v1")]
public sealed record AuthorUnmuted(ItemId Id) : IItemEvent;

[EventName("session.vote-opened.v1")]
public sealed record VoteOpened(ItemId Id) : IItemEvent;

[EventName("session.ballot-cast.v1")]
public sealed record BallotCast(ItemId Id, Choice Choice) : IItemEvent;

[EventName("session.vote-closed.v1")]
public sealed record VoteClosed(ItemId Id) : IItemEvent;
