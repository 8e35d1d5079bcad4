using Summit.Domain.Conferences;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Conferences;

/// <summary>How long what people wrote is kept, and whose words are to go.</summary>
public sealed class KeepingWords : AProgrammeOfTwo
{
    private static readonly Actor Ivan = new(new ParticipantId(new Guid(7, 0, 0, new byte[8])), Role.Participant, Here, "Ivan", "Sofia");
    private static readonly Retention Short = new(Names: 30, SetAside: 0, Everything: 365);

    [Fact]
    public void Is_for_ever_until_a_host_sets_days()
    {
        Assert.Equal(Retention.Unlimited, Conference.Retention);
        When(Host, new SetRetention(Short));
        Then(new RetentionSet(Short));
        When(Host, new SetRetention(Short));
        Then();
        foreach (var wrong in new[] { Short with { Names = -1 }, Short with { Everything = 36_501 } })
        {
            When(Host, new SetRetention(wrong));
            ThenRefused(ConferenceFaults.RetentionDays);
        }
    }

    [Fact]
    public void Ends_when_its_days_are_over_and_not_before()
    {
        Given(Host, new SetRetention(Short));
        Now = Plan.Ends.AddDays(30).AddTicks(-1);
        When(Admin, new ExpireWords(Expiry.Names));
        ThenRefused(ConferenceFaults.KeptLonger);
        When(Admin, new ExpireWords(Expiry.Registrations));
        ThenRefused(ConferenceFaults.KeptLonger);
        Now = Plan.Ends.AddDays(30);
        When(Admin, new ExpireWords(Expiry.Names));
        Then(new ExpiryOrdered(Expiry.Names));
        When(Admin, new ExpireWords(Expiry.Names));
        Then();
    }

    [Fact]
    public void Goes_on_under_a_hold_and_ends_after_it()
    {
        Given(Host, new SetRetention(Short), new PlaceHold(" Audit\nof 2027 "));
        Assert.Equal(new Hold("Audit of 2027", Now), Conference.Hold);
        Now = Plan.Ends.AddDays(400);
        When(Admin, new ExpireWords(Expiry.Everything));
        ThenRefused(ConferenceFaults.Held);
        Given(Admin, new ReleaseHold());
        When(Admin, new ReleaseHold());
        Then();
        When(Admin, new ExpireWords(Expiry.Everything));
        Then(new ExpiryOrdered(Expiry.Everything));
    }

    [Fact]
    public void Needs_a_reason_for_a_hold()
    {
        When(Host, new PlaceHold(" "));
        ThenRefused(SessionFaults.TextEmpty);
        When(Host, new PlaceHold(new string('a', 301)));
        ThenRefused(SessionFaults.TextTooLong(300));
    }

    [Fact]
    public void Ends_for_a_person_who_asks_for_it_once_and_is_proven()
    {
        When(Ivan, new ErasePerson(Ivan.Id));
        Then(new ErasureOrdered(Ivan.Id));
        When(Host, new ErasePerson(Ivan.Id));
        Then();
        var order = Assert.Single(Conference.Orders);
        Assert.Equal((Ivan.Id, null, null), (order.Person, order.What, order.Done));
        Now = Now.AddMinutes(1);
        When(Ivan, new ConfirmErasure(order.Seq, 12));
        ThenRefused(SessionFaults.Forbidden);
        When(Admin, new ConfirmErasure(order.Seq + 1, 12));
        ThenRefused(ConferenceFaults.OrderUnknown);
        When(Admin, new ConfirmErasure(order.Seq, 12));
        Then(new ErasureDone(order.Seq, 12));
        Assert.Equal(order with { Done = Now, Records = 12 }, Assert.Single(Conference.Orders));
        When(Admin, new ConfirmErasure(order.Seq, 13));
        Then();
    }

    [Fact]
    public void Ends_for_nobody_else_and_also_where_the_conference_is_out_of_service()
    {
        foreach (var actor in new[] { Mod, Ivan with { Id = new ParticipantId(new Guid(8, 0, 0, new byte[8])) }, Ivan with { Conference = Elsewhere }, Ivan with { Role = Role.Stage } })
        {
            When(actor, new ErasePerson(Ivan.Id));
            ThenRefused(SessionFaults.Forbidden);
        }

        Given(Host, new RemoveConference());
        When(Ivan, new ErasePerson(Ivan.Id));
        Then(new ErasureOrdered(Ivan.Id));
    }

    [Fact]
    public void Leaves_the_programme_without_anybody_in_it()
    {
        Given(Host, new IssueLink(Link, Role.Moderator, "Desk of Mia", Hash), new PlaceSession(First, "Hall 1", "Growth", [Ana]), new PublishProgramme());
        Given(Host, Described with { Title = "Later" }, new SetSpeaker(Ana, "Anna", "Mayor", "Born in Tirana."), new PlaceSession(First, "Hall 2", "Growth", [Ana]));
        Given(Host, new PublishProgramme(), new SetRetention(Short), new PlaceHold("Mia's case"), new ReleaseHold());
        Now = Plan.Ends.AddDays(365);
        Given(Admin, new ExpireWords(Expiry.Everything));

        Assert.Equal(("Hall 2", 2), (Conference.Programme[0].Room, Conference.Versions.Count));
        Assert.Equal([ChangeKind.Room], Conference.Versions[1].Changes.Select(change => change.Kind));
        var left = ThenRewritten(Conference.Create(Here.Value));
        Assert.All((string[])["Ana", "Anna", "Ilir", "Elena", "Mia", "Born"], word => Assert.DoesNotContain(word, left, StringComparison.Ordinal));
    }
}
