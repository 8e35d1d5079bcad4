using Summit.Domain.Participants;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Participants;

/// <summary>A person who is to be known no more.</summary>
public sealed class BeingForgotten : ParticipantTest
{
    [Fact]
    public void Ends_what_is_known_and_every_way_in()
    {
        GivenElenaSignedIn();
        Given(Self, new DescribePerson("Elena Ivanova", Mail: "elena@sofia.example"));
        var account = new AccountId(new Guid(5, 0, 0, new byte[8]));
        Given(Self, new SignInByAccount(Phone, account, "https://login.sofia.example", "elena@sofia.example", "Safari", Noon.AddDays(7)));
        Given(Self, new AddPasskey(new PasskeyId(Elena.Value), "name of the key", "public half", 0, false, "Pixel"));
        When(Host, new ErasePerson(Elena));
        Then(new RoleTaken(Moderator), new PersonForgotten());
        Assert.Empty(Person.Roles);
        Assert.Equal(("", null, null), (Person.Card!.Name, Person.Card.City, Person.Card.Mail));
        Assert.Empty(Person.Links);
        Assert.Empty(Person.Accounts);
        Assert.Empty(Person.Passkeys);
        Assert.Empty(Person.SignIns);
        var left = ThenRewritten(Participant.Create(Elena.Value));
        Assert.All((string[])["Elena", "elena@", "Architect", "Firefox", "Safari", account.Value.ToString(), "name of the key", "public half", "Pixel"], word => Assert.DoesNotContain(word, left, StringComparison.Ordinal));
    }

    [Fact]
    public void Is_not_for_who_runs_one_of_several_places()
    {
        GivenElena();
        Given(Keeping, new GiveRole(Keeper));
        When(Host, new ErasePerson(Elena));
        ThenRefused(ParticipantFaults.Elsewhere);
        When(OtherHost, new ErasePerson(Elena));
        ThenRefused(SessionFaults.Forbidden);
        When(Self, new ErasePerson(Elena));
        Then(new RoleTaken(Moderator), new RoleTaken(Keeper), new PersonForgotten());
    }

    [Fact]
    public void Leaves_nobody_who_could_be_given_a_link_or_a_role_once_more()
    {
        GivenElena();
        Given(Admin, new ErasePerson(Elena));
        foreach (var command in new ICommand[] { new IssuePersonalLink(Link, Hash), new GiveRole(Moderator), new ErasePerson(Elena) })
        {
            When(Host, command);
            ThenRefused(ParticipantFaults.Unknown);
        }
    }
}
