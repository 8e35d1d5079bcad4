using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Networks;

public sealed class FoundingANetwork : NetworkTest
{
    [Fact]
    public void Is_done_by_the_administrator_once()
    {
        When(Secretary, Found);
        ThenRefused(SessionFaults.Forbidden);
        When(Admin, Found with { Title = "" });
        ThenRefused(SessionFaults.TextEmpty);
        When(Admin, Found with { Title = new string('a', 201) });
        ThenRefused(SessionFaults.TextTooLong(200));
        When(Admin, Found with { Name = " B40 ", About = " " });
        Then(new NetworkFounded("Balkan Cities Network", "B40", null, Found.Founded, false));
        When(Admin, Found);
        ThenRefused(NetworkFaults.Exists);
    }

    [Fact]
    public void Comes_before_everything_else()
    {
        foreach (var command in new ICommand[] { Application, new RevokeNetworkLink(Link), new RemoveNetwork(), new TakeHandoverBack() })
        {
            When(Admin, command);
            ThenRefused(NetworkFaults.Unknown);
        }
    }

    [Fact]
    public void Is_undone_by_the_administrator_for_good()
    {
        GivenANetwork();
        When(Secretary, new RemoveNetwork());
        ThenRefused(SessionFaults.Forbidden);
        Given(Admin, new RemoveNetwork());
        When(Admin, new RemoveNetwork());
        Then();
        When(Secretary, Application);
        ThenRefused(NetworkFaults.Unknown);
        When(Admin, Found);
        ThenRefused(NetworkFaults.Exists);
    }
}

public sealed class KeepingTheRecords : NetworkTest
{
    public KeepingTheRecords() => GivenANetwork();

    public static TheoryData<Role> Others => [Role.Stage, Role.Participant, Role.Moderator, Role.Host, Role.Member];

    [Theory]
    [MemberData(nameof(Others))]
    public void Is_for_nobody_else(Role role)
    {
        When(Secretary with { Role = role }, Application);
        ThenRefused(SessionFaults.Forbidden);
    }

    [Fact]
    public void Is_not_for_the_secretary_of_another_network()
    {
        When(Secretary with { Network = default }, Application);
        ThenRefused(SessionFaults.Forbidden);
        When(Secretary with { Network = new NetworkId(Guid.Empty) }, new IssueNetworkLink(Link, Role.Secretary, "Desk", Hash));
        ThenRefused(SessionFaults.Forbidden);
    }

    [Fact]
    public void Describes_the_network_anew()
    {
        When(Secretary, new DescribeNetwork(" Balkan Cities ", "B40"));
        Then(new NetworkDescribed("Balkan Cities", "B40", null, null));
        When(Secretary, new DescribeNetwork("Balkan Cities", "B40"));
        Then();
        When(Secretary, new DescribeNetwork("Balkan Cities", " "));
        ThenRefused(SessionFaults.TextEmpty);
    }

    [Fact]
    public void Sets_groups_up_writes_them_anew_and_drops_them()
    {
        var group = new SetGroup(Climate, GroupKind.WorkingGroup, " Climate ", null, [new Coordinator(Tirana, " Ana ")]);
        When(Secretary, group with { Coordinators = [new Coordinator(Varna)] });
        ThenRefused(NetworkFaults.MemberUnknown);
        When(Secretary, group with { Coordinators = [.. Enumerable.Repeat(new Coordinator(Tirana), 21)] });
        ThenRefused(NetworkFaults.TooMany(20));
        Given(Secretary, group);
        Assert.Equal(("Climate", new Coordinator(Tirana, "Ana")), (Assert.Single(Network.Groups).Name, Network.Groups.Single().Coordinators.Single()));
        Given(Secretary, group with { Name = "Local climate action" });
        Assert.Equal("Local climate action", Assert.Single(Network.Groups).Name);
        Given(Secretary, new DropGroup(Climate));
        Assert.Empty(Network.Groups);
        When(Secretary, new DropGroup(Climate));
        ThenRefused(NetworkFaults.GroupUnknown);
    }

    [Fact]
    public void Records_summits_with_their_guests()
    {
        Assert.Equal(["EBRD"], Assert.Single(Network.Summits).Guests);
        When(Secretary, Summit() with { Ends = PartialDate.Parse("2025-01") });
        ThenRefused(SessionFaults.TimesReversed);
        When(Secretary, Summit() with { Host = Varna });
        ThenRefused(NetworkFaults.MemberUnknown);
        When(Secretary, Summit() with { Guests = [.. Enumerable.Repeat("EBRD", 101)] });
        ThenRefused(NetworkFaults.TooMany(100));
        When(Secretary, Summit() with { Guests = [new string('a', 121)] });
        ThenRefused(SessionFaults.TextTooLong(120));
        Given(Secretary, new DropSummit(Fourth));
        When(Secretary, new DropSummit(Fourth));
        ThenRefused(NetworkFaults.SummitUnknown);
    }
}

public sealed class Presiding : NetworkTest
{
    private static readonly HandOverPresidency ToSofia = new(Sofia, PartialDate.Parse("2025-02-25"), Fourth, "Vasil");

    public Presiding() => GivenANetwork();

    [Fact]
    public void Passes_in_one_step_with_all_its_rights()
    {
        When(OfSofia, Application);
        ThenRefused(SessionFaults.Forbidden);
        When(OfTirana, ToSofia);
        Then(new PresidencyHandedOver(Tirana, Sofia, ToSofia.On, Fourth, "Vasil"));
        Assert.Equal(Sofia, Network.Presides);
        When(OfTirana, Application);
        ThenRefused(SessionFaults.Forbidden);
        When(OfSofia, Application);
        Then(new MembershipAppliedFor(Varna, "Varna", MemberKind.City, "BG", Application.On, null));
    }

    [Fact]
    public void Goes_to_members_alone_and_to_another_each_time()
    {
        foreach (var (command, fault) in new[]
        {
            (ToSofia with { To = Varna }, NetworkFaults.MemberUnknown), (ToSofia with { To = Association }, NetworkFaults.NotAMember),
            (ToSofia with { To = Tirana }, NetworkFaults.PresidesAlready), (ToSofia with { Summit = default(SummitId) }, NetworkFaults.SummitUnknown),
            (ToSofia with { On = PartialDate.Parse("2023-01-22") }, NetworkFaults.DateOrder), (ToSofia with { On = PartialDate.Parse("2030") }, NetworkFaults.DateAhead),
        })
        {
            When(Secretary, command);
            ThenRefused(fault);
        }
    }

    [Fact]
    public void Can_be_taken_back()
    {
        Given(Secretary, ToSofia);
        When(Secretary, new DropSummit(Fourth));
        ThenRefused(NetworkFaults.SummitInUse);
        When(Secretary, new TakeHandoverBack());
        Then(new HandoverTakenBack());
        Assert.Equal(Tirana, Network.Presides);
        Given(Secretary, new TakeHandoverBack());
        When(Secretary, new TakeHandoverBack());
        ThenRefused(NetworkFaults.NoPresidency);
    }

    [Fact]
    public void Gives_no_links_that_would_outlast_it()
    {
        When(OfTirana, new IssueNetworkLink(Link, Role.Secretary, "Desk", Hash));
        ThenRefused(SessionFaults.Forbidden);
        Given(Secretary, new IssueNetworkLink(Link, Role.Secretary, "Desk", Hash));
        When(OfTirana, new RevokeNetworkLink(Link));
        ThenRefused(SessionFaults.Forbidden);
    }
}

public sealed class ALinkOfANetwork : NetworkTest
{
    public ALinkOfANetwork() => GivenANetwork();

    [Fact]
    public void Is_for_the_secretary_or_for_one_member()
    {
        When(Secretary, new IssueNetworkLink(Link, Role.Member, " Mayor's office ", Hash, Noon.AddDays(1), Tirana));
        Then(new NetworkLinkIssued(Link, Role.Member, "Mayor's office", Hash, Noon.AddDays(1), Tirana));
        Assert.True(Network.FindLink(Link)!.IsGood(Noon));
        Assert.False(Network.FindLink(Link)!.IsGood(Noon.AddDays(1)));
        var good = new IssueNetworkLink(new LinkId(Guid.Empty), Role.Secretary, "Desk", Hash);
        foreach (var (command, fault) in new[]
        {
            (good with { Role = Role.Host }, NetworkFaults.LinkMalformed), (good with { Role = Role.Member }, NetworkFaults.LinkMalformed),
            (good with { Member = Tirana }, NetworkFaults.LinkMalformed), (good with { Role = Role.Member, Member = Varna }, NetworkFaults.MemberUnknown),
            (good with { Hash = "secret" }, NetworkFaults.LinkMalformed), (good with { Label = "" }, NetworkFaults.LinkMalformed),
            (good with { Link = Link }, ConferenceFaults.LinkExists),
        })
        {
            When(Secretary, command);
            ThenRefused(fault);
        }
    }

    [Fact]
    public void Is_revoked_for_good()
    {
        Given(Secretary, new IssueNetworkLink(Link, Role.Secretary, "Desk", Hash), new RevokeNetworkLink(Link));
        Assert.False(Network.FindLink(Link)!.IsGood(Noon));
        When(Secretary, new RevokeNetworkLink(Link));
        Then();
        When(Secretary, new RevokeNetworkLink(new LinkId(Guid.Empty)));
        ThenRefused(ConferenceFaults.LinkUnknown);
    }

    [Fact]
    public void Shows_contacts_to_members_and_to_hosts_of_the_network_s_summits_alone()
    {
        Assert.True(Network.ShowsContactsTo(Secretary));
        Assert.True(Network.ShowsContactsTo(OfSofia));
        Assert.True(Network.ShowsContactsTo(Host));
        Assert.False(Network.ShowsContactsTo(Host with { Conference = Elsewhere }));
        Assert.False(Network.ShowsContactsTo(Mod));
        Assert.False(Network.ShowsContactsTo(OfSofia with { Member = Association }));
        Assert.False(Network.ShowsContactsTo(OfSofia with { Member = Varna }));
        Assert.False(Network.ShowsContactsTo(OfSofia with { Network = default }));
    }
}

public sealed class TheCommandsOfANetwork
{
    [Fact]
    public void Are_those_of_the_protocol_s_table_by_name_and_member() => ProtocolPage.Holds<INetworkCommand>("## Networks", "## Working groups");
}

public sealed class ASavedNetwork : NetworkTest
{
    [Fact]
    public void Is_loaded_as_it_was_from_nothing_to_the_end()
    {
        AssertLoads();
        GivenANetwork();
        AssertLoads();
        Given(
            Secretary, Application, Decision, new SupportCandidate(Varna, "NAMRB", Decision.On), new AdmitCandidate(Varna, Decision.On, new Ballots(3, 0, 0)),
            new SetContacts(Varna, [new Contact("Petar")]), new SetGroup(Climate, GroupKind.Forum, "Youth", null, [new Coordinator(Varna)]),
            new IssueNetworkLink(Link, Role.Member, "Desk", Hash, null, Varna), new RevokeNetworkLink(Link));
        AssertLoads();
        Given(Admin, new RemoveNetwork());
        AssertLoads();

        void AssertLoads() => Assert.Equal(Network.Save(), Network.Load(Net.Value, Network.Save()).Save());
    }

    [Fact]
    public void Refuses_to_be_built_from_events_it_does_not_know() =>
        Assert.Throws<InvalidOperationException>(() => Network.Apply(new SessionOpened(), default));
}

public sealed class ADateAsFarAsItIsKnown
{
    [Theory]
    [InlineData("2024", "2024-01-01", "2024-12-31")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2024-02-03", "2024-02-03", "2024-02-03")]
    public void Is_written_as_it_was_read(string text, string first, string last)
    {
        var date = PartialDate.Parse(text);
        Assert.Equal(text, date.ToString());
        Assert.Equal((DateOnly.Parse(first, null), DateOnly.Parse(last, null)), (date.First, date.Last));
    }

    [Theory]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("2024-13")]
    [InlineData("2024-02-30")]
    [InlineData("2024-2-3")]
    [InlineData("02-03-2024")]
    [InlineData("2024-02-03T00:00")]
    public void Is_refused_when_it_is_none(string text)
    {
        Assert.False(PartialDate.TryParse(text, out _));
        Assert.Throws<FormatException>(() => PartialDate.Parse(text));
    }

    [Fact]
    public void Lies_before_another_only_when_they_cannot_be_the_same_day()
    {
        Assert.True(PartialDate.Parse("2024").IsBefore(PartialDate.Parse("2025-01")));
        Assert.False(PartialDate.Parse("2025").IsBefore(PartialDate.Parse("2025-03")));
        Assert.False(PartialDate.Parse("2025-03-01").IsBefore(PartialDate.Parse("2025")));
    }
}
