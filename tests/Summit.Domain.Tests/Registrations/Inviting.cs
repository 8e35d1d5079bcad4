using Summit.Domain.Registrations;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Registrations;

public sealed class InvitingPeople : RegistrationTest
{
    public InvitingPeople() => Given(Host, Open with { Approval = true, Opens = Noon.AddDays(1), Closes = Noon.AddDays(2) });

    [Fact]
    public void Leaves_out_who_is_there_already_and_rows_that_are_no_invitation()
    {
        Given(Host, Invite(Ana));
        Given(Host, Invite(Ana, Ilir, Ilir));
        Assert.Equal([Ana, Ilir], Registration.People.Select(person => person.Id).OrderBy(person => person.Value));
        When(Host, new Invite([new Invitation(Elena, new Dictionary<string, string> { ["name"] = "Elena" }, "en"), new Invitation(Elena, Answers(Elena), "English")]));
        Then();
        Assert.Equal(0, Registration.Placed);
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Lets_them_register_before_the_others_and_without_approval()
    {
        Given(Host, Invite(Ana));
        When(As(Ilir), By(Ilir));
        ThenRefused(RegistrationFaults.Early);
        GivenRegistered(Ana);
        Assert.Equal(RegistrationState.Approved, StateOf(Ana));
        When(As(Ana), By(Ana));
        ThenRefused(RegistrationFaults.Exists);
    }

    [Fact]
    public void Binds_them_to_the_places_and_the_end()
    {
        Given(Host, Open with { Capacity = 1, WaitingList = false, Closes = Noon.AddDays(2) }, Invite(Ana, Ilir));
        GivenRegistered(Ana);
        When(As(Ilir), By(Ilir));
        ThenRefused(RegistrationFaults.Full);
        Now = Noon.AddDays(2);
        When(As(Ilir), By(Ilir));
        ThenRefused(RegistrationFaults.Closed);
    }

    [Fact]
    public void Is_for_who_runs_the_conference_and_not_for_a_whole_country_at_once()
    {
        When(Mod, Invite(Ana));
        ThenRefused(SessionFaults.Forbidden);
        When(Host, Invite(Enumerable.Range(1, 1_001).Select(Someone)));
        ThenRefused(RegistrationFaults.TooMany(1_000));
    }

    private static Invite Invite(params IEnumerable<ParticipantId> people) => new([.. people.Select(person => new Invitation(person, Answers(person), "en"))]);
}

public sealed class WritingLetters : RegistrationTest
{
    private static readonly Guid One = new(1, 1, 1, new byte[8]);
    private static readonly Guid Other = new(2, 2, 2, new byte[8]);

    public WritingLetters()
    {
        Given(Host, Open with { Approval = true });
        GivenRegistered(Ana, Ilir);
    }

    [Fact]
    public void Ends_when_the_mail_server_took_them_or_never_will()
    {
        Assert.Equal([2L, 3L], Registration.Letters.Keys);
        When(Admin, new RecordLetter(2));
        Then(new LetterSent(Ana, 2));
        When(Admin, new RecordLetter(2));
        Then();
        When(Admin, new RecordLetter(3, "550 No such\r\nmailbox"));
        Then(new LetterRefused(Ilir, 3, "550 No such mailbox"));
        Assert.Empty(Registration.Letters);
        Assert.Equal((Noon, "550 No such mailbox"), (Registration.Find(Ana)!.Mailed, Registration.Find(Ilir)!.Undeliverable));
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Says_how_things_stand_now_and_not_what_was_before()
    {
        Given(Host, new ApproveRegistration(Ana));
        Assert.Equal([3L, 4L], Registration.Letters.Keys);
        // One that was on its way meanwhile is no longer noted; the new one is still to be sent.
        When(Admin, new RecordLetter(2));
        Then();
        Assert.Equal([3L, 4L], Registration.Letters.Keys);
    }

    [Fact]
    public void Begins_anew_when_an_organiser_asks_for_it()
    {
        Given(Admin, new RecordLetter(2));
        When(Mod, new SendAgain(Ana));
        ThenRefused(SessionFaults.Forbidden);
        When(Host, new SendAgain(Ana));
        Then(new LetterAsked(Ana));
        Assert.Equal(2, Registration.Letters.Count);
    }

    [Fact]
    public void Is_one_servers_for_a_while()
    {
        When(Admin, new TakeMail(One));
        Then(new MailerNamed(One, Noon.AddMinutes(5)));
        When(Admin, new TakeMail(Other));
        ThenRefused(RegistrationFaults.MailElsewhere);
        Now = Noon.AddMinutes(2);
        When(Admin, new TakeMail(One));
        Then();
        Now = Noon.AddMinutes(3);
        When(Admin, new TakeMail(One));
        Then(new MailerNamed(One, Noon.AddMinutes(8)));
        Now = Noon.AddMinutes(8);
        When(Admin, new TakeMail(Other));
        Then(new MailerNamed(Other, Noon.AddMinutes(13)));
    }

    [Fact]
    public void Is_the_servers_own_affair()
    {
        foreach (var command in new ICommand[] { new TakeMail(One), new RecordLetter(2), new DeleteOldAnswers() })
        {
            When(Host, command);
            ThenRefused(SessionFaults.Forbidden);
        }
    }
}

public sealed class KeepingAnswers : RegistrationTest
{
    [Fact]
    public void Ends_after_the_last_day_of_each_field()
    {
        Given(Host, Open);
        Given(As(Ana), new Register(new Dictionary<string, string>(Answers(Ana)) { ["city"] = "Tirana" }, "en"));
        Now = new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.Zero);
        When(Admin, new DeleteOldAnswers());
        Then();
        Now = Now.AddSeconds(1);
        Given(Admin, new DeleteOldAnswers());
        Assert.Equal(["mail", "name"], Registration.Find(Ana)!.Answers.Keys.Order());
        Assert.DoesNotContain("Tirana", System.Text.Encoding.UTF8.GetString(Registration.Save()), StringComparison.Ordinal);
        When(Admin, new DeleteOldAnswers());
        Then();
    }

    [Fact]
    public void Ends_the_letters_to_an_address_that_is_no_longer_kept()
    {
        Given(Host, Open with { Fields = [Open.Fields[0], Open.Fields[1] with { DeleteAfter = new DateOnly(2026, 12, 31) }] });
        GivenRegistered(Ana);
        Now = Noon.AddYears(1);
        Given(Admin, new DeleteOldAnswers());
        Assert.Empty(Registration.Letters);
        When(Host, new SendAgain(Ana));
        ThenRefused(RegistrationFaults.WrongState);
        Given(Host, new CancelRegistration(Ana));
        Assert.Empty(Registration.Letters);
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Leaves_a_copy_made_before_as_it_was()
    {
        Given(Host, Open);
        GivenRegistered(Ana);
        var copy = Registration.Copy();
        GivenRegistered(Ilir);
        Given(As(Ana), new WithdrawRegistration());
        Assert.Equal((1, RegistrationState.Approved), (copy.People.Count(), copy.Find(Ana)!.State));
    }
}
