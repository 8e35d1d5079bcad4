using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

public sealed class ReviewingAnItem : SessionTest
{
    public ReviewingAnItem() => Policy(new PolicyChanges(Review: true));

    [Fact]
    public void Holds_it_back_until_a_moderator_approves()
    {
        var item = Asked(Ana);
        Assert.Equal(ItemState.Pending, This(item).State);
        Assert.False(This(item).IsVisible);
        When(Mod, new ApproveItem(item));
        Then(new ItemPublished(item));
        Assert.True(This(item).IsVisible);
    }

    [Fact]
    public void Holds_comments_and_proposals_back_as_well()
    {
        Assert.Equal(ItemState.Pending, This(Commented(Ana)).State);
        Assert.Equal(ItemState.Pending, This(Proposed(Ana)).State);
    }

    [Fact]
    public void Is_not_needed_for_what_moderators_write()
    {
        Assert.Equal(ItemState.Published, This(Asked(Mod)).State);
    }

    [Fact]
    public void Is_done_once_though_two_moderators_approve()
    {
        var item = Asked(Ana);
        Given(Mod, new ApproveItem(item));
        When(Host, new ApproveItem(item));
        ThenNothing();
    }

    [Fact]
    public void Can_be_taken_back()
    {
        var item = Asked(Ana);
        Given(Mod, new ApproveItem(item));
        When(Mod, new StepBack(item));
        Then(new ItemSteppedBack(item, ItemState.Pending, null));
        Assert.False(This(item).IsVisible);
        Assert.True(This(item).WasVisible);
    }

    [Fact]
    public void Is_implied_by_taking_it_further_and_undone_with_that_by_one_key()
    {
        var due = new DateOnly(2027, 3, 31);
        foreach (var further in new Func<ItemId, ICommand>[]
        {
            id => new QueueItem(id), id => new StageItem(id), id => new AnswerItem(id, "Yes."), id => new PromiseFollowUp(id, "Tirana", due),
        })
        {
            var item = Asked(Boris);
            Now = Now.AddMinutes(1);
            Given(Mod, further(item));
            Assert.True(This(item).IsVisible);
            Given(Mod, new StepBack(item));
            Assert.Equal(ItemState.Pending, This(item).State);
            Assert.Null(This(item).Answer);
            Assert.Null(This(item).FollowUp);
        }
    }

    [Fact]
    public void Ends_with_the_policy_for_what_comes_after()
    {
        var before = Asked(Ana);
        Policy(new PolicyChanges(Review: false));
        Assert.Equal(ItemState.Pending, This(before).State);
        Assert.Equal(ItemState.Published, This(Asked(Ana)).State);
    }

    [Theory]
    [InlineData(ItemState.Queued)]
    [InlineData(ItemState.Answered)]
    [InlineData(ItemState.Declined)]
    [InlineData(ItemState.Withdrawn)]
    public void Is_refused_past_its_time(ItemState state)
    {
        var item = Item(state);
        When(Mod, new ApproveItem(item));
        ThenRefused(SessionFaults.WrongState);
    }
}

public sealed class DecliningAnItem : SessionTest
{
    [Fact]
    public void Tells_the_asker_a_reason_of_the_session_s_list()
    {
        var item = Asked(Ana);
        When(Mod, new DeclineItem(item, "no-time", " We are late. "));
        Then(new ItemDeclined(item, "no-time", "We are late."));
        Assert.Equal(new Decline("no-time", "There is no time left for it in this session.", "We are late."), This(item).Decline);
        Assert.False(This(item).IsVisible);
    }

    [Fact]
    public void Is_refused_for_a_reason_not_on_the_list()
    {
        var item = Asked(Ana);
        When(Mod, new DeclineItem(item, "dislike"));
        ThenRefused(SessionFaults.ReasonUnknown);
    }

    [Fact]
    public void Keeps_the_reason_s_words_when_the_list_changes()
    {
        var item = Asked(Ana);
        Given(Mod, new DeclineItem(item, "no-time"));
        Policy(new PolicyChanges(Reasons: [new DeclineReason("other", "Another reason.")]));
        Assert.Equal("There is no time left for it in this session.", This(item).Decline!.Text);
        When(Mod, new DeclineItem(Asked(Boris), "no-time"));
        ThenRefused(SessionFaults.ReasonUnknown);
    }

    [Fact]
    public void Is_undone_without_a_trace_for_the_asker()
    {
        var item = Asked(Ana);
        Given(Mod, new QueueItem(item), new DeclineItem(item, "no-time"));
        Assert.Empty(Session.Queue);
        Given(Mod, new StepBack(item));
        Assert.Equal([item], Session.Queue);
        Assert.Null(This(item).Decline);
        Assert.Equal([ItemState.Published, ItemState.Queued], This(item).Trail.Select(step => step.State));
    }

    [Theory]
    [InlineData(ItemState.Answered)]
    [InlineData(ItemState.Declined)]
    [InlineData(ItemState.Merged)]
    [InlineData(ItemState.Withdrawn)]
    [InlineData(ItemState.FollowUp)]
    public void Is_refused_for_what_is_dealt_with(ItemState state)
    {
        var item = Item(state);
        When(Mod, new DeclineItem(item, "no-time"));
        ThenRefused(SessionFaults.WrongState);
    }
}

public sealed class SortingTheQueue : SessionTest
{
    [Fact]
    public void Adds_at_the_end_or_before_another()
    {
        var (one, two, three) = (Asked(Ana), Asked(Boris), Asked(Chloe));
        Given(Mod, new QueueItem(one), new QueueItem(two), new QueueItem(three, two));
        Assert.Equal([one, three, two], Session.Queue);
    }

    [Fact]
    public void Moves_within_the_queue_by_one_event()
    {
        var (one, two, three) = (Asked(Ana), Asked(Boris), Asked(Chloe));
        Given(Mod, new QueueItem(one), new QueueItem(two), new QueueItem(three));
        When(Mod, new QueueItem(three, one));
        Assert.Equal(three, Assert.IsType<ItemQueued>(Assert.Single(Events)).Id);
        Assert.Equal([three, one, two], Session.Queue);
        When(Mod, new QueueItem(three));
        Assert.Equal([one, two, three], Session.Queue);
        Assert.Equal(2, This(three).Trail.Count);
    }

    [Fact]
    public void Changes_nothing_when_it_is_there_already()
    {
        var (one, two) = (Asked(Ana), Asked(Boris));
        Given(Mod, new QueueItem(one), new QueueItem(two));
        When(Mod, new QueueItem(one, two));
        ThenNothing();
        When(Mod, new QueueItem(two));
        ThenNothing();
    }

    [Fact]
    public void Deals_new_ranks_when_one_place_is_used_up()
    {
        var (one, two, three) = (Asked(Ana), Asked(Boris), Asked(Chloe));
        Given(Mod, new QueueItem(one), new QueueItem(two), new QueueItem(three));
        var dealt = false;
        for (var i = 0; i < 100; i++)
        {
            // The last two change places before the first, which halves the gap each time.
            var (last, before) = (Session.Queue[2], Session.Queue[1]);
            When(Mod, new QueueItem(last, before));
            dealt |= Events.Count == 3;
            Assert.Equal([one, last, before], Session.Queue);
            Assert.Equal(3, Session.Queue.Select(id => This(id).Rank).Distinct().Count());
        }

        Assert.True(dealt, "A hundred halvings must have used the place up.");
    }

    [Fact]
    public void Is_refused_before_something_that_is_not_in_the_queue()
    {
        var (one, two) = (Asked(Ana), Asked(Boris));
        When(Mod, new QueueItem(one, two));
        ThenRefused(SessionFaults.NotInQueue);
    }

    [Fact]
    public void Takes_an_item_back_from_the_stage()
    {
        var item = Item(ItemState.Staged);
        Given(Mod, new QueueItem(item));
        Assert.Null(Session.OnStage);
        Assert.Equal([item], Session.Queue);
    }

    [Theory]
    [InlineData(ItemState.Answered)]
    [InlineData(ItemState.Declined)]
    [InlineData(ItemState.Merged)]
    [InlineData(ItemState.Withdrawn)]
    [InlineData(ItemState.FollowUp)]
    public void Is_refused_for_what_is_dealt_with(ItemState state)
    {
        var item = Item(state);
        When(Mod, new QueueItem(item));
        ThenRefused(SessionFaults.WrongState);
    }

    [Fact]
    public void Is_undone_by_one_step_back()
    {
        var item = Item(ItemState.Queued);
        When(Mod, new StepBack(item));
        Then(new ItemSteppedBack(item, ItemState.Published, null));
        Assert.Empty(Session.Queue);
    }
}

public sealed class StagingAnItem : SessionTest
{
    [Fact]
    public void Shows_it_and_takes_it_from_the_queue()
    {
        var item = Item(ItemState.Queued);
        When(Mod, new StageItem(item));
        Then(new ItemStaged(item, null));
        Assert.Equal(item, Session.OnStage);
        Assert.Empty(Session.Queue);
        When(Host, new StageItem(item));
        ThenNothing();
    }

    [Fact]
    public void Answers_who_was_there_before()
    {
        var (one, two) = (Asked(Ana), Asked(Boris));
        Given(Mod, new StageItem(one));
        When(Mod, new StageItem(two));
        Then(new ItemAnswered(one, null), new ItemStaged(two, one));
        Assert.Equal(two, Session.OnStage);
        Assert.Equal(ItemState.Answered, This(one).State);
    }

    [Fact]
    public void Is_undone_for_both_by_one_step_back()
    {
        var (one, two) = (Asked(Ana), Asked(Boris));
        Given(Mod, new StageItem(one), new QueueItem(two), new StageItem(two));
        When(Mod, new StepBack(two));
        Then(new ItemSteppedBack(two, ItemState.Queued, This(two).Rank), new ItemSteppedBack(one, ItemState.Staged, null));
        Assert.Equal(one, Session.OnStage);
        Assert.Equal([two], Session.Queue);
        Assert.Equal([ItemState.Published, ItemState.Staged], This(one).Trail.Select(step => step.State));
    }

    [Fact]
    public void Is_undone_for_itself_alone_once_the_other_has_moved_on()
    {
        var (one, two) = (Asked(Ana), Asked(Boris));
        Given(Mod, new StageItem(one), new StageItem(two), new AnswerItem(one, "In writing."));
        When(Mod, new StepBack(two));
        Then(new ItemSteppedBack(two, ItemState.Published, null));
        Assert.Null(Session.OnStage);
        Assert.Equal("In writing.", This(one).Answer);
    }

    [Fact]
    public void Lets_the_former_wait_at_the_head_when_it_is_brought_back_alone()
    {
        var (one, two, three) = (Asked(Ana), Asked(Boris), Asked(Chloe));
        Given(Mod, new QueueItem(three), new StageItem(one), new StageItem(two), new StepBack(one));
        Assert.Equal(two, Session.OnStage);
        Assert.Equal([one, three], Session.Queue);
        Assert.Equal([ItemState.Published, ItemState.Queued], This(one).Trail.Select(step => step.State));
        Given(Mod, new StepBack(two));
        Assert.Null(Session.OnStage);
    }

    [Theory]
    [InlineData(ItemState.Pending)]
    [InlineData(ItemState.Published)]
    [InlineData(ItemState.Answered)]
    [InlineData(ItemState.FollowUp)]
    public void Is_possible_from_anywhere_sensible(ItemState state)
    {
        var item = Item(state);
        When(Mod, new StageItem(item));
        Then(new ItemStaged(item, null));
    }

    [Theory]
    [InlineData(ItemState.Declined)]
    [InlineData(ItemState.Merged)]
    [InlineData(ItemState.Withdrawn)]
    public void Is_refused_for_what_left_by_a_side_exit(ItemState state)
    {
        var item = Item(state);
        When(Mod, new StageItem(item));
        ThenRefused(SessionFaults.WrongState);
    }

    [Theory]
    [InlineData("withdraw")]
    [InlineData("decline")]
    [InlineData("answer")]
    [InlineData("merge")]
    [InlineData("follow-up")]
    [InlineData("back")]
    public void Leaves_the_stage_empty_when_it_goes(string way)
    {
        var item = Item(ItemState.Staged);
        Given(way == "withdraw" ? Ana : Mod, way switch
        {
            "withdraw" => new WithdrawItem(item),
            "decline" => new DeclineItem(item, "unclear"),
            "answer" => new AnswerItem(item),
            "merge" => new MergeItem(item, Asked(Boris)),
            "follow-up" => new PromiseFollowUp(item, "Tirana", new DateOnly(2027, 1, 1)),
            _ => (ICommand)new StepBack(item),
        });
        Assert.Null(Session.OnStage);
    }
}

public sealed class AnsweringAnItem : SessionTest
{
    [Fact]
    public void Can_be_live()
    {
        var item = Item(ItemState.Staged);
        When(Mod, new AnswerItem(item));
        Then(new ItemAnswered(item, null));
        Assert.Null(This(item).Answer);
    }

    [Fact]
    public void Can_be_in_writing_without_the_stage()
    {
        var item = Asked(Ana);
        When(Mod, new AnswerItem(item, " By 2027.\u202e "));
        Then(new ItemAnswered(item, "By 2027."));
        Assert.Equal("By 2027.", This(item).Answer);
    }

    [Fact]
    public void Adds_the_text_to_what_was_answered_live_and_takes_back_only_that()
    {
        var item = Item(ItemState.Staged);
        Given(Mod, new AnswerItem(item));
        When(Mod, new AnswerItem(item, "Also in writing."));
        Then(new ItemAnswered(item, "Also in writing."));
        Given(Mod, new StepBack(item));
        Assert.Equal(ItemState.Answered, This(item).State);
        Assert.Null(This(item).Answer);
        Given(Mod, new StepBack(item));
        Assert.Equal(item, Session.OnStage);
    }

    [Fact]
    public void Brings_the_former_text_back_when_a_new_one_was_a_slip()
    {
        var item = Asked(Ana);
        Given(Mod, new AnswerItem(item, "Right."), new AnswerItem(item, "Wrong."), new StepBack(item));
        Assert.Equal("Right.", This(item).Answer);
    }

    [Fact]
    public void Keeps_the_text_through_a_second_turn_on_stage()
    {
        var (item, next) = (Asked(Ana), Asked(Boris));
        Given(Mod, new AnswerItem(item, "In writing."), new StageItem(item), new StageItem(next));
        Assert.Equal("In writing.", This(item).Answer);
        Given(Mod, new StepBack(item));
        Assert.Equal("In writing.", This(item).Answer);
    }

    [Fact]
    public void Changes_nothing_when_it_says_the_same_again()
    {
        var item = Asked(Ana);
        Given(Mod, new AnswerItem(item, "Yes."));
        When(Host, new AnswerItem(item, "Yes."));
        ThenNothing();
        When(Host, new AnswerItem(item));
        ThenNothing();
    }

    [Fact]
    public void May_be_a_page_but_not_a_book()
    {
        var item = Asked(Ana);
        When(Mod, new AnswerItem(item, new string('a', 4_001)));
        ThenRefused(SessionFaults.TextTooLong(4_000));
        When(Mod, new AnswerItem(item, new string('a', 4_000)));
        Assert.Single(Events);
    }

    [Theory]
    [InlineData(ItemState.Declined)]
    [InlineData(ItemState.Merged)]
    [InlineData(ItemState.Withdrawn)]
    public void Is_refused_for_what_left_by_a_side_exit(ItemState state)
    {
        var item = Item(state);
        When(Mod, new AnswerItem(item, "Late."));
        ThenRefused(SessionFaults.WrongState);
    }
}

public sealed class PromisingAFollowUp : SessionTest
{
    private static readonly DateOnly Due = new(2027, 3, 31);

    [Fact]
    public void Names_an_owner_and_a_date()
    {
        var item = Asked(Ana);
        When(Mod, new PromiseFollowUp(item, " City of Tirana ", Due, "Ask the depot."));
        Then(new FollowUpPromised(item, "City of Tirana", Due, "Ask the depot."));
        Assert.Equal(new FollowUp("City of Tirana", Due, "Ask the depot."), This(item).FollowUp);
        When(Host, new PromiseFollowUp(item, "City of Tirana", Due, "Ask the depot."));
        ThenNothing();
    }

    [Fact]
    public void Is_refused_without_an_owner()
    {
        var item = Asked(Ana);
        When(Mod, new PromiseFollowUp(item, " ", Due));
        ThenRefused(SessionFaults.TextEmpty);
    }

    [Fact]
    public void Is_taken_back_to_the_answer_before_it()
    {
        var item = Asked(Ana);
        Given(Mod, new AnswerItem(item, "We shall see."), new PromiseFollowUp(item, "Tirana", Due), new StepBack(item));
        Assert.Equal(ItemState.Answered, This(item).State);
        Assert.Equal("We shall see.", This(item).Answer);
        Assert.Null(This(item).FollowUp);
    }

    [Fact]
    public void Is_taken_back_to_the_promise_before_it()
    {
        var item = Asked(Ana);
        Given(Mod, new PromiseFollowUp(item, "Tirana", Due), new PromiseFollowUp(item, "Athens", Due), new StepBack(item));
        Assert.Equal("Tirana", This(item).FollowUp!.Owner);
    }

    [Fact]
    public void Is_there_again_when_the_answer_to_it_is_taken_back()
    {
        var item = Asked(Ana);
        Given(Mod, new PromiseFollowUp(item, "Tirana", Due), new AnswerItem(item, "Done."), new StepBack(item));
        Assert.Equal(ItemState.FollowUp, This(item).State);
        Assert.Equal("Tirana", This(item).FollowUp!.Owner);
        Assert.Null(This(item).Answer);
    }
}

public sealed class SteppingBack : SessionTest
{
    [Fact]
    public void Has_nothing_to_take_back_from_a_fresh_item()
    {
        var item = Asked(Ana);
        When(Mod, new StepBack(item));
        ThenRefused(SessionFaults.NoStepBack);
    }

    [Fact]
    public void Does_not_undo_what_the_asker_did()
    {
        var item = Item(ItemState.Withdrawn);
        When(Mod, new StepBack(item));
        ThenRefused(SessionFaults.WrongState);
    }

    [Fact]
    public void Goes_all_the_way_one_key_a_step()
    {
        Policy(new PolicyChanges(Review: true));
        var item = Asked(Ana);
        Given(Mod, new ApproveItem(item), new QueueItem(item), new StageItem(item), new AnswerItem(item));
        foreach (var state in new[] { ItemState.Staged, ItemState.Queued, ItemState.Published, ItemState.Pending })
        {
            Given(Mod, new StepBack(item));
            Assert.Equal(state, This(item).State);
        }

        When(Mod, new StepBack(item));
        ThenRefused(SessionFaults.NoStepBack);
    }

    [Fact]
    public void Keeps_the_time_of_the_step_it_returns_to()
    {
        var item = Asked(Ana);
        Now = Noon.AddMinutes(5);
        Given(Mod, new AnswerItem(item));
        Now = Noon.AddMinutes(9);
        Given(Mod, new StepBack(item));
        Assert.Equal([new TrailStep(ItemState.Published, Noon)], This(item).Trail);
    }
}
