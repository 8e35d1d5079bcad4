using System.Text.Json;
using System.Text.Json.Nodes;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

/// <summary>The words of somebody who wants them gone, or of what was kept long enough.</summary>
public sealed class ErasingWords : SessionTest
{
    [Fact]
    public void Leaves_the_item_its_state_its_support_and_the_replies_of_others()
    {
        var item = Proposed(Ana);
        var reply = Commented(Boris, item);
        Supported(item, Boris, Chloe);
        Given(Mod, new OpenVote(item), new CorrectItem(item, "One at ten.", "Night train"), new AddNote(item, "Ana of Tirana again."), new LabelItem(item, ["Ana"]));
        Given(Dino, new CastBallot(item, Choice.Yes));
        Given(Mod, new PromiseFollowUp(item, "City of Tirana", new DateOnly(2027, 3, 31), "Call Ana."), new AnswerItem(item, "Ana is right."));
        When(Ana, new ErasePerson(Ana.Id));
        Then(new PersonErased(Ana.Id));

        var left = This(item);
        Assert.Equal(("", "", "", "", null, null), (left.Title, left.Text, left.FirstTitle, left.FirstText, left.Name, left.City));
        Assert.Equal((ErasedFor.Request, ItemState.Answered, 2, 1), (left.Erased, left.State, left.Support, left.Vote!.Count(Choice.Yes)));
        Assert.Equal(new FollowUp("City of Tirana", new DateOnly(2027, 3, 31), null), left.FollowUp);
        Assert.Null(left.Answer);
        Assert.Empty(left.Labels);
        Assert.Equal([new Note("Mia", Now, "", Mod.Id)], left.Notes);
        Assert.Equal(("Well said.", item), (This(reply).Text, This(reply).ReplyTo));
        Assert.Equal(History.Count, left.Changed);
        Assert.DoesNotContain("Ana", System.Text.Encoding.UTF8.GetString(Session.Save()), StringComparison.Ordinal);
        Assert.Equal(ErasedFor.Request, SessionReport.Of(Session.Id, History, _ => null, _ => null).Items[0].Erased);
    }

    [Fact]
    public void Takes_what_a_person_wrote_about_the_items_of_others()
    {
        var item = Asked(Ana);
        Given(Boris, new ReportItem(item, "Boris finds it rude."));
        Given(Mod, new AddNote(item, "Mia will see to it."), new AnswerItem(item, "By May."));
        Given(Mod, new ErasePerson(Mod.Id));
        Given(Boris, new ErasePerson(Boris.Id));

        Assert.Equal([new Note(null, Noon, "", Mod.Id)], This(item).Notes);
        // An answer is the organiser's, whoever has typed it.
        Assert.Equal(("What about the buses?", "By May.", null), (This(item).Text, This(item).Answer, This(item).Erased));
        var left = JsonSerializer.Serialize(Rewritten(History).Select(entry => PinnedEvents.Write(entry.Happened)));
        Assert.DoesNotContain("rude", left, StringComparison.Ordinal);
        Assert.DoesNotContain("Mia", left, StringComparison.Ordinal);
    }

    [Fact]
    public void Works_in_a_session_that_is_closed_and_once()
    {
        var item = Asked(Ana);
        Given(Mod, new CloseSession());
        When(Host, new ErasePerson(Ana.Id));
        Then(new PersonErased(Ana.Id));
        When(Ana, new ErasePerson(Ana.Id));
        ThenNothing();
        Assert.Equal("", This(item).Text);
    }

    [Fact]
    public void Is_for_the_person_and_for_who_runs_the_conference()
    {
        foreach (var actor in new[] { Boris, Mod, Stranger, Ana with { Conference = Stranger.Conference } })
        {
            When(actor, new ErasePerson(Ana.Id));
            ThenRefused(SessionFaults.Forbidden);
        }

        When(Boris, new ExpireWords(Expiry.Names));
        ThenRefused(SessionFaults.Forbidden);
        When(Admin, new ErasePerson(Ana.Id));
        Then(new PersonErased(Ana.Id));
    }

    [Fact]
    public void Ends_what_that_person_may_do_here()
    {
        var (item, other) = (Asked(Ana), Asked(Boris));
        Given(Ana, new ErasePerson(Ana.Id));
        foreach (var command in new ICommand[] { new AskQuestion("Again?"), new EditItem(item, "x"), new SupportItem(other, true), new WithdrawItem(item) })
        {
            When(Ana, command);
            ThenRefused(SessionFaults.PersonErased);
        }

        When(Mod, new CorrectItem(item, "What Ana has asked"));
        ThenRefused(SessionFaults.ItemErased);
        Given(Mod, new AnswerItem(item, "By May."));
        Assert.Equal("By May.", This(item).Answer);
    }

    [Fact]
    public void Of_an_age_takes_names_and_leaves_texts_and_cities()
    {
        var item = Asked(Ana);
        Given(Host, new ExpireWords(Expiry.Names));
        Assert.Equal((null, "Tirana", "What about the buses?", null), (This(item).Name, This(item).City, This(item).Text, This(item).Erased));
        var later = Asked(Boris);
        Assert.Equal((null, "Sofia"), (This(later).Name, This(later).City));
        When(Host, new ExpireWords(Expiry.Names));
        ThenNothing();
    }

    [Fact]
    public void Of_what_was_set_aside_takes_the_declined_and_the_withdrawn()
    {
        var (declined, withdrawn, answered) = (Asked(Ana), Asked(Ana), Asked(Ana));
        Given(Mod, new DeclineItem(declined, "unclear", "What do you mean?"), new AnswerItem(answered));
        Given(Ana, new WithdrawItem(withdrawn));
        Given(Host, new ExpireWords(Expiry.SetAside));
        Assert.Equal([("", ErasedFor.Age), ("", ErasedFor.Age), ("What about the buses?", (ErasedFor?)null)], new[] { declined, withdrawn, answered }.Select(id => (This(id).Text, This(id).Erased)));
        Assert.Equal(("unclear", null), (This(declined).Decline!.Code, This(declined).Decline!.Note));
    }

    [Fact]
    public void Of_everything_takes_every_word_and_nothing_new_comes()
    {
        var item = Asked(Ana);
        Given(Mod, new AddNote(item, "Ask the deputy."));
        Given(Admin, new ExpireWords(Expiry.Everything));
        Assert.Equal(("", ErasedFor.Age), (This(item).Text, This(item).Erased));
        Assert.Equal([new Note(null, Noon, "", Mod.Id)], This(item).Notes);
        When(Boris, new AskQuestion("Anybody there?"));
        ThenRefused(SessionFaults.Expired);
    }

    /// <summary>Whatever a crowd has done: the rewritten events and the order come to what the events and the order came to.</summary>
    [Fact]
    public void Comes_to_the_same_before_and_after_the_events_are_rewritten_and_leaves_no_word_of_them()
    {
        for (var round = 0; round < 24; round++)
        {
            var crowd = new Crowd(Environment.TickCount + (round * 6_700_417));
            crowd.Run(400, () => { });
            var person = new ParticipantId(new Guid(round % 2 == 0 ? 1 + (round % 12) : 20, 0, 0, new byte[8]));
            IErasure[] orders = [new PersonErased(person), new AddresseeErased(new SpeakerId(Guid.Empty)), new WordsExpired(Expiry.Names), new WordsExpired(Expiry.SetAside), new WordsExpired(Expiry.Everything)];
            foreach (var order in orders)
            {
                var marked = Marked(crowd.Journal).Append((order, new EventContext(crowd.Journal.Count + 1, Noon.AddDays(1), default, Guid.Empty))).ToList();
                var rewritten = Rewritten(marked);
                Assert.True(Fold(marked) == Fold(rewritten), $"{crowd.Story}, {order}");
                // Once more changes nothing.
                Assert.True(Write(rewritten) == Write(Rewritten(rewritten)), $"{crowd.Story}, {order}");
                var left = Write(rewritten) + Fold(rewritten);
                if (order is PersonErased)
                {
                    Assert.DoesNotContain($"word of {person.Value}", left, StringComparison.Ordinal);
                    Assert.Equal(OfOthers(Rewritten([.. marked.SkipLast(1)]), person), OfOthers(rewritten, person));
                }
                else if (order is WordsExpired { What: Expiry.Everything })
                {
                    Assert.DoesNotContain("word of ", left, StringComparison.Ordinal);
                }
            }
        }
    }

    /// <summary>What others have written as their items, without what was written about items.</summary>
    private static int OfOthers(List<(IEvent Happened, EventContext Context)> events, ParticipantId person) => events
        .Where(entry => entry.Happened is ItemPosted or ItemEdited or ItemCorrected)
        .Sum(entry => PinnedEvents.Write(entry.Happened) is var text ? text.Split("word of ").Length - text.Split($"word of {person.Value}").Length : 0);

    /// <summary>Every text, name and city is marked with whose it is: that of the item's author, and of who wrote about it.</summary>
    private static IEnumerable<(IEvent Happened, EventContext Context)> Marked(IEnumerable<(IEvent Event, EventContext Context)> events)
    {
        string[] ours = ["id", "into", "after", "replyTo", "lang", "kind", "state", "to", "choice", "due", "reason", "owner", "person", "what", "starts", "ends", "speaker"];
        var authors = new Dictionary<ItemId, ParticipantId>();
        foreach (var (happened, context) in events)
        {
            if (happened is ItemPosted posted)
            {
                authors.Add(posted.Id, context.By);
            }

            if (happened is not IItemEvent { Id: var id })
            {
                yield return (happened, context);
                continue;
            }

            var json = JsonNode.Parse(PinnedEvents.Write(happened))!.AsObject();
            var mark = happened is ItemReported or NoteAdded ? $"word of {authors[id].Value}, word of {context.By.Value}" : $"word of {authors[id].Value}";
            foreach (var (name, value) in json.ToList().Where(member => !ours.Contains(member.Key)))
            {
                if (value is JsonArray labels)
                {
                    json[name] = new JsonArray([.. labels.Select(_ => JsonValue.Create(mark))]);
                }
                else if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String)
                {
                    json[name] = happened is NoteAdded && name == "name" ? $"word of {context.By.Value}" : mark;
                }
            }

            yield return (PinnedEvents.Read(happened.GetType(), json.ToJsonString()), context);
        }
    }

    private static List<(IEvent Happened, EventContext Context)> Rewritten(List<(IEvent Happened, EventContext Context)> events)
    {
        var result = events;
        foreach (var (order, context) in events.Where(entry => entry.Happened is IErasure))
        {
            var state = Session.Create(Guid.Empty);
            result.Take((int)context.Seq).ToList().ForEach(entry => state.Apply(entry.Happened, entry.Context));
            result = [.. result.Select(entry => entry.Context.Seq < context.Seq ? (state.Erased((IErasure)order, entry.Happened, entry.Context) ?? entry.Happened, entry.Context) : entry)];
        }

        return result;
    }

    private static string Fold(List<(IEvent Happened, EventContext Context)> events)
    {
        var state = Session.Create(Guid.Empty);
        events.ForEach(entry => state.Apply(entry.Happened, entry.Context));
        return AnySession.State(state);
    }

    private static string Write(IEnumerable<(IEvent Happened, EventContext Context)> events) => string.Join('\n', events.Select(entry => PinnedEvents.Write(entry.Happened)));
}
