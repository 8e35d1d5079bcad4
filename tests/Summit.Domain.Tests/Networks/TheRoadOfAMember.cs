using Summit.Domain.Networks;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Networks;

public sealed class TheRoadOfAMember : NetworkTest
{
    private static readonly PartialDate May = PartialDate.Parse("2025-05-20");

    public TheRoadOfAMember() => GivenANetwork();

    [Fact]
    public void Leads_from_the_application_through_its_council_and_its_supporters_to_the_vote()
    {
        When(Secretary, Application with { Name = " Varna\n" });
        Then(new MembershipAppliedFor(Varna, "Varna", MemberKind.City, "BG", Application.On, null));
        When(Secretary, Decision);
        Then(new DecisionRecorded(Varna, Decision.On, Decision.Document));
        When(Secretary, new SupportCandidate(Varna, "NAMRB", PartialDate.Parse("2025-04")));
        Then(new CandidateSupported(Varna, "NAMRB", PartialDate.Parse("2025-04"), null));
        Assert.Equal((MemberStatus.Candidate, Application.On), (Network.Members[Varna].Status, Network.Members[Varna].Since));
        When(Secretary, new AdmitCandidate(Varna, May, new Ballots(2, 0, 1)));
        Then(new CandidateAdmitted(Varna, May, new Ballots(2, 0, 1)));
        Assert.Equal((MemberStatus.Member, May), (Network.Members[Varna].Status, Network.Members[Varna].Since));
        Assert.Equal([StepKind.Applied, StepKind.Decided, StepKind.Supported, StepKind.Admitted], Network.Members[Varna].Steps.Select(step => step.Kind));
    }

    [Fact]
    public void Needs_the_council_before_the_vote()
    {
        Given(Secretary, Application);
        When(Secretary, new AdmitCandidate(Varna, May, new Ballots(3, 0, 0)));
        ThenRefused(NetworkFaults.NoDecision);
    }

    [Fact]
    public void Needs_a_council_s_decision_for_each_application()
    {
        Given(Secretary, Application, Decision, new DeclineCandidate(Varna, PartialDate.Parse("2025-05-01"), "Not yet."), Application with { On = May });
        When(Secretary, new AdmitCandidate(Varna, May, new Ballots(3, 0, 0)));
        ThenRefused(NetworkFaults.NoDecision);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 0)]
    public void Ends_with_more_yes_than_no_or_not_at_all(int yes, int no, int abstain)
    {
        Given(Secretary, Application, Decision);
        When(Secretary, new AdmitCandidate(Varna, May, new Ballots(yes, no, abstain)));
        ThenRefused(NetworkFaults.NotCarried);
    }

    [Theory]
    [InlineData(4, 0, 0)]
    [InlineData(2, 1, 1)]
    [InlineData(3, -1, 0)]
    [InlineData(int.MaxValue, int.MaxValue, 2)]
    public void Counts_one_vote_for_each_member_and_none_for_observers_and_candidates(int yes, int no, int abstain)
    {
        Given(Secretary, Application, Decision);
        When(Secretary, new AdmitCandidate(Varna, May, new Ballots(yes, no, abstain)));
        ThenRefused(NetworkFaults.VoteMalformed);
        When(Secretary, new DeclineCandidate(Varna, May, "No.", new Ballots(yes, no, abstain)));
        ThenRefused(NetworkFaults.VoteMalformed);
    }

    [Fact]
    public void Is_declined_with_a_reason_and_may_begin_again()
    {
        Given(Secretary, Application);
        When(Secretary, new DeclineCandidate(Varna, May, " "));
        ThenRefused(SessionFaults.TextEmpty);
        When(Secretary, new DeclineCandidate(Varna, May, " Too early. ", new Ballots(1, 2, 0)));
        Then(new CandidateDeclined(Varna, May, "Too early.", new Ballots(1, 2, 0)));
        Assert.Equal(MemberStatus.Declined, Network.Members[Varna].Status);
        When(Secretary, Application with { On = PartialDate.Parse("2026") });
        Assert.Equal(MemberStatus.Candidate, Network.Members[Varna].Status);
    }

    [Fact]
    public void Leaves_an_observer_who_is_declined_an_observer()
    {
        Given(Secretary, new ApplyForMembership(Association, "NAMRB", MemberKind.Association, "BG", May), new DeclineCandidate(Association, May, "Cities alone."));
        Assert.Equal(MemberStatus.Observer, Network.Members[Association].Status);
    }

    [Fact]
    public void Has_no_second_way_in()
    {
        foreach (var status in new[] { MemberStatus.Candidate, MemberStatus.Declined })
        {
            When(Secretary, new RecordMember(Varna, "Varna", MemberKind.City, "BG", status, May));
            ThenRefused(NetworkFaults.ByVote);
        }

        foreach (var status in new[] { MemberStatus.Member, MemberStatus.Candidate, MemberStatus.Declined })
        {
            When(Secretary, new ChangeStatus(Association, status, May));
            ThenRefused(NetworkFaults.ByVote);
        }

        When(Secretary, new SupportCandidate(Association, "Sofia", May));
        ThenRefused(NetworkFaults.NoCandidate);
        When(Secretary, new AdmitCandidate(Varna, May, new Ballots(1, 0, 0)));
        ThenRefused(NetworkFaults.MemberUnknown);
        When(Secretary, Application with { Member = Sofia, Name = "Sofia" });
        ThenRefused(NetworkFaults.MemberExists);
    }

    [Fact]
    public void Knows_one_name_in_one_country_once()
    {
        When(Secretary, Application with { Name = "SOFIA" });
        ThenRefused(NetworkFaults.MemberExists);
        When(Secretary, Application with { Name = "Sofia", Country = "TR" });
        Then(new MembershipAppliedFor(Varna, "Sofia", MemberKind.City, "TR", Application.On, null));
        When(Secretary, new CorrectMember(Varna, "Sofia", MemberKind.City, "BG"));
        ThenRefused(NetworkFaults.MemberExists);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bg")]
    [InlineData("BGR")]
    [InlineData("ZZ")]
    [InlineData("BG AL")]
    public void Begins_in_a_country_that_there_is(string country)
    {
        When(Secretary, Application with { Country = country });
        ThenRefused(NetworkFaults.CountryUnknown);
    }

    [Fact]
    public void Takes_no_date_ahead_and_none_before_what_it_follows()
    {
        When(Secretary, Application with { On = PartialDate.Parse("2026-09-18") });
        ThenRefused(NetworkFaults.DateAhead);
        // A year that has begun may be meant as far as it has gone.
        Given(Secretary, Application with { On = PartialDate.Parse("2026") });
        When(Secretary, Decision);
        Then(new DecisionRecorded(Varna, Decision.On, Decision.Document));
        When(Secretary, new AdmitCandidate(Varna, PartialDate.Parse("2025-12-31"), new Ballots(3, 0, 0)));
        ThenRefused(NetworkFaults.DateOrder);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("Decision", "javascript:alert(1)")]
    [InlineData("Decision", "/512")]
    [InlineData("Decision", "file:///etc/passwd")]
    public void Takes_documents_with_a_title_and_an_address_of_the_web(string title, string? url)
    {
        Given(Secretary, Application);
        When(Secretary, Decision with { Document = new Document(title, url) });
        ThenRefused(NetworkFaults.DocumentMalformed);
    }

    [Fact]
    public void Can_be_left_and_changed_by_hand_between_observer_partner_and_former()
    {
        When(Secretary, new ChangeStatus(Athens, MemberStatus.Former, May, " Left. "));
        Then(new StatusChanged(Athens, MemberStatus.Former, May, "Left."));
        When(Secretary, new ChangeStatus(Athens, MemberStatus.Former, May));
        Then();
        When(Secretary, new ChangeStatus(Tirana, MemberStatus.Former, May));
        ThenRefused(NetworkFaults.InUse);
    }

    [Fact]
    public void Is_taken_back_step_by_step_to_where_it_was_never_there()
    {
        Given(Secretary, Application, Decision);
        When(Secretary, new TakeStepBack(Varna));
        Then(new StepTakenBack(Varna));
        Assert.Equal(StepKind.Applied, Assert.Single(Network.Members[Varna].Steps).Kind);
        Given(Secretary, new TakeStepBack(Varna));
        Assert.False(Network.Members.ContainsKey(Varna));
        When(Secretary, new TakeStepBack(Varna));
        ThenRefused(NetworkFaults.MemberUnknown);
        When(Secretary, new TakeStepBack(Sofia));
        ThenRefused(NetworkFaults.InUse);
    }

    [Fact]
    public void Is_not_longer_than_anybody_reads()
    {
        Given(Secretary, Application);
        Given(Secretary, Enumerable.Repeat(Decision, 99));
        When(Secretary, Decision);
        ThenRefused(NetworkFaults.TooMany(100));
    }

    [Fact]
    public void Has_contacts_with_names()
    {
        When(Secretary, new SetContacts(Varna, []));
        ThenRefused(NetworkFaults.MemberUnknown);
        Given(Secretary, new SetContacts(Athens, [new Contact(" Eleni ", "", "eleni@athens.example")]));
        Assert.Equal(new Contact("Eleni", null, "eleni@athens.example"), Assert.Single(Network.Members[Athens].Contacts));
        When(Secretary, new SetContacts(Athens, [new Contact("Eleni", null, "eleni@athens.example")]));
        Then();
        foreach (var contacts in new Contact[][] { [new("")], [new("Eleni", Mail: "nowhere")], [.. Enumerable.Repeat(new Contact("Eleni"), 11)] })
        {
            When(Secretary, new SetContacts(Athens, contacts));
            ThenRefused(NetworkFaults.ContactMalformed);
        }
    }
}
