using Summit.Domain.Conferences;
using Summit.Domain.Participants;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Participants;

public sealed class APersonalLink : ParticipantTest
{
    [Fact]
    public void Is_issued_by_who_governs_the_person()
    {
        GivenElena();
        When(OtherHost, new IssuePersonalLink(Link, Hash));
        ThenRefused(SessionFaults.Forbidden);
        When(Host, new IssuePersonalLink(Link, Hash, Noon.AddDays(1)));
        Then(new PersonalLinkIssued(Link, Hash, Noon.AddDays(1)));
        When(Host, new IssuePersonalLink(Link, Hash));
        ThenRefused(ConferenceFaults.LinkExists);
        Given(Keeping, new GiveRole(Keeper));
        When(Host, new IssuePersonalLink(new LinkId(default), Hash));
        ThenRefused(ParticipantFaults.Elsewhere);
    }

    [Theory]
    [InlineData("")]
    [InlineData("aaaa")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Is_refused_without_the_hash_of_a_secret(string hash)
    {
        GivenElena();
        When(Host, new IssuePersonalLink(Link, hash));
        ThenRefused(ParticipantFaults.LinkMalformed);
    }

    [Fact]
    public void Signs_in_until_it_is_revoked_and_ends_what_it_let_in()
    {
        GivenElenaSignedIn();
        Given(Host, new RevokePersonalLink(Link));
        Assert.Empty(Person.SignIns);
        When(Self, new SignInByLink(Phone, Hash, "Phone", Noon.AddDays(1)));
        ThenRefused(ConferenceFaults.LinkUnknown);
        When(Host, new RevokePersonalLink(Link));
        ThenRefused(ConferenceFaults.LinkUnknown);
    }

    [Fact]
    public void Signs_in_no_longer_than_it_lasts()
    {
        GivenElena();
        Given(Host, new IssuePersonalLink(Link, Hash, Noon.AddDays(1)));
        When(Self, new SignInByLink(Phone, Hash, "Phone", Noon.AddDays(30)));
        Then(new SignedIn(Phone, "Phone", Noon.AddDays(1), Link, null));
        Now = Noon.AddDays(1);
        When(Self, new SignInByLink(Laptop, Hash, "Laptop", Noon.AddDays(30)));
        ThenRefused(ConferenceFaults.LinkUnknown);
    }

    [Fact]
    public void Is_one_of_twenty_at_the_most()
    {
        GivenElena();
        Given(Self, Enumerable.Range(1, 20).Select(number => new IssuePersonalLink(new LinkId(new Guid(number, 0, 0, new byte[8])), Hash)));
        When(Self, new IssuePersonalLink(Link, Hash));
        ThenRefused(ParticipantFaults.TooMany(20));
    }
}

public sealed class SigningIn : ParticipantTest
{
    [Fact]
    public void Takes_a_secret_and_nobody_else_s_rights()
    {
        GivenElena();
        Given(Host, new IssuePersonalLink(Link, Hash));
        When(Self, new SignInByLink(Phone, new string('b', 64), "Phone", Noon.AddDays(1)));
        ThenRefused(ConferenceFaults.LinkUnknown);
        When(Host, new SignInByLink(Phone, Hash, "Phone", Noon.AddDays(1)));
        ThenRefused(SessionFaults.Forbidden);
    }

    [Fact]
    public void Lasts_until_its_time_is_up()
    {
        GivenElenaSignedIn();
        Assert.NotNull(Person.FindSignIn(Phone, Noon.AddDays(29)));
        Assert.Null(Person.FindSignIn(Phone, Noon.AddDays(30)));
    }

    [Fact]
    public void Makes_room_among_thirty_by_ending_the_oldest()
    {
        GivenElenaSignedIn();
        Given(Self, Enumerable.Range(1, 28).Select(number => new SignInByLink(new SignInId(new Guid(number, 0, 0, new byte[8])), Hash, "Phone", Noon.AddDays(1))));
        Assert.NotNull(Person.FindSignIn(Phone, Noon));
        Given(Self, new SignInByLink(new SignInId(new Guid(29, 0, 0, new byte[8])), Hash, "Phone", Noon.AddDays(1)));
        Assert.Null(Person.FindSignIn(Phone, Noon));
        Assert.NotNull(Person.FindSignIn(Laptop, Noon));
        Assert.Equal(30, Person.SignIns.Count);
    }

    [Fact]
    public void Forgets_those_that_have_run_out()
    {
        GivenElenaSignedIn();
        Now = Noon.AddDays(31);
        Given(Self, new SignInByLink(new SignInId(new Guid(1, 0, 0, new byte[8])), Hash, "Tablet", Noon.AddDays(60)));
        Assert.Equal("Tablet", Assert.Single(Person.SignIns).Device);
    }
}

public sealed class SigningOut : ParticipantTest
{
    [Fact]
    public void Ends_one_device_or_all_and_leaves_the_link()
    {
        GivenElenaSignedIn();
        When(Self, new SignOut(Phone));
        Then(new SignedOut(Phone));
        Assert.Null(Person.FindSignIn(Phone, Noon));
        Assert.NotNull(Person.FindSignIn(Laptop, Noon));
        When(Self, new SignOut(Phone));
        ThenRefused(ParticipantFaults.SignInUnknown);
        When(Self, new SignOutEverywhere());
        Then(new SignedOutEverywhere());
        Assert.Empty(Person.SignIns);
        When(Self, new SignOutEverywhere());
        Then();
        Assert.NotNull(Person.FindLink(Hash, Noon));
    }

    [Fact]
    public void Is_not_for_other_people()
    {
        GivenElenaSignedIn();
        foreach (var actor in new[] { Mod, OtherHost, Keeping })
        {
            When(actor, new SignOutEverywhere());
            ThenRefused(SessionFaults.Forbidden);
        }

        Given(Host, new SignOutEverywhere());
    }
}

public sealed class CommandsAboutAPerson
{
    [Fact]
    public void Are_those_of_the_protocol_s_table_by_name_and_member() => ProtocolPage.Holds<IParticipantCommand>("## People", "## Networks");
}

public sealed class ASavedPerson : ParticipantTest
{
    [Fact]
    public void Is_loaded_as_they_were()
    {
        AssertLoads();
        GivenElenaSignedIn();
        Given(Keeping, new GiveRole(new HeldRole(InNetwork, Role.Member, Sofia)));
        AssertLoads();
        Given(Self, new IssuePersonalLink(new LinkId(Elena.Value), Hash, Noon.AddDays(1)), new SignInByLink(Phone, Hash, "Phone", Noon.AddDays(2)));
        AssertLoads();

        void AssertLoads() => Assert.Equal(Person.Save(), Participant.Load(Elena.Value, Person.Save()).Save());
    }

    [Fact]
    public void Knows_nothing_of_other_aggregates()
    {
        GivenElena();
        When(Self, new OpenSession());
        ThenRefused(SessionFaults.CommandUnknown);
        Assert.Throws<InvalidOperationException>(() => Person.Apply(new SessionOpened(), default));
    }
}
