using Summit.Domain.Networks;
using Summit.Domain.Sessions;
using Summit.Domain.WorkingGroups;

namespace Summit.Domain.Tests.WorkingGroups;

public sealed class WritingAPractice : WorkingGroupTest
{
    public WritingAPractice() => GivenAGroup();

    [Fact]
    public void Keeps_it_as_it_was_told_and_as_a_draft()
    {
        Given(OfSofia, Draft);
        var practice = Practice();
        Assert.Equal(("Shade for bus stops", "Temperature at noon", PracticeState.Draft), (practice.Text.Title, practice.Text.Evidence[0].Indicator, practice.State));
        Assert.Equal(Draft.Links, practice.Text.Links);
        Given(OfSofia, Draft with { Title = "Shade", Evidence = null });
        Assert.Equal(("Shade", 0), (Practice().Text.Title, Practice().Text.Evidence.Count));
    }

    [Fact]
    public void Is_for_a_city_that_takes_part_and_for_who_runs_the_group()
    {
        foreach (var other in new[] { OfTirana, ModOfSummit, Coordinator with { Group = default(GroupId) } })
        {
            When(other, Draft);
            ThenRefused(SessionFaults.Forbidden);
        }

        When(Coordinator, Draft with { Member = Athens });
        ThenRefused(WorkingGroupFaults.NotTakingPart);
        Given(Coordinator, Draft);
        // What is another's cannot be taken over by writing it anew.
        When(OfTirana, Draft with { Member = Tirana });
        ThenRefused(SessionFaults.Forbidden);
    }

    [Fact]
    public void Is_refused_when_others_could_not_read_it()
    {
        foreach (var (command, fault) in new[]
        {
            (Draft with { Title = " " }, SessionFaults.TextEmpty), (Draft with { Title = new string('a', 101) }, SessionFaults.TextTooLong(100)),
            (Draft with { Summary = "" }, SessionFaults.TextEmpty), (Draft with { Summary = new string('a', 501) }, SessionFaults.TextTooLong(500)),
            (Draft with { Difficulties = new string('a', 4001) }, SessionFaults.TextTooLong(4000)),
            (Draft with { Evidence = [new Evidence(" ")] }, SessionFaults.TextEmpty),
            (Draft with { Evidence = [new Evidence("Heat", "°C", new string('a', 61))] }, SessionFaults.TextTooLong(60)),
            (Draft with { Evidence = [.. Enumerable.Repeat(new Evidence("Heat"), 21)] }, NetworkFaults.TooMany(20)),
            (Draft with { Links = [new Document("Report", "javascript:alert(1)")] }, NetworkFaults.DocumentMalformed),
            (Draft with { Links = [.. Enumerable.Repeat(new Document("Report"), 21)] }, NetworkFaults.TooMany(20)),
            (Draft with { Languages = ["Bulgarian!"] }, WorkingGroupFaults.LanguagesMalformed),
            (Draft with { Languages = [.. Enumerable.Range('a', 11).Select(letter => $"b{(char)letter}")] }, WorkingGroupFaults.LanguagesMalformed),
        })
        {
            When(OfSofia, command);
            ThenRefused(fault);
        }
    }
}

public sealed class TheLifeOfAPractice : WorkingGroupTest
{
    public TheLifeOfAPractice()
    {
        GivenAGroup();
        Given(OfSofia, Draft);
    }

    [Fact]
    public void Leads_from_a_draft_to_the_whole_network()
    {
        When(Coordinator, new PublishPractice(Shade));
        ThenRefused(WorkingGroupFaults.WrongState);
        When(OfSofia, new SubmitPractice(Shade));
        Then(new PracticeSubmitted(Shade));
        When(OfSofia, new SubmitPractice(Shade));
        Then();
        When(OfSofia, Draft);
        ThenRefused(WorkingGroupFaults.WrongState);
        When(OfSofia, new PublishPractice(Shade));
        ThenRefused(SessionFaults.Forbidden);
        When(Coordinator, new PublishPractice(Shade));
        Then(new PracticePublished(Shade));
        When(Coordinator, new PublishPractice(Shade));
        Then();
        Assert.True(Practice().IsPublic);
        When(Coordinator, new ValidatePractice(Shade));
        ThenRefused(SessionFaults.Forbidden);
        When(Secretary, new ValidatePractice(Shade));
        Then(new PracticeValidated(Shade));
        When(Secretary, new ValidatePractice(Shade));
        Then();
        Assert.Equal((PracticeState.Validated, true), (Practice().State, Practice().IsPublic));
    }

    [Fact]
    public void Does_not_begin_before_others_can_learn_from_it()
    {
        Given(OfSofia, Draft with { Done = " " });
        When(OfSofia, new SubmitPractice(Shade));
        ThenRefused(WorkingGroupFaults.Incomplete);
    }

    [Fact]
    public void Goes_back_to_its_author_with_a_request()
    {
        When(Coordinator, new ReturnPractice(Shade, "How much water?"));
        ThenRefused(WorkingGroupFaults.WrongState);
        Given(OfSofia, new SubmitPractice(Shade));
        When(OfSofia, new ReturnPractice(Shade, "Mine again"));
        ThenRefused(SessionFaults.Forbidden);
        When(Coordinator, new ReturnPractice(Shade, " "));
        ThenRefused(SessionFaults.TextEmpty);
        When(Coordinator, new ReturnPractice(Shade, "How much water?"));
        Then(new PracticeReturned(Shade, "How much water?"));
        Assert.Equal((PracticeState.Draft, "How much water?"), (Practice().State, Practice().Request));
        Given(OfSofia, Draft);
        Assert.Equal("How much water?", Practice().Request);
        Given(OfSofia, new SubmitPractice(Shade));
        Assert.Null(Practice().Request);
    }

    [Fact]
    public void Ends_when_it_is_withdrawn_and_begins_anew_when_it_is_written()
    {
        Given(OfSofia, new SubmitPractice(Shade));
        Given(Coordinator, new PublishPractice(Shade));
        When(OfTirana, new WithdrawPractice(Shade));
        ThenRefused(SessionFaults.Forbidden);
        When(OfSofia, new WithdrawPractice(Shade, " The trees are gone. "));
        Then(new PracticeWithdrawn(Shade, "The trees are gone."));
        Assert.False(Practice().IsPublic);
        When(OfSofia, new WithdrawPractice(Shade));
        Then();
        When(Coordinator, new PublishPractice(Shade));
        ThenRefused(WorkingGroupFaults.WrongState);
        Given(OfSofia, Draft);
        Assert.Equal((PracticeState.Draft, null), (Practice().State, Practice().Reason));
    }

    [Fact]
    public void Is_hidden_until_it_is_published_from_those_who_do_not_take_part()
    {
        var ofAthens = OfSofia with { Member = Athens };
        When(ofAthens, new WithdrawPractice(Shade));
        ThenRefused(WorkingGroupFaults.PracticeUnknown);
        When(ofAthens, new EndorsePractice(Shade, Athens, true));
        ThenRefused(WorkingGroupFaults.PracticeUnknown);
        Assert.True(Group.IsOpenTo(OfTirana));
        Assert.False(Group.IsOpenTo(ofAthens));
        Assert.False(Group.IsOpenTo(ModOfSummit));
        When(OfSofia, new SubmitPractice(new PracticeId(Guid.Empty)));
        ThenRefused(WorkingGroupFaults.PracticeUnknown);
    }
}

public sealed class LearningFromAPractice : WorkingGroupTest
{
    private static readonly AdaptPractice Adapted = new(Shade, Athens, " Olive trees instead. ", Worked.TooEarly, PartialDate.Parse("2026"));
    private static readonly Actor OfAthens = OfSofia with { Member = Athens };

    public LearningFromAPractice() => GivenAPublishedPractice();

    [Fact]
    public void Counts_each_city_that_endorses_it_once_and_not_its_own()
    {
        When(OfAthens, new EndorsePractice(Shade, Athens, true));
        Then(new PracticeEndorsed(Shade, Athens));
        When(OfAthens, new EndorsePractice(Shade, Athens, true));
        Then();
        Assert.Equal([Athens], Practice().Endorsed);
        When(OfAthens, new EndorsePractice(Shade, Tirana, true));
        ThenRefused(SessionFaults.Forbidden);
        When(OfSofia, new EndorsePractice(Shade, Sofia, true));
        ThenRefused(WorkingGroupFaults.OwnPractice);
        When(OfAthens, new EndorsePractice(Shade, Athens, false));
        Then(new EndorsementWithdrawn(Shade, Athens));
        Assert.Empty(Practice().Endorsed);
    }

    [Fact]
    public void Tells_what_another_city_changed_and_whether_it_worked()
    {
        When(OfAthens, Adapted);
        Then(new PracticeAdapted(Shade, Athens, "Olive trees instead.", Worked.TooEarly, Adapted.Since));
        When(OfAthens, Adapted);
        Then();
        Given(OfAthens, Adapted with { Worked = Worked.Yes });
        Assert.Equal(Worked.Yes, Assert.Single(Practice().Adapted).Worked);
        When(OfAthens, Adapted with { Changed = "" });
        ThenRefused(SessionFaults.TextEmpty);
        When(OfSofia, Adapted with { Member = Sofia });
        ThenRefused(WorkingGroupFaults.OwnPractice);
    }

    [Fact]
    public void Outlives_a_request_for_more()
    {
        Given(OfAthens, Adapted, new EndorsePractice(Shade, Athens, true));
        Given(Coordinator, new ReturnPractice(Shade, "Is it still so?"));
        When(OfAthens, Adapted);
        ThenRefused(WorkingGroupFaults.PracticeUnknown);
        Given(OfSofia, Draft, new SubmitPractice(Shade));
        Given(Coordinator, new PublishPractice(Shade));
        Assert.Equal((1, 1), (Practice().Endorsed.Count, Practice().Adapted.Count));
    }
}
