using System.Collections.Immutable;
using Summit.Domain.Networks;
using Summit.Domain.Sessions;

namespace Summit.Domain.WorkingGroups;

/// <summary>How words go that were handed in from a session, and the names of those who come for a member.</summary>
public sealed partial class WorkingGroup
{
    /// <summary>Erasures of names that still stand in the events before them, by their numbers. Those of what was handed in lie with its conference.</summary>
    public ImmutableArray<long> Pending { get; private set; } = [];

    /// <summary>Since when there is a name that only earlier events hold; null while there is none.</summary>
    public DateTimeOffset? NamedBefore { get; private set; }

    /// <inheritdoc/>
    public IEvent? Erased(IErasure order, IEvent happened, EventContext context) => (order, happened) switch
    {
        (HandedInErased erased, TaskHandedIn e) when erased.Tasks.Contains(e.Task) => e with { Text = "" },
        // What came of it quotes what was asked for, as an answer does.
        (HandedInErased erased, TaskSettled e) when erased.Tasks.Contains(e.Task) => e with { Note = null },
        (GroupNamesErased, PartTaken e) when e.Person is not null && _members.GetValueOrDefault(e.Member)?.Person != e.Person => e with { Person = null },
        _ => null,
    };

    /// <param name="actor">Of the conference whose words go.</param>
    private Decision Decide(IErasing command, Actor actor)
    {
        if (actor.Role != Role.Admin)
        {
            return SessionFaults.Forbidden;
        }

        if (command is ConfirmErasure confirm)
        {
            return Decision.Raise(new ErasureDone(confirm.Order, confirm.Records));
        }

        var tasks = _tasks.Values.Where(task => task.From?.Conference == actor.Conference && command switch
        {
            ErasePerson { Person: var person } => task.Author == person,
            ExpireWords { What: var what } => what == Expiry.Everything,
            _ => false,
        }).Select(task => task.Id).ToList();
        return tasks.Count == 0 ? WorkingGroupFaults.TaskUnknown : Decision.Raise(new HandedInErased(tasks));
    }

    private Decision Decide(EraseNames command)
    {
        var named = _members.Values.Where(member => command.Means(member.Person)).Select(member => member.Member).ToList();
        return named.Count == 0 && NamedBefore is null ? Decision.Nothing : Decision.Raise(new GroupNamesErased(named));
    }

    private void Apply(IErasure order, EventContext context)
    {
        switch (order)
        {
            case HandedInErased erased:
                foreach (var task in erased.Tasks)
                {
                    _tasks[task] = _tasks[task] with { Text = "", Note = null };
                }

                break;
            case GroupNamesErased erased:
                Pending = Pending.Add(context.Seq);
                NamedBefore = null;
                foreach (var member in erased.Members)
                {
                    _members[member] = _members[member] with { Person = null };
                }

                break;
            default:
                throw new InvalidOperationException($"A working group does not know the erasure {order.GetType().Name}.");
        }
    }

    /// <param name="now">Who comes for the member from here on.</param>
    private void NoteWhoIsReplaced(MemberId member, string? now, DateTimeOffset at)
    {
        if (_members.GetValueOrDefault(member)?.Person is { } before && before != now)
        {
            NamedBefore ??= at;
        }
    }
}
