namespace Summit.Domain.Conferences;

// On disk for ever, like all events.

[EventName("conference.planned.v1")]
public sealed record ConferencePlanned(
    string Title, string? Theme, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, IReadOnlyList<string> Languages, string Code,
    bool Demonstration) : IEvent;

[EventName("conference.session-added.v1")]
public sealed record SessionAddedToProgramme(SessionId Session, string Title, DateTimeOffset Starts, DateTimeOffset Ends, string Lang) : IEvent;

[EventName("conference.link-issued.v1")]
public sealed record LinkIssued(LinkId Link, Role Role, string Label, string Hash, DateTimeOffset? Expires) : IEvent;

[EventName("conference.link-revoked.v1")]
public sealed record LinkRevoked(LinkId Link) : IEvent;

[EventName("conference.removed.v1")]
public sealed record ConferenceRemoved : IEvent;
