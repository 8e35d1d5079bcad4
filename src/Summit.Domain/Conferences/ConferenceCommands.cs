using System.Text.Json.Serialization;

namespace Summit.Domain.Conferences;

/// <summary>A command to a conference.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PlanConference), "plan")]
[JsonDerivedType(typeof(AddSessionToProgramme), "add-session")]
[JsonDerivedType(typeof(IssueLink), "issue-link")]
[JsonDerivedType(typeof(RevokeLink), "revoke-link")]
[JsonDerivedType(typeof(RemoveConference), "remove")]
public interface IConferenceCommand : ICommand;

/// <param name="TimeZone">IANA name, <c>Europe/Sofia</c>.</param>
/// <param name="Code">Six characters that lead here; claimed in the <see cref="Lobby"/> first.</param>
/// <param name="Demonstration">Made up to show what Summit does, and marked so everywhere.</param>
public sealed record PlanConference(
    string Title, string? Theme, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, IReadOnlyList<string> Languages, string Code,
    bool Demonstration = false) : IConferenceCommand;

public sealed record AddSessionToProgramme(SessionId Session, string Title, DateTimeOffset Starts, DateTimeOffset Ends, string Lang) : IConferenceCommand;

/// <param name="Hash">SHA-256 of the secret in the link, lower-case hex. The secret itself is never stored.</param>
public sealed record IssueLink(LinkId Link, Role Role, string Label, string Hash, DateTimeOffset? Expires = null) : IConferenceCommand;

public sealed record RevokeLink(LinkId Link) : IConferenceCommand;

public sealed record RemoveConference : IConferenceCommand;
