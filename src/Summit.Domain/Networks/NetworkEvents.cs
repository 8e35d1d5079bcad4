namespace Summit.Domain.Networks;

// On disk for ever, like all events.

/// <summary>A step on the road of one member.</summary>
public interface IMemberStep : IEvent
{
    MemberId Member { get; }

    PartialDate On { get; }
}

[EventName("network.founded.v1")]
public sealed record NetworkFounded(string Title, string Name, string? About, PartialDate? Founded, bool Demonstration) : IEvent;

[EventName("network.described.v1")]
public sealed record NetworkDescribed(string Title, string Name, string? About, PartialDate? Founded) : IEvent;

[EventName("network.member-recorded.v1")]
public sealed record MemberRecorded(MemberId Member, string Name, MemberKind Kind, string Country, MemberStatus Status, PartialDate On) : IMemberStep;

[EventName("network.member-corrected.v1")]
public sealed record MemberCorrected(MemberId Member, string Name, MemberKind Kind, string Country) : IEvent;

[EventName("network.status-changed.v1")]
public sealed record StatusChanged(MemberId Member, MemberStatus Status, PartialDate On, string? Reason) : IMemberStep;

[EventName("network.membership-applied.v1")]
public sealed record MembershipAppliedFor(MemberId Member, string Name, MemberKind Kind, string Country, PartialDate On, Document? Document) : IMemberStep;

[EventName("network.decision-recorded.v1")]
public sealed record DecisionRecorded(MemberId Member, PartialDate On, Document? Document) : IMemberStep;

[EventName("network.candidate-supported.v1")]
public sealed record CandidateSupported(MemberId Member, string By, PartialDate On, Document? Document) : IMemberStep;

[EventName("network.candidate-admitted.v1")]
public sealed record CandidateAdmitted(MemberId Member, PartialDate On, Ballots Vote) : IMemberStep;

[EventName("network.candidate-declined.v1")]
public sealed record CandidateDeclined(MemberId Member, PartialDate On, string Reason, Ballots? Vote) : IMemberStep;

[EventName("network.step-taken-back.v1")]
public sealed record StepTakenBack(MemberId Member) : IEvent;

[EventName("network.contacts-set.v1")]
public sealed record ContactsSet(MemberId Member, IReadOnlyList<Contact> Contacts) : IEvent;

[EventName("network.presidency-handed-over.v1")]
public sealed record PresidencyHandedOver(MemberId? From, MemberId To, PartialDate On, SummitId? Summit, string? President) : IEvent;

[EventName("network.handover-taken-back.v1")]
public sealed record HandoverTakenBack : IEvent;

[EventName("network.group-set.v1")]
public sealed record GroupSet(GroupId Group, GroupKind Kind, string Name, string? About, IReadOnlyList<Coordinator> Coordinators) : IEvent;

[EventName("network.group-dropped.v1")]
public sealed record GroupDropped(GroupId Group) : IEvent;

[EventName("network.summit-recorded.v1")]
public sealed record SummitRecorded(
    SummitId Summit, string Title, string Place, PartialDate Starts, PartialDate? Ends, string? Theme, MemberId? Host, IReadOnlyList<string> Guests,
    ConferenceId? Conference) : IEvent;

[EventName("network.summit-dropped.v1")]
public sealed record SummitDropped(SummitId Summit) : IEvent;

[EventName("network.link-issued.v1")]
public sealed record NetworkLinkIssued(LinkId Link, Role Role, string Label, string Hash, DateTimeOffset? Expires, MemberId? Member) : IEvent;

[EventName("network.coordinator-link-issued.v1")]
public sealed record CoordinatorLinkIssued(LinkId Link, GroupId Group, string Label, string Hash, DateTimeOffset? Expires) : IEvent;

[EventName("network.link-revoked.v1")]
public sealed record NetworkLinkRevoked(LinkId Link) : IEvent;

[EventName("network.removed.v1")]
public sealed record NetworkRemoved : IEvent;

/// <summary>Goes: who presided in these terms, what these links were called, and everybody whom only earlier events name.</summary>
/// <param name="Terms">By their places, 0 for the first presidency.</param>
[EventName("network.names-erased.v1")]
public sealed record NamesErased(IReadOnlyList<int> Terms, IReadOnlyList<LinkId> Links) : IErasure;
