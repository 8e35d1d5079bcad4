using Summit.Domain.Sessions;
using static Summit.Domain.Fields;

namespace Summit.Domain.Networks;

/// <summary>A network of cities: its members and their roads, its presidency, its groups, its summits, the links to its roles.</summary>
/// <remarks>
/// The class is one rule book in four parts: this file says who may do what and keeps presidency, groups and summits,
/// Network.Members.cs has the road of a member, Network.Erasure.cs how names go, Network.Apply.cs what each event changes.
/// </remarks>
public sealed partial class Network : IAggregate<Network>
{
    private readonly Dictionary<MemberId, Member> _members = [];
    private readonly List<Term> _terms = [];
    private readonly Dictionary<GroupId, GroupSet> _groups = [];
    private readonly Dictionary<SummitId, SummitRecorded> _summits = [];
    private readonly Dictionary<LinkId, NetworkLink> _links = [];

    private Network(Guid key) => Id = new NetworkId(key);

    public static string Kind => "network";

    public NetworkId Id { get; }

    /// <summary>Null until founded.</summary>
    public NetworkDescribed? Description { get; private set; }

    public bool Demonstration { get; private set; }

    public bool Removed { get; private set; }

    /// <summary>Founded, and not taken out of service.</summary>
    public bool Exists => Description is not null && !Removed;

    public IReadOnlyDictionary<MemberId, Member> Members => _members;

    /// <summary>The oldest first; the last one presides.</summary>
    public IReadOnlyList<Term> Terms => _terms;

    public IReadOnlyCollection<GroupSet> Groups => _groups.Values;

    public IReadOnlyCollection<SummitRecorded> Summits => _summits.Values;

    public IReadOnlyCollection<NetworkLink> Links => _links.Values;

    public MemberId? Presides => _terms.Count == 0 ? null : _terms[^1].Holder;

    public static Network Create(Guid key) => new(key);

    /// <summary>The state as it is now, for those who read on while this one changes.</summary>
    public Network Copy()
    {
        var copy = new Network(Id.Value) { Description = Description, Demonstration = Demonstration, Removed = Removed, Pending = Pending, NamedBefore = NamedBefore };
        copy.Fill(_members.Values, _terms, _groups.Values, _summits.Values, _links.Values);
        return copy;
    }

    public NetworkLink? FindLink(LinkId id) => _links.GetValueOrDefault(id);

    /// <summary>
    /// Whether this person keeps its records. Whoever speaks for the member that presides does so as well, for as long as it presides:
    /// the rights pass with the presidency, and no link has to be changed.
    /// </summary>
    public bool IsKeptBy(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role == Role.Admin
            || (actor.Network == Id && (actor.Role == Role.Secretary || (actor.Role == Role.Member && actor.Member is { } member && member == Presides)));
    }

    /// <summary>Whether this person hands out links. A link outlasts a presidency: those that open the records are not for a presidency to give.</summary>
    public bool HandsOutLinks(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role == Role.Admin || (actor.Role == Role.Secretary && actor.Network == Id);
    }

    /// <summary>Whether this person sees whom to write to: members do, and the host of a conference that is one of its summits.</summary>
    public bool ShowsContactsTo(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return IsKeptBy(actor)
            || (actor is { Role: Role.Member, Member: { } id } && actor.Network == Id && _members.GetValueOrDefault(id) is { Status: MemberStatus.Member })
            || (actor.Role == Role.Host && _summits.Values.Any(summit => summit.Conference == actor.Conference));
    }

    /// <summary>Whether it is in the network in any way today, as an observer or a candidate too.</summary>
    public bool Has(MemberId id) => _members.GetValueOrDefault(id) is { Status: not (MemberStatus.Former or MemberStatus.Declined) };

    /// <summary>
    /// As whom this person comes to the network's groups; null for nobody. A link says for whom somebody speaks, the records what that is
    /// now: who keeps them comes as the secretary does, a member until it leaves, and who runs the queue of a summit with what was said there.
    /// </summary>
    public Actor? Introduce(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor switch
        {
            _ when IsKeptBy(actor) => actor with { Role = actor.Role == Role.Admin ? Role.Admin : Role.Secretary, Network = Id },
            { Role: Role.Coordinator, Group: { } group } when actor.Network == Id && _groups.ContainsKey(group) => actor,
            { Role: Role.Member, Member: { } member } when actor.Network == Id && Has(member) => actor,
            { Moderates: true } when _summits.Values.Any(summit => summit.Conference == actor.Conference) => actor with { Network = Id },
            _ => null,
        };
    }

    public Decision Decide(ICommand command, CommandContext context)
    {
        var actor = context.Actor;
        return command switch
        {
            // Also in one that is out of service: its records are still there.
            IErasing erasing => Decide(erasing, actor),
            EraseNames when !HandsOutLinks(actor) => SessionFaults.Forbidden,
            EraseNames => Description is null ? NetworkFaults.Unknown : Decide((EraseNames)command),
            FoundNetwork or RemoveNetwork when actor.Role != Role.Admin => SessionFaults.Forbidden,
            FoundNetwork found => Description is null ? Decide(found) : NetworkFaults.Exists,
            RemoveNetwork when Removed => Decision.Nothing,
            INetworkCommand or IssueNetworkLink or RevokeNetworkLink or RemoveNetwork when !Exists => NetworkFaults.Unknown,
            RemoveNetwork => Decision.Raise(new NetworkRemoved()),
            IssueNetworkLink or RevokeNetworkLink when !HandsOutLinks(actor) => SessionFaults.Forbidden,
            IssueNetworkLink issue => Decide(issue),
            RevokeNetworkLink revoke => FindLink(revoke.Link) switch
            {
                null => Conferences.ConferenceFaults.LinkUnknown,
                { Revoked: true } => Decision.Nothing,
                var link => Decision.Raise(new NetworkLinkRevoked(link.Id)),
            },
            INetworkCommand when !IsKeptBy(actor) => SessionFaults.Forbidden,
            DescribeNetwork describe => Decide(describe),
            HandOverPresidency handOver => Decide(handOver, Today(context)),
            TakeHandoverBack => _terms.Count == 0 ? NetworkFaults.NoPresidency : Decision.Raise(new HandoverTakenBack()),
            SetGroup group => Decide(group),
            DropGroup drop => _groups.ContainsKey(drop.Group) ? Decision.Raise(new GroupDropped(drop.Group)) : NetworkFaults.GroupUnknown,
            RecordSummit summit => Decide(summit),
            DropSummit { Summit: var summit } => !_summits.ContainsKey(summit) ? NetworkFaults.SummitUnknown
                : _terms.Any(term => term.Summit == summit) ? NetworkFaults.SummitInUse
                : Decision.Raise(new SummitDropped(summit)),
            INetworkCommand member => DecideOnMember(member, Today(context)),
            _ => SessionFaults.CommandUnknown,
        };
    }

    /// <summary>Tomorrow has begun somewhere: nothing dated there is turned away.</summary>
    private static DateOnly Today(CommandContext context) => DateOnly.FromDateTime(context.Now.UtcDateTime.AddHours(14));

    private static Decision Decide(FoundNetwork command)
    {
        var (described, fault) = Check(new DescribeNetwork(command.Title, command.Name, command.About, command.Founded));
        return fault is not null ? fault
            : Decision.Raise(new NetworkFounded(described.Title, described.Name, described.About, described.Founded, command.Demonstration));
    }

    private Decision Decide(DescribeNetwork command)
    {
        var (described, fault) = Check(command);
        return fault is not null ? fault : described == Description ? Decision.Nothing : Decision.Raise(described);
    }

    private static (NetworkDescribed Clean, Fault? Fault) Check(DescribeNetwork command)
    {
        var clean = new NetworkDescribed(Text.CleanLine(command.Title), Text.CleanLine(command.Name), TextOrNull(command.About), command.Founded);
        return (clean, CheckText(clean.Title, Limits.Title) ?? CheckText(clean.Name, Limits.Name) ?? CheckOptional(clean.About, Limits.About));
    }

    private Decision Decide(IssueNetworkLink command)
    {
        var label = Text.CleanLine(command.Label);
        return command switch
        {
            not ({ Role: Role.Secretary, Member: null, Group: null } or { Role: Role.Member, Member: not null, Group: null }
                or { Role: Role.Coordinator, Member: null, Group: not null }) => NetworkFaults.LinkMalformed,
            { Member: { } member } when !_members.ContainsKey(member) => NetworkFaults.MemberUnknown,
            { Group: { } group } when !_groups.ContainsKey(group) => NetworkFaults.GroupUnknown,
            { Hash: var hash } when hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower) => NetworkFaults.LinkMalformed,
            _ when label.Length == 0 || Text.Length(label) > Limits.Label => NetworkFaults.LinkMalformed,
            _ when _links.ContainsKey(command.Link) => Conferences.ConferenceFaults.LinkExists,
            _ when _links.Count >= Limits.Links => NetworkFaults.TooMany(Limits.Links),
            { Group: { } group } => Decision.Raise(new CoordinatorLinkIssued(command.Link, group, label, command.Hash, command.Expires)),
            _ => Decision.Raise(new NetworkLinkIssued(command.Link, command.Role, label, command.Hash, command.Expires, command.Member)),
        };
    }

    private Decision Decide(HandOverPresidency command, DateOnly today)
    {
        var president = LineOrNull(command.President);
        return command switch
        {
            _ when !_members.ContainsKey(command.To) => NetworkFaults.MemberUnknown,
            _ when _members[command.To].Status != MemberStatus.Member => NetworkFaults.NotAMember,
            _ when command.To == Presides => NetworkFaults.PresidesAlready,
            { Summit: { } summit } when !_summits.ContainsKey(summit) => NetworkFaults.SummitUnknown,
            _ when CheckDate(command.On, _terms.Count == 0 ? null : _terms[^1].From, today) is { } fault => fault,
            _ when CheckOptional(president, Limits.Name) is { } fault => fault,
            _ => Decision.Raise(new PresidencyHandedOver(Presides, command.To, command.On, command.Summit, president)),
        };
    }

    private Decision Decide(SetGroup command)
    {
        var clean = new GroupSet(
            command.Group, command.Kind, Text.CleanLine(command.Name), TextOrNull(command.About),
            [.. (command.Coordinators ?? []).Take(Limits.Coordinators + 1).Select(one => one with { Person = LineOrNull(one.Person) })]);
        return command switch
        {
            _ when CheckText(clean.Name, Limits.Name) is { } fault => fault,
            _ when CheckOptional(clean.About, Limits.About) is { } fault => fault,
            _ when clean.Coordinators.Count > Limits.Coordinators => NetworkFaults.TooMany(Limits.Coordinators),
            _ when clean.Coordinators.Any(one => !_members.ContainsKey(one.Member)) => NetworkFaults.MemberUnknown,
            _ when clean.Coordinators.Select(one => CheckOptional(one.Person, Limits.Name)).FirstOrDefault(fault => fault is not null) is { } fault => fault,
            _ when !_groups.ContainsKey(command.Group) && _groups.Count >= Limits.Groups => NetworkFaults.TooMany(Limits.Groups),
            _ => Decision.Raise(clean),
        };
    }

    private Decision Decide(RecordSummit command)
    {
        var clean = new SummitRecorded(
            command.Summit, Text.CleanLine(command.Title), Text.CleanLine(command.Place), command.Starts, command.Ends, LineOrNull(command.Theme),
            command.Host, [.. (command.Guests ?? []).Take(Limits.Guests + 1).Select(Text.CleanLine).Where(guest => guest.Length > 0)], command.Conference);
        return command switch
        {
            _ when CheckText(clean.Title, Limits.Title) is { } fault => fault,
            _ when CheckText(clean.Place, Limits.Name) is { } fault => fault,
            _ when CheckOptional(clean.Theme, Limits.Reason) is { } fault => fault,
            { Ends: { } ends } when ends.IsBefore(command.Starts) => SessionFaults.TimesReversed,
            { Host: { } host } when !_members.ContainsKey(host) => NetworkFaults.MemberUnknown,
            _ when clean.Guests.Count > Limits.Guests => NetworkFaults.TooMany(Limits.Guests),
            _ when clean.Guests.Select(guest => CheckText(guest, Limits.Name)).FirstOrDefault(fault => fault is not null) is { } fault => fault,
            _ when !_summits.ContainsKey(command.Summit) && _summits.Count >= Limits.Summits => NetworkFaults.TooMany(Limits.Summits),
            _ => Decision.Raise(clean),
        };
    }

    private static Fault? CheckDate(PartialDate on, PartialDate? after, DateOnly today) =>
        on.First > today ? NetworkFaults.DateAhead
        : after is { } before && on.IsBefore(before) ? NetworkFaults.DateOrder
        : null;

    /// <summary>Lengths in characters as a person counts them, and numbers that keep a network small enough to be read in one piece.</summary>
    private static class Limits
    {
        public const int Title = 200;
        public const int Name = 120;
        public const int About = 2_000;
        public const int Reason = 500;
        public const int Label = 80;

        /// <summary>Every municipality of the largest associations' countries.</summary>
        public const int Members = 2_000;
        public const int Steps = 100;
        public const int Contacts = 10;
        public const int Coordinators = 20;
        public const int Groups = 100;
        public const int Summits = 300;
        public const int Guests = 100;
        public const int Links = 5_000;
    }
}
