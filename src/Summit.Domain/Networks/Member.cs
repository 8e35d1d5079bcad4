using System.Text.Json.Serialization;

namespace Summit.Domain.Networks;

public enum MemberStatus
{
    Candidate,
    Member,
    Observer,
    Partner,

    /// <summary>Has left.</summary>
    Former,

    /// <summary>Applied and was turned down. May apply again.</summary>
    Declined,
}

public enum StepKind
{
    Recorded,
    Applied,
    Decided,
    Supported,
    Admitted,
    Declined,
    Changed,
}

/// <summary>What happened to a member on one day, and what it was from then on.</summary>
public sealed record Step(
    StepKind Kind, PartialDate On, MemberStatus Status, Document? Document = null, string? By = null, Ballots? Vote = null, string? Reason = null);

/// <summary>A city, an association or an institution, with its whole road: its status is that of the last step.</summary>
/// <param name="Steps">In the order of their recording; never empty.</param>
public sealed record Member(
    MemberId Id, string Name, MemberKind Kind, string Country, IReadOnlyList<Step> Steps, IReadOnlyList<Contact> Contacts)
{
    [JsonIgnore]
    public MemberStatus Status => Steps[^1].Status;

    /// <summary>Since when it has the status it has.</summary>
    [JsonIgnore]
    public PartialDate Since => Steps.Reverse().TakeWhile(step => step.Status == Status).Last().On;

    /// <summary>What has been recorded since it last applied.</summary>
    [JsonIgnore]
    public IEnumerable<Step> Candidature => Steps.Reverse().TakeWhile(step => step.Status == MemberStatus.Candidate);

    public Member With(Step step) => this with { Steps = [.. Steps, step] };
}

/// <summary>A time of presidency. It lasts until the next begins.</summary>
/// <param name="Summit">Where it was handed over to this holder.</param>
public sealed record Term(MemberId Holder, PartialDate From, SummitId? Summit, string? President);

/// <summary>A role link of a network.</summary>
/// <param name="Member">For whom the bearer of a member's link speaks.</param>
/// <param name="Group">What the bearer of a coordinator's link runs. Such a link ends with its group.</param>
public sealed record NetworkLink(
    LinkId Id, Role Role, string Label, string Hash, DateTimeOffset Issued, DateTimeOffset? Expires, bool Revoked, MemberId? Member,
    GroupId? Group = null)
{
    public bool IsGood(DateTimeOffset now) => !Revoked && (Expires is not { } expires || expires > now);
}
