using System.Text.Json.Serialization;
using Summit.Domain.Networks;

namespace Summit.Domain.WorkingGroups;

/// <summary>A command to a working group; <c>type</c> on the wire is the name given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TakePart), "take-part")]
[JsonDerivedType(typeof(LeaveGroup), "leave")]
[JsonDerivedType(typeof(AddTask), "add-task")]
[JsonDerivedType(typeof(AssignTask), "assign")]
[JsonDerivedType(typeof(SettleTask), "settle")]
[JsonDerivedType(typeof(WritePractice), "write")]
[JsonDerivedType(typeof(SubmitPractice), "submit")]
[JsonDerivedType(typeof(ReturnPractice), "return")]
[JsonDerivedType(typeof(PublishPractice), "publish")]
[JsonDerivedType(typeof(ValidatePractice), "validate")]
[JsonDerivedType(typeof(WithdrawPractice), "withdraw")]
[JsonDerivedType(typeof(EndorsePractice), "endorse")]
[JsonDerivedType(typeof(AdaptPractice), "adapt")]
public interface IWorkingGroupCommand : ICommand;

/// <summary>Brings a member of the network in. Whether it is in the network is for the door to ask: the group does not know.</summary>
public interface IForMember : IWorkingGroupCommand
{
    MemberId Member { get; }
}

/// <summary>Where in a conference something was said.</summary>
public sealed record Origin(ConferenceId Conference, SessionId Session, ItemId Item);

/// <summary>A row of figures that show what a practice has changed, each as it was reported.</summary>
public sealed record Evidence(string Indicator, string? Unit = null, string? Before = null, string? After = null, PartialDate? Year = null, string? Source = null);

public enum TaskState
{
    Open,
    Done,

    /// <summary>Will not be done, for the reason in its note.</summary>
    Dropped,
}

/// <summary>Whether what a city took over from another worked there.</summary>
public enum Worked
{
    TooEarly,
    Yes,
    Partly,
    No,
}

/// <summary>Lets a member take part, or says anew who comes for it.</summary>
/// <param name="Person">Shown within the group alone.</param>
public sealed record TakePart(MemberId Member, string? Person = null) : IForMember;

public sealed record LeaveGroup(MemberId Member) : IWorkingGroupCommand;

/// <summary>Something to do that the group gives itself.</summary>
public sealed record AddTask(TaskId Task, string Text, string? Owner = null, DateOnly? Due = null) : IWorkingGroupCommand;

/// <summary>Says anew who does it, and by when.</summary>
public sealed record AssignTask(TaskId Task, string? Owner = null, DateOnly? Due = null) : IWorkingGroupCommand;

/// <param name="Note">What came of it; required if it is dropped.</param>
public sealed record SettleTask(TaskId Task, TaskState State, string? Note = null) : IWorkingGroupCommand;

/// <summary>Begins a draft under a new id, or writes one anew: all of it.</summary>
/// <param name="Member">Whose practice it is.</param>
/// <param name="Problem">What it is an answer to.</param>
/// <param name="Done">What was done.</param>
/// <param name="Resources">Money, people, and where they came from.</param>
/// <param name="Difficulties">What failed, too.</param>
/// <param name="Conditions">What another city needs to do the same.</param>
/// <param name="Review">By when it has to be looked at again.</param>
public sealed record WritePractice(
    PracticeId Practice, MemberId Member, string Title, string Summary, string? Problem = null, string? Done = null, string? Resources = null,
    IReadOnlyList<Evidence>? Evidence = null, string? Difficulties = null, string? Conditions = null, IReadOnlyList<Document>? Links = null,
    IReadOnlyList<string>? Languages = null, DateOnly? Review = null) : IForMember;

/// <summary>Hands a draft in to be published.</summary>
public sealed record SubmitPractice(PracticeId Practice) : IWorkingGroupCommand;

/// <summary>Gives it back to its author as a draft.</summary>
/// <param name="Request">What is asked for.</param>
public sealed record ReturnPractice(PracticeId Practice, string Request) : IWorkingGroupCommand;

/// <summary>Shows it to everybody, in the name of the group.</summary>
public sealed record PublishPractice(PracticeId Practice) : IWorkingGroupCommand;

/// <summary>Confirms a published one in the name of the network.</summary>
public sealed record ValidatePractice(PracticeId Practice) : IWorkingGroupCommand;

public sealed record WithdrawPractice(PracticeId Practice, string? Reason = null) : IWorkingGroupCommand;

/// <summary>A city stands behind the practice of another.</summary>
public sealed record EndorsePractice(PracticeId Practice, MemberId Member, bool On) : IForMember;

/// <summary>A city has taken it over from another, or says anew how that went.</summary>
/// <param name="Changed">What is different there.</param>
/// <param name="Since">When it began.</param>
public sealed record AdaptPractice(PracticeId Practice, MemberId Member, string Changed, Worked Worked, PartialDate? Since = null) : IForMember;
