using System.Collections.Immutable;
using System.Text.Json;

namespace Summit.Domain.Networks;

/// <summary>A network's state as it is saved.</summary>
public sealed record NetworkSnapshot(
    NetworkDescribed? Description, bool Demonstration, bool Removed, IReadOnlyList<Member> Members, IReadOnlyList<Term> Terms,
    IReadOnlyList<GroupSet> Groups, IReadOnlyList<SummitRecorded> Summits, IReadOnlyList<NetworkLink> Links,
    ImmutableArray<long> Pending, DateTimeOffset? NamedBefore);

/// <summary>What each event changes. Never refuses. Saving and loading.</summary>
public sealed partial class Network
{
    public static int SnapshotVersion => 3;

    public static Network Load(Guid key, ReadOnlySpan<byte> snapshot)
    {
        var saved = JsonSerializer.Deserialize(snapshot, DomainJson.Default.NetworkSnapshot)
            ?? throw new JsonException("A network's snapshot is empty.");
        var network = new Network(key)
        {
            Description = saved.Description,
            Demonstration = saved.Demonstration,
            Removed = saved.Removed,
            Pending = saved.Pending,
            NamedBefore = saved.NamedBefore,
        };
        network.Fill(saved.Members, saved.Terms, saved.Groups, saved.Summits, saved.Links);
        return network;
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(
        new NetworkSnapshot(
            Description, Demonstration, Removed, [.. _members.Values], _terms, [.. _groups.Values], [.. _summits.Values], [.. _links.Values], Pending, NamedBefore),
        DomainJson.Default.NetworkSnapshot);

    public void Apply(IEvent happened, EventContext context)
    {
        NoteWhoIsReplaced(happened, context.At);
        switch (happened)
        {
            case NetworkFounded e:
                (Description, Demonstration) = (new NetworkDescribed(e.Title, e.Name, e.About, e.Founded), e.Demonstration);
                break;
            case NetworkDescribed e:
                Description = e;
                break;
            case MemberRecorded e:
                _members.Add(e.Member, new Member(e.Member, e.Name, e.Kind, e.Country, [new Step(StepKind.Recorded, e.On, e.Status)], []));
                break;
            case MembershipAppliedFor e:
                Apply(e);
                break;
            case IMemberStep e:
                _members[e.Member] = _members[e.Member].With(StepOf(e, _members[e.Member]));
                break;
            case MemberCorrected e:
                _members[e.Member] = _members[e.Member] with { Name = e.Name, Kind = e.Kind, Country = e.Country };
                break;
            case StepTakenBack e:
                TakeBack(_members[e.Member]);
                break;
            case ContactsSet e:
                _members[e.Member] = _members[e.Member] with { Contacts = e.Contacts };
                break;
            case NetworkRemoved:
                Removed = true;
                break;
            case CommandNoted:
                break;
            default:
                ApplyToTheRest(happened, context);
                break;
        }
    }

    /// <summary>Presidency, groups, summits, links and erasures.</summary>
    private void ApplyToTheRest(IEvent happened, EventContext context)
    {
        switch (happened)
        {
            case PresidencyHandedOver e:
                _terms.Add(new Term(e.To, e.On, e.Summit, e.President));
                break;
            case HandoverTakenBack:
                _terms.RemoveAt(_terms.Count - 1);
                break;
            case GroupSet e:
                _groups[e.Group] = e;
                break;
            case GroupDropped e:
                _groups.Remove(e.Group);
                foreach (var link in _links.Values.Where(link => link.Group == e.Group).ToList())
                {
                    _links[link.Id] = link with { Revoked = true };
                }

                break;
            case SummitRecorded e:
                _summits[e.Summit] = e;
                break;
            case SummitDropped e:
                _summits.Remove(e.Summit);
                break;
            case NetworkLinkIssued e:
                _links.Add(e.Link, new NetworkLink(e.Link, e.Role, e.Label, e.Hash, context.At, e.Expires, Revoked: false, e.Member));
                break;
            case CoordinatorLinkIssued e:
                _links.Add(e.Link, new NetworkLink(e.Link, Role.Coordinator, e.Label, e.Hash, context.At, e.Expires, Revoked: false, null, e.Group));
                break;
            case NetworkLinkRevoked e:
                _links[e.Link] = _links[e.Link] with { Revoked = true };
                break;
            case NamesErased e:
                Apply(e, context);
                break;
            case ErasureDone e:
                Pending = Pending.Remove(e.Order);
                break;
            default:
                throw new InvalidOperationException($"A network does not know the event {happened?.GetType().Name}.");
        }
    }

    private void Apply(MembershipAppliedFor e)
    {
        var step = new Step(StepKind.Applied, e.On, MemberStatus.Candidate, e.Document);
        _members[e.Member] = _members.TryGetValue(e.Member, out var known)
            ? known.With(step) with { Name = e.Name, Kind = e.Kind, Country = e.Country }
            : new Member(e.Member, e.Name, e.Kind, e.Country, [step], []);
    }

    private void TakeBack(Member member)
    {
        if (member.Steps.Count == 1)
        {
            _members.Remove(member.Id);
        }
        else
        {
            _members[member.Id] = member with { Steps = [.. member.Steps.SkipLast(1)] };
        }
    }

    private static Step StepOf(IMemberStep happened, Member member) => happened switch
    {
        StatusChanged e => new Step(StepKind.Changed, e.On, e.Status, Reason: e.Reason),
        DecisionRecorded e => new Step(StepKind.Decided, e.On, MemberStatus.Candidate, e.Document),
        CandidateSupported e => new Step(StepKind.Supported, e.On, MemberStatus.Candidate, e.Document, e.By),
        CandidateAdmitted e => new Step(StepKind.Admitted, e.On, MemberStatus.Member, Vote: e.Vote),
        CandidateDeclined e => new Step(StepKind.Declined, e.On, BeforeApplying(member), Vote: e.Vote, Reason: e.Reason),
        _ => throw new InvalidOperationException($"A network does not know the step {happened.GetType().Name}."),
    };

    /// <summary>An observer who is declined stays an observer; who was nothing before is declined, and no more.</summary>
    private static MemberStatus BeforeApplying(Member member) =>
        member.Steps.LastOrDefault(step => step.Status != MemberStatus.Candidate)?.Status ?? MemberStatus.Declined;

    private void Fill(
        IEnumerable<Member> members, IEnumerable<Term> terms, IEnumerable<GroupSet> groups, IEnumerable<SummitRecorded> summits,
        IEnumerable<NetworkLink> links)
    {
        _terms.AddRange(terms);
        Fill(_members, members, member => member.Id);
        Fill(_groups, groups, group => group.Group);
        Fill(_summits, summits, summit => summit.Summit);
        Fill(_links, links, link => link.Id);
    }

    private static void Fill<TKey, TValue>(Dictionary<TKey, TValue> into, IEnumerable<TValue> values, Func<TValue, TKey> key)
        where TKey : notnull
    {
        foreach (var value in values)
        {
            into.Add(key(value), value);
        }
    }
}
