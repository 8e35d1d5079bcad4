namespace Summit.Domain;

/// <summary>What a token lets its bearer be. The order is that of power, but for the stage, which only looks.</summary>
public enum Role
{
    Stage,
    Participant,
    Moderator,
    Host,
    Admin,
}

/// <summary>Who sends a command, as the access token says: the rules trust this and nothing the command itself says.</summary>
/// <param name="Conference">The conference the token was given for; empty for the administrator.</param>
/// <param name="Name">As the person gave it at the door, cleaned; null when none was given.</param>
public sealed record Actor(ParticipantId Id, Role Role, ConferenceId Conference, string? Name, string? City)
{
    /// <summary>Moderators and hosts run the queue.</summary>
    public bool Moderates => Role is Role.Moderator or Role.Host;
}
