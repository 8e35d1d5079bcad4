using Summit.Domain.Participants;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Participants;

public sealed class GivingARole : ParticipantTest
{
    private static readonly SessionId Trade = new(Guid.Parse("0198a000-0000-7000-8000-000000000021"));

    [Fact]
    public void Is_done_once_by_who_runs_the_place()
    {
        GivenElena();
        When(Keeping, new GiveRole(Keeper));
        Then(new RoleGiven(Keeper));
        When(Keeping, new GiveRole(Keeper));
        Then();
        Assert.Equal([Moderator, Keeper], Person.Roles);
        When(Keeping, new GiveRole(new HeldRole(InConference, Role.Host)));
        ThenRefused(SessionFaults.Forbidden);
        When(Self, new GiveRole(new HeldRole(InConference, Role.Host)));
        ThenRefused(SessionFaults.Forbidden);
    }

    [Fact]
    public void Is_done_in_every_kind_of_place()
    {
        GivenElena();
        Given(
            Admin,
            new GiveRole(new HeldRole(InConference, Role.Participant)), new GiveRole(new HeldRole(InConference, Role.Host)),
            new GiveRole(new HeldRole(new Realm(Here, Trade), Role.Moderator)), new GiveRole(new HeldRole(InNetwork, Role.Member, Sofia)),
            new GiveRole(new HeldRole(new Realm(Network: Net, Group: Climate), Role.Coordinator)));
        Assert.Equal(6, Person.Roles.Count);
    }

    [Fact]
    public void Is_refused_where_there_is_no_such_role()
    {
        GivenElena();
        foreach (var role in new[]
        {
            new HeldRole(InConference, Role.Stage), new HeldRole(InConference, Role.Secretary), new HeldRole(InConference, Role.Moderator, Sofia),
            new HeldRole(new Realm(Here, Trade), Role.Host), new HeldRole(InNetwork, Role.Member), new HeldRole(InNetwork, Role.Secretary, Sofia),
            new HeldRole(InNetwork, Role.Host), new HeldRole(InNetwork, Role.Admin), new HeldRole(InConference, Role.Person),
            new HeldRole(new Realm(Network: Net, Group: Climate), Role.Member, Sofia), new HeldRole(new Realm(), Role.Host),
            new HeldRole(new Realm(Here, Network: Net), Role.Host), new HeldRole(new Realm(Session: Trade, Network: Net), Role.Secretary),
            new HeldRole(new Realm(Here, Group: Climate), Role.Host),
        })
        {
            When(Admin, new GiveRole(role));
            ThenRefused(ParticipantFaults.RoleMalformed);
        }
    }

    [Fact]
    public void With_power_ends_the_links_that_others_have_seen_and_the_devices_they_let_in()
    {
        GivenElenaSignedIn();
        var (own, by) = (new LinkId(new Guid(9, 0, 0, new byte[8])), new string('b', 64));
        Given(Self, new IssuePersonalLink(own, by), new SignInByLink(new SignInId(new Guid(8, 0, 0, new byte[8])), by, "Safari, iPhone", Noon.AddDays(1)));

        When(Keeping, new GiveRole(Keeper));

        Then(new RoleGiven(Keeper), new PersonalLinkRevoked(Link));
        Assert.Equal(own, Assert.Single(Person.Links).Id);
        Assert.Equal("Safari, iPhone", Assert.Single(Person.SignIns).Device);
    }

    [Fact]
    public void Without_power_leaves_links_as_they_are()
    {
        GivenElenaSignedIn();
        When(OtherHost, new GiveRole(new HeldRole(new Realm(Elsewhere), Role.Participant)));
        Then(new RoleGiven(new HeldRole(new Realm(Elsewhere), Role.Participant)));
        When(Host, new GiveRole(new HeldRole(InConference, Role.Host)));
        Then(new RoleGiven(new HeldRole(InConference, Role.Host)));
    }

    [Fact]
    public void Has_an_end()
    {
        GivenElena();
        Given(Admin, Enumerable.Range(1, 199).Select(number => new GiveRole(new HeldRole(new Realm(new ConferenceId(new Guid(number, 0, 0, new byte[8]))), Role.Host))));
        When(Keeping, new GiveRole(Keeper));
        ThenRefused(ParticipantFaults.TooMany(200));
    }
}

public sealed class TakingARole : ParticipantTest
{
    [Fact]
    public void Is_for_who_runs_the_place_and_for_the_person()
    {
        GivenElena();
        foreach (var actor in new[] { Keeping, OtherHost, Mod })
        {
            When(actor, new TakeRole(Moderator));
            ThenRefused(SessionFaults.Forbidden);
        }

        When(Host, new TakeRole(Moderator));
        Then(new RoleTaken(Moderator));
        When(Host, new TakeRole(Moderator));
        ThenRefused(ParticipantFaults.RoleUnknown);
        Given(Admin, new GiveRole(Moderator));
        When(Self, new TakeRole(Moderator));
        Then(new RoleTaken(Moderator));
        Assert.Empty(Person.Roles);
    }

    [Fact]
    public void Leaves_those_who_ran_the_place_nothing_to_see()
    {
        GivenElena();
        Assert.True(Person.IsShownTo(Host));
        Given(Host, new TakeRole(Moderator));
        Assert.False(Person.IsShownTo(Host));
        Assert.True(Person.IsShownTo(Self));
    }
}

public sealed class JoiningAConference : ParticipantTest
{
    [Fact]
    public void Makes_a_participant_of_the_person_themselves_alone()
    {
        GivenElena();
        When(Host, new JoinConference(Elsewhere));
        ThenRefused(SessionFaults.Forbidden);
        When(Self, new JoinConference(Elsewhere));
        Then(new RoleGiven(new HeldRole(new Realm(Elsewhere), Role.Participant)));
        When(Self, new JoinConference(Elsewhere));
        Then();
    }
}

public sealed class ActingInARole : ParticipantTest
{
    [Fact]
    public void Is_being_the_same_person_at_that_place()
    {
        GivenElena();
        var trade = new SessionId(Guid.Parse("0198a000-0000-7000-8000-000000000021"));
        Assert.Equal(new Actor(Elena, Role.Moderator, Here, "Elena Petrova", "Sofia"), Moderator.ActorOf(Elena, Person.Card!));
        Assert.Equal(
            new Actor(Elena, Role.Member, default, "Elena Petrova", "Sofia", Net, Sofia), new HeldRole(InNetwork, Role.Member, Sofia).ActorOf(Elena, Person.Card!));
        Assert.Equal(
            new Actor(Elena, Role.Coordinator, default, "Elena Petrova", "Sofia", Net, Group: Climate),
            new HeldRole(new Realm(Network: Net, Group: Climate), Role.Coordinator).ActorOf(Elena, Person.Card!));
        var ofOne = new HeldRole(new Realm(Here, trade), Role.Moderator).ActorOf(Elena, Person.Card!);
        Assert.True(ofOne.IsIn(trade));
        Assert.False(ofOne.IsIn(new SessionId(Elena.Value)));
    }
}
