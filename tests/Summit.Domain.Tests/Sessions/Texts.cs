using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

public sealed class EditingOnesOwnItem : SessionTest
{
    [Fact]
    public void Is_possible_while_it_is_pending()
    {
        var item = Item(ItemState.Pending);
        When(Ana, new EditItem(item, "What about the trams?"));
        Then(new ItemEdited(item, null, "What about the trams?"));
        Assert.Equal("What about the trams?", This(item).Text);
        Assert.Null(This(item).FirstText);
    }

    [Fact]
    public void Is_possible_while_nobody_stands_behind_it_where_nothing_is_reviewed()
    {
        var item = Asked(Ana);
        When(Ana, new EditItem(item, "What about the trams?"));
        Assert.Single(Events);
        Supported(item, Boris);
        When(Ana, new EditItem(item, "What about the trains?"));
        ThenRefused(SessionFaults.TooLateToEdit);
    }

    [Fact]
    public void Is_too_late_once_a_moderator_published_it()
    {
        var item = Item(ItemState.Pending);
        Given(Mod, new ApproveItem(item));
        When(Ana, new EditItem(item, "What about the trams?"));
        ThenRefused(SessionFaults.TooLateToEdit);
    }

    [Theory]
    [InlineData(ItemState.Queued)]
    [InlineData(ItemState.Staged)]
    [InlineData(ItemState.Answered)]
    [InlineData(ItemState.Declined)]
    [InlineData(ItemState.Merged)]
    [InlineData(ItemState.Withdrawn)]
    public void Is_too_late_once_it_moved_on(ItemState state)
    {
        var item = Item(state);
        When(Ana, new EditItem(item, "What about the trams?"));
        ThenRefused(SessionFaults.TooLateToEdit);
    }

    [Fact]
    public void Is_too_late_once_people_vote_on_it()
    {
        var item = Proposed(Ana);
        Given(Mod, new OpenVote(item));
        When(Ana, new EditItem(item, "Two each evening."));
        ThenRefused(SessionFaults.TooLateToEdit);
    }

    [Fact]
    public void Is_refused_to_others()
    {
        var item = Asked(Ana);
        When(Boris, new EditItem(item, "Mine now."));
        ThenRefused(SessionFaults.NotYours);
        When(Mod, new EditItem(item, "Mine now."));
        ThenRefused(SessionFaults.NotYours);
    }

    [Fact]
    public void Keeps_to_the_limits_of_posting()
    {
        var item = Asked(Ana);
        When(Ana, new EditItem(item, new string('a', 501)));
        ThenRefused(SessionFaults.TextTooLong(500));
        When(Ana, new EditItem(item, " "));
        ThenRefused(SessionFaults.TextEmpty);
    }

    [Fact]
    public void Changes_a_proposal_s_title_only_when_one_is_given()
    {
        var item = Proposed(Ana);
        When(Ana, new EditItem(item, "Two each evening."));
        Then(new ItemEdited(item, "Night trains", "Two each evening."));
        When(Ana, new EditItem(item, "Two each evening.", "Sleepers"));
        Then(new ItemEdited(item, "Sleepers", "Two each evening."));
        When(Ana, new EditItem(item, "Two each evening.", " "));
        ThenRefused(SessionFaults.TitleEmpty);
    }

    [Fact]
    public void Gives_no_title_to_a_question()
    {
        var item = Asked(Ana);
        When(Ana, new EditItem(item, "What about the trams?", "Trams"));
        Then(new ItemEdited(item, null, "What about the trams?"));
    }

    [Fact]
    public void Changes_nothing_when_it_says_the_same()
    {
        var item = Asked(Ana, "Café?");
        When(Ana, new EditItem(item, " Cafe\u0301? "));
        ThenNothing();
    }

    [Fact]
    public void Is_refused_to_the_muted()
    {
        var item = Item(ItemState.Pending);
        Given(Mod, new MuteAuthor(item));
        When(Ana, new EditItem(item, "Ha."));
        ThenRefused(SessionFaults.Muted);
    }
}

public sealed class CorrectingAnItem : SessionTest
{
    [Fact]
    public void Keeps_the_first_text_however_often_it_is_corrected()
    {
        var item = Proposed(Ana);
        When(Mod, new CorrectItem(item, "One each night.", "Sleepers"));
        Then(new ItemCorrected(item, "Sleepers", "One each night."));
        Given(Host, new CorrectItem(item, "Two each night."));
        Assert.Equal(("Two each night.", "Sleepers"), (This(item).Text, This(item).Title));
        Assert.Equal(("One each evening.", "Night trains"), (This(item).FirstText, This(item).FirstTitle));
    }

    [Theory]
    [InlineData(ItemState.Pending)]
    [InlineData(ItemState.Published)]
    [InlineData(ItemState.Staged)]
    [InlineData(ItemState.Answered)]
    public void Is_possible_before_and_after_publication(ItemState state)
    {
        var item = Item(state);
        When(Mod, new CorrectItem(item, "What about buses?"));
        Then(new ItemCorrected(item, null, "What about buses?"));
    }

    [Fact]
    public void Is_refused_empty()
    {
        var item = Asked(Ana);
        When(Mod, new CorrectItem(item, ""));
        ThenRefused(SessionFaults.TextEmpty);
    }

    [Fact]
    public void Changes_nothing_when_it_says_the_same()
    {
        var item = Asked(Ana);
        When(Mod, new CorrectItem(item, This(item).Text));
        ThenNothing();
        Assert.Null(This(item).FirstText);
    }
}

public sealed class WithdrawingAnItem : SessionTest
{
    [Theory]
    [InlineData(ItemState.Pending)]
    [InlineData(ItemState.Published)]
    [InlineData(ItemState.Queued)]
    [InlineData(ItemState.Staged)]
    public void Is_the_author_s_right_while_it_waits(ItemState state)
    {
        var item = Item(state);
        When(Ana, new WithdrawItem(item));
        Then(new ItemWithdrawn(item));
        Assert.False(This(item).IsVisible);
        Assert.Empty(Session.Queue);
        When(Ana, new WithdrawItem(item));
        ThenNothing();
    }

    [Theory]
    [InlineData(ItemState.Answered)]
    [InlineData(ItemState.Declined)]
    [InlineData(ItemState.Merged)]
    [InlineData(ItemState.FollowUp)]
    public void Is_too_late_once_it_is_dealt_with(ItemState state)
    {
        var item = Item(state);
        When(Ana, new WithdrawItem(item));
        ThenRefused(SessionFaults.WrongState);
    }

    [Fact]
    public void Is_nobody_else_s_right()
    {
        var item = Asked(Ana);
        When(Boris, new WithdrawItem(item));
        ThenRefused(SessionFaults.NotYours);
        When(Mod, new WithdrawItem(item));
        ThenRefused(SessionFaults.NotYours);
    }
}

public sealed class LabellingAndNoting : SessionTest
{
    [Fact]
    public void Sets_the_labels_as_given_without_blanks_and_doubles()
    {
        var item = Asked(Ana);
        When(Mod, new LabelItem(item, [" transport ", "", "transport", "money"]));
        Assert.Equal(["transport", "money"], Assert.IsType<ItemLabelled>(Assert.Single(Events)).Labels);
        When(Mod, new LabelItem(item, ["transport", "money"]));
        ThenNothing();
        Given(Mod, new LabelItem(item, []));
        Assert.Empty(This(item).Labels);
    }

    [Fact]
    public void Takes_no_more_than_eight_short_labels()
    {
        var item = Asked(Ana);
        When(Mod, new LabelItem(item, [.. Enumerable.Range(0, 9).Select(i => $"{i}")]));
        ThenRefused(SessionFaults.LabelsMalformed);
        When(Mod, new LabelItem(item, [new string('a', 41)]));
        ThenRefused(SessionFaults.LabelsMalformed);
        When(Mod, new LabelItem(item, [.. Enumerable.Range(0, 8).Select(i => new string((char)('a' + i), 40))]));
        Assert.Single(Events);
    }

    [Fact]
    public void Keeps_notes_with_their_writer_and_time()
    {
        var item = Asked(Ana);
        When(Mod, new AddNote(item, "The deputy mayor wants this one."));
        Then(new NoteAdded(item, "Mia", "The deputy mayor wants this one."));
        Assert.Equal([new Note("Mia", Noon, "The deputy mayor wants this one.", Mod.Id)], This(item).Notes);
    }

    [Fact]
    public void Changes_nothing_that_participants_see()
    {
        var item = Asked(Ana);
        var (changed, touched) = (This(item).Changed, This(item).Touched);
        Given(Mod, new AddNote(item, "Hm."), new LabelItem(item, ["transport"]), new MuteAuthor(item));
        Assert.Equal(changed, This(item).Changed);
        Assert.Equal(touched + 3, This(item).Touched);
    }
}
