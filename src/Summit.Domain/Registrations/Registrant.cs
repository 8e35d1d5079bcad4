using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Summit.Domain.Registrations;

public enum RegistrationState
{
    /// <summary>Has been asked to register.</summary>
    Invited,

    /// <summary>Waits for an organiser's word.</summary>
    Applied,

    /// <summary>Has a place.</summary>
    Approved,

    /// <summary>Gets a place as soon as one is free, in the order of the list.</summary>
    Waiting,
    Declined,
    Cancelled,

    /// <summary>Has a place and has come.</summary>
    CheckedIn,
}

/// <summary>Somebody in the registration for a conference. Never changes; a newer one takes its place.</summary>
/// <param name="Answers">By the keys of the fields; what has passed its last day is no longer there.</param>
/// <param name="At">When this person registered last, or was invited.</param>
/// <param name="Since">The number of the event that led to the state: the order of the waiting list.</param>
/// <param name="Changed">When that was.</param>
/// <param name="Note">What was said with a refusal.</param>
/// <param name="Letter">The number of the event that a letter has to follow; null when none waits.</param>
/// <param name="Mailed">When a mail server took the last letter.</param>
/// <param name="Undeliverable">Why the last letter will never arrive.</param>
public sealed record Registrant(
    ParticipantId Id, RegistrationState State, ImmutableDictionary<string, string> Answers, string Lang, DateTimeOffset At, long Since, DateTimeOffset Changed,
    string? Note = null, long? Letter = null, DateTimeOffset? Mailed = null, string? Undeliverable = null)
{
    [JsonIgnore]
    public bool HasPlace => State is RegistrationState.Approved or RegistrationState.CheckedIn;

    /// <summary>The mail address; null once it has been deleted.</summary>
    [JsonIgnore]
    public string? Mail => Answers.GetValueOrDefault(RegistrationForm.Mail);

    [JsonIgnore]
    public string? Name => Answers.GetValueOrDefault(RegistrationForm.Name);
}
