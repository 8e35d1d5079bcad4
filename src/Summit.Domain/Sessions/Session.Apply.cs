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
            case IItemEvent e:
                ApplyTo(_items[e.Id], e, context);
                break;
            case CommandNoted:
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
        _counts[(int)e.State]++;
        item.Trail.Add(new TrailStep(e.State, context.At));
        if (!_people.TryGetValue(context.By, out var person))
        {
            _people.Add(context.By, person = new Person());
        }

        person.Posted.Add(e.Id);
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
                Step(item, ItemState.Queued, context);
                break;
            case ItemStaged:
                Step(item, ItemState.Staged, context);
                break;
            case ItemAnswered e:
                item.Answer = e.Text ?? item.Answer;
                Step(item, ItemState.Answered, context);
                break;
            case FollowUpPromised e:
                item.FollowUp = new FollowUp(e.Owner, e.Due, e.Note);
                Step(item, ItemState.FollowUp, context);
                break;
            case ItemMerged e:
                Apply(item, e, context);
                break;
            case ItemSteppedBack e:
                Apply(item, e, context);
                break;
            case VoteOpened:
                item.Vote = new Vote();
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
                item.Notes.Add(new Note(e.Name, context.At, e.Text));
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
        item.Supporters.Remove(context.By);
        var root = Root(item);
        if (root.United is { } united && Tree(root).All(node => !node.Supporters.Contains(context.By)))
        {
            united.Remove(context.By);
        }

        Mark(root, context);
    }

    private void Apply(Item item, ItemMerged e, EventContext context)
    {
        item.MergedInto = e.Into;
        _items[e.Into].Merged.Add(item.Id);
        Step(item, ItemState.Merged, context);
        Unite(Root(item), context);
    }

    private void Apply(Item item, ItemSteppedBack e, EventContext context)
    {
        if (item.MergedInto is { } into)
        {
            var root = Root(item);
            _items[into].Merged.Remove(item.Id);
            item.MergedInto = null;
            Unite(root, context);
            Unite(item, context);
        }

        switch (item.State)
        {
            case ItemState.Answered:
                item.Answer = null;
                break;
            case ItemState.Declined:
                item.Decline = null;
                break;
            case ItemState.FollowUp:
                item.FollowUp = null;
                break;
            default:
                break;
        }

        // The step was a slip: the asker's trail does not show it. The journal does.
        item.Trail.RemoveRange(item.Trail.Count - 2, 2);
        item.Rank = e.Rank ?? item.Rank;
        Step(item, e.To, context);
    }

    /// <summary>Counts the supporters of a root anew. Grows with the supporters of the merged items; merges are rare, support is not.</summary>
    private void Unite(Item root, EventContext context)
    {
        root.United = root.Merged.Count == 0 ? null : [.. Tree(root).SelectMany(node => node.Supporters)];
        root.United?.Remove(root.Author);
        Mark(root, context);
    }

    private void Step(Item item, ItemState to, EventContext context)
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

        _counts[(int)item.State]--;
        _counts[(int)to]++;
        if (item.Trail.Count == 0 || item.Trail[^1].State != to)
        {
            item.Trail.Add(new TrailStep(to, context.At));
        }

        item.State = to;
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

    private void Mark(Item item, EventContext context)
    {
        item.Changed = context.Seq;
        item.WasVisible |= item.IsVisible;
        Touch(item, context);
    }

    private void Touch(Item item, EventContext context)
    {
        item.Touched = context.Seq;
        if (item.ByChange is { } node)
        {
            _byChange.Remove(node);
            _byChange.AddLast(node);
        }
        else
        {
            item.ByChange = _byChange.AddLast(item);
        }
    }
}
