using System.Collections.Immutable;
using Summit.Domain.Sessions;

namespace Summit.Domain.Networks;

/// <summary>
/// How names go: of a person who asks, and of those who were replaced. Events do not say whose name an earlier one held; what is still said
/// now tells it: a name in an event that stands nowhere in the state is of the past.
/// </summary>
public sealed partial class Network
{
    /// <summary>Erasures whose names still stand in the events before them, by their numbers.</summary>
    public ImmutableArray<long> Pending { get; private set; } = [];

    /// <summary>Since when there is a name that only earlier events hold; null while there is none.</summary>
    public DateTimeOffset? NamedBefore { get; private set; }

    /// <inheritdoc/>
    public IEvent? Erased(IErasure order, IEvent happened, EventContext context)
    {
        switch (happened)
        {
            case ContactsSet e:
                var contacts = e.Contacts.Where(contact => _members.GetValueOrDefault(e.Member)?.Contacts.Contains(contact) is true).ToList();
                return contacts.Count == e.Contacts.Count ? null : e with { Contacts = contacts };
            case GroupSet e:
                var coordinators = e.Coordinators.Select(one => IsNow(e.Group, one) ? one : one with { Person = null }).ToList();
                return coordinators.SequenceEqual(e.Coordinators) ? null : e with { Coordinators = coordinators };
            case PresidencyHandedOver { President: not null } e when !_terms.Contains(new Term(e.To, e.On, e.Summit, e.President)):
                return e with { President = null };
            case NetworkLinkIssued { Label: not "" } e when _links[e.Link].Label != e.Label:
                return e with { Label = "" };
            case CoordinatorLinkIssued { Label: not "" } e when _links[e.Link].Label != e.Label:
                return e with { Label = "" };
            default:
                return null;
        }
    }

    private bool IsNow(GroupId group, Coordinator coordinator) => _groups.GetValueOrDefault(group)?.Coordinators.Contains(coordinator) is true;

    private static Decision Decide(IErasing command, Actor actor) =>
        actor.Role != Role.Admin ? SessionFaults.Forbidden
        : command is ConfirmErasure confirm ? Decision.Raise(new ErasureDone(confirm.Order, confirm.Records))
        : SessionFaults.CommandUnknown;

    private Decision Decide(EraseNames command)
    {
        var contacts = _members.Values.Where(member => member.Contacts.Any(contact => command.Means(contact.Name)))
            .Select(member => new ContactsSet(member.Id, [.. member.Contacts.Where(contact => !command.Means(contact.Name))]));
        var groups = _groups.Values.Where(group => group.Coordinators.Any(one => command.Means(one.Person)))
            .Select(group => group with { Coordinators = [.. group.Coordinators.Select(one => command.Means(one.Person) ? one with { Person = null } : one)] });
        var terms = _terms.Index().Where(term => command.Means(term.Item.President)).Select(term => term.Index).ToList();
        var links = _links.Values.Where(link => command.IsIn(link.Label)).Select(link => link.Id).ToList();
        var before = contacts.Concat<IEvent>(groups).ToList();
        return before.Count + terms.Count + links.Count == 0 && NamedBefore is null ? Decision.Nothing
            : Decision.Raise([.. before, new NamesErased(terms, links)]);
    }

    private void Apply(NamesErased erased, EventContext context)
    {
        Pending = Pending.Add(context.Seq);
        NamedBefore = null;
        foreach (var term in erased.Terms)
        {
            _terms[term] = _terms[term] with { President = null };
        }

        foreach (var link in _links.Values.Where(link => link.Revoked || erased.Links.Contains(link.Id)).ToList())
        {
            _links[link.Id] = link with { Label = "" };
        }
    }

    /// <summary>What is about to change may leave a name to earlier events alone.</summary>
    private void NoteWhoIsReplaced(IEvent happened, DateTimeOffset at)
    {
        var replaced = happened switch
        {
            ContactsSet e => _members[e.Member].Contacts.Except(e.Contacts).Any(),
            GroupSet e => _groups.GetValueOrDefault(e.Group)?.Coordinators.Any(one => one.Person is not null && !e.Coordinators.Contains(one)) is true,
            GroupDropped e => _groups[e.Group].Coordinators.Any(one => one.Person is not null) || _links.Values.Any(link => link.Group == e.Group),
            StepTakenBack e => _members[e.Member] is { Steps.Count: 1, Contacts.Count: > 0 },
            HandoverTakenBack => _terms[^1].President is not null,
            NetworkLinkRevoked => true,
            _ => false,
        };
        NamedBefore = replaced ? NamedBefore ?? at : NamedBefore;
    }
}
