namespace Summit.Domain.Conferences;

// On disk for ever, like all events.

[EventName("conference.planned.v1")]
public sealed record ConferencePlanned(
    string Title, string? Theme, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, IReadOnlyList<string> Languages, string Code,
    bool Demonstration) : IEvent;

[EventName("conference.session-added.v1")]
public sealed record SessionAddedToProgramme(SessionId Session, string Title, DateTimeOffset Starts, DateTimeOffset Ends, string Lang) : IEvent;

[EventName("conference.session-moved.v1")]
public sealed record SessionMoved(SessionId Session, string Title, DateTimeOffset Starts, DateTimeOffset Ends) : IEvent;

[EventName("conference.described.v1")]
public sealed record ConferenceDescribed(
    string Title, string? Theme, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, IReadOnlyList<string> Languages, string? Place,
    Meeting? Meeting, ContactPerson? Contact, IReadOnlyList<string> Tracks) : IEvent;

[EventName("conference.speaker-set.v1")]
public sealed record SpeakerSet(SpeakerId Speaker, string Name, string? Function, string? About) : IEvent;

[EventName("conference.speaker-dropped.v1")]
public sealed record SpeakerDropped(SpeakerId Speaker) : IEvent;

/// <summary>What was said of this speaker is to go, here alone.</summary>
[EventName("conference.speaker-erased.v1")]
public sealed record SpeakerErased(SpeakerId Speaker) : IErasure;

[EventName("conference.session-placed.v1")]
public sealed record SessionPlaced(SessionId Session, string? Room, string? Track, IReadOnlyList<SpeakerId> Speakers) : IEvent;

[EventName("conference.document-added.v1")]
public sealed record DocumentAdded(DocumentId Document, string Title, DateOnly Date, DocumentKind Kind, long Size, string Hash) : IEvent;

[EventName("conference.document-dropped.v1")]
public sealed record DocumentDropped(DocumentId Document) : IEvent;

/// <summary>What it holds is what the events before it say.</summary>
/// <param name="Number">1 for the first version.</param>
[EventName("conference.programme-published.v1")]
public sealed record ProgrammePublished(int Number) : IEvent;

[EventName("conference.link-issued.v1")]
public sealed record LinkIssued(LinkId Link, Role Role, string Label, string Hash, DateTimeOffset? Expires) : IEvent;

[EventName("conference.link-revoked.v1")]
public sealed record LinkRevoked(LinkId Link) : IEvent;

[EventName("conference.retention-set.v1")]
public sealed record RetentionSet(Retention Retention) : IEvent;

[EventName("conference.hold-placed.v1")]
public sealed record HoldPlaced(string Reason) : IEvent;

[EventName("conference.hold-released.v1")]
public sealed record HoldReleased : IEvent;

/// <summary>What this person wrote in the sessions is to go.</summary>
[EventName("conference.erasure-ordered.v1")]
public sealed record ErasureOrdered(ParticipantId Person) : IErasure;

/// <summary>What was to be kept until now is to go, here and in the sessions.</summary>
[EventName("conference.expiry-ordered.v1")]
public sealed record ExpiryOrdered(Expiry What) : IErasure;

[EventName("conference.removed.v1")]
public sealed record ConferenceRemoved : IEvent;
