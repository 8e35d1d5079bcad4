using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

/// <summary>What is told of a session afterwards, from its events alone.</summary>
public sealed class ReportingASession : SessionTest
{
    private SessionReport Report => SessionReport.Of(
        Session.Id, History, person => person == Mod.Id ? "First desk" : person == Host.Id ? "Host" : null, city => city is "Sofia" or "sofia" ? "BG" : null);

    [Fact]
    public void Says_of_each_item_what_became_of_it_by_whom_and_when()
    {
        var answered = Asked(Ana);
        var declined = Asked(Boris);
        var promised = Asked(Chloe);
        var open = Asked(Dino);
        Supported(answered, Boris, Chloe);
        Now = Noon.AddMinutes(10);
        Given(Mod, new AnswerItem(answered, "By May."), new DeclineItem(declined, "off-topic", "Ask the city."));
        Given(Host, new PromiseFollowUp(promised, "Sofia", new DateOnly(2027, 3, 31), "A list"));

        var items = Report.Items.ToDictionary(item => item.Id);

        Assert.Equal(
            (ItemState.Answered, 2, "By May.", "First desk", Noon.AddMinutes(10)),
            (items[answered].State, items[answered].Support, items[answered].Answer, items[answered].By, items[answered].Settled));
        Assert.Equal(("off-topic", "Ask the city.", "First desk"), (items[declined].Reason!.Code, items[declined].Reason!.Note, items[declined].By));
        Assert.Equal(("Sofia", new DateOnly(2027, 3, 31), "Host"), (items[promised].FollowUp!.Owner, items[promised].FollowUp!.Due, items[promised].By));
        Assert.Equal(ItemState.Published, items[open].State);
        Assert.Null(items[open].By);
        Assert.Null(items[open].Settled);
    }

    [Fact]
    public void Names_who_made_a_step_last_and_nobody_for_one_taken_back()
    {
        var item = Asked(Ana);
        Given(Mod, new AnswerItem(item, "By May."), new StepBack(item));
        Assert.Null(Report.Items.Single().By);
        Given(Host, new AnswerItem(item));
        Assert.Equal("Host", Report.Items.Single().By);
        // The one before the last step is again what stands.
        Given(Mod, new PromiseFollowUp(item, "Sofia", new DateOnly(2027, 3, 31)), new StepBack(item));
        Assert.Equal((ItemState.Answered, "Host"), (Report.Items.Single().State, Report.Items.Single().By));
    }

    [Fact]
    public void Counts_each_person_once_and_cities_without_those_who_were_anonymous()
    {
        Asked(Ana);
        var item = Asked(Ana);
        Asked(Boris);
        Given(Chloe, new AskQuestion("Who pays?", Anonymous: true));
        Supported(item, Boris, Dino);

        Assert.Equal(4, Report.Participation.People);
        Assert.Equal([new CityCount("Sofia", 1, "BG"), new CityCount("Tirana", 1, null)], Report.Participation.Cities);
        Assert.Equal([new CountryCount("BG", 1)], Report.Participation.Countries);
        var anonymous = Report.Items.Single(reported => reported.Text == "Who pays?");
        Assert.Null(anonymous.Name);
        Assert.Null(anonymous.City);
        // Moderators may have been allowed to see the name; a report is handed on.
        Policy(new PolicyChanges(ModeratorsSeeNames: true));
        Given(Dino, new AskQuestion("And who else?", Anonymous: true));
        Assert.Null(Report.Items.Single(reported => reported.Text == "And who else?").Name);
        Assert.Equal(2, Participation.Of([Report.Participation, Report.Participation], _ => null).Cities.Count);
        Assert.Equal(4, Participation.Of([Report.Participation, Report.Participation], _ => null).People);
    }

    [Fact]
    public void Keeps_what_was_withdrawn_to_its_author()
    {
        Asked(Boris, "Stays?");
        Given(Ana, new WithdrawItem(Asked(Ana, "Better not.")));

        Assert.Equal(["Stays?"], Report.Items.Select(item => item.Text));
        Assert.Equal(1, Report.Withdrawn);
    }

    [Fact]
    public void Tells_its_hour_in_order()
    {
        var proposal = Proposed(Ana);
        var question = Asked(Boris);
        Given(Mod, new StageItem(question), new AnswerItem(question), new OpenVote(proposal));
        Given(Chloe, new CastBallot(proposal, Choice.Yes));
        Given(Mod, new CloseVote(proposal), new PauseSession(), new CloseSession());

        Assert.Equal(
            [MomentKind.Opened, MomentKind.Staged, MomentKind.Answered, MomentKind.VoteOpened, MomentKind.VoteClosed, MomentKind.Paused, MomentKind.Closed],
            Report.Timeline.Select(moment => moment.Kind));
        Assert.Equal((question, "First desk"), (Report.Timeline[1].Item, Report.Timeline[1].By));
        Assert.Equal(new VoteResult(false, 1, 0, 0), Report.Items.Single(item => item.Id == proposal).Vote);
        Assert.Equal(SessionState.Closed, Report.State);
    }

    [Fact]
    public void Is_for_those_who_ran_it()
    {
        Assert.All(new[] { Mod, Host, Admin }, actor => Assert.True(SessionReport.IsFor(actor, Here)));
        Assert.All(new[] { Ana, Screen, Stranger }, actor => Assert.False(SessionReport.IsFor(actor, Here)));
    }
}
