using Summit.Domain.Conferences;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Conferences;

public abstract class ALobby : ConferenceTest
{
    protected Lobby Lobby { get; } = Lobby.Create(Guid.Empty);

    protected override IAggregate Aggregate => Lobby;
}

public sealed class AppointingTheAdministrator : ALobby
{
    [Fact]
    public void Happens_once()
    {
        When(Admin, new AppointAdministrator(Link, Hash));
        Then(new AdministratorAppointed(Link, Hash));
        When(Admin, new AppointAdministrator(new LinkId(Guid.Empty), Hash));
        ThenRefused(ConferenceFaults.AdministratorThere);
    }

    [Fact]
    public void Is_nobody_else_s_right()
    {
        When(Host, new AppointAdministrator(Link, Hash));
        ThenRefused(SessionFaults.Forbidden);
    }
}

public sealed class ReplacingTheAdministrator : ALobby
{
    [Fact]
    public void Leaves_the_new_one_alone_in_office()
    {
        var next = new LinkId(Guid.CreateVersion7());
        Given(Admin, new AppointAdministrator(Link, Hash));
        When(Admin, new ReplaceAdministrator(next, Hash));
        Then(new AdministratorAppointed(next, Hash));
        Assert.Equal(next, Lobby.Administrator!.Link);
    }

    [Fact]
    public void Needs_one_to_be_replaced()
    {
        When(Admin, new ReplaceAdministrator(Link, Hash));
        ThenRefused(ConferenceFaults.AdministratorMissing);
    }

    [Fact]
    public void Is_nobody_else_s_right()
    {
        Given(Admin, new AppointAdministrator(Link, Hash));
        When(Host, new ReplaceAdministrator(Link, Hash));
        ThenRefused(SessionFaults.Forbidden);
    }
}

public sealed class ADoor : ALobby
{
    [Fact]
    public void Leads_to_one_conference()
    {
        When(Admin, new OpenDoor("KRM4TB", Here));
        Then(new DoorOpened("KRM4TB", Here));
        Assert.Equal(Here, Lobby.Doors["KRM4TB"]);
        When(Admin, new OpenDoor("KRM4TB", Here));
        Then();
        When(Admin, new OpenDoor("KRM4TB", Elsewhere));
        ThenRefused(ConferenceFaults.CodeTaken);
    }

    [Fact]
    public void Is_closed_by_its_host_and_free_again()
    {
        Given(Admin, new OpenDoor("KRM4TB", Here), new OpenDoor("KRM4TC", Here), new OpenDoor("KRM4TD", Elsewhere));
        When(Host with { Conference = Elsewhere }, new CloseDoor(Here));
        ThenRefused(SessionFaults.Forbidden);
        When(Mod, new CloseDoor(Here));
        ThenRefused(SessionFaults.Forbidden);
        When(Host, new CloseDoor(Here));
        Then(new DoorClosed(Here));
        Assert.Equal(["KRM4TD"], Lobby.Doors.Keys);
        When(Host, new CloseDoor(Here));
        Then();
        When(Admin, new OpenDoor("KRM4TB", Elsewhere));
        Then(new DoorOpened("KRM4TB", Elsewhere));
    }

    [Fact]
    public void Is_opened_by_the_administrator_alone()
    {
        When(Host, new OpenDoor("KRM4TB", Here));
        ThenRefused(SessionFaults.Forbidden);
    }

    [Theory]
    [InlineData("")]
    [InlineData("KRM4T")]
    [InlineData("KRM4TBB")]
    [InlineData("krm4tb")]
    [InlineData("KRM4T1")]
    [InlineData("KRM4TO")]
    [InlineData("KRM4TI")]
    [InlineData("KRM4TL")]
    [InlineData("КРМ4ТВ")]
    public void Has_six_characters_that_nobody_mistakes(string code)
    {
        When(Admin, new OpenDoor(code, Here));
        ThenRefused(ConferenceFaults.CodeMalformed);
    }

    [Fact]
    public void Has_an_alphabet_as_the_protocol_names_it()
    {
        Assert.Contains($"`{Lobby.CodeAlphabet}`", Repository.Read("docs/protocol.md"), StringComparison.Ordinal);
        Assert.Equal(31, Lobby.CodeAlphabet.Distinct().Count());
    }
}

public sealed class ASavedLobby : ALobby
{
    [Fact]
    public void Is_loaded_as_it_was()
    {
        AssertLoads();
        Given(Admin, new OpenDoor("KRM4TB", Here), new OpenDoor("KRM4TD", Elsewhere));
        AssertLoads();
        Given(Admin, new AppointAdministrator(Link, Hash), new CloseDoor(Here));
        AssertLoads();

        void AssertLoads() => Assert.Equal(Lobby.Save(), Lobby.Load(Guid.Empty, Lobby.Save()).Save());
    }

    [Fact]
    public void Does_not_reach_commands_and_events_of_other_aggregates()
    {
        When(Admin, new OpenSession());
        ThenRefused(SessionFaults.CommandUnknown);
        Assert.Throws<InvalidOperationException>(() => Lobby.Apply(new SessionOpened(), default));
    }
}

/// <summary>Somebody is to be known nowhere any more.</summary>
public sealed class LeavingForGood : ALobby
{
    private static readonly Actor Ana = new(new ParticipantId(new Guid(7, 0, 0, new byte[8])), Role.Person, default, "Ana", null);

    [Fact]
    public void Is_ordered_once_by_the_person_or_the_administrator_and_proven()
    {
        When(Ana, new ErasePerson(Ana.Id));
        Then(new LeavingOrdered(Ana.Id));
        When(Admin, new ErasePerson(Ana.Id));
        Then();
        var order = Assert.Single(Lobby.Orders);
        When(Ana, new ConfirmErasure(order.Seq, 3));
        ThenRefused(SessionFaults.Forbidden);
        When(Admin, new ConfirmErasure(order.Seq + 1, 3));
        ThenRefused(ConferenceFaults.OrderUnknown);
        Given(Admin, new ConfirmErasure(order.Seq, 3));
        Assert.Equal((Now, 3), (Assert.Single(Lobby.Orders).Done, Lobby.Orders[0].Records));
        When(Admin, new ConfirmErasure(order.Seq, 4));
        Then();
        Assert.Equal(Lobby.Orders, Lobby.Load(Guid.Empty, Lobby.Save()).Orders);
    }

    [Fact]
    public void Is_nobody_else_s_right()
    {
        foreach (var actor in new[] { Host, Mod, Ana with { Id = default }, Ana with { Role = Role.Participant } })
        {
            When(actor, new ErasePerson(Ana.Id));
            ThenRefused(SessionFaults.Forbidden);
        }
    }
}
