using Summit.Domain.Networks;

namespace Summit.Domain.WorkingGroups;

// On disk for ever, like all events.

/// <summary>A step in the life of a practice.</summary>
public interface IPracticeEvent : IEvent
{
    PracticeId Practice { get; }
}

/// <summary>Comes before everything else: from here on the group is this network's and no other's.</summary>
[EventName("working-group.set-up.v1")]
public sealed record WorkingGroupSetUp(NetworkId Network) : IEvent;

[EventName("working-group.part-taken.v1")]
public sealed record PartTaken(MemberId Member, string? Person) : IEvent;

[EventName("working-group.left.v1")]
public sealed record GroupLeft(MemberId Member) : IEvent;

[EventName("working-group.task-handed-in.v1")]
public sealed record TaskHandedIn(TaskId Task, Origin From, string Text, ParticipantId Author, string? Owner, DateOnly? Due) : IEvent;

[EventName("working-group.task-added.v1")]
public sealed record TaskAdded(TaskId Task, string Text, string? Owner, DateOnly? Due) : IEvent;

[EventName("working-group.task-assigned.v1")]
public sealed record TaskAssigned(TaskId Task, string? Owner, DateOnly? Due) : IEvent;

[EventName("working-group.task-settled.v1")]
public sealed record TaskSettled(TaskId Task, TaskState State, string? Note) : IEvent;

[EventName("working-group.practice-written.v1")]
public sealed record PracticeWritten(
    PracticeId Practice, MemberId Member, string Title, string Summary, string? Problem, string? Done, string? Resources, IReadOnlyList<Evidence> Evidence,
    string? Difficulties, string? Conditions, IReadOnlyList<Document> Links, IReadOnlyList<string> Languages, DateOnly? Review) : IPracticeEvent;

[EventName("working-group.practice-submitted.v1")]
public sealed record PracticeSubmitted(PracticeId Practice) : IPracticeEvent;

[EventName("working-group.practice-returned.v1")]
public sealed record PracticeReturned(PracticeId Practice, string Request) : IPracticeEvent;

[EventName("working-group.practice-published.v1")]
public sealed record PracticePublished(PracticeId Practice) : IPracticeEvent;

[EventName("working-group.practice-validated.v1")]
public sealed record PracticeValidated(PracticeId Practice) : IPracticeEvent;

[EventName("working-group.practice-withdrawn.v1")]
public sealed record PracticeWithdrawn(PracticeId Practice, string? Reason) : IPracticeEvent;

[EventName("working-group.practice-endorsed.v1")]
public sealed record PracticeEndorsed(PracticeId Practice, MemberId Member) : IPracticeEvent;

[EventName("working-group.endorsement-withdrawn.v1")]
public sealed record EndorsementWithdrawn(PracticeId Practice, MemberId Member) : IPracticeEvent;

[EventName("working-group.practice-adapted.v1")]
public sealed record PracticeAdapted(PracticeId Practice, MemberId Member, string Changed, Worked Worked, PartialDate? Since) : IPracticeEvent;

/// <summary>What was said in a session and handed in as these tasks goes: its author, or its conference, lets it be kept no longer.</summary>
[EventName("working-group.words-erased.v1")]
public sealed record HandedInErased(IReadOnlyList<TaskId> Tasks) : IErasure;

/// <summary>Goes: who came for these members, and everybody who came before and is named no more.</summary>
[EventName("working-group.names-erased.v1")]
public sealed record GroupNamesErased(IReadOnlyList<MemberId> Members) : IErasure;
