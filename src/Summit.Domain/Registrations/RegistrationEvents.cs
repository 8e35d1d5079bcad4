namespace Summit.Domain.Registrations;

// On disk for ever, like all events. Each says whom it is about.

[EventName("registration.form-set.v1")]
public sealed record FormSet(
    IReadOnlyList<FormField> Fields, bool Approval, DateTimeOffset? Opens, DateTimeOffset? Closes, int? Capacity, bool WaitingList) : IEvent;

/// <param name="State">What it led to: an application, a place, or one on the waiting list.</param>
[EventName("registration.registered.v1")]
public sealed record Registered(ParticipantId Person, IReadOnlyDictionary<string, string> Answers, string Lang, RegistrationState State) : IEvent;

[EventName("registration.invited.v1")]
public sealed record Invited(ParticipantId Person, IReadOnlyDictionary<string, string> Answers, string Lang) : IEvent;

/// <summary>Has a place, by an organiser or because one became free.</summary>
[EventName("registration.approved.v1")]
public sealed record RegistrationApproved(ParticipantId Person) : IEvent;

[EventName("registration.put-on-waiting-list.v1")]
public sealed record PutOnWaitingList(ParticipantId Person) : IEvent;

[EventName("registration.declined.v1")]
public sealed record RegistrationDeclined(ParticipantId Person, string? Note) : IEvent;

[EventName("registration.cancelled.v1")]
public sealed record RegistrationCancelled(ParticipantId Person) : IEvent;

[EventName("registration.checked-in.v1")]
public sealed record CheckedIn(ParticipantId Person) : IEvent;

[EventName("registration.check-in-taken-back.v1")]
public sealed record CheckInTakenBack(ParticipantId Person) : IEvent;

/// <summary>Of everybody who had filled these fields in.</summary>
[EventName("registration.answers-deleted.v1")]
public sealed record AnswersDeleted(IReadOnlyList<string> Fields) : IErasure;

/// <summary>What this person filled in is gone, and what was said to it; the state stays, so that places are counted as before.</summary>
[EventName("registration.person-erased.v1")]
public sealed record RegistrantErased(ParticipantId Person) : IErasure;

/// <summary>The same of everybody.</summary>
[EventName("registration.expired.v1")]
public sealed record RegistrationsExpired : IErasure;

[EventName("registration.mailer-named.v1")]
public sealed record MailerNamed(Guid Server, DateTimeOffset Until) : IEvent;

[EventName("registration.letter-asked.v1")]
public sealed record LetterAsked(ParticipantId Person) : IEvent;

/// <param name="Letter">The number of the event that it follows.</param>
[EventName("registration.letter-sent.v1")]
public sealed record LetterSent(ParticipantId Person, long Letter) : IEvent;

[EventName("registration.letter-refused.v1")]
public sealed record LetterRefused(ParticipantId Person, long Letter, string Reason) : IEvent;
