using System.Text.Json.Serialization;

namespace Summit.Domain.Conferences;

/// <summary>A command to a conference.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PlanConference), "plan")]
[JsonDerivedType(typeof(AddSessionToProgramme), "add-session")]
[JsonDerivedType(typeof(MoveInProgramme), "move-session")]
[JsonDerivedType(typeof(IssueLink), "issue-link")]
[JsonDerivedType(typeof(RevokeLink), "revoke-link")]
[JsonDerivedType(typeof(AddDocument), "add-document")]
[JsonDerivedType(typeof(RemoveConference), "remove")]
public interface IConferenceCommand : ICommand;

/// <summary>A command that a host sends over the conference's own door.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DescribeConference), "describe")]
[JsonDerivedType(typeof(SetSpeaker), "set-speaker")]
[JsonDerivedType(typeof(DropSpeaker), "drop-speaker")]
[JsonDerivedType(typeof(EraseSpeaker), "erase-speaker")]
[JsonDerivedType(typeof(PlaceSession), "place")]
[JsonDerivedType(typeof(DropDocument), "drop-document")]
[JsonDerivedType(typeof(PublishProgramme), "publish")]
[JsonDerivedType(typeof(SetRetention), "retention")]
[JsonDerivedType(typeof(PlaceHold), "hold")]
[JsonDerivedType(typeof(ReleaseHold), "release")]
public interface IProgrammeCommand : IConferenceCommand;

/// <summary>Where it is held online. Shown to those alone who have joined.</summary>
/// <param name="Url">Of any service, with https.</param>
/// <param name="Note">A number, a passcode.</param>
public sealed record Meeting(string Url, string? Note = null);

/// <summary>Whom to ask.</summary>
public sealed record ContactPerson(string Name, string? Mail = null, string? Phone = null);

/// <summary>Writes anew what the conference is: all of it.</summary>
/// <param name="Tracks">The themes that sessions are sorted by.</param>
public sealed record DescribeConference(
    string Title, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, IReadOnlyList<string> Languages, string? Theme = null, string? Place = null,
    Meeting? Meeting = null, ContactPerson? Contact = null, IReadOnlyList<string>? Tracks = null) : IProgrammeCommand;

/// <summary>Adds a speaker, or writes one anew.</summary>
/// <param name="Function">And the city, the organisation.</param>
public sealed record SetSpeaker(SpeakerId Speaker, string Name, string? Function = null, string? About = null) : IProgrammeCommand;

public sealed record DropSpeaker(SpeakerId Speaker) : IProgrammeCommand;

/// <summary>Takes out all that was ever said of a speaker, also of one who was dropped; where they spoke, their place stays.</summary>
public sealed record EraseSpeaker(SpeakerId Speaker) : IProgrammeCommand;

/// <summary>Says where a session of the programme is held, in which track and who speaks: all of it.</summary>
public sealed record PlaceSession(SessionId Session, string? Room = null, string? Track = null, IReadOnlyList<SpeakerId>? Speakers = null) : IProgrammeCommand;

public sealed record DropDocument(DocumentId Document) : IProgrammeCommand;

/// <summary>Makes the programme as it stands now the one that everybody sees.</summary>
public sealed record PublishProgramme : IProgrammeCommand;

/// <summary>How long what people wrote is kept.</summary>
public interface IKeepingCommand : IProgrammeCommand;

/// <summary>All of it: what is left out is kept for as long as the conference.</summary>
public sealed record SetRetention(Retention Retention) : IKeepingCommand;

/// <summary>Stops all deletion until it is released: for a dispute, an audit.</summary>
public sealed record PlaceHold(string Reason) : IKeepingCommand;

public sealed record ReleaseHold : IKeepingCommand;

/// <param name="TimeZone">IANA name, <c>Europe/Sofia</c>.</param>
/// <param name="Code">Six characters that lead here; claimed in the <see cref="Lobby"/> first.</param>
/// <param name="Demonstration">Made up to show what Summit does, and marked so everywhere.</param>
public sealed record PlanConference(
    string Title, string? Theme, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, IReadOnlyList<string> Languages, string Code,
    bool Demonstration = false) : IConferenceCommand;

public sealed record AddSessionToProgramme(SessionId Session, string Title, DateTimeOffset Starts, DateTimeOffset Ends, string Lang) : IConferenceCommand;

/// <summary>A session has been rescheduled; what is null stays as it is.</summary>
public sealed record MoveInProgramme(SessionId Session, string? Title, DateTimeOffset? Starts, DateTimeOffset? Ends) : IConferenceCommand;

/// <param name="Hash">SHA-256 of the secret in the link, lower-case hex. The secret itself is never stored.</param>
public sealed record IssueLink(LinkId Link, Role Role, string Label, string Hash, DateTimeOffset? Expires = null) : IConferenceCommand;

public sealed record RevokeLink(LinkId Link) : IConferenceCommand;

public sealed record RemoveConference : IConferenceCommand;

/// <summary>Hands a file out. Sent by the server once it has looked at the file and kept it.</summary>
/// <param name="Date">Of the document, as its author gives it.</param>
/// <param name="Hash">SHA-256 of the file, lower-case hex.</param>
public sealed record AddDocument(DocumentId Document, string Title, DateOnly Date, DocumentKind Kind, long Size, string Hash) : IConferenceCommand;
