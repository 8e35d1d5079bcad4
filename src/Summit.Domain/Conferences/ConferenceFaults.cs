namespace Summit.Domain.Conferences;

/// <summary>Every refusal a conference or the lobby knows.</summary>
public static class ConferenceFaults
{
    public static Fault Unknown { get; } = new(FaultKind.NotFound, "conference.unknown", "There is no such conference here. Check the link or the code.");

    public static Fault Exists { get; } = new(FaultKind.Conflict, "conference.exists", "This conference has been planned already.");

    public static Fault TitleMissing { get; } = new(FaultKind.Invalid, "conference.title", "A conference needs a title of at most 200 characters.");

    public static Fault TimesReversed { get; } = new(FaultKind.Invalid, "conference.times-reversed", "It cannot end before it starts.");

    public static Fault TimeZoneUnknown { get; } = new(FaultKind.Invalid, "conference.time-zone", "The time zone is not one of the IANA names, like 'Europe/Sofia'.");

    public static Fault LanguagesMalformed { get; } = new(FaultKind.Invalid, "conference.languages", "Name one to 20 languages by tags like 'bg' or 'sr-Latn'.");

    public static Fault MeetingMalformed { get; } = new(FaultKind.Invalid, "conference.meeting", "The link to the meeting begins with https://.");

    public static Fault ContactMalformed { get; } = new(FaultKind.Invalid, "conference.contact", "The contact needs a name, and a mail address has an @ in it.");

    public static Fault TooMany { get; } =
        new(FaultKind.Invalid, "conference.too-many", "At most 20 tracks, 500 speakers in all and 30 in one session.");

    public static Fault TrackUnknown { get; } = new(FaultKind.Conflict, "conference.track", "There is no such track. Add it to the conference first.");

    public static Fault SpeakerUnknown { get; } = new(FaultKind.NotFound, "speaker.unknown", "There is no such speaker in this conference.");

    public static Fault NotInProgramme { get; } = new(FaultKind.NotFound, "programme.unknown", "There is no such session in the programme.");

    public static Fault Unpublished { get; } = new(FaultKind.NotFound, "programme.unpublished", "The programme has not been published yet. Come back later, or join with the code.");

    public static Fault Unchanged { get; } = new(FaultKind.Conflict, "programme.unchanged", "Nothing has changed since the last version of the programme.");

    public static Fault RetentionDays { get; } = new(FaultKind.Invalid, "retention.days", "Days are from 0 to 36500, or left out to keep it for as long as the conference.");

    public static Fault KeptLonger { get; } = new(FaultKind.Conflict, "retention.not-due", "It is to be kept longer than until now.");

    public static Fault Held { get; } = new(FaultKind.Conflict, "retention.held", "A legal hold stops all deletion. Release it first.");

    public static Fault OrderUnknown { get; } = new(FaultKind.NotFound, "retention.order-unknown", "Nothing was to be deleted under this number.");

    public static Fault DocumentUnknown { get; } = new(FaultKind.NotFound, "document.unknown", "There is no such document here. It may have been taken back.");

    public static Fault DocumentExists { get; } = new(FaultKind.Conflict, "document.exists", "This document is here already.");

    public static Fault DocumentTooLarge { get; } = new(FaultKind.Invalid, "document.too-large", "A document may have 20 MB. Save it with smaller pictures.");

    public static Fault DocumentsTooMany { get; } =
        new(FaultKind.Conflict, "document.too-many", "A conference hands out at most 50 documents of 200 MB in all. Take one back first.");

    public static Fault LinkUnknown { get; } = new(FaultKind.NotFound, "link.unknown", "There is no such link. It may have been revoked, or it has expired: ask the organiser for a new one.");

    public static Fault LinkExists { get; } = new(FaultKind.Conflict, "link.exists", "This link has been issued already.");

    public static Fault LinkMalformed { get; } = new(FaultKind.Invalid, "link.malformed", "A link is for a moderator, a host or the stage, with a label of at most 80 characters.");

    public static Fault CodeTaken { get; } = new(FaultKind.Conflict, "lobby.code-taken", "This code leads to another conference.");

    public static Fault CodeMalformed { get; } = new(FaultKind.Invalid, "lobby.code-malformed", "A code has six characters; 0, O, 1, I and L are not among them.");

    public static Fault AdministratorMissing { get; } = new(FaultKind.Conflict, "lobby.administrator-missing", "Nothing has been set up here yet. Start the server once; it makes the administrator's link.");

    public static Fault AdministratorThere { get; } = new(FaultKind.Conflict, "lobby.administrator-there", "There is an administrator already.");
}
