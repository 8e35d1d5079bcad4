using Summit.Domain.Sessions;
using static Summit.Domain.Fields;

namespace Summit.Domain.Networks;

/// <summary>The road of a member: recorded, or applied, decided, supported, admitted or declined; and what becomes of it later.</summary>
public sealed partial class Network
{
    private int Voters => _members.Values.Count(member => member.Status == MemberStatus.Member);

    private Decision DecideOnMember(INetworkCommand command, DateOnly today) => command switch
    {
        RecordMember record => Decide(record, today),
        ApplyForMembership apply => Decide(apply, today),
        CorrectMember correct => Decide(correct),
        ChangeStatus change => On(change.Member, member => Decide(change, member, today)),
        RecordDecision decision => OnCandidate(decision.Member, _ =>
            Step(new DecisionRecorded(decision.Member, decision.On, Clean(decision.Document)), decision.Document, today)),
        SupportCandidate support => OnCandidate(support.Member, _ => Decide(support, today)),
        AdmitCandidate admit => OnCandidate(admit.Member, member => Decide(admit, member, today)),
        DeclineCandidate decline => OnCandidate(decline.Member, _ => Decide(decline, today)),
        TakeStepBack back => On(back.Member, member =>
            member.Steps.Count == 1 && IsInUse(member.Id) ? NetworkFaults.InUse : Decision.Raise(new StepTakenBack(member.Id))),
        SetContacts set => On(set.Member, _ => Decide(set)),
        _ => SessionFaults.CommandUnknown,
    };

    private Decision On(MemberId id, Func<Member, Decision> decide) =>
        _members.TryGetValue(id, out var member) ? decide(member) : NetworkFaults.MemberUnknown;

    private Decision OnCandidate(MemberId id, Func<Member, Decision> decide) =>
        On(id, member => member.Status == MemberStatus.Candidate ? decide(member) : NetworkFaults.NoCandidate);

    private Decision Decide(RecordMember command, DateOnly today)
    {
        var name = Text.CleanLine(command.Name);
        return command switch
        {
            _ when _members.ContainsKey(command.Member) => NetworkFaults.MemberExists,
            { Status: MemberStatus.Candidate or MemberStatus.Declined } => NetworkFaults.ByVote,
            _ when CheckMember(command.Member, name, command.Country) is { } fault => fault,
            _ => Step(new MemberRecorded(command.Member, name, command.Kind, command.Country, command.Status, command.Since), null, today),
        };
    }

    private Decision Decide(ApplyForMembership command, DateOnly today)
    {
        var name = Text.CleanLine(command.Name);
        return command switch
        {
            _ when _members.GetValueOrDefault(command.Member) is { Status: MemberStatus.Candidate or MemberStatus.Member } => NetworkFaults.MemberExists,
            _ when CheckMember(command.Member, name, command.Country) is { } fault => fault,
            _ => Step(
                new MembershipAppliedFor(command.Member, name, command.Kind, command.Country, command.On, Clean(command.Document)), command.Document, today),
        };
    }

    private Decision Decide(CorrectMember command) => On(command.Member, member =>
    {
        var corrected = new MemberCorrected(command.Member, Text.CleanLine(command.Name), command.Kind, command.Country);
        return CheckMember(command.Member, corrected.Name, command.Country) is { } fault ? fault
            : corrected == new MemberCorrected(member.Id, member.Name, member.Kind, member.Country) ? Decision.Nothing
            : Decision.Raise(corrected);
    });

    private Decision Decide(ChangeStatus command, Member member, DateOnly today)
    {
        var reason = LineOrNull(command.Reason);
        return command switch
        {
            { Status: not (MemberStatus.Observer or MemberStatus.Partner or MemberStatus.Former) } => NetworkFaults.ByVote,
            _ when member.Status == command.Status => Decision.Nothing,
            _ when member.Id == Presides => NetworkFaults.InUse,
            _ when CheckOptional(reason, Limits.Reason) is { } fault => fault,
            _ => Step(new StatusChanged(member.Id, command.Status, command.On, reason), null, today),
        };
    }

    private Decision Decide(SupportCandidate command, DateOnly today)
    {
        var by = Text.CleanLine(command.By);
        return CheckText(by, Limits.Name) is { } fault ? fault
            : Step(new CandidateSupported(command.Member, by, command.On, Clean(command.Document)), command.Document, today);
    }

    private Decision Decide(AdmitCandidate command, Member member, DateOnly today) => command.Vote switch
    {
        _ when member.Candidature.All(step => step.Kind != StepKind.Decided) => NetworkFaults.NoDecision,
        var vote when CheckVote(vote) is { } fault => fault,
        { Yes: var yes, No: var no } when yes <= no => NetworkFaults.NotCarried,
        var vote => Step(new CandidateAdmitted(member.Id, command.On, vote), null, today),
    };

    private Decision Decide(DeclineCandidate command, DateOnly today)
    {
        var reason = Text.CleanLine(command.Reason);
        return CheckText(reason, Limits.Reason) is { } fault ? fault
            : command.Vote is { } vote && CheckVote(vote) is { } malformed ? malformed
            : Step(new CandidateDeclined(command.Member, command.On, reason, command.Vote), null, today);
    }

    private Decision Decide(SetContacts command)
    {
        var clean = command.Contacts.Take(Limits.Contacts + 1)
            .Select(one => new Contact(Text.CleanLine(one.Name), LineOrNull(one.Function), LineOrNull(one.Mail), LineOrNull(one.Phone))).ToList();
        var good = clean.Count <= Limits.Contacts && clean.All(one => one.Name.Length > 0 && one.Mail?.Contains('@', StringComparison.Ordinal) is not false);
        return !good ? NetworkFaults.ContactMalformed
            : clean.SelectMany(one => (string?[])[one.Name, one.Function, one.Mail, one.Phone])
                .Select(text => CheckOptional(text, Limits.Name)).FirstOrDefault(fault => fault is not null) is { } fault ? fault
            : clean.SequenceEqual(_members[command.Member].Contacts) ? Decision.Nothing
            : Decision.Raise(new ContactsSet(command.Member, clean));
    }

    /// <summary>What every step has to keep to: its document, its day, its number.</summary>
    private Decision Step(IMemberStep step, Document? document, DateOnly today)
    {
        var member = _members.GetValueOrDefault(step.Member);
        // A council may have decided, and others spoken for it, before the letter was sent.
        var after = step is DecisionRecorded or CandidateSupported ? null : member?.Steps.MaxBy(one => one.On.First)?.On;
        return CheckDocument(document) is { } malformed ? malformed
            : CheckDate(step.On, after, today) is { } fault ? fault
            : member?.Steps.Count >= Limits.Steps ? NetworkFaults.TooMany(Limits.Steps)
            : Decision.Raise(step);
    }

    /// <summary>One name in one country is one member: two would both be counted.</summary>
    private Fault? CheckMember(MemberId id, string name, string country) =>
        CheckText(name, Limits.Name)
        ?? (Countries.IsCode(country) ? null : NetworkFaults.CountryUnknown)
        ?? (_members.Values.Any(other => other.Id != id && other.Country == country && other.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? NetworkFaults.MemberExists
            : null)
        ?? (!_members.ContainsKey(id) && _members.Count >= Limits.Members ? NetworkFaults.TooMany(Limits.Members) : null);

    /// <summary>Votes are equal: each member has one.</summary>
    private Fault? CheckVote(Ballots vote) =>
        vote is { Yes: >= 0, No: >= 0, Abstain: >= 0 } && vote.Cast <= Voters ? null : NetworkFaults.VoteMalformed;

    private bool IsInUse(MemberId id) =>
        _terms.Any(term => term.Holder == id)
        || _groups.Values.Any(group => group.Coordinators.Any(one => one.Member == id))
        || _summits.Values.Any(summit => summit.Host == id)
        || _links.Values.Any(link => link.Member == id);
}
