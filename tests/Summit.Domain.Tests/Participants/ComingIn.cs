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

public sealed class SigningInByAnAccount : ParticipantTest
{
    private const string Issuer = "https://login.sofia.example";
    private static readonly AccountId Account = new(new Guid(5, 0, 0, new byte[8]));

    private static SignInByAccount At(SignInId signIn, string? mail = null, string issuer = Issuer) =>
        new(signIn, Account, issuer, mail, "Edge, Windows", Noon.AddDays(7));

    [Fact]
    public void Needs_the_person_s_own_address_once_and_never_again()
    {
        GivenElena();
        When(Self, At(Phone));
        ThenRefused(ParticipantFaults.AccountUnknown);
        When(Self, At(Phone, "ivan@sofia.example"));
        ThenRefused(ParticipantFaults.AccountUnknown);
        When(Self, At(Phone, "Elena@Sofia.example"));
        Then(new AccountLinked(Account, Issuer), new SignedIn(Phone, "Edge, Windows", Noon.AddDays(7), null, Issuer));
        Given(Self, new DescribePerson("Elena Petrova"));
        When(Self, At(Laptop));
        Then(new SignedIn(Laptop, "Edge, Windows", Noon.AddDays(7), null, Issuer));
    }

    [Fact]
    public void Ends_what_let_in_before_the_account_was_linked()
    {
        GivenElenaSignedIn();
        When(Self, At(new SignInId(Elena.Value), "elena@sofia.example"));
        Then(new AccountLinked(Account, Issuer), new PersonalLinkRevoked(Link), new SignedIn(new SignInId(Elena.Value), "Edge, Windows", Noon.AddDays(7), null, Issuer));
        Assert.Empty(Person.Links);
        Assert.Equal(Issuer, Assert.Single(Person.SignIns).Issuer);
    }

    [Fact]
    public void Is_for_one_account_of_an_organisation_until_that_is_unlinked()
    {
        GivenElena();
        Given(Self, At(Phone, "elena@sofia.example"));
        var other = At(Laptop, "elena@sofia.example") with { Account = new AccountId(Elena.Value) };
        When(Self, other);
        ThenRefused(ParticipantFaults.AccountOther);
        When(Mod, new UnlinkAccount(Account));
        ThenRefused(SessionFaults.Forbidden);
        When(Host, new UnlinkAccount(Account));
        Then(new AccountUnlinked(Account));
        Assert.Empty(Person.SignIns);
        When(Host, new UnlinkAccount(Account));
        ThenRefused(ParticipantFaults.AccountUnknown);
        When(Self, other);
        Then(new AccountLinked(other.Account, Issuer), new SignedIn(Laptop, "Edge, Windows", Noon.AddDays(7), null, Issuer));
    }

    [Fact]
    public void Is_open_to_who_links_the_account_from_within_whatever_its_address()
    {
        GivenElenaSignedIn();
        When(Host, new LinkAccount(Account, Issuer));
        ThenRefused(SessionFaults.Forbidden);
        When(Self, new LinkAccount(Account, Issuer));
        Then(new AccountAdded(Account, Issuer));
        Assert.Equal(2, Person.SignIns.Count);
        When(Self, new LinkAccount(Account, Issuer));
        Then();
        When(Self, new LinkAccount(new AccountId(Elena.Value), Issuer));
        ThenRefused(ParticipantFaults.AccountSecond);
        When(Self, At(new SignInId(Elena.Value)));
        Then(new SignedIn(new SignInId(Elena.Value), "Edge, Windows", Noon.AddDays(7), null, Issuer));
    }

    [Fact]
    public void Ends_accounts_that_somebody_else_may_have_added()
    {
        GivenElenaSignedIn();
        var (same, another) = (new AccountId(new Guid(6, 0, 0, new byte[8])), new AccountId(new Guid(7, 0, 0, new byte[8])));
        Given(Self, new LinkAccount(same, Issuer), new LinkAccount(another, "https://login.tirana.example"));
        Given(Self, At(new SignInId(Elena.Value), "elena@sofia.example"));
        Assert.Equal(Account, Assert.Single(Person.Accounts).Id);
        Assert.Equal(new SignInId(Elena.Value), Assert.Single(Person.SignIns).Id);
    }

    [Fact]
    public void Leaves_what_another_organisation_let_in()
    {
        GivenElena();
        var other = new AccountId(Elena.Value);
        Given(Self, At(Phone, "elena@sofia.example"), At(Laptop, "elena@sofia.example", "https://login.tirana.example") with { Account = other });
        Given(Self, new UnlinkAccount(Account));
        Assert.Equal((Laptop, other), (Assert.Single(Person.SignIns).Id, Assert.Single(Person.Accounts).Id));
    }

    [Fact]
    public void Is_not_for_others_in_the_person_s_name()
    {
        GivenElena();
        When(Host, At(Phone, "elena@sofia.example"));
        ThenRefused(SessionFaults.Forbidden);
    }
}

public sealed class SigningInByAPasskey : ParticipantTest
{
    private static readonly PasskeyId Key = new(new Guid(6, 0, 0, new byte[8]));
    private static readonly AddPasskey Adding = new(Key, "credential", "public key", 0, true, "Safari, iPhone");

    private static SignInByPasskey At(SignInId signIn, long counter = 0) => new(signIn, Key, counter, "Safari, iPhone", Noon.AddDays(90));

    [Fact]
    public void Takes_a_key_that_the_person_has_added()
    {
        GivenElena();
        When(Self, At(Phone));
        ThenRefused(ParticipantFaults.PasskeyUnknown);
        When(Self, Adding);
        Then(new PasskeyAdded(Key, "credential", "public key", 0, true, "Safari, iPhone"));
        When(Self, At(Phone));
        Then(new SignedIn(Phone, "Safari, iPhone", Noon.AddDays(90), null, null), new PasskeyUsed(Key, Phone, 0));
        When(Self, At(Laptop));
        Then(new SignedIn(Laptop, "Safari, iPhone", Noon.AddDays(90), null, null), new PasskeyUsed(Key, Laptop, 0));
    }

    [Fact]
    public void Ends_with_the_key_and_what_it_let_in_ends_too()
    {
        GivenElenaSignedIn();
        var tablet = new SignInId(Elena.Value);
        Given(Self, Adding, At(tablet));
        Assert.Equal(Key, Person.FindSignIn(tablet, Noon)!.Passkey);
        When(Self, new RemovePasskey(Key));
        Then(new PasskeyRemoved(Key));
        Assert.Null(Person.FindSignIn(tablet, Noon));
        Assert.NotNull(Person.FindSignIn(Phone, Noon));
        When(Self, new RemovePasskey(Key));
        ThenRefused(ParticipantFaults.PasskeyUnknown);
        When(Self, At(Phone));
        ThenRefused(ParticipantFaults.PasskeyUnknown);
    }

    [Fact]
    public void Is_refused_when_a_device_that_counts_has_not_counted_on()
    {
        GivenElena();
        Given(Self, Adding with { Counter = 4 }, At(Phone, 5));
        foreach (var behind in new[] { 5, 4, 0 })
        {
            When(Self, At(Laptop, behind));
            ThenRefused(ParticipantFaults.PasskeyBehind);
        }

        When(Self, At(Laptop, 6));
        Then(new SignedIn(Laptop, "Safari, iPhone", Noon.AddDays(90), null, null), new PasskeyUsed(Key, Laptop, 6));
    }

    [Fact]
    public void Is_for_ten_keys_of_the_person_s_own_each_added_once()
    {
        GivenElena();
        Given(Self, Enumerable.Range(1, 10).Select(number => Adding with { Passkey = new PasskeyId(new Guid(number, 0, 0, new byte[8])), Credential = $"{number}" }));
        When(Self, Adding);
        ThenRefused(ParticipantFaults.PasskeyExists);
        When(Self, Adding with { Passkey = new PasskeyId(Elena.Value), Credential = "1" });
        ThenRefused(ParticipantFaults.PasskeyExists);
        When(Self, Adding with { Passkey = new PasskeyId(Elena.Value) });
        ThenRefused(ParticipantFaults.TooMany(10));
        When(Host, Adding);
        ThenRefused(SessionFaults.Forbidden);
        When(Host, At(Phone));
        ThenRefused(SessionFaults.Forbidden);
        When(Mod, new RemovePasskey(Key));
        ThenRefused(SessionFaults.Forbidden);
    }

    [Fact]
    public void Ends_when_an_account_is_linked_for_the_first_time()
    {
        GivenElena();
        Given(Self, Adding, At(Phone));
        Given(Self, new SignInByAccount(Laptop, new AccountId(Elena.Value), "https://login.sofia.example", "elena@sofia.example", "Edge", Noon.AddDays(7)));
        Assert.Empty(Person.Passkeys);
        Assert.Equal(Laptop, Assert.Single(Person.SignIns).Id);
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
        Given(Self, new SignInByAccount(Laptop, new AccountId(Elena.Value), "https://login.sofia.example", "elena@sofia.example", "Laptop", Noon.AddDays(2)));
        AssertLoads();
        var key = new PasskeyId(Elena.Value);
        Given(Self, new AddPasskey(key, "credential", "public key", 0, true, "Phone"), new SignInByPasskey(new SignInId(Elena.Value), key, 3, "Phone", Noon.AddDays(2)));
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
