using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

public sealed class ReportingAnItem : SessionTest
{
    [Fact]
    public void Hides_it_at_the_threshold()
    {
        var item = Asked(Ana);
        When(Boris, new ReportItem(item, " Rude. "));
        Then(new ItemReported(item, "Rude."));
        Given(Chloe, new ReportItem(item));
        Assert.True(This(item).IsVisible);
        When(Dino, new ReportItem(item));
        Then(new ItemReported(item, null), new ItemHidden(item));
        Assert.False(This(item).IsVisible);
        Assert.Equal(3, This(item).NewReports);
    }

    [Fact]
    public void Counts_each_person_once()
    {
        var item = Asked(Ana);
        Given(Boris, new ReportItem(item));
        When(Boris, new ReportItem(item));
        ThenNothing();
    }

    [Fact]
    public void Is_answered_by_a_moderator_s_look()
    {
        var item = Hidden();
        When(Mod, new ClearReports(item));
        Then(new ReportsCleared(item));
        Assert.True(This(item).IsVisible);
        When(Mod, new ClearReports(item));
        ThenNothing();
        When(Boris, new ReportItem(item));
        ThenNothing();
    }

    [Fact]
    public void Starts_to_count_anew_after_that()
    {
        var item = Hidden();
        Given(Mod, new ClearReports(item));
        Given(Person(21), new ReportItem(item));
        Given(Person(22), new ReportItem(item));
        Assert.True(This(item).IsVisible);
        Given(Person(23), new ReportItem(item));
        Assert.False(This(item).IsVisible);
    }

    [Fact]
    public void Never_hides_where_the_threshold_is_none()
    {
        Policy(new PolicyChanges(ReportThreshold: 0));
        var item = Asked(Ana);
        Report(item);
        Assert.True(This(item).IsVisible);
    }

    [Fact]
    public void Never_hides_what_is_on_stage()
    {
        var item = Asked(Ana);
        Given(Mod, new StageItem(item));
        Report(item);
        Assert.True(This(item).IsVisible);
    }

    [Fact]
    public void Is_over_for_what_a_moderator_takes_further()
    {
        foreach (var further in new Func<ItemId, ICommand>[]
        {
            id => new ApproveItem(id), id => new QueueItem(id), id => new StageItem(id), id => new AnswerItem(id),
            id => new PromiseFollowUp(id, "Tirana", new DateOnly(2027, 1, 1)),
        })
        {
            var item = Hidden();
            When(Mod, further(item));
            Assert.Equal(new ReportsCleared(item), Events[0]);
            Assert.True(This(item).IsVisible);
            Now = Now.AddMinutes(1);
        }
    }

    [Fact]
    public void Is_over_for_what_a_moderator_brings_back_on_stage()
    {
        var item = Asked(Ana);
        Given(Mod, new StageItem(item), new AnswerItem(item, "Yes."));
        Hide(item);
        When(Mod, new StepBack(item));
        Then(new ReportsCleared(item), new ItemSteppedBack(item, ItemState.Staged, null));
        Assert.True(This(item).IsVisible);
    }

    [Fact]
    public void Keeps_it_off_the_stage_when_the_next_one_steps_back()
    {
        var (item, next) = (Asked(Ana), Asked(Ana));
        Given(Mod, new StageItem(item), new StageItem(next));
        Hide(item);
        When(Mod, new StepBack(next));
        Then(new ItemSteppedBack(next, ItemState.Published, null));
        Assert.Null(Session.OnStage);
        Assert.Equal(ItemState.Answered, This(item).State);
    }

    [Fact]
    public void Is_refused_for_one_s_own_and_for_what_is_not_to_be_seen()
    {
        var item = Asked(Ana);
        When(Ana, new ReportItem(item));
        ThenRefused(SessionFaults.OwnItem);
        Given(Ana, new WithdrawItem(item));
        When(Boris, new ReportItem(item));
        ThenRefused(SessionFaults.NoSuchItem);
    }

    [Fact]
    public void Is_refused_to_the_muted_who_might_take_revenge()
    {
        var item = Asked(Ana);
        Given(Mod, new MuteAuthor(Asked(Boris)));
        When(Boris, new ReportItem(item));
        ThenRefused(SessionFaults.Muted);
    }

    private void Report(ItemId item)
    {
        foreach (var actor in new[] { Boris, Chloe, Dino })
        {
            Given(actor, new ReportItem(item));
        }
    }

    private void Hide(ItemId item)
    {
        Report(item);
        Assert.True(This(item).Hidden);
    }

    private ItemId Hidden()
    {
        var item = Asked(Ana);
        Hide(item);
        return item;
    }
}

public sealed class MutingAnAuthor : SessionTest
{
    [Fact]
    public void Stops_new_items_of_any_kind_but_not_support_and_withdrawal()
    {
        var (item, other) = (Asked(Ana), Asked(Boris));
        When(Mod, new MuteAuthor(item));
        Then(new AuthorMuted(item));
        Assert.True(Session.IsMuted(Ana.Id));
        foreach (var command in new ICommand[] { new AskQuestion("Hm?"), new PostComment("Hm."), new MakeProposal("Hm", "Hm.") })
        {
            When(Ana, command);
            ThenRefused(SessionFaults.Muted);
        }

        Given(Ana, new SupportItem(other, true), new WithdrawItem(item));
    }

    [Fact]
    public void Marks_the_one_item_only_so_that_anonymous_ones_stay_apart()
    {
        var (named, nameless) = (Asked(Ana), Newest);
        Given(Ana, new AskQuestion("Who pays?", Anonymous: true));
        nameless = Newest;
        Given(Mod, new MuteAuthor(nameless));
        Assert.True(This(nameless).AuthorMuted);
        Assert.False(This(named).AuthorMuted);
    }

    [Fact]
    public void Is_taken_back_by_any_of_the_author_s_items()
    {
        var (one, two) = (Asked(Ana), Asked(Ana));
        Given(Mod, new MuteAuthor(one));
        When(Mod, new MuteAuthor(two));
        ThenNothing();
        When(Mod, new UnmuteAuthor(two));
        Then(new AuthorUnmuted(two));
        Assert.False(Session.IsMuted(Ana.Id));
        Assert.False(This(one).AuthorMuted);
        Assert.Equal(This(two).Touched, This(one).Touched);
        When(Mod, new UnmuteAuthor(one));
        ThenNothing();
        When(Ana, new AskQuestion("May I?"));
        Assert.Single(Events);
    }
}

public sealed class VotingOnAProposal : SessionTest
{
    [Fact]
    public void Counts_the_last_ballot_of_each_person()
    {
        var item = Proposed(Ana);
        When(Mod, new OpenVote(item));
        Then(new VoteOpened(item));
        Given(Ana, new CastBallot(item, Choice.Yes));
        Given(Boris, new CastBallot(item, Choice.Yes));
        When(Boris, new CastBallot(item, Choice.No));
        Then(new BallotCast(item, Choice.No));
        When(Boris, new CastBallot(item, Choice.No));
        ThenNothing();
        Assert.Equal((1, 1, 0), (This(item).Vote!.Count(Choice.Yes), This(item).Vote!.Count(Choice.No), This(item).Vote!.Count(Choice.Abstain)));
    }

    [Fact]
    public void Ends_when_it_is_closed()
    {
        var item = Proposed(Ana);
        Given(Mod, new OpenVote(item), new CloseVote(item));
        When(Boris, new CastBallot(item, Choice.Yes));
        ThenRefused(SessionFaults.NoVote);
        When(Mod, new CloseVote(item));
        ThenRefused(SessionFaults.NoVote);
    }

    [Fact]
    public void Goes_on_with_its_ballots_when_closing_was_a_slip()
    {
        var item = Proposed(Ana);
        Given(Mod, new OpenVote(item));
        Given(Boris, new CastBallot(item, Choice.Yes));
        Given(Mod, new CloseVote(item));
        When(Mod, new OpenVote(item));
        Then(new VoteOpened(item));
        Assert.True(This(item).Vote!.Open);
        Assert.Equal(1, This(item).Vote!.Count(Choice.Yes));
        When(Host, new OpenVote(item));
        ThenNothing();
    }

    [Fact]
    public void Is_refused_where_there_is_none()
    {
        var item = Proposed(Ana);
        When(Boris, new CastBallot(item, Choice.Yes));
        ThenRefused(SessionFaults.NoVote);
        Given(Ana, new WithdrawItem(item));
        When(Boris, new CastBallot(item, Choice.Yes));
        ThenRefused(SessionFaults.NoSuchItem);
    }

    [Fact]
    public void Is_for_proposals_that_everybody_sees()
    {
        When(Mod, new OpenVote(Asked(Ana)));
        ThenRefused(SessionFaults.WrongKind);
        Policy(new PolicyChanges(Review: true));
        When(Mod, new OpenVote(Proposed(Ana)));
        ThenRefused(SessionFaults.WrongState);
    }
}
