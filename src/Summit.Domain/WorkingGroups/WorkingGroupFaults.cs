namespace Summit.Domain.WorkingGroups;

/// <summary>Every refusal a working group knows besides those of texts, rights and networks.</summary>
public static class WorkingGroupFaults
{
    public static Fault NotTakingPart { get; } = new(FaultKind.Conflict, "group.not-taking-part", "This member does not take part in the group. Let it take part first.");

    public static Fault TaskUnknown { get; } = new(FaultKind.NotFound, "task.unknown", "There is no such task in this group.");

    public static Fault TaskExists { get; } = new(FaultKind.Conflict, "task.exists", "The group has this already.");

    public static Fault PracticeUnknown { get; } = new(FaultKind.NotFound, "practice.unknown", "There is no such practice in this group, or it is not published.");

    public static Fault WrongState { get; } =
        new(FaultKind.Conflict, "practice.wrong-state", "This cannot be done with the practice as it stands. Somebody else may have been quicker: look at its state.");

    public static Fault Incomplete { get; } =
        new(FaultKind.Conflict, "practice.incomplete", "Others cannot learn from it yet. Say what the problem was and what was done, then hand it in.");

    public static Fault OwnPractice { get; } = new(FaultKind.Forbidden, "practice.own", "This is its own practice: others endorse and adapt it.");

    public static Fault LanguagesMalformed { get; } = new(FaultKind.Invalid, "practice.languages", "Name at most 10 languages by tags like 'bg' or 'sr-Latn'.");
}
