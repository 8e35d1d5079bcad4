namespace Summit.Domain.Registrations;

/// <summary>Every refusal a registration knows.</summary>
public static class RegistrationFaults
{
    public static Fault None { get; } = new(FaultKind.NotFound, "registration.none", "One does not register for this conference here.");

    public static Fault Early { get; } = new(FaultKind.Conflict, "registration.early", "Registration has not opened yet. Come back when it does.");

    public static Fault Closed { get; } = new(FaultKind.Conflict, "registration.closed", "Registration is closed. The organiser may still help you.");

    public static Fault Full { get; } = new(FaultKind.Conflict, "registration.full", "All places are taken.");

    public static Fault Exists { get; } = new(FaultKind.Conflict, "registration.exists", "You have registered already. Open the link that you were given then.");

    public static Fault MailTaken { get; } =
        new(FaultKind.Conflict, "registration.mail-taken", "Somebody has registered with this mail address already. Look for the mail that was sent to it then, or ask the organiser to send it again.");

    public static Fault MailMalformed { get; } = new(FaultKind.Invalid, "registration.mail", "A mail address looks like name@city.example.");

    public static Fault Unknown { get; } = new(FaultKind.NotFound, "registration.unknown", "Nobody is registered under this.");

    public static Fault WrongState { get; } =
        new(FaultKind.Conflict, "registration.wrong-state", "This cannot be done as the registration stands now. Somebody else may have been quicker.");

    public static Fault NoPlace { get; } = new(FaultKind.Conflict, "registration.no-place", "This person has no place. Approve the registration first.");

    public static Fault CheckedInAlready { get; } = new(FaultKind.Conflict, "registration.checked-in", "This person has been checked in already.");

    public static Fault FormMalformed { get; } =
        new(FaultKind.Invalid, "registration.form", "A form asks for name and mail address, and has at most 30 fields, each with a name of its own; a choice has 2 to 30 options.");

    public static Fault TimesReversed { get; } = new(FaultKind.Invalid, "registration.times-reversed", "It cannot close before it opens.");

    public static Fault MailElsewhere { get; } = new(FaultKind.Conflict, "registration.mail-elsewhere", "Another server sends this mail at the moment.");

    public static Fault FieldMissing(string field) => new(FaultKind.Invalid, "registration.field-missing", $"'{field}' has to be filled in.");

    public static Fault FieldMalformed(string field) => new(FaultKind.Invalid, "registration.field", $"'{field}' is not filled in as it is asked for.");

    public static Fault TooMany(int most) => new(FaultKind.Invalid, "registration.too-many", $"That is more than can be kept: at most {most}.");
}
