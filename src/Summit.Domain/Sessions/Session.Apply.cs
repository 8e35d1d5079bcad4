namespace Summit.Domain.Sessions;

/// <summary>What each event changes. Never refuses.</summary>
public sealed partial class Session
{
    public void Apply(IEvent happened, EventContext context)
    {
        switch (happened)
        {
            case SessionScheduled e:
                (Conference, Title, Lang, Starts, Ends, Policies) = (e.Conference, e.Title, e.Lang, e.Starts, e.Ends, e.Policies);
                Changed = context.Seq;
                break;
            case SessionRescheduled e:
                (Title, Starts, Ends) = (e.Title, e.Starts, e.Ends);
                Changed = context.Seq;
                break;
            case PoliciesChanged e:
                Policies = e.Policies;
                Changed = context.Seq;
                break;
            case SessionOpened:
                Turn(SessionState.Open, context);
                break;
            case SessionPaused:
                Turn(SessionState.Paused, context);
                break;
            case SessionClosed:
                Turn(SessionState.Closed, context);
                break;
            case ItemPosted e:
                Apply(e, context);
                break;
            case IErasure e:
                Apply(e, context);
                break;
            case IItemEvent e:
                ApplyTo(_items[e.Id], e, context);
                break;
            case CommandNoted or ErasureDone:
                break;
            default:
                // An event this code does not know is a newer server's journal: going on would show a wrong picture.
                throw new InvalidOperationException($"A session does not know the event {happened?.GetType().Name}.");
        }
    }

    private void Turn(SessionState state, EventContext context)
    {
        State = state;
        Changed = context.Seq;
    }

    private void Apply(ItemPosted e, EventContext context)
    {
        var item = new Item
        {
            Id = e.Id,
            Number = context.Seq,
            Kind = e.Kind,
            Author = context.By,
            Anonymous = e.Anonymous,
            Name = e.Name,
            City = e.City,
            Lang = e.Lang,
            At = context.At,
            ReplyTo = e.ReplyTo,
            Title = e.Title,
            Text = e.Text,
            State = e.State,
        };
        _items.Add(e.Id, item);
        item.Trail.Add(new TrailStep(e.State, context.At));
        if (!_people.TryGetValue(context.By, out var person))
        {
            _people.Add(context.By, person = new Person());
        }

        person.Posted.Add(e.Id);
        Tally(item, 1);
        while (person.Recent.TryPeek(out var oldest) && oldest <= context.At - Minute)
        {
            person.Recent.Dequeue();
        }

        person.Recent.Enqueue(context.At);
        Mark(item, context);
    }

    private void ApplyTo(Item item, IItemEvent happened, EventContext context)
    {
        var everybody = true;
        switch (happened)
        {
            case ItemAddressed e:
                item.Addressee = new Addressee(e.Speaker, e.Name);
                break;
            case ItemSupported:
                item.Supporters.Add(context.By);
                item.United?.Add(context.By);
                break;
            case SupportWithdrawn:
                TakeSupport(item, context);
                break;
            case ItemEdited e:
                (item.Title, item.Text) = (e.Title, e.Text);
                break;
            case ItemCorrected e:
                item.FirstText ??= item.Text;
                item.FirstTitle ??= item.Title;
                (item.Title, item.Text) = (e.Title, e.Text);
                break;
            case ItemWithdrawn:
                Step(item, ItemState.Withdrawn, context);
                break;
            case ItemPublished:
                Step(item, ItemState.Published, context);
                break;
            case ItemDeclined e:
                item.Decline = new Decline(e.Reason, Policies.Reasons.FirstOrDefault(reason => reason.Code == e.Reason)?.Text ?? e.Reason, e.Note);
                Step(item, ItemState.Declined, context);
                break;
            case ItemQueued e:
                item.Rank = e.Rank;
                Requeue(item, context);
                break;
            case ItemStaged e:
                Step(item, ItemState.Staged, context);
                Relieved = e.After;
                break;
            case ItemAnswered e:
                item.Answer = e.Text ?? item.Answer;
                Step(item, ItemState.Answered, context, e.Text);
                break;
            case FollowUpPromised e:
                item.FollowUp = new FollowUp(e.Owner, e.Due, e.Note);
                Step(item, ItemState.FollowUp, context, followUp: item.FollowUp);
                break;
            case ItemMerged e:
                Apply(item, e, context);
                break;
            case ItemSteppedBack e:
                Apply(item, e, context);
                break;
            case VoteOpened:
                item.Vote ??= new Vote();
                item.Vote.Open = true;
                break;
            case BallotCast e:
                item.Vote!.Ballots[context.By] = e.Choice;
                break;
            case VoteClosed:
                item.Vote!.Open = false;
                break;
            case ItemHidden:
                item.Hidden = true;
                break;
            case ReportsCleared:
                (item.Hidden, item.NewReports) = (false, 0);
                break;
            default:
                ApplyUnseen(item, happened, context);
                everybody = false;
                break;
        }

        if (everybody)
        {
            Mark(item, context);
        }
        else
        {
            Touch(item, context);
        }
    }

    /// <summary>What only moderators see.</summary>
    private void ApplyUnseen(Item item, IItemEvent happened, EventContext context)
    {
        switch (happened)
        {
            case ItemLabelled e:
                item.Labels = e.Labels;
                break;
            case NoteAdded e:
                item.Notes.Add(new Note(e.Name, context.At, e.Text, context.By));
                break;
            case ItemReported:
                item.Reporters.Add(context.By);
                item.NewReports++;
                break;
            case AuthorMuted:
                _people[item.Author].Muted = true;
                item.AuthorMuted = true;
                break;
            case AuthorUnmuted:
                _people[item.Author].Muted = false;
                foreach (var own in _people[item.Author].Posted.Select(id => _items[id]).Where(own => own.AuthorMuted))
                {
                    own.AuthorMuted = false;
                    Touch(own, context);
                }

                break;
            default:
                throw new InvalidOperationException($"An item does not know the event {happened.GetType().Name}.");
        }
    }

    private void TakeSupport(Item item, EventContext context)
    {
        // The command took it from every item of the tree.
        item.Supporters.Remove(context.By);
        foreach (var above in Line(item))
        {
            above.United?.Remove(context.By);
            Mark(above, context);
        }
    }

    private void Apply(Item item, ItemMerged e, EventContext context)
    {
        item.MergedInto = e.Into;
        _items[e.Into].Merged.Add(item.Id);
        Step(item, ItemState.Merged, context);
        Unite(_items[e.Into], context);
    }

    private void Apply(Item item, ItemSteppedBack e, EventContext context)
    {
        if (item.MergedInto is { } into)
        {
            _items[into].Merged.Remove(item.Id);
            item.MergedInto = null;
            foreach (var above in Line(_items[into]))
            {
                Unite(above, context);
            }
        }

        // The step was a slip: the asker's trail does not show it. The journal does.
        item.Trail.RemoveAt(item.Trail.Count - 1);
        item.Answer = item.Trail.FindLast(step => step.Answer is not null)?.Answer;
        item.FollowUp = item.Trail.FindLast(step => step.FollowUp is not null)?.FollowUp;
        item.Decline = null;
        item.Rank = e.Rank ?? item.Rank;
        if (item.Trail[^1].State == e.To)
        {
            Move(item, e.To, context);
            return;
        }

        // It was on stage, and somebody else is by now.
        item.Trail.RemoveAt(item.Trail.Count - 1);
        Requeue(item, context);
    }

    /// <summary>Counts the supporters of an item and its merged ones anew. Grows with their number; merges are rare, support is not.</summary>
    private void Unite(Item root, EventContext context)
    {
        root.United = root.Merged.Count == 0 ? null : Union(root);
        Mark(root, context);
    }

    private void Step(Item item, ItemState to, EventContext context, string? answer = null, FollowUp? followUp = null)
    {
        item.Trail.Add(new TrailStep(to, context.At, answer, followUp));
        Move(item, to, context);
    }

    /// <summary>Moving within the queue is no step of its own.</summary>
    private void Requeue(Item item, EventContext context)
    {
        if (item.Trail.Count == 0 || item.Trail[^1].State != ItemState.Queued)
        {
            item.Trail.Add(new TrailStep(ItemState.Queued, context.At));
        }

        Move(item, ItemState.Queued, context);
    }

    private void Move(Item item, ItemState to, EventContext context)
    {
        if (item.State == ItemState.Queued)
        {
            _queue.Remove(item.Id);
        }

        if (OnStage == item.Id)
        {
            OnStage = null;
            Changed = context.Seq;
        }

        // Either of the two has moved on: the change of places can no longer be taken back as one.
        if (OnStage is null || Relieved == item.Id)
        {
            Relieved = null;
        }

        Tally(item, -1);
        item.State = to;
        Tally(item, 1);
        if (to == ItemState.Queued)
        {
            var place = _queue.FindIndex(id => _items[id].Rank > item.Rank);
            _queue.Insert(place < 0 ? _queue.Count : place, item.Id);
        }
        else if (to == ItemState.Staged)
        {
            OnStage = item.Id;
            Changed = context.Seq;
        }
    }
}
