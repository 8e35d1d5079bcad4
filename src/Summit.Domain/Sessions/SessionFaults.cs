namespace Summit.Domain.Sessions;

/// <summary>Every refusal a session knows. docs/faults.md says the same, and a test holds both together.</summary>
public static class SessionFaults
{
    public static Fault Unknown { get; } = new(FaultKind.NotFound, "session.unknown", "There is no such session here. Check the link or the code.");

    public static Fault Exists { get; } = new(FaultKind.Conflict, "session.exists", "This session has been set up already.");

    public static Fault NotOpen { get; } = new(FaultKind.Conflict, "session.not-open", "The session has not been opened yet. Try again when it begins.");

    public static Fault RegisteredOnly { get; } =
        new(FaultKind.Forbidden, "session.registered-only", "Before the session opens, questions are for those who have registered. Come in by your own link, or ask when it begins.");

    public static Fault Paused { get; } = new(FaultKind.Conflict, "session.paused", "The session is paused: you can read and support, nothing new is taken for the moment.");

    public static Fault Closed { get; } = new(FaultKind.Conflict, "session.closed", "The session is closed. Everything stays readable.");

    public static Fault TimesReversed { get; } = new(FaultKind.Invalid, "session.times-reversed", "A session cannot end before it starts.");

    public static Fault Forbidden { get; } = new(FaultKind.Forbidden, "access.forbidden", "Your link does not allow this. Ask the organiser for one that does.");

    public static Fault CommandUnknown { get; } = new(FaultKind.Invalid, "command.unknown", "This cannot be done here.");

    public static Fault NoSuchItem { get; } = new(FaultKind.NotFound, "item.unknown", "It is not there, or no longer visible.");

    public static Fault ItemExists { get; } = new(FaultKind.Conflict, "item.exists", "An item with this id is there already.");

    public static Fault ItemClosed { get; } = new(FaultKind.Conflict, "item.closed", "It has been dealt with and takes no more support.");

    public static Fault OwnItem { get; } = new(FaultKind.Forbidden, "item.own", "This is your own: others have to support or report it.");

    public static Fault NotYours { get; } = new(FaultKind.Forbidden, "item.not-yours", "Only the person who wrote it can do this.");

    public static Fault WrongKind { get; } = new(FaultKind.Conflict, "item.wrong-kind", "This cannot be done with an item of this kind.");

    public static Fault WrongState { get; } = new(FaultKind.Conflict, "item.wrong-state", "This cannot be done in its present state. Somebody else may have been quicker.");

    public static Fault TooLateToEdit { get; } = new(FaultKind.Conflict, "item.too-late-to-edit", "Others have seen it already, so its text stays. You can withdraw it and write a new one.");

    public static Fault NoStepBack { get; } = new(FaultKind.Conflict, "item.no-step-back", "There is no step to take back.");

    public static Fault NotInQueue { get; } = new(FaultKind.Conflict, "item.not-in-queue", "The item to put it before is not in the queue.");

    public static Fault MergedIntoItself { get; } = new(FaultKind.Conflict, "item.merged-into-itself", "An item cannot be merged into itself or into what was merged into it.");

    public static Fault ReplyTooDeep { get; } = new(FaultKind.Conflict, "item.reply-too-deep", "Replies go one level deep. Answer the comment above it.");

    public static Fault NotTaken { get; } = new(FaultKind.Conflict, "policy.not-taken", "This session does not take this at the moment.");

    public static Fault AnonymousNotAllowed { get; } = new(FaultKind.Conflict, "policy.no-anonymous", "This session asks everybody to stand by their name.");

    public static Fault NameRequired { get; } = new(FaultKind.Conflict, "policy.name-required", "This session asks for your name. Join again with it.");

    public static Fault CityRequired { get; } = new(FaultKind.Conflict, "policy.city-required", "This session asks for your city. Join again with it.");

    public static Fault ReasonUnknown { get; } = new(FaultKind.Invalid, "policy.reason-unknown", "Choose a reason from the session's list.");

    public static Fault ReasonMalformed { get; } = new(FaultKind.Invalid, "policy.reason-malformed", "Each reason needs a code of its own (40 characters) and a text (300).");

    public static Fault Muted { get; } = new(FaultKind.Forbidden, "person.muted", "A moderator has stopped you from posting in this session.");

    public static Fault PersonErased { get; } = new(FaultKind.Forbidden, "person.erased", "What you wrote was deleted, as you asked. Join again to take part again.");

    public static Fault ItemErased { get; } = new(FaultKind.Conflict, "item.erased", "Its words were deleted for good. Nobody can write others in their place.");

    public static Fault Expired { get; } = new(FaultKind.Conflict, "session.expired", "What was written here was deleted, as the organiser has set. Nothing new is taken.");

    public static Fault TooManyOpen { get; } = new(FaultKind.Conflict, "person.too-many-open", "You have as many open questions as one person may. Wait for one to be dealt with, or withdraw one.");

    public static Fault TooFast { get; } = new(FaultKind.Busy, "person.too-fast", "That was a lot in one minute. It can be sent again in a moment.");

    public static Fault NotSpeaking { get; } = new(FaultKind.Conflict, "item.not-speaking", "This person does not speak in this session. Ask another, or everybody.");

    public static Fault TextEmpty { get; } = new(FaultKind.Invalid, "text.empty", "Write something first.");

    public static Fault TitleEmpty { get; } = new(FaultKind.Invalid, "text.title-empty", "Give it a title.");

    public static Fault LangMalformed { get; } = new(FaultKind.Invalid, "text.lang-malformed", "The language is not a tag like 'bg' or 'sr-Latn'.");

    public static Fault LabelsMalformed { get; } = new(FaultKind.Invalid, "item.labels-malformed", "At most 8 labels of at most 40 characters.");

    public static Fault NoVote { get; } = new(FaultKind.Conflict, "vote.not-open", "There is no open vote on this proposal.");

    public static Fault TextTooLong(int most) => new(FaultKind.Invalid, "text.too-long", $"It is too long: at most {most} characters.");

    public static Fault PolicyOutOfBounds(string policy, int least, int most) =>
        new(FaultKind.Invalid, "policy.out-of-bounds", $"'{policy}' must be from {least} to {most}.");
}
