using System.Text.Json.Serialization;

namespace Summit.Domain.WorkingGroups;

/// <summary>A member that takes part.</summary>
public sealed record GroupMember(MemberId Member, string? Person, DateTimeOffset Since);

/// <summary>Something a group has to do.</summary>
/// <param name="From">Null for what the group gave itself.</param>
/// <param name="Author">Who said it in the session it comes from.</param>
/// <param name="Settled">When its state was last set; null while nobody has.</param>
public sealed record GroupTask(
    TaskId Id, Origin? From, string Text, ParticipantId? Author, string? Owner, DateOnly? Due, DateTimeOffset At, TaskState State = TaskState.Open,
    string? Note = null, DateTimeOffset? Settled = null);

public enum PracticeState
{
    Draft,

    /// <summary>Waits for the coordinator.</summary>
    Submitted,

    /// <summary>Shown to everybody, in the name of the group.</summary>
    Published,

    /// <summary>Confirmed in the name of the network.</summary>
    Validated,
    Withdrawn,
}

/// <summary>What a city has done, told so that another can do it too.</summary>
/// <param name="Text">As it was written last.</param>
/// <param name="Changed">When its state or its text last changed.</param>
/// <param name="Request">What the coordinator asks for, until it is handed in again.</param>
/// <param name="Reason">Why it was withdrawn, if that was said.</param>
/// <param name="Endorsed">The members that stand behind it.</param>
/// <param name="Adapted">By each member once, as it was told last.</param>
public sealed record Practice(
    PracticeWritten Text, PracticeState State, DateTimeOffset Changed, string? Request, string? Reason, IReadOnlyList<MemberId> Endorsed,
    IReadOnlyList<PracticeAdapted> Adapted)
{
    [JsonIgnore]
    public PracticeId Id => Text.Practice;

    [JsonIgnore]
    public MemberId Member => Text.Member;

    [JsonIgnore]
    public bool IsPublic => State is PracticeState.Published or PracticeState.Validated;
}
