using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

/// <summary>A session looked at again, step by step.</summary>
public sealed class ReplayingASession : SessionTest
{
    [Fact]
    public void Shows_the_queue_and_the_stage_as_they_were_at_each_step()
    {
        var first = Asked(Ana, "First?");
        var second = Asked(Boris, "Second?");
        Given(Mod, new QueueItem(first), new QueueItem(second));
        Now = Noon.AddMinutes(20);
        Given(Mod, new StageItem(second));
        Given(Mod, new StageItem(first), new CloseSession());

        var seen = See(session => (session.State, Stage: session.OnStage, Queue: string.Join(' ', session.Queue.Select(id => session.Items[id].Text))));

        Assert.Equal(
            [
                (SessionState.Scheduled, null, ""), (SessionState.Open, null, ""), (SessionState.Open, null, ""), (SessionState.Open, null, ""),
                (SessionState.Open, null, "First?"), (SessionState.Open, null, "First? Second?"), (SessionState.Open, second, "First?"),
                // The one before is answered by the same command: one step.
                (SessionState.Open, first, ""), (SessionState.Closed, first, ""),
            ],
            seen);
        Assert.Equal(Noon.AddMinutes(20), Replay().Play().Last().At);
    }

    [Fact]
    public void Counts_who_had_taken_part_by_then()
    {
        var item = Asked(Ana);
        Supported(item, Boris, Chloe);
        Asked(Boris);
        Assert.Equal([0, 0, 1, 2, 3, 3], Replay().Play().Select(step => step.People));
    }

    [Fact]
    public void Makes_no_step_of_what_nobody_could_see()
    {
        var item = Asked(Ana);
        var before = Replay().Play().Count();
        Given(Mod, new AddNote(item, "See page 4."), new LabelItem(item, ["money"]));
        Given(Boris, new ErasePerson(Boris.Id));
        Assert.Equal(before, Replay().Play().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Has_no_word_that_was_deleted_since_whether_the_journal_is_rewritten_or_not(bool rewritten)
    {
        var item = Asked(Ana, "Ana asks.");
        Given(Ana, new EditItem(item, "Ana asks again."));
        Given(Mod, new AnswerItem(item, "Ana is right."));
        Given(Host, new ErasePerson(Ana.Id));
        if (rewritten)
        {
            for (var at = 0; at < History.Count - 1; at++)
            {
                History[at] = (Session.Erased((IErasure)History[^1].Happened, History[at].Happened, History[at].Context) ?? History[at].Happened, History[at].Context);
            }
        }

        var seen = See(session => session.Items.Values.Select(found => (found.Text, found.Name, found.Answer, found.Erased)).ToList());
        Assert.All(seen.SelectMany(items => items), found => Assert.Equal(("", null, null, ErasedFor.Request), found));
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public void Shows_nobody_what_was_withdrawn_and_everybody_nothing_that_is_out_of_their_sight_today()
    {
        var stays = Asked(Boris);
        var withdrawn = Asked(Ana);
        Given(Ana, new WithdrawItem(withdrawn));
        var declined = Asked(Ana);
        Given(Mod, new StageItem(declined), new StepBack(declined), new DeclineItem(declined, "not-respectful"));
        var merged = Asked(Chloe);
        Given(Mod, new MergeItem(merged, stays));
        var goneWithIt = Asked(Chloe);
        Given(Mod, new MergeItem(goneWithIt, Asked(Dino)), new DeclineItem(Newest, "not-respectful"));
        Policy(new PolicyChanges(ReportThreshold: 1));
        var hidden = Asked(Boris);
        Given(Ana, new ReportItem(hidden));

        Assert.Equal([stays, merged], Shown((replay, item) => replay.IsForEverybody(item)));
        Assert.DoesNotContain(withdrawn, Shown((replay, item) => replay.IsForModerators(item)));
        Assert.Equal(Session.Items.Count - 1, Shown((replay, item) => replay.IsForModerators(item)).Count);
        Assert.Contains(hidden, Shown((replay, item) => replay.IsForModerators(item)));
    }

    [Fact]
    public void Of_whatever_a_crowd_did_says_all_that_changed_and_ends_where_the_session_stands()
    {
        for (var round = 0; round < 12; round++)
        {
            var crowd = new Crowd(Environment.TickCount + (round * 3_301));
            crowd.Run(round % 2 == 0 ? 100 : 900, () => { });
            var replay = new SessionReplay(crowd.Session.Id, crowd.Journal);
            var kept = new Dictionary<ItemId, (string, ItemState, bool, int)>();
            foreach (var step in replay.Play())
            {
                foreach (var item in step.Changed)
                {
                    kept[item.Id] = Seen(item);
                }

                foreach (var item in step.Supported)
                {
                    kept[item.Id] = kept[item.Id] with { Item4 = item.Support };
                }

                Assert.True(replay.Now.Items.Values.All(item => kept[item.Id] == Seen(item)), $"{crowd.Story}, at {step.Seq}");
            }

            Assert.True(crowd.Session.Save().AsSpan().SequenceEqual(replay.Now.Save()), crowd.Story);
        }

        static (string Text, ItemState State, bool Hidden, int Support) Seen(Item item) => (item.Text, item.State, item.Hidden, item.Support);
    }

    [Fact]
    public void Takes_a_long_session_in_steps_that_a_hand_can_tell_apart()
    {
        var item = Asked(Ana);
        Supported(item, Enumerable.Range(100, 3_000).Select(number => Person(number)));
        var steps = Replay().Play().Select(step => (step.Seq, step.People)).ToList();
        Assert.InRange(steps.Count, 200, 243);
        Assert.Equal((History.Count, 3_001), steps[^1]);
    }

    private SessionReplay Replay() => new(Session.Id, History);

    private List<T> See<T>(Func<Session, T> look)
    {
        var replay = Replay();
        return [.. replay.Play().Select(_ => look(replay.Now))];
    }

    /// <summary>What is shown at some step, by when it was asked.</summary>
    private List<ItemId> Shown(Func<SessionReplay, Item, bool> may)
    {
        var replay = Replay();
        return [.. replay.Play().SelectMany(_ => replay.Now.Items.Values.Where(item => may(replay, item)).Select(item => item.Number)).Distinct().Order()
            .Select(number => replay.Now.Items.Values.Single(item => item.Number == number).Id)];
    }
}
