using System.Text.Json.Serialization;

namespace Summit.Domain.Networks;

/// <summary>A command to a network; <c>type</c> on the wire is the name given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DescribeNetwork), "describe")]
[JsonDerivedType(typeof(RecordMember), "record-member")]
[JsonDerivedType(typeof(CorrectMember), "correct-member")]
[JsonDerivedType(typeof(ChangeStatus), "status")]
[JsonDerivedType(typeof(ApplyForMembership), "apply")]
[JsonDerivedType(typeof(RecordDecision), "decision")]
[JsonDerivedType(typeof(SupportCandidate), "support")]
[JsonDerivedType(typeof(AdmitCandidate), "admit")]
[JsonDerivedType(typeof(DeclineCandidate), "decline")]
[JsonDerivedType(typeof(TakeStepBack), "back")]
[JsonDerivedType(typeof(SetContacts), "contacts")]
[JsonDerivedType(typeof(HandOverPresidency), "hand-over")]
[JsonDerivedType(typeof(TakeHandoverBack), "take-handover-back")]
[JsonDerivedType(typeof(SetGroup), "set-group")]
[JsonDerivedType(typeof(DropGroup), "drop-group")]
[JsonDerivedType(typeof(RecordSummit), "record-summit")]
[JsonDerivedType(typeof(DropSummit), "drop-summit")]
public interface INetworkCommand : ICommand;

/// <summary>What a step on a member's road rests on.</summary>
/// <param name="Title">As it would be cited: a number, a date.</param>
/// <param name="Url">Where it can be read, with http or https.</param>
public sealed record Document(string Title, string? Url = null);

/// <summary>A vote of the members.</summary>
public sealed record Ballots(int Yes, int No, int Abstain)
{
    /// <summary>In 64 bits: whoever sends three times the largest number must not get a small sum.</summary>
    [JsonIgnore]
    public long Cast => (long)Yes + No + Abstain;
}

/// <summary>Somebody to write to. Shown to members alone.</summary>
public sealed record Contact(string Name, string? Function = null, string? Mail = null, string? Phone = null);

/// <param name="Person">Who does it there. Shown to everybody.</param>
public sealed record Coordinator(MemberId Member, string? Person = null);

public enum MemberKind
{
    City,
    Municipality,
    Association,
    Institution,
}

public enum GroupKind
{
    WorkingGroup,
    TaskForce,
    Forum,
}

public sealed record DescribeNetwork(string Title, string Name, string? About = null, PartialDate? Founded = null) : INetworkCommand;

/// <summary>Somebody who has been in it since before its record was kept here, or comes in without a vote: an observer, a partner.</summary>
public sealed record RecordMember(MemberId Member, string Name, MemberKind Kind, string Country, MemberStatus Status, PartialDate Since) : INetworkCommand;

public sealed record CorrectMember(MemberId Member, string Name, MemberKind Kind, string Country) : INetworkCommand;

public sealed record ChangeStatus(MemberId Member, MemberStatus Status, PartialDate On, string? Reason = null) : INetworkCommand;

/// <summary>Somebody new applies, or an observer, a partner, one who left or was declined.</summary>
public sealed record ApplyForMembership(MemberId Member, string Name, MemberKind Kind, string Country, PartialDate On, Document? Document = null) : INetworkCommand;

/// <summary>The candidate's own council, or the body that stands for it, has decided to join.</summary>
public sealed record RecordDecision(MemberId Member, PartialDate On, Document? Document = null) : INetworkCommand;

/// <param name="By">A national association, a member, anybody whose word counts.</param>
public sealed record SupportCandidate(MemberId Member, string By, PartialDate On, Document? Document = null) : INetworkCommand;

public sealed record AdmitCandidate(MemberId Member, PartialDate On, Ballots Vote) : INetworkCommand;

/// <param name="Vote">Null when it did not come to one.</param>
public sealed record DeclineCandidate(MemberId Member, PartialDate On, string Reason, Ballots? Vote = null) : INetworkCommand;

/// <summary>Takes the member's last step back; the first one back, it was never there.</summary>
public sealed record TakeStepBack(MemberId Member) : INetworkCommand;

public sealed record SetContacts(MemberId Member, IReadOnlyList<Contact> Contacts) : INetworkCommand;

/// <summary>Ends one presidency and begins the next; with it the rights of the presidency pass from member to member.</summary>
/// <param name="Summit">Where it was handed over.</param>
/// <param name="President">Who presides for the member, usually its mayor.</param>
public sealed record HandOverPresidency(MemberId To, PartialDate On, SummitId? Summit = null, string? President = null) : INetworkCommand;

public sealed record TakeHandoverBack : INetworkCommand;

/// <summary>Sets a group up, or writes it anew.</summary>
public sealed record SetGroup(
    GroupId Group, GroupKind Kind, string Name, string? About = null, IReadOnlyList<Coordinator>? Coordinators = null) : INetworkCommand;

public sealed record DropGroup(GroupId Group) : INetworkCommand;

/// <summary>Records a summit, or writes it anew.</summary>
/// <param name="Host">The member that receives it.</param>
/// <param name="Guests">Who is there without being in the network.</param>
/// <param name="Conference">The conference here that it is held as.</param>
public sealed record RecordSummit(
    SummitId Summit, string Title, string Place, PartialDate Starts, PartialDate? Ends = null, string? Theme = null, MemberId? Host = null,
    IReadOnlyList<string>? Guests = null, ConferenceId? Conference = null) : INetworkCommand;

public sealed record DropSummit(SummitId Summit) : INetworkCommand;

/// <summary>Brings a network into being. Comes from the administrator's desk, not over the network's own door, as do the three below.</summary>
/// <param name="Name">What it is called for short.</param>
/// <param name="Demonstration">Made up to show what Summit does, and marked so everywhere.</param>
public sealed record FoundNetwork(string Title, string Name, string? About = null, PartialDate? Founded = null, bool Demonstration = false) : ICommand;

/// <param name="Hash">SHA-256 of the secret in the link, lower-case hex. The secret itself is never stored.</param>
/// <param name="Member">For whom a <see cref="Role.Member"/> speaks.</param>
/// <param name="Group">What a <see cref="Role.Coordinator"/> runs.</param>
public sealed record IssueNetworkLink(
    LinkId Link, Role Role, string Label, string Hash, DateTimeOffset? Expires = null, MemberId? Member = null, GroupId? Group = null) : ICommand;

public sealed record RevokeNetworkLink(LinkId Link) : ICommand;

public sealed record RemoveNetwork : ICommand;

/// <summary>
/// Takes a person's name out of the records, where it stands now; and with it the names of all who were replaced before. What an office did
/// stays. Comes from the network's secretariat by the server, which sends it to the network's groups too.
/// </summary>
/// <param name="Name">As it is written there; null for those who were replaced, alone.</param>
public sealed record EraseNames(string? Name = null) : ICommand
{
    private readonly string _name = Text.CleanLine(Name);

    /// <summary>Whether this is the person, however their name is written in capitals.</summary>
    public bool Means(string? person) => _name.Length > 0 && _name.Equals(person, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the person is named somewhere in a line.</summary>
    public bool IsIn(string line) => _name.Length > 0 && line.Contains(_name, StringComparison.OrdinalIgnoreCase);
}
