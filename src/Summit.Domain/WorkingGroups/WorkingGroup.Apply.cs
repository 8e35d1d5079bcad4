using System.Collections.Immutable;
using System.Text.Json;

namespace Summit.Domain.WorkingGroups;

/// <summary>A working group's state as it is saved.</summary>
public sealed record WorkingGroupSnapshot(
    NetworkId? Network, IReadOnlyList<GroupMember> Members, IReadOnlyList<GroupTask> Tasks, IReadOnlyList<Practice> Practices,
    ImmutableArray<long> Pending, DateTimeOffset? NamedBefore);

/// <summary>What each event changes. Never refuses. Saving and loading.</summary>
public sealed partial class WorkingGroup
{
    public static int SnapshotVersion => 2;

    public static WorkingGroup Load(Guid key, ReadOnlySpan<byte> snapshot)
    {
        var saved = JsonSerializer.Deserialize(snapshot, DomainJson.Default.WorkingGroupSnapshot)
            ?? throw new JsonException("A working group's snapshot is empty.");
        var group = new WorkingGroup(key) { Network = saved.Network, Pending = saved.Pending, NamedBefore = saved.NamedBefore };
        group.Fill(saved.Members, saved.Tasks, saved.Practices);
        return group;
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(
        new WorkingGroupSnapshot(Network, [.. _members.Values], [.. _tasks.Values], [.. _practices.Values], Pending, NamedBefore), DomainJson.Default.WorkingGroupSnapshot);

    public void Apply(IEvent happened, EventContext context)
    {
        switch (happened)
        {
            case WorkingGroupSetUp e:
                Network = e.Network;
                break;
            case PartTaken e:
                NoteWhoIsReplaced(e.Member, e.Person, context.At);
                _members[e.Member] = new GroupMember(e.Member, e.Person, _members.GetValueOrDefault(e.Member)?.Since ?? context.At);
                break;
            case GroupLeft e:
                NoteWhoIsReplaced(e.Member, null, context.At);
                _members.Remove(e.Member);
                break;
            case TaskHandedIn e:
                _tasks.Add(e.Task, new GroupTask(e.Task, e.From, e.Text, e.Author, e.Owner, e.Due, context.At));
                break;
            case TaskAdded e:
                _tasks.Add(e.Task, new GroupTask(e.Task, null, e.Text, null, e.Owner, e.Due, context.At));
                break;
            case TaskAssigned e:
                _tasks[e.Task] = _tasks[e.Task] with { Owner = e.Owner, Due = e.Due };
                break;
            case TaskSettled e:
                _tasks[e.Task] = _tasks[e.Task] with { State = e.State, Note = e.Note, Settled = context.At };
                break;
            case IPracticeEvent e:
                _practices[e.Practice] = After(e, _practices.GetValueOrDefault(e.Practice), context.At);
                break;
            case IErasure e:
                Apply(e, context);
                break;
            case ErasureDone e:
                Pending = Pending.Remove(e.Order);
                break;
            case CommandNoted:
                break;
            default:
                throw new InvalidOperationException($"A working group does not know the event {happened?.GetType().Name}.");
        }
    }

    /// <param name="known">Null before its first draft.</param>
    private static Practice After(IPracticeEvent happened, Practice? known, DateTimeOffset at) => (happened, known) switch
    {
        (PracticeWritten e, null) => new Practice(e, PracticeState.Draft, at, null, null, [], []),
        (PracticeWritten e, { } was) => was with { Text = e, State = PracticeState.Draft, Changed = at, Reason = null },
        (PracticeSubmitted, { } was) => was with { State = PracticeState.Submitted, Changed = at, Request = null },
        (PracticeReturned e, { } was) => was with { State = PracticeState.Draft, Changed = at, Request = e.Request },
        (PracticePublished, { } was) => was with { State = PracticeState.Published, Changed = at },
        (PracticeValidated, { } was) => was with { State = PracticeState.Validated, Changed = at },
        (PracticeWithdrawn e, { } was) => was with { State = PracticeState.Withdrawn, Changed = at, Reason = e.Reason },
        (PracticeEndorsed e, { } was) => was with { Endorsed = [.. was.Endorsed, e.Member] },
        (EndorsementWithdrawn e, { } was) => was with { Endorsed = [.. was.Endorsed.Where(member => member != e.Member)] },
        (PracticeAdapted e, { } was) => was with { Adapted = [.. was.Adapted.Where(one => one.Member != e.Member), e] },
        _ => throw new InvalidOperationException($"A working group does not know the step {happened.GetType().Name} here."),
    };

    private void Fill(IEnumerable<GroupMember> members, IEnumerable<GroupTask> tasks, IEnumerable<Practice> practices)
    {
        foreach (var member in members)
        {
            _members.Add(member.Member, member);
        }

        foreach (var task in tasks)
        {
            _tasks.Add(task.Id, task);
        }

        foreach (var practice in practices)
        {
            _practices.Add(practice.Id, practice);
        }
    }
}
