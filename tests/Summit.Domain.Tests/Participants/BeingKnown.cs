using Summit.Domain.Participants;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Participants;

public sealed class AddingAPerson : ParticipantTest
{
    [Fact]
    public void Begins_with_a_role_that_the_organiser_can_give()
    {
        When(Host, Added with { Name = " Elena\n Petrova ", City = " " });
        Assert.Equal(("Elena Petrova", null), (Person.Card!.Name, Person.Card.City));
        Assert.Equal([Moderator], Person.Roles);
        When(Host, Added);
        ThenRefused(ParticipantFaults.Exists);
    }

    [Fact]
    public void Is_the_right_of_who_runs_the_place()
    {
        foreach (var actor in new[] { Mod, Host with { Conference = Elsewhere }, Secretary, OfTirana, Self })
        {
            When(actor, Added);
            ThenRefused(SessionFaults.Forbidden);
        }

        When(Host, Added with { Role = Keeper });
        ThenRefused(SessionFaults.Forbidden);
        When(OfTirana, Added with { Role = Keeper });
        ThenRefused(SessionFaults.Forbidden);
        Given(Secretary, Added with { Role = Keeper });
    }

    [Fact]
    public void Without_a_role_is_the_installation_s_own()
    {
        When(Host, Added with { Role = null });
        ThenRefused(SessionFaults.Forbidden);
        Given(Admin, Added with { Role = null });
        Assert.Empty(Person.Roles);
    }

    [Fact]
    public void Is_refused_when_it_makes_no_sense()
    {
        foreach (var (add, fault) in new[]
        {
            (Added with { Name = "\u200b" }, SessionFaults.TextEmpty),
            (Added with { Name = new string('a', 81) }, SessionFaults.TextTooLong(80)),
            (Added with { City = new string('a', 61) }, SessionFaults.TextTooLong(60)),
            (Added with { Function = new string('a', 121) }, SessionFaults.TextTooLong(120)),
            (Added with { Languages = ["Bulgarian"] }, ParticipantFaults.LanguagesMalformed),
            (Added with { Languages = [.. "abcdefghijk".Select(letter => $"b{letter}")] }, ParticipantFaults.LanguagesMalformed),
            (Added with { Mail = "elena" }, ParticipantFaults.MailMalformed),
            (Added with { Mail = "@sofia.example" }, ParticipantFaults.MailMalformed),
            (Added with { Mail = "elena@" }, ParticipantFaults.MailMalformed),
            (Added with { Mail = "a@b@c" }, ParticipantFaults.MailMalformed),
            (Added with { Mail = "a b@c" }, ParticipantFaults.MailMalformed),
            (Added with { Mail = new string('a', 250) + "@b.cd" }, ParticipantFaults.MailMalformed),
            (Added with { Role = new HeldRole(InConference, Role.Stage) }, ParticipantFaults.RoleMalformed),
        })
        {
            When(Host, add);
            ThenRefused(fault);
        }
    }

    [Fact]
    public void Comes_before_everything_else()
    {
        foreach (var command in new ICommand[] { new GiveRole(Moderator), new DescribePerson("E"), new IssuePersonalLink(Link, Hash), new SignOutEverywhere() })
        {
            When(Admin, command);
            ThenRefused(ParticipantFaults.Unknown);
        }

        When(Self, new JoinConference(Here));
        ThenRefused(ParticipantFaults.Unknown);
    }
}

public sealed class DescribingAPerson : ParticipantTest
{
    private static readonly DescribePerson Married = new("Elena Ivanova", "Sofia", "Architect", ["bg", "en"], "elena@sofia.example");

    [Fact]
    public void Is_for_the_person_and_for_who_runs_every_place_they_have_a_role_in()
    {
        GivenElena();
        foreach (var actor in new[] { Self, Host, Admin })
        {
            When(actor, Married with { Name = $"Elena {actor.Role}" });
            Assert.Equal($"Elena {actor.Role}", Person.Card!.Name);
        }

        When(OtherHost, Married);
        ThenRefused(SessionFaults.Forbidden);
        When(Mod, Married);
        ThenRefused(SessionFaults.Forbidden);

        Given(Keeping, new GiveRole(Keeper));
        When(Host, Married);
        ThenRefused(ParticipantFaults.Elsewhere);
        When(Keeping, Married);
        ThenRefused(ParticipantFaults.Elsewhere);
        Given(Self, Married);
        Given(Admin, Married with { Name = "Elena" });
    }

    [Fact]
    public void As_they_are_changes_nothing()
    {
        GivenElena();
        Given(Self, Married);
        When(Self, Married with { Name = "Elena  Ivanova" });
        Then();
    }

    [Fact]
    public void Is_held_to_the_same_lengths()
    {
        GivenElena();
        When(Self, Married with { Name = "" });
        ThenRefused(SessionFaults.TextEmpty);
        When(Self, Married with { Mail = "elena" });
        ThenRefused(ParticipantFaults.MailMalformed);
    }
}

public sealed class ARollOfPeople : ParticipantTest
{
    private static readonly ParticipantId Ilir = new(Guid.Parse("0198c000-0000-7000-8000-000000000012"));

    private Roll Roll { get; } = Roll.Create(Here.Value);

    protected override IAggregate Aggregate => Roll;

    [Fact]
    public void Has_each_once_in_the_order_they_came()
    {
        Given(Host, new EnterOnRoll([Ilir, Elena, Ilir]));
        When(Host, new EnterOnRoll([Elena]));
        Then();
        Assert.Equal([Ilir, Elena], Roll.People);
        Assert.Equal(Roll.Save(), Roll.Load(Here.Value, Roll.Save()).Save());
        Assert.Equal([Ilir, Elena], Roll.Load(Here.Value, Roll.Save()).People);
    }

    [Fact]
    public void Is_kept_by_who_runs_the_place_and_by_the_installation()
    {
        Given(Admin, new EnterOnRoll([Ilir]));
        foreach (var actor in new[] { OtherHost, Mod, Secretary, Self })
        {
            When(actor, new EnterOnRoll([Elena]));
            ThenRefused(SessionFaults.Forbidden);
        }
    }

    [Fact]
    public void Takes_a_thousand_at_once()
    {
        When(Host, new EnterOnRoll([.. Enumerable.Range(0, Roll.MostAtOnce + 1).Select(number => new ParticipantId(new Guid(number, 1, 1, new byte[8])))]));
        ThenRefused(ParticipantFaults.TooMany(Roll.MostAtOnce));
    }

    [Fact]
    public void Knows_nothing_of_other_aggregates()
    {
        When(Admin, new OpenSession());
        ThenRefused(SessionFaults.CommandUnknown);
        Assert.Throws<InvalidOperationException>(() => Roll.Apply(new SessionOpened(), default));
    }
}
