using Summit.Domain.Registrations;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Registrations;

public sealed class SettingAForm : RegistrationTest
{
    [Fact]
    public void Is_for_who_runs_the_conference_and_can_be_done_again()
    {
        When(Mod, Open);
        ThenRefused(SessionFaults.Forbidden);
        When(Host with { Conference = Elsewhere }, Open);
        ThenRefused(SessionFaults.Forbidden);
        Given(Host, Open);
        Given(Admin, Open with { Capacity = 5 });
        Assert.Equal(5, Registration.Form!.Capacity);
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Comes_before_everything_else()
    {
        When(As(Ana), By(Ana));
        ThenRefused(RegistrationFaults.None);
        When(Host, new ApproveRegistration(Ana));
        ThenRefused(RegistrationFaults.None);
    }

    public static TheoryData<string, FieldKind, string, string[]?> Malformed => new()
    {
        { "Upper", FieldKind.Line, "Label", null },
        { "", FieldKind.Line, "Label", null },
        { "two words", FieldKind.Line, "Label", null },
        { "other", FieldKind.Line, " ", null },
        { "other", FieldKind.Line, new string('a', 201), null },
        { "other", FieldKind.Mail, "A second address", null },
        { "city", FieldKind.Text, "", null },
        { "name", FieldKind.Line, "Twice", null },
        { "other", FieldKind.Choice, "Label", null },
        { "other", FieldKind.Choice, "Label", ["one", " one "] },
        { "other", FieldKind.Choice, "Label", ["one", new string('a', 121)] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Is_refused_with_a_field_that_cannot_be_asked(string key, FieldKind kind, string label, string[]? options)
    {
        When(Host, Open with { Fields = [.. Open.Fields, new FormField(key, kind, label, Options: options)] });
        ThenRefused(RegistrationFaults.FormMalformed);
    }

    [Fact]
    public void Is_refused_without_name_and_address_with_times_reversed_and_without_places()
    {
        foreach (var (form, fault) in new[]
        {
            (Open with { Fields = [] }, RegistrationFaults.FormMalformed),
            (Open with { Fields = [Open.Fields[0]] }, RegistrationFaults.FormMalformed),
            (Open with { Fields = [Open.Fields[0], Open.Fields[1] with { Required = false }] }, RegistrationFaults.FormMalformed),
            (Open with { Fields = [.. Open.Fields, .. Enumerable.Range(0, 28).Select(number => new FormField($"f{number}", FieldKind.Line, "More"))] }, RegistrationFaults.FormMalformed),
            (Open with { Opens = Noon, Closes = Noon }, RegistrationFaults.TimesReversed),
            (Open with { Capacity = 0 }, RegistrationFaults.TooMany(20_000)),
            (Open with { Capacity = 20_001 }, RegistrationFaults.TooMany(20_000)),
        })
        {
            When(Host, form);
            ThenRefused(fault);
        }
    }
}

public sealed class RegisteringForAConference : RegistrationTest
{
    public RegisteringForAConference() => Given(Host, Open);

    [Fact]
    public void Gives_a_place_and_asks_for_a_letter()
    {
        GivenRegistered(Ana);
        Assert.Equal(RegistrationState.Approved, StateOf(Ana));
        Assert.Equal([Ana], Registration.Letters.Values);
        Assert.Equal(1, Registration.Placed);
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Is_done_once_by_each_person_and_each_address()
    {
        GivenRegistered(Ana);
        When(As(Ana), By(Ana));
        ThenRefused(RegistrationFaults.Exists);
        When(As(Ilir), new Register(new Dictionary<string, string>(Answers(Ana)) { ["mail"] = Answers(Ana)["mail"].ToUpperInvariant() }, "en"));
        ThenRefused(RegistrationFaults.MailTaken);
    }

    [Fact]
    public void Is_for_participants_of_this_conference_alone()
    {
        foreach (var actor in new[] { Host, Admin, Mod, As(Ana) with { Conference = Elsewhere }, As(Ana) with { Role = Role.Stage } })
        {
            When(actor, By(Ana));
            ThenRefused(SessionFaults.Forbidden);
        }
    }

    [Fact]
    public void Keeps_what_the_form_asks_for_and_nothing_else()
    {
        Given(As(Ana), new Register(new Dictionary<string, string>(Answers(Ana)) { ["name"] = " Ana\u202e  Kola ", ["city"] = " ", ["secret"] = "x" }, "sq"));
        Assert.Equal(["mail", "name"], Registration.Find(Ana)!.Answers.Keys.Order());
        Assert.Equal("Ana Kola", Registration.Find(Ana)!.Name);
    }

    [Fact]
    public void Has_a_time_to_begin_and_a_time_to_end()
    {
        Given(Host, Open with { Opens = Noon, Closes = Noon.AddHours(1) });
        foreach (var (minutes, fault) in new[] { (-1, RegistrationFaults.Early), (60, RegistrationFaults.Closed), (61, RegistrationFaults.Closed) })
        {
            Now = Noon.AddMinutes(minutes);
            When(As(Ana), By(Ana));
            ThenRefused(fault);
        }

        Now = Noon;
        GivenRegistered(Ana);
        Now = Noon.AddMinutes(59);
        GivenRegistered(Ilir);
    }

    public static TheoryData<FieldKind, bool, string, string?> Filled => new()
    {
        { FieldKind.Line, true, " ", "registration.field-missing" },
        { FieldKind.Line, false, " ", null },
        { FieldKind.Line, true, new string('a', 121), "text.too-long" },
        { FieldKind.Text, true, new string('a', 2_001), "text.too-long" },
        { FieldKind.Text, true, "One\nTwo", null },
        { FieldKind.Choice, true, "meat", "registration.field" },
        { FieldKind.Choice, true, "fish", null },
        { FieldKind.YesNo, true, "no", "registration.field" },
        { FieldKind.YesNo, true, "yes", null },
        { FieldKind.YesNo, false, "no", null },
        { FieldKind.YesNo, false, "perhaps", "registration.field" },
        { FieldKind.Languages, true, "bg; sr-Latn en", null },
        { FieldKind.Languages, true, "the one of my mother", "registration.field" },
    };

    [Theory]
    [MemberData(nameof(Filled))]
    public void Reads_each_kind_of_field(FieldKind kind, bool required, string answer, string? fault)
    {
        var key = kind == FieldKind.Languages ? "languages" : "other";
        Given(Host, Open with { Fields = [.. Open.Fields, new FormField(key, kind, "Other", required, Options: ["fish", "none"])] });
        When(As(Ana), new Register(new Dictionary<string, string>(Answers(Ana)) { [key] = answer }, "en"));
        Assert.Equal(fault, Fault?.Code);
    }

    public static TheoryData<string> NoAddresses =>
    [
        "ana", "ana@", "@city.example", "ana@city", "ana@@city.example", "ana b@city.example", "ana@city.example, b@city.example", "ana@city.example\r\nBcc: all@city.example",
        "<ana@city.example>", "\"ana\"@city.example", ".ana@city.example", "ana..b@city.example", "ana@-city.example", "ана@град.бг", $"{new string('a', 65)}@city.example",
        $"ana@{new string('a', 250)}.example",
    ];

    [Theory]
    [MemberData(nameof(NoAddresses))]
    public void Takes_nothing_for_an_address_that_could_be_more_than_one(string mail)
    {
        When(As(Ana), new Register(new Dictionary<string, string>(Answers(Ana)) { ["mail"] = mail }, "en"));
        Assert.True(Fault == RegistrationFaults.MailMalformed || Fault?.Code == "text.too-long", $"{Fault}");
    }

    [Fact]
    public void Is_refused_in_a_language_that_is_none()
    {
        When(As(Ana), By(Ana) with { Lang = "English" });
        ThenRefused(SessionFaults.LangMalformed);
    }
}

public sealed class GivingPlaces : RegistrationTest
{
    public GivingPlaces() => Given(Host, Open with { Capacity = 1 });

    [Fact]
    public void Ends_with_the_last_one_and_goes_on_with_a_waiting_list()
    {
        GivenRegistered(Ana, Ilir, Elena);
        Assert.Equal([RegistrationState.Approved, RegistrationState.Waiting, RegistrationState.Waiting], new[] { Ana, Ilir, Elena }.Select(person => StateOf(person)!.Value));
        Assert.Equal([null, 1, 2], new[] { Ana, Ilir, Elena }.Select(Registration.PlaceInLine));
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Is_refused_when_there_is_no_waiting_list()
    {
        Given(Host, Open with { Capacity = 1, WaitingList = false });
        GivenRegistered(Ana);
        When(As(Ilir), By(Ilir));
        ThenRefused(RegistrationFaults.Full);
    }

    [Fact]
    public void Passes_one_that_is_given_up_to_who_has_waited_for_longest()
    {
        GivenRegistered(Ana, Ilir, Elena);
        When(As(Ana), new WithdrawRegistration());
        Then(new RegistrationCancelled(Ana), new RegistrationApproved(Ilir));
        When(As(Ana), new WithdrawRegistration());
        Then();
        When(Host, new DeclineRegistration(Ilir, " Two from one city "));
        Then(new RegistrationDeclined(Ilir, "Two from one city"), new RegistrationApproved(Elena));
        Assert.Equal(1, Registration.Placed);
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Passes_nothing_on_when_somebody_without_a_place_goes()
    {
        GivenRegistered(Ana, Ilir, Elena);
        When(Host, new CancelRegistration(Ilir));
        Then(new RegistrationCancelled(Ilir));
        Assert.Equal(1, Registration.PlaceInLine(Elena));
    }

    [Fact]
    public void Goes_on_at_once_when_there_are_more_of_them()
    {
        GivenRegistered(Ana, Ilir, Elena);
        Given(Host, Open with { Capacity = 2 });
        Assert.Equal([RegistrationState.Approved, RegistrationState.Waiting], new[] { Ilir, Elena }.Select(person => StateOf(person)!.Value));
        Given(Host, Open);
        Assert.Equal(RegistrationState.Approved, StateOf(Elena));
    }

    [Fact]
    public void Takes_none_away_when_there_are_fewer_and_gives_none_until_enough_have_gone()
    {
        Given(Host, Open with { Capacity = 2 });
        GivenRegistered(Ana, Ilir, Elena);
        Given(Host, Open with { Capacity = 1 });
        Assert.Equal(2, Registration.Placed);
        When(As(Ana), new WithdrawRegistration());
        Then(new RegistrationCancelled(Ana));
        When(As(Ilir), new WithdrawRegistration());
        Then(new RegistrationCancelled(Ilir), new RegistrationApproved(Elena));
    }

    [Fact]
    public void Lets_who_has_cancelled_come_again_at_the_end_of_the_line()
    {
        GivenRegistered(Ana, Ilir);
        Given(As(Ana), new WithdrawRegistration());
        GivenRegistered(Ana);
        Assert.Equal(RegistrationState.Waiting, StateOf(Ana));
    }

    [Fact]
    public void Frees_an_address_with_the_registration_and_keeps_it_for_its_new_owner()
    {
        GivenRegistered(Ana);
        Given(As(Ana), new WithdrawRegistration());
        Given(As(Ilir), By(Ana));
        // What is still noted about the first must not free the address of the second.
        Given(Host, new SendAgain(Ana));
        When(As(Elena), By(Ana));
        ThenRefused(RegistrationFaults.MailTaken);
        ThenASnapshotSaysTheSame();
    }
}

public sealed class ApprovingRegistrations : RegistrationTest
{
    public ApprovingRegistrations() => Given(Host, Open with { Approval = true, Capacity = 1 });

    [Fact]
    public void Is_an_organisers_word_and_takes_a_place()
    {
        GivenRegistered(Ana, Ilir);
        Assert.Equal((RegistrationState.Applied, 0), (StateOf(Ana)!.Value, Registration.Placed));
        When(Mod, new ApproveRegistration(Ana));
        ThenRefused(SessionFaults.Forbidden);
        When(Host, new ApproveRegistration(Ana));
        Then(new RegistrationApproved(Ana));
        When(Host, new ApproveRegistration(Ana));
        Then();
        When(Host, new ApproveRegistration(Ilir));
        Then(new PutOnWaitingList(Ilir));
        When(Host, new ApproveRegistration(Ilir));
        ThenRefused(RegistrationFaults.WrongState);
    }

    [Fact]
    public void Is_refused_once_all_places_are_taken_and_nobody_may_wait()
    {
        GivenRegistered(Ana, Ilir);
        Given(Host, Open with { Approval = true, Capacity = 1, WaitingList = false }, new ApproveRegistration(Ana));
        When(Host, new ApproveRegistration(Ilir));
        ThenRefused(RegistrationFaults.Full);
    }

    [Fact]
    public void Can_follow_a_refusal_and_cannot_follow_a_cancellation()
    {
        GivenRegistered(Ana, Ilir);
        Given(Host, new DeclineRegistration(Ana));
        When(As(Ana), By(Ana));
        ThenRefused(RegistrationFaults.Exists);
        Given(Host, new ApproveRegistration(Ana));
        Given(As(Ilir), new WithdrawRegistration());
        When(Host, new ApproveRegistration(Ilir));
        ThenRefused(RegistrationFaults.WrongState);
        When(Host, new ApproveRegistration(Elena));
        ThenRefused(RegistrationFaults.Unknown);
    }

    [Fact]
    public void Is_refused_with_a_note_that_is_too_long()
    {
        GivenRegistered(Ana);
        When(Host, new DeclineRegistration(Ana, new string('a', 501)));
        ThenRefused(SessionFaults.TextTooLong(500));
    }
}

public sealed class CheckingInAtTheDoor : RegistrationTest
{
    public CheckingInAtTheDoor()
    {
        Given(Host, Open with { Capacity = 1 });
        GivenRegistered(Ana, Ilir);
    }

    [Fact]
    public void Happens_once()
    {
        When(Mod, new CheckIn(Ana));
        Then(new CheckedIn(Ana));
        When(Host, new CheckIn(Ana));
        ThenRefused(RegistrationFaults.CheckedInAlready);
        Assert.Equal(Noon, Registration.Find(Ana)!.Changed);
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Is_for_those_with_a_place_and_by_those_who_keep_the_door()
    {
        When(Mod, new CheckIn(Ilir));
        ThenRefused(RegistrationFaults.NoPlace);
        When(Mod, new CheckIn(Elena));
        ThenRefused(RegistrationFaults.Unknown);
        foreach (var actor in new[] { As(Ana), Mod with { Conference = Elsewhere }, Host with { Role = Role.Stage } })
        {
            When(actor, new CheckIn(Ana));
            ThenRefused(SessionFaults.Forbidden);
        }
    }

    [Fact]
    public void Can_be_taken_back_and_keeps_the_place_meanwhile()
    {
        Given(Mod, new CheckIn(Ana));
        When(As(Ana), new WithdrawRegistration());
        ThenRefused(RegistrationFaults.WrongState);
        Assert.Equal(1, Registration.Placed);
        When(Mod, new TakeCheckInBack(Ana));
        Then(new CheckInTakenBack(Ana));
        When(Mod, new TakeCheckInBack(Ana));
        ThenRefused(RegistrationFaults.WrongState);
    }
}

public sealed class CommandsOfARegistration
{
    [Fact]
    public void Are_those_of_the_protocol_s_table_by_name_and_member() => ProtocolPage.Holds<IRegistrationCommand>("## Registration");
}
