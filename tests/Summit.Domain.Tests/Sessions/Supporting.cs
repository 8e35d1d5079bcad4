using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

public sealed class SupportingAnItem : SessionTest
{
    [Fact]
    public void Counts_one_person_once()
    {
        var item = Asked(Ana);
        When(Boris, new SupportItem(item, true));
        Then(new ItemSupported(item));
        Assert.Equal(1, This(item).Support);
        Assert.True(This(item).IsSupportedBy(Boris.Id));
        When(Boris, new SupportItem(item, true));
        ThenNothing();
        Assert.Equal(1, This(item).Support);
    }

    [Fact]
    public void Can_be_taken_back()
    {
        var item = Proposed(Ana);
        Supported(item, Boris, Chloe);
        When(Boris, new SupportItem(item, false));
        Then(new SupportWithdrawn(item));
        Assert.Equal(1, This(item).Support);
        When(Boris, new SupportItem(item, false));
        ThenNothing();
    }

    [Fact]
    public void Is_refused_for_one_s_own()
    {
        var item = Asked(Ana);
        When(Ana, new SupportItem(item, true));
        ThenRefused(SessionFaults.OwnItem);
    }

    [Fact]
    public void Goes_on_while_the_session_is_paused()
    {
        var item = Asked(Ana);
        Given(Mod, new PauseSession());
        When(Boris, new SupportItem(item, true));
        Then(new ItemSupported(item));
    }

    [Fact]
    public void Is_refused_where_the_session_takes_none()
    {
        var item = Asked(Ana);
        Policy(new PolicyChanges(Support: false));
        When(Boris, new SupportItem(item, true));
        ThenRefused(SessionFaults.NotTaken);
    }

    [Theory]
    [InlineData(ItemState.Published)]
    [InlineData(ItemState.Queued)]
    [InlineData(ItemState.Staged)]
    public void Is_taken_while_the_item_waits(ItemState state)
    {
        var item = Item(state);
        When(Boris, new SupportItem(item, true));
        Then(new ItemSupported(item));
    }

    [Theory]
    [InlineData(ItemState.Answered)]
    [InlineData(ItemState.FollowUp)]
    public void Is_refused_once_the_item_is_dealt_with(ItemState state)
    {
        var item = Item(state);
        When(Boris, new SupportItem(item, true));
        ThenRefused(SessionFaults.ItemClosed);
    }

    [Theory]
    [InlineData(ItemState.Pending)]
    [InlineData(ItemState.Declined)]
    [InlineData(ItemState.Withdrawn)]
    public void Gives_nothing_away_about_what_is_not_to_be_seen(ItemState state)
    {
        var item = Item(state);
        When(Boris, new SupportItem(item, true));
        ThenRefused(SessionFaults.NoSuchItem);
    }
}

public sealed class MergingItems : SessionTest
{
    [Fact]
    public void Unites_the_supporters_and_counts_nobody_twice()
    {
        var (root, twin) = (Asked(Ana), Asked(Boris));
        Supported(root, Chloe, Mod);
        Supported(twin, Chloe, Dino);
        When(Mod, new MergeItem(twin, root));
        Then(new ItemMerged(twin, root));
        Assert.Equal(3, This(root).Support);
        Assert.Equal(root, This(twin).MergedInto);
    }

    [Fact]
    public void Does_not_count_the_root_s_author_among_the_supporters()
    {
        var (root, twin) = (Asked(Ana), Asked(Boris));
        Supported(twin, Ana, Chloe);
        Given(Mod, new MergeItem(twin, root));
        Assert.Equal(1, This(root).Support);
        Assert.False(This(root).IsSupportedBy(Ana.Id));
        When(Ana, new SupportItem(twin, true));
        ThenRefused(SessionFaults.OwnItem);
    }

    [Fact]
    public void Sends_later_support_to_the_root()
    {
        var (root, twin) = (Asked(Ana), Asked(Boris));
        Given(Mod, new MergeItem(twin, root));
        When(Chloe, new SupportItem(twin, true));
        Then(new ItemSupported(root));
        When(Chloe, new SupportItem(root, true));
        ThenNothing();
    }

    [Fact]
    public void Lets_support_be_taken_back_from_wherever_it_was_given()
    {
        var (root, twin) = (Asked(Ana), Asked(Boris));
        Supported(root, Chloe);
        Supported(twin, Chloe, Dino);
        Given(Mod, new MergeItem(twin, root));
        When(Chloe, new SupportItem(root, false));
        Then(new SupportWithdrawn(root), new SupportWithdrawn(twin));
        Assert.Equal(1, This(root).Support);
        Given(Mod, new StepBack(twin));
        Assert.Equal(1, This(twin).Support);
        Assert.False(This(twin).IsSupportedBy(Chloe.Id));
    }

    [Fact]
    public void Lets_the_other_author_support_the_root()
    {
        var (root, twin) = (Asked(Ana), Asked(Boris));
        Given(Mod, new MergeItem(twin, root));
        When(Boris, new SupportItem(root, true));
        Then(new ItemSupported(root));
    }

    [Fact]
    public void Goes_to_the_root_when_the_target_itself_was_merged()
    {
        var (root, middle, leaf) = (Asked(Ana), Asked(Boris), Asked(Chloe));
        Given(Mod, new MergeItem(middle, root));
        When(Mod, new MergeItem(leaf, middle));
        Then(new ItemMerged(leaf, root));
    }

    [Fact]
    public void Takes_along_what_was_merged_before()
    {
        var (root, middle, leaf) = (Asked(Ana), Asked(Boris), Asked(Chloe));
        Supported(leaf, Dino);
        Supported(middle, Mod);
        Given(Mod, new MergeItem(leaf, middle), new MergeItem(middle, root));
        Assert.Equal(2, This(root).Support);
        Given(Mod, new StepBack(middle));
        Assert.Equal(0, This(root).Support);
        Assert.Equal(2, This(middle).Support);
        Assert.Equal(middle, This(leaf).MergedInto);
    }

    [Fact]
    public void Comes_apart_again_from_the_middle_of_a_chain()
    {
        var (root, middle, leaf) = (Asked(Ana), Asked(Boris), Asked(Chloe));
        Supported(leaf, Dino);
        Given(Mod, new MergeItem(leaf, middle), new MergeItem(middle, root), new StepBack(leaf));
        Assert.Equal(0, This(root).Support);
        Assert.Equal(0, This(middle).Support);
        Assert.Equal(1, This(leaf).Support);
        Assert.Equal(ItemState.Published, This(leaf).State);
    }

    [Fact]
    public void Counts_right_at_every_level_when_support_is_taken_back()
    {
        var (root, middle, leaf) = (Asked(Ana), Asked(Boris), Asked(Chloe));
        Supported(leaf, Dino);
        Given(Mod, new MergeItem(leaf, middle), new MergeItem(middle, root));
        Given(Dino, new SupportItem(root, false));
        Assert.Equal([0, 0, 0], new[] { root, middle, leaf }.Select(id => This(id).Support));
    }

    [Fact]
    public void Is_undone_with_all_support_as_it_was()
    {
        var (root, twin) = (Asked(Ana), Asked(Boris));
        Supported(root, Chloe);
        Supported(twin, Ana, Chloe, Dino);
        Given(Mod, new MergeItem(twin, root));
        Supported(root, Mod);
        When(Mod, new StepBack(twin));
        Then(new ItemSteppedBack(twin, ItemState.Published, null));
        Assert.Equal(3, This(twin).Support);
        Assert.Equal(2, This(root).Support);
        Assert.Empty(This(root).Merged);
    }

    [Fact]
    public void Is_undone_into_the_old_place_of_the_queue()
    {
        var (first, second, third, root) = (Asked(Ana), Asked(Boris), Asked(Chloe), Asked(Dino));
        Given(Mod, new QueueItem(first), new QueueItem(second), new QueueItem(third), new MergeItem(second, root), new StepBack(second));
        Assert.Equal([first, second, third], Session.Queue);
    }

    [Fact]
    public void Is_refused_into_itself_or_into_what_was_merged_into_it()
    {
        var (root, twin) = (Asked(Ana), Asked(Boris));
        When(Mod, new MergeItem(root, root));
        ThenRefused(SessionFaults.MergedIntoItself);
        Given(Mod, new MergeItem(twin, root));
        When(Mod, new MergeItem(root, twin));
        ThenRefused(SessionFaults.MergedIntoItself);
    }

    [Fact]
    public void Is_refused_between_kinds()
    {
        var (question, proposal) = (Asked(Ana), Proposed(Boris));
        When(Mod, new MergeItem(question, proposal));
        ThenRefused(SessionFaults.WrongKind);
    }

    [Theory]
    [InlineData(ItemState.Answered)]
    [InlineData(ItemState.Declined)]
    [InlineData(ItemState.Withdrawn)]
    public void Is_refused_into_what_is_dealt_with(ItemState state)
    {
        var done = Item(state);
        var item = Asked(Boris);
        When(Mod, new MergeItem(item, done));
        ThenRefused(SessionFaults.WrongState);
    }

    [Fact]
    public void Is_refused_twice()
    {
        var (root, twin) = (Asked(Ana), Asked(Boris));
        Given(Mod, new MergeItem(twin, root));
        When(Host, new MergeItem(twin, root));
        ThenRefused(SessionFaults.WrongState);
    }

    [Fact]
    public void Publishes_a_pending_target_when_a_visible_item_would_vanish_into_it()
    {
        var seen = Asked(Ana);
        Supported(seen, Boris);
        Policy(new PolicyChanges(Review: true));
        var (pending, other) = (Asked(Chloe), Asked(Dino));
        When(Mod, new MergeItem(other, pending));
        Then(new ItemMerged(other, pending));
        When(Mod, new MergeItem(seen, pending));
        Then(new ItemPublished(pending), new ItemMerged(seen, pending));
    }
}

public sealed class LookingAheadAtAMerge : SessionTest
{
    [Fact]
    public void Counts_who_supports_both_once_and_the_author_of_what_remains_not_at_all()
    {
        var (root, twin) = (Asked(Ana), Asked(Boris));
        Supported(root, Chloe, Boris);
        Supported(twin, Chloe, Dino, Ana);
        Assert.Equal((3, null), Session.UnitedSupport(new MergeItem(twin, root), Mod));
        Assert.Equal((3, null), Session.UnitedSupport(new MergeItem(root, twin), Host));
        Assert.Equal((2, 3), (This(root).Support, This(twin).Support));
    }

    [Fact]
    public void Takes_along_what_was_merged_before_on_both_sides()
    {
        var (root, below, item, leaf) = (Asked(Ana), Asked(Boris), Asked(Chloe), Asked(Dino));
        Supported(below, Dino);
        // Chloe does not count for her own question, but for the one it goes into.
        Supported(leaf, Chloe, Mod);
        Given(Mod, new MergeItem(below, root), new MergeItem(leaf, item));
        Assert.Equal(1, This(item).Support);
        Assert.Equal((3, null), Session.UnitedSupport(new MergeItem(item, below), Mod));
        Given(Mod, new MergeItem(item, below));
        Assert.Equal(3, This(root).Support);
    }

    [Fact]
    public void Is_refused_as_the_merge_would_be()
    {
        var (item, proposal, nobody) = (Asked(Ana), Proposed(Boris), new ItemId(Guid.Empty));
        Assert.Equal((0, SessionFaults.NoSuchItem), Session.UnitedSupport(new MergeItem(item, nobody), Mod));
        Assert.Equal((0, SessionFaults.NoSuchItem), Session.UnitedSupport(new MergeItem(nobody, item), Mod));
        Assert.Equal((0, SessionFaults.WrongKind), Session.UnitedSupport(new MergeItem(item, proposal), Mod));
        Assert.Equal((0, SessionFaults.MergedIntoItself), Session.UnitedSupport(new MergeItem(item, item), Mod));
        Assert.Equal((0, SessionFaults.Forbidden), Session.UnitedSupport(new MergeItem(item, item), Ana));
        Assert.Equal((0, SessionFaults.Unknown), Session.UnitedSupport(new MergeItem(item, item), Stranger));
    }
}

public sealed class WithdrawingARoot : SessionTest
{
    [Fact]
    public void Gives_back_what_was_merged_into_it()
    {
        var (root, twin, third) = (Asked(Ana), Asked(Boris), Asked(Chloe));
        Supported(twin, Dino);
        Given(Mod, new MergeItem(twin, root), new MergeItem(third, root));
        When(Ana, new WithdrawItem(root));
        Then(
            new ItemSteppedBack(twin, ItemState.Published, null),
            new ItemSteppedBack(third, ItemState.Published, null),
            new ItemWithdrawn(root));
        Assert.Equal(1, This(twin).Support);
        Assert.Equal(0, This(root).Support);
    }

    [Fact]
    public void Gives_them_back_to_their_places_in_the_queue()
    {
        var (root, one, two, three) = (Asked(Ana), Asked(Boris), Asked(Chloe), Asked(Dino));
        Given(Mod, new QueueItem(one), new QueueItem(two), new QueueItem(three), new MergeItem(one, root), new MergeItem(three, root));
        Given(Ana, new WithdrawItem(root));
        Assert.Equal([one, two, three], Session.Queue);
    }

    [Fact]
    public void Finds_each_a_place_of_its_own_when_they_had_the_same_one_in_turn()
    {
        var (root, one, two) = (Asked(Ana), Asked(Boris), Asked(Chloe));
        Given(Mod, new QueueItem(one), new MergeItem(one, root), new QueueItem(two), new MergeItem(two, root));
        Assert.Equal(This(one).Rank, This(two).Rank);
        Given(Ana, new WithdrawItem(root));
        Assert.Equal([two, one], Session.Queue);
        Assert.NotEqual(This(one).Rank, This(two).Rank);
    }

    [Fact]
    public void Puts_nobody_on_stage()
    {
        var (root, one, two) = (Asked(Ana), Asked(Boris), Asked(Chloe));
        Given(Mod, new StageItem(one), new MergeItem(one, root), new StageItem(two), new MergeItem(two, root));
        Given(Ana, new WithdrawItem(root));
        Assert.Null(Session.OnStage);
        Assert.Equal(2, Session.Queue.Count);
        Assert.Equal(2, Session.Count(ItemState.Queued));
    }
}
