using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

public sealed class AskingAQuestion : SessionTest
{
    [Fact]
    public void Publishes_it_under_the_asker_s_name_with_the_session_s_language()
    {
        When(Ana, new AskQuestion("  What about the buses?\u200b "));
        Then(new ItemPosted(Newest, ItemKind.Question, null, "What about the buses?", "en", false, "Ana", "Tirana", null, ItemState.Published));
        Assert.Equal(Ana.Id, This(Newest).Author);
        Assert.Equal(Noon, This(Newest).At);
        Assert.Equal([Newest], Session.PostedBy(Ana.Id));
    }

    [Fact]
    public void Keeps_the_language_the_asker_gives()
    {
        Given(Ana, new AskQuestion("А автобусите?", "bg"));
        Assert.Equal("bg", This(Newest).Lang);
    }

    [Fact]
    public void Is_refused_with_a_language_that_is_none()
    {
        When(Ana, new AskQuestion("Hm?", "not a language"));
        ThenRefused(SessionFaults.LangMalformed);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("\u200b\u2060\ufeff")]
    [InlineData("\u2800\u3164\ufe0f")]
    public void Is_refused_when_nothing_is_there_to_read(string text)
    {
        When(Ana, new AskQuestion(text));
        ThenRefused(SessionFaults.TextEmpty);
    }

    [Fact]
    public void Takes_a_text_of_exactly_the_limit()
    {
        When(Ana, new AskQuestion(string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 500))));
        Assert.Single(Events);
    }

    [Fact]
    public void Is_refused_one_character_over_the_limit()
    {
        When(Ana, new AskQuestion(new string('ж', 501)));
        ThenRefused(SessionFaults.TextTooLong(500));
    }

    [Fact]
    public void Is_refused_when_the_id_is_taken_by_another_item()
    {
        var id = Asked(Ana);
        var decision = Session.Decide(new AskQuestion("Again?"), new CommandContext(id.Value, Boris, Noon));
        Assert.Equal(SessionFaults.ItemExists, decision.Fault);
    }

    [Fact]
    public void Is_refused_while_the_session_takes_no_questions()
    {
        Policy(new PolicyChanges(Questions: false));
        When(Ana, new AskQuestion("Hm?"));
        ThenRefused(SessionFaults.NotTaken);
        When(Ana, new PostComment("But comments are."));
        Assert.Single(Events);
    }

    [Fact]
    public void Is_refused_without_a_name_where_names_are_asked_for()
    {
        Policy(new PolicyChanges(NameRequired: true));
        When(Ana with { Name = null }, new AskQuestion("Hm?"));
        ThenRefused(SessionFaults.NameRequired);
    }

    [Fact]
    public void Is_refused_without_a_city_where_cities_are_asked_for()
    {
        Policy(new PolicyChanges(CityRequired: true));
        When(Ana with { City = null }, new AskQuestion("Hm?"));
        ThenRefused(SessionFaults.CityRequired);
        When(Ana, new AskQuestion("Hm?"));
        Assert.Single(Events);
    }
}

public sealed class PostingAComment : SessionTest
{
    [Fact]
    public void Adds_to_the_stream()
    {
        When(Ana, new PostComment("Well said."));
        Then(new ItemPosted(Newest, ItemKind.Comment, null, "Well said.", "en", false, "Ana", "Tirana", null, ItemState.Published));
    }

    [Fact]
    public void Can_answer_a_question_a_proposal_or_a_comment()
    {
        foreach (var parent in new[] { Asked(Ana), Proposed(Ana), Commented(Ana) })
        {
            When(Boris, new PostComment("Indeed.", parent));
            Assert.Equal(parent, Assert.IsType<ItemPosted>(Assert.Single(Events)).ReplyTo);
        }
    }

    [Fact]
    public void Goes_one_level_deep()
    {
        var reply = Commented(Boris, Commented(Ana));
        When(Chloe, new PostComment("And this?", reply));
        ThenRefused(SessionFaults.ReplyTooDeep);
    }

    [Fact]
    public void Under_a_question_can_itself_be_answered_once()
    {
        var reply = Commented(Boris, Asked(Ana));
        var answer = Commented(Chloe, reply);
        When(Dino, new PostComment("And this?", answer));
        ThenRefused(SessionFaults.ReplyTooDeep);
    }

    [Theory]
    [InlineData(ItemState.Pending)]
    [InlineData(ItemState.Declined)]
    [InlineData(ItemState.Withdrawn)]
    public void Is_refused_under_what_is_not_to_be_seen(ItemState state)
    {
        var item = Item(state);
        When(Boris, new PostComment("Indeed.", item));
        ThenRefused(SessionFaults.NoSuchItem);
    }

    [Fact]
    public void Is_no_matter_for_queue_stage_answer_merge_support_or_promise()
    {
        var comment = Commented(Ana);
        var other = Commented(Ana);
        foreach (var command in new ICommand[]
        {
            new QueueItem(comment), new StageItem(comment), new AnswerItem(comment), new MergeItem(comment, other), new OpenVote(comment),
            new PromiseFollowUp(comment, "Tirana", new DateOnly(2027, 1, 1)), new SupportItem(comment, true),
        })
        {
            When(Mod, command);
            ThenRefused(SessionFaults.WrongKind);
        }
    }
}

public sealed class MakingAProposal : SessionTest
{
    [Fact]
    public void Takes_a_title_and_a_text()
    {
        When(Ana, new MakeProposal(" Night\ntrains ", "One each evening.", "en", true));
        Then(new ItemPosted(Newest, ItemKind.Proposal, "Night trains", "One each evening.", "en", true, null, null, null, ItemState.Published));
    }

    [Fact]
    public void Is_refused_without_a_title()
    {
        When(Ana, new MakeProposal(" \u200d ", "One each evening."));
        ThenRefused(SessionFaults.TitleEmpty);
    }

    [Fact]
    public void Is_refused_with_a_title_too_long()
    {
        When(Ana, new MakeProposal(new string('a', 151), "One each evening."));
        ThenRefused(SessionFaults.TextTooLong(150));
    }
}

public sealed class PostingAnonymously : SessionTest
{
    [Fact]
    public void Stores_no_name_at_all()
    {
        When(Ana, new AskQuestion("Who pays?", Anonymous: true));
        Then(new ItemPosted(Newest, ItemKind.Question, null, "Who pays?", "en", true, null, null, null, ItemState.Published));
    }

    [Fact]
    public void Stores_the_name_where_moderators_may_see_it()
    {
        Policy(new PolicyChanges(ModeratorsSeeNames: true));
        When(Ana, new AskQuestion("Who pays?", Anonymous: true));
        Then(new ItemPosted(Newest, ItemKind.Question, null, "Who pays?", "en", true, "Ana", "Tirana", null, ItemState.Published));
    }

    [Fact]
    public void Stays_nameless_when_moderators_may_see_names_only_later()
    {
        Given(Ana, new AskQuestion("Who pays?", Anonymous: true));
        var before = Newest;
        Policy(new PolicyChanges(ModeratorsSeeNames: true));
        Assert.Null(This(before).Name);
    }

    [Fact]
    public void Is_the_default_where_the_organiser_says_so()
    {
        Policy(new PolicyChanges(Anonymous: Anonymity.Default));
        Given(Ana, new AskQuestion("Who pays?"));
        Assert.True(This(Newest).Anonymous);
        Given(Ana, new AskQuestion("Who pays?", Anonymous: false));
        Assert.False(This(Newest).Anonymous);
        Assert.Equal("Ana", This(Newest).Name);
    }

    [Fact]
    public void Is_refused_where_everybody_stands_by_their_name()
    {
        Policy(new PolicyChanges(Anonymous: Anonymity.Never));
        When(Ana, new AskQuestion("Who pays?", Anonymous: true));
        ThenRefused(SessionFaults.AnonymousNotAllowed);
        When(Ana, new AskQuestion("Who pays?"));
        Assert.Single(Events);
    }

    [Fact]
    public void Needs_no_name_even_where_named_items_do()
    {
        Policy(new PolicyChanges(NameRequired: true, CityRequired: true));
        When(Ana with { Name = null, City = null }, new AskQuestion("Who pays?", Anonymous: true));
        Assert.Single(Events);
    }
}

public sealed class APersonSQuota : SessionTest
{
    [Fact]
    public void Is_so_many_items_a_minute()
    {
        for (var i = 0; i < 6; i++)
        {
            Commented(Ana);
        }

        When(Ana, new PostComment("One more"));
        ThenRefused(SessionFaults.TooFast);
        Assert.Equal(FaultKind.Busy, SessionFaults.TooFast.Kind);
        Now += TimeSpan.FromSeconds(59.9);
        When(Ana, new PostComment("One more"));
        ThenRefused(SessionFaults.TooFast);
        Now = Noon.AddMinutes(1);
        When(Ana, new PostComment("One more"));
        Assert.Single(Events);
    }

    [Fact]
    public void Is_so_many_open_questions_and_proposals()
    {
        Policy(new PolicyChanges(MaxOpen: 2));
        var first = Asked(Ana);
        Proposed(Ana);
        When(Ana, new AskQuestion("A third?"));
        ThenRefused(SessionFaults.TooManyOpen);
        When(Ana, new PostComment("Comments do not count."));
        Assert.Single(Events);
        Given(Mod, new AnswerItem(first));
        When(Ana, new AskQuestion("A third?"));
        Assert.Single(Events);
    }

    [Theory]
    [InlineData(ItemState.Answered)]
    [InlineData(ItemState.Declined)]
    [InlineData(ItemState.Merged)]
    [InlineData(ItemState.Withdrawn)]
    [InlineData(ItemState.FollowUp)]
    public void Is_not_burdened_by_what_is_dealt_with(ItemState state)
    {
        Policy(new PolicyChanges(MaxOpen: 1));
        Item(state);
        When(Ana, new AskQuestion("The next?"));
        Assert.Single(Events);
    }

    [Theory]
    [InlineData(ItemState.Pending)]
    [InlineData(ItemState.Published)]
    [InlineData(ItemState.Queued)]
    [InlineData(ItemState.Staged)]
    public void Is_burdened_by_what_still_waits(ItemState state)
    {
        Policy(new PolicyChanges(MaxOpen: 1));
        Item(state);
        When(Ana, new AskQuestion("The next?"));
        ThenRefused(SessionFaults.TooManyOpen);
    }

    [Fact]
    public void Is_each_person_s_own()
    {
        Policy(new PolicyChanges(MaxOpen: 1, PerMinute: 1));
        Asked(Ana);
        When(Boris, new AskQuestion("And I?"));
        Assert.Single(Events);
    }

    [Fact]
    public void Does_not_bind_moderators_who_type_for_others()
    {
        Policy(new PolicyChanges(MaxOpen: 1, PerMinute: 1));
        Asked(Mod);
        When(Mod, new AskQuestion("From the hall: and the trams?"));
        Assert.Single(Events);
    }

    [Fact]
    public void Holds_as_changed_from_then_on()
    {
        Asked(Ana);
        Asked(Ana);
        Policy(new PolicyChanges(MaxOpen: 1));
        When(Ana, new AskQuestion("A third?"));
        ThenRefused(SessionFaults.TooManyOpen);
        Policy(new PolicyChanges(MaxOpen: 3));
        When(Ana, new AskQuestion("A third?"));
        Assert.Single(Events);
    }
}
