namespace Summit.Domain.Participants;

/// <summary>Every refusal a person's record knows besides those of texts, links and rights, which it shares.</summary>
public static class ParticipantFaults
{
    public static Fault Unknown { get; } = new(FaultKind.NotFound, "participant.unknown", "There is no such person here.");

    public static Fault Exists { get; } = new(FaultKind.Conflict, "participant.exists", "This person is known already.");

    public static Fault MailMalformed { get; } = new(FaultKind.Invalid, "participant.mail", "A mail address has an @ in it, and no blanks.");

    public static Fault LanguagesMalformed { get; } = new(FaultKind.Invalid, "participant.languages", "Name at most 10 languages by tags like 'bg' or 'sr-Latn'.");

    public static Fault RoleMalformed { get; } = new(FaultKind.Invalid, "participant.role", "There is no such role in that place.");

    public static Fault RoleUnknown { get; } = new(FaultKind.NotFound, "participant.role-unknown", "This person does not have this role.");

    public static Fault Elsewhere { get; } =
        new(FaultKind.Forbidden, "participant.elsewhere", "This person has a role in another conference or network too. Only they themselves or the administrator can do this.");

    public static Fault LinkMalformed { get; } = new(FaultKind.Invalid, "participant.link", "This is not a link that can be issued.");

    public static Fault SignInUnknown { get; } = new(FaultKind.NotFound, "participant.sign-in-unknown", "This device is signed out already.");

    public static Fault AccountUnknown { get; } = new(FaultKind.NotFound, "participant.account-unknown", "This account does not lead to this person.");

    public static Fault AccountOther { get; } = new(
        FaultKind.Conflict, "participant.account-other",
        "Your mail address belongs to somebody who comes in by another account of your organisation. Ask the organiser of the conference or network to unlink that one.");

    public static Fault AccountSecond { get; } = new(
        FaultKind.Conflict, "participant.account-second", "You come in by another account of this organisation already. Unlink that one first.");

    public static Fault PasskeyExists { get; } = new(FaultKind.Conflict, "participant.passkey-exists", "This passkey is known already.");

    public static Fault PasskeyUnknown { get; } =
        new(FaultKind.NotFound, "participant.passkey-unknown", "This passkey lets nobody in here. It may have been removed: come in another way, and add it anew.");

    public static Fault PasskeyBehind { get; } = new(
        FaultKind.Conflict, "participant.passkey-behind", "This passkey has been used somewhere else since. If that was not you, come in another way and remove it.");

    public static Fault TooMany(int most) => new(FaultKind.Invalid, "participant.too-many", $"That is more than one person can have: at most {most}.");
}
