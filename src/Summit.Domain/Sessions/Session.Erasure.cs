namespace Summit.Domain.Sessions;

/// <summary>How words go: from the state at once, from the events before when they are rewritten.</summary>
public sealed partial class Session
{
    /// <summary>Whose words are gone. They write nothing more under that id.</summary>
    private readonly HashSet<ParticipantId> _erased = [];
    private readonly HashSet<Expiry> _expired = [];

    /// <inheritdoc/>
    public IEvent? Erased(IErasure order, IEvent happened, EventContext context) => (order, happened) switch
    {
        (_, IItemEvent about) when Takes(order, _items[about.Id]) => Without(order, about, context),
        (AddresseeErased { Speaker: var speaker }, ItemAddressed asked) when asked.Speaker == speaker => asked with { Name = "" },
        (WordsExpired { What: Expiry.Names }, ItemPosted posted) => posted with { Name = null },
        // What somebody wrote about another's item.
        (PersonErased { Person: var person }, NoteAdded note) when person == context.By => note with { Name = null, Text = "" },
        (PersonErased { Person: var person }, ItemReported report) when person == context.By => report with { Why = null },
        _ => null,
    };

    private Decision Decide(IErasing command, Actor actor) => command switch
    {
        _ when !Exists => SessionFaults.Unknown,
        ErasePerson { Person: var person } when person == actor.Id && actor.Conference == Conference => Erase(person),
        _ when !Conferences.Conference.IsRunBy(actor, Conference) => SessionFaults.Forbidden,
        ErasePerson { Person: var person } => Erase(person),
        EraseAddressee { Speaker: var speaker } => Decision.Raise(new AddresseeErased(speaker)),
        ExpireWords { What: var what } => _expired.Contains(what) ? Decision.Nothing : Decision.Raise(new WordsExpired(what)),
        ConfirmErasure confirm => Decision.Raise(new ErasureDone(confirm.Order, confirm.Records)),
        _ => SessionFaults.CommandUnknown,
    };

    private Decision Erase(ParticipantId person) => _erased.Contains(person) ? Decision.Nothing : Decision.Raise(new PersonErased(person));

    /// <summary>Whether the words of an item go, as it is when that is ordered.</summary>
    private static bool Takes(IErasure order, Item item) => order switch
    {
        PersonErased erased => item.Author == erased.Person,
        WordsExpired { What: Expiry.SetAside } => item.State is ItemState.Declined or ItemState.Withdrawn,
        WordsExpired { What: Expiry.Everything } => true,
        _ => false,
    };

    /// <summary>
    /// An event of an item without what was said there: by its author, and by moderators, who quote it when they correct, answer and note. What
    /// an item is and where it stands stays, and who owns a promise until when.
    /// </summary>
    private static IItemEvent? Without(IErasure order, IItemEvent happened, EventContext context) => happened switch
    {
        ItemPosted e => e with { Title = Empty(e.Title), Text = "", Name = null, City = null },
        ItemAddressed e => e with { Name = "" },
        ItemEdited e => e with { Title = Empty(e.Title), Text = "" },
        ItemCorrected e => e with { Title = Empty(e.Title), Text = "" },
        ItemDeclined e => e with { Note = null },
        ItemAnswered e => e with { Text = null },
        FollowUpPromised e => e with { Note = null },
        ItemLabelled e => e with { Labels = [] },
        NoteAdded e => e with { Name = KeepsNameOf(order, context.By) ? e.Name : null, Text = "" },
        ItemReported e => e with { Why = null },
        _ => null,
    };

    private void Apply(IErasure order, EventContext context)
    {
        switch (order)
        {
            case PersonErased erased:
                _erased.Add(erased.Person);
                break;
            case WordsExpired expired:
                _expired.Add(expired.What);
                break;
            case AddresseeErased:
                break;
            default:
                throw new InvalidOperationException($"A session does not know the erasure {order.GetType().Name}.");
        }

        foreach (var item in _items.Values)
        {
            if (Takes(order, item))
            {
                Empty(item, order);
                Mark(item, context);
            }
            else if (order is WordsExpired { What: Expiry.Names })
            {
                // Also one that had none: who reads the rewritten events cannot tell.
                item.Name = null;
                Mark(item, context);
            }
            else if (order is AddresseeErased { Speaker: var speaker } && item.Addressee?.Speaker == speaker)
            {
                item.Addressee = Empty(item.Addressee);
                Mark(item, context);
            }
            else if (order is PersonErased { Person: var person } && item.Notes.Exists(note => note.Author == person))
            {
                Change(item.Notes, note => note.Author == person ? note with { By = null, Text = "" } : note);
                Touch(item, context);
            }
        }
    }

    private static void Empty(Item item, IErasure order)
    {
        (item.Title, item.Text, item.Name, item.City, item.Answer, item.Labels) = (Empty(item.Title), "", null, null, null, []);
        item.Addressee = Empty(item.Addressee);
        (item.FirstTitle, item.FirstText) = (Empty(item.FirstTitle), Empty(item.FirstText));
        item.Decline = item.Decline is { } decline ? decline with { Note = null } : null;
        item.FollowUp = Empty(item.FollowUp);
        item.Erased ??= order is PersonErased ? ErasedFor.Request : ErasedFor.Age;
        Change(item.Trail, step => step with { Answer = null, FollowUp = Empty(step.FollowUp) });
        Change(item.Notes, note => note with { By = KeepsNameOf(order, note.Author) ? note.By : null, Text = "" });
    }

    private static void Change<T>(List<T> list, Func<T, T> change)
    {
        for (var at = 0; at < list.Count; at++)
        {
            list[at] = change(list[at]);
        }
    }

    /// <summary>Of a moderator who noted something about an item whose words go.</summary>
    private static bool KeepsNameOf(IErasure order, ParticipantId moderator) => order switch
    {
        PersonErased { Person: var person } => person != moderator,
        WordsExpired { What: var what } => what != Expiry.Everything,
        _ => true,
    };

    /// <summary>What was there stays there, without a word.</summary>
    private static string? Empty(string? text) => text is null ? null : "";

    private static Addressee? Empty(Addressee? asked) => asked is null ? null : asked with { Name = "" };

    private static FollowUp? Empty(FollowUp? promise) => promise is null ? null : promise with { Note = null };
}
