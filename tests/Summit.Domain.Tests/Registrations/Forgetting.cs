using Summit.Domain.Registrations;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Registrations;

/// <summary>Answers that have to go: from the list at once, and from what lies in the journal.</summary>
public sealed class ForgettingAnswers : RegistrationTest
{
    public ForgettingAnswers()
    {
        Given(Host, Open with { Capacity = 2, WaitingList = true });
        foreach (var (person, city) in new[] { (Ana, "Tirana"), (Ilir, "Durres"), (Elena, "Sofia") })
        {
            Given(As(person), new Register(new Dictionary<string, string>(Answers(person)) { ["city"] = city }, "en"));
        }

        Given(Host, new DeclineRegistration(Elena, "Elena comes too late."));
        Given(Admin, new RecordLetter(Registration.Letters.First(letter => letter.Value == Ana).Key, "ana@city.example is unknown"));
    }

    [Fact]
    public void Of_a_person_leaves_the_place_counted_and_everybody_else_as_they_were()
    {
        When(As(Ana), new ErasePerson(Ana));
        Then(new RegistrantErased(Ana));
        Assert.Equal((2, RegistrationState.Approved), (Registration.Placed, StateOf(Ana)));
        Assert.Empty(Registration.Find(Ana)!.Answers);
        Assert.Equal("Durres", Registration.Find(Ilir)!.Answers["city"]);
        ThenASnapshotSaysTheSame();
        var left = ThenRewritten(Registration.Create(Here.Value));
        Assert.All((string[])["Tirana", "ana@", Answers(Ana)["mail"]], word => Assert.DoesNotContain(word, left, StringComparison.Ordinal));
        Assert.Contains("Durres", left, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_everybody_leaves_no_word_but_the_form()
    {
        Given(Admin, new ExpireWords(Expiry.Registrations));
        var left = ThenRewritten(Registration.Create(Here.Value));
        Assert.All((string[])["Tirana", "Durres", "Elena", "@"], word => Assert.DoesNotContain(word, left, StringComparison.Ordinal));
        When(Admin, new ExpireWords(Expiry.Names));
        ThenRefused(RegistrationFaults.None);
    }

    [Fact]
    public void Of_a_field_leaves_the_others_and_waits_to_be_rewritten()
    {
        Now = Noon.AddYears(1);
        Given(Admin, new DeleteOldAnswers());
        var order = History[^1].Context.Seq;
        Assert.Equal([order], Registration.Pending);
        var left = ThenRewritten(Registration.Create(Here.Value));
        Assert.DoesNotContain("Tirana", left, StringComparison.Ordinal);
        Assert.Contains(Answers(Ana)["mail"], left, StringComparison.Ordinal);
        Given(Admin, new ConfirmErasure(order, 3));
        Assert.Empty(Registration.Pending);
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Is_for_the_person_and_for_who_runs_the_conference()
    {
        foreach (var actor in new[] { As(Ilir), Mod, As(Ana) with { Conference = Elsewhere } })
        {
            When(actor, new ErasePerson(Ana));
            ThenRefused(SessionFaults.Forbidden);
        }
    }
}
