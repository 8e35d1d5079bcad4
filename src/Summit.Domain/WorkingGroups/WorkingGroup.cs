using Summit.Domain.Networks;
using Summit.Domain.Sessions;
using static Summit.Domain.Fields;

namespace Summit.Domain.WorkingGroups;

/// <summary>A working group between two summits: who takes part, what it has been given to do, and the practices it shares.</summary>
/// <remarks>
/// What it is called, and whether it is there at all, stands in its network. It trusts those whom that network has introduced
/// (<see cref="Networks.Network.Introduce"/>). This file says who may do what and keeps members and tasks; WorkingGroup.Practices.cs has the life of a
/// practice, WorkingGroup.Erasure.cs how words go, WorkingGroup.Apply.cs what each event changes.
/// </remarks>
public sealed partial class WorkingGroup : IAggregate<WorkingGroup>
{
    private readonly Dictionary<MemberId, GroupMember> _members = [];
    private readonly Dictionary<TaskId, GroupTask> _tasks = [];
    private readonly Dictionary<PracticeId, Practice> _practices = [];

    private WorkingGroup(Guid key) => Id = new GroupId(key);

    public static string Kind => "working-group";

    public GroupId Id { get; }

    /// <summary>Whose group it is; null until something has been done in it.</summary>
    public NetworkId? Network { get; private set; }

    public IReadOnlyCollection<GroupMember> Members => _members.Values;

    public IReadOnlyCollection<GroupTask> Tasks => _tasks.Values;

    public IReadOnlyCollection<Practice> Practices => _practices.Values;

    public static WorkingGroup Create(Guid key) => new(key);

    /// <summary>The state as it is now, for those who read on while this one changes.</summary>
    public WorkingGroup Copy()
    {
        var copy = new WorkingGroup(Id.Value) { Network = Network, Pending = Pending, NamedBefore = NamedBefore };
        copy.Fill(_members.Values, _tasks.Values, _practices.Values);
        return copy;
    }

    /// <summary>Whether this person runs the group: its coordinator, and whoever keeps the network's records.</summary>
    public bool IsRunBy(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return Keeps(actor) || (actor.Role == Role.Coordinator && actor.Group == Id);
    }

    /// <summary>Whether this person sees drafts and tasks: who runs the group, and the members that take part.</summary>
    public bool IsOpenTo(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return IsRunBy(actor) || (actor is { Role: Role.Member, Member: { } member } && _members.ContainsKey(member));
    }

    /// <param name="context">Its actor as the network introduced it.</param>
    public Decision Decide(ICommand command, CommandContext context)
    {
        var actor = context.Actor;
        if (command is IErasing erasing)
        {
            return Decide(erasing, actor);
        }

        if (actor.Network == default || (Network is { } own && own != actor.Network))
        {
            return SessionFaults.Forbidden;
        }

        var decision = command switch
        {
            EraseNames erase => Keeps(actor) ? Decide(erase) : SessionFaults.Forbidden,
            HandIn hand => actor.Moderates && actor.Conference == hand.From.Conference ? Decide(hand) : SessionFaults.Forbidden,
            _ when actor.Moderates => SessionFaults.Forbidden,
            TakePart take => SpeaksFor(actor, take.Member) ? Decide(take) : SessionFaults.Forbidden,
            LeaveGroup leave => !SpeaksFor(actor, leave.Member) ? SessionFaults.Forbidden
                : _members.ContainsKey(leave.Member) ? Decision.Raise(new GroupLeft(leave.Member))
                : Decision.Nothing,
            AddTask or AssignTask or SettleTask when !IsRunBy(actor) => SessionFaults.Forbidden,
            AddTask add => Decide(add),
            AssignTask assign => OnTask(assign.Task, task => Decide(assign, task)),
            SettleTask settle => OnTask(settle.Task, task => Decide(settle, task)),
            IWorkingGroupCommand practice => DecideOnPractice(practice, actor),
            _ => SessionFaults.CommandUnknown,
        };
        // The first who comes was introduced by the network whose group it is.
        return Network is null && decision.Events.Count > 0
            ? Decision.Raise([new WorkingGroupSetUp(actor.Network), .. decision.Events])
            : decision;
    }

    /// <summary>Introduced as such, the presidency too.</summary>
    private static bool Keeps(Actor actor) => actor.Role is Role.Secretary or Role.Admin;

    private bool SpeaksFor(Actor actor, MemberId member) => IsRunBy(actor) || (actor.Role == Role.Member && actor.Member == member);

    private Decision Decide(TakePart command)
    {
        var taken = new PartTaken(command.Member, LineOrNull(command.Person));
        var there = _members.GetValueOrDefault(command.Member);
        return taken switch
        {
            _ when CheckOptional(taken.Person, Limits.Name) is { } fault => fault,
            _ when there is null && _members.Count >= Limits.Members => NetworkFaults.TooMany(Limits.Members),
            _ => there is not null && there.Person == taken.Person ? Decision.Nothing : Decision.Raise(taken),
        };
    }

    private Decision Decide(HandIn command) => command switch
    {
        _ when _tasks.ContainsKey(command.Task) || _tasks.Values.Any(task => task.From == command.From) => WorkingGroupFaults.TaskExists,
        _ when _tasks.Count >= Limits.Tasks => NetworkFaults.TooMany(Limits.Tasks),
        // The session has checked what was said.
        _ => Decision.Raise(new TaskHandedIn(command.Task, command.From, command.Text, command.Author, command.Owner, command.Due)),
    };

    private Decision Decide(AddTask command)
    {
        var clean = new TaskAdded(command.Task, Text.Clean(command.Text), LineOrNull(command.Owner), command.Due);
        return clean switch
        {
            _ when _tasks.ContainsKey(command.Task) => WorkingGroupFaults.TaskExists,
            _ when CheckText(clean.Text, Limits.Text) is { } fault => fault,
            _ when CheckOptional(clean.Owner, Limits.Name) is { } fault => fault,
            _ when _tasks.Count >= Limits.Tasks => NetworkFaults.TooMany(Limits.Tasks),
            _ => Decision.Raise(clean),
        };
    }

    private Decision OnTask(TaskId id, Func<GroupTask, Decision> decide) =>
        _tasks.TryGetValue(id, out var task) ? decide(task) : WorkingGroupFaults.TaskUnknown;

    private static Decision Decide(AssignTask command, GroupTask task)
    {
        var clean = new TaskAssigned(task.Id, LineOrNull(command.Owner), command.Due);
        return CheckOptional(clean.Owner, Limits.Name) is { } fault ? fault
            : (clean.Owner, clean.Due) == (task.Owner, task.Due) ? Decision.Nothing
            : Decision.Raise(clean);
    }

    private static Decision Decide(SettleTask command, GroupTask task)
    {
        var clean = new TaskSettled(task.Id, command.State, TextOrNull(command.Note));
        return clean switch
        {
            { State: TaskState.Dropped, Note: null } => SessionFaults.TextEmpty,
            _ when CheckOptional(clean.Note, Limits.Note) is { } fault => fault,
            _ => (clean.State, clean.Note) == (task.State, task.Note) ? Decision.Nothing : Decision.Raise(clean),
        };
    }

    /// <summary>Lengths in characters as a person counts them, and numbers that keep a group small enough to be read in one piece.</summary>
    private static class Limits
    {
        public const int Title = 100;
        public const int Summary = 500;
        public const int Text = 4_000;
        public const int Note = 1_000;
        public const int Name = 120;
        public const int Cell = 60;
        public const int Members = 2_000;
        public const int Tasks = 1_000;
        public const int Practices = 500;
        public const int Rows = 20;
        public const int Links = 20;
        public const int Languages = 10;
    }
}
