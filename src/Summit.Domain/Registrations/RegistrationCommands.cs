using System.Text.Json.Serialization;

namespace Summit.Domain.Registrations;

/// <summary>A command of an organiser, or at the door, to the registration for a conference; <c>type</c> on the wire is the name given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SetForm), "set-form")]
[JsonDerivedType(typeof(ApproveRegistration), "approve")]
[JsonDerivedType(typeof(DeclineRegistration), "decline")]
[JsonDerivedType(typeof(CancelRegistration), "cancel")]
[JsonDerivedType(typeof(SendAgain), "send-again")]
[JsonDerivedType(typeof(CheckIn), "check-in")]
[JsonDerivedType(typeof(TakeCheckInBack), "take-check-in-back")]
public interface IRegistrationCommand : ICommand;

/// <summary>Writes the form anew: all of it. Without times it is open from now on until it is closed by one.</summary>
/// <param name="Approval">Whoever registers waits for an organiser's word.</param>
/// <param name="Closes">The first moment at which nothing is taken any more.</param>
/// <param name="Capacity">Null for as many as come.</param>
/// <param name="WaitingList">Whether people may register once all places are taken.</param>
public sealed record SetForm(
    IReadOnlyList<FormField> Fields, bool Approval = false, DateTimeOffset? Opens = null, DateTimeOffset? Closes = null, int? Capacity = null,
    bool WaitingList = true) : IRegistrationCommand;

/// <summary>Gives a place, or one on the waiting list when all are taken.</summary>
public sealed record ApproveRegistration(ParticipantId Person) : IRegistrationCommand;

/// <param name="Note">What the person is told.</param>
public sealed record DeclineRegistration(ParticipantId Person, string? Note = null) : IRegistrationCommand;

public sealed record CancelRegistration(ParticipantId Person) : IRegistrationCommand;

/// <summary>Writes once more how things stand, to somebody who says that no mail has come.</summary>
public sealed record SendAgain(ParticipantId Person) : IRegistrationCommand;

public sealed record CheckIn(ParticipantId Person) : IRegistrationCommand;

/// <summary>A slip at the door.</summary>
public sealed record TakeCheckInBack(ParticipantId Person) : IRegistrationCommand;

/// <summary>Somebody registers: the sender. Answers by the keys of the form's fields; more than it asks for is not kept.</summary>
/// <param name="Lang">The language to write to this person in.</param>
public sealed record Register(IReadOnlyDictionary<string, string> Answers, string Lang) : ICommand;

/// <summary>The sender does not come after all.</summary>
public sealed record WithdrawRegistration : ICommand;

/// <summary>Somebody to be asked to register.</summary>
public sealed record Invitation(ParticipantId Person, IReadOnlyDictionary<string, string> Answers, string Lang);

/// <summary>Invites people; who is there already, by the mail address, is left out.</summary>
public sealed record Invite(IReadOnlyList<Invitation> People) : ICommand;

/// <summary>Deletes the answers whose last day is over. Sent by the server itself.</summary>
public sealed record DeleteOldAnswers : ICommand;

/// <summary>One server says that it sends the letters for a while, so that two do not. Sent by the server itself.</summary>
public sealed record TakeMail(Guid Server) : ICommand;

/// <summary>Keeps what became of a letter. Sent by the server itself.</summary>
/// <param name="Letter">The number of the event that it follows.</param>
/// <param name="Refused">Why it will never be delivered; null when the mail server took it.</param>
public sealed record RecordLetter(long Letter, string? Refused = null) : ICommand;
