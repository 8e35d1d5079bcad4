namespace Summit.Domain.Sessions;

/// <summary>What moderators may do.</summary>
public sealed partial class Session
{
    /// <summary>Distance between neighbours in a fresh queue: room for some 30 insertions at one place before ranks are dealt anew.</summary>
    private const double RankStep = 1_024;

    /// <summary>Below this distance two ranks are too near to put a third between them for sure.</summary>
    private const double RankNear = 1e-6;

    /// <summary>How many would support what a merge leaves, or why it would be refused to this actor. Changes nothing.</summary>
    public (int Support, Fault? Fault) UnitedSupport(MergeItem merge, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(merge);
        // The rule of the merge itself, which asks for no id and no time.
        return Decide(merge, new CommandContext(Guid.Empty, actor, default)).Fault is { } fault
            ? (0, fault)
            : (Union(Root(_items[merge.Into]), _items[merge.Item]).Count, null);
    }

    private Decision Decide(IModeration command, Actor actor) => command switch
    {
        OpenSession => State == SessionState.Open ? Decision.Nothing : Decision.Raise(new SessionOpened()),
        PauseSession when State == SessionState.Scheduled => SessionFaults.NotOpen,
        PauseSession => State == SessionState.Paused ? Decision.Nothing : Decision.Raise(new SessionPaused()),
        CloseSession => Decision.Raise(new SessionClosed()),
        ApproveItem approve => With(approve.Item, Approve),
        DeclineItem decline => With(decline.Item, item => Decline(item, decline)),
        QueueItem queue => With(queue.Item, item => Enqueue(item, queue.Before)),
        StageItem stage => With(stage.Item, Stage),
        AnswerItem answer => With(answer.Item, item => Answer(item, answer.Text)),
        PromiseFollowUp promise => With(promise.Item, item => Promise(item, promise)),
        MergeItem merge => With(merge.Item, item => Merge(item, merge.Into)),
        StepBack back => With(back.Item, Back),
        CorrectItem correct => With(correct.Item, item => Correct(item, correct)),
        LabelItem label => With(label.Item, item => Label(item, label.Labels)),
        AddNote note => With(note.Item, item => AddNoteTo(item, note.Text, actor)),
        ClearReports clear => With(clear.Item, item => item is { Hidden: false, NewReports: 0 } ? Decision.Nothing : Decision.Raise(new ReportsCleared(item.Id))),
        MuteAuthor mute => With(mute.Item, item => IsMuted(item.Author) ? Decision.Nothing : Decision.Raise(new AuthorMuted(item.Id))),
        UnmuteAuthor unmute => With(unmute.Item, item => IsMuted(item.Author) ? Decision.Raise(new AuthorUnmuted(item.Id)) : Decision.Nothing),
        OpenVote vote => With(vote.Item, OpenVoteOn),
        CloseVote vote => With(vote.Item, item => item.Vote is { Open: true } ? Decision.Raise(new VoteClosed(item.Id)) : SessionFaults.NoVote),
        _ => SessionFaults.CommandUnknown,
    };

    private Decision With(ItemId id, Func<Item, Decision> decide) => Find(id) is { } item ? decide(item) : SessionFaults.NoSuchItem;

    private static Decision Approve(Item item) => item.State switch
    {
        ItemState.Pending => Decision.Raise([.. Reviewed(item), new ItemPublished(item.Id)]),
        ItemState.Published => Decision.Raise([.. Reviewed(item)]),
        _ => SessionFaults.WrongState,
    };

    private Decision Decline(Item item, DeclineItem command)
    {
        var note = Text.Clean(command.Note);
        return item switch
        {
            { IsOpen: false } => SessionFaults.WrongState,
            _ when Policies.Reasons.All(reason => reason.Code != command.Reason) => SessionFaults.ReasonUnknown,
            _ when note.Length > 0 && CheckText(note, Limits.Note) is { } fault => fault,
            _ => Decision.Raise(new ItemDeclined(item.Id, command.Reason, note.Length == 0 ? null : note)),
        };
    }

    private Decision Enqueue(Item item, ItemId? before)
    {
        if (item.Kind == ItemKind.Comment)
        {
            return SessionFaults.WrongKind;
        }

        if (!item.IsOpen)
        {
            return SessionFaults.WrongState;
        }

        var others = _queue.Where(id => id != item.Id).ToList();
        var place = before is { } next ? others.IndexOf(next) : others.Count;
        if (place < 0)
        {
            return SessionFaults.NotInQueue;
        }

        if (item.State == ItemState.Queued && _queue.IndexOf(item.Id) == place)
        {
            return Decision.Nothing;
        }

        return Decision.Raise([.. Reviewed(item), .. Rank(item, others, place)]);
    }

    private IEnumerable<IEvent> Rank(Item item, List<ItemId> others, int place)
    {
        var below = place > 0 ? _items[others[place - 1]].Rank : others.Count > 0 ? _items[others[0]].Rank - (2 * RankStep) : 0;
        var above = place < others.Count ? _items[others[place]].Rank : below + (2 * RankStep);
        if (above - below > RankNear)
        {
            return [new ItemQueued(item.Id, (below + above) / 2)];
        }

        others.Insert(place, item.Id);
        return others.Select((id, index) => new ItemQueued(id, (index + 1) * RankStep));
    }

    /// <summary>The next one comes on stage: who was there has had their answer, unless the moderator said otherwise before.</summary>
    private Decision Stage(Item item) => item switch
    {
        { Kind: ItemKind.Comment } => SessionFaults.WrongKind,
        { State: ItemState.Staged } => Decision.Nothing,
        { State: ItemState.Declined or ItemState.Merged or ItemState.Withdrawn } => SessionFaults.WrongState,
        _ => Decision.Raise([
            .. OnStage is { } former ? [new ItemAnswered(former, null)] : Array.Empty<IEvent>(),
            .. Reviewed(item),
            new ItemStaged(item.Id, OnStage)]),
    };

    private static Decision Answer(Item item, string? raw)
    {
        var text = Text.Clean(raw);
        return item switch
        {
            { Kind: ItemKind.Comment } => SessionFaults.WrongKind,
            { State: ItemState.Declined or ItemState.Merged or ItemState.Withdrawn } => SessionFaults.WrongState,
            _ when text.Length > 0 && CheckText(text, Limits.Answer) is { } fault => fault,
            { State: ItemState.Answered } when text.Length == 0 || text == item.Answer => Decision.Nothing,
            _ => Decision.Raise([.. Reviewed(item), new ItemAnswered(item.Id, text.Length == 0 ? null : text)]),
        };
    }

    private static Decision Promise(Item item, PromiseFollowUp command)
    {
        var owner = Text.CleanLine(command.Owner);
        var note = Text.Clean(command.Note);
        var promise = new FollowUp(owner, command.Due, note.Length == 0 ? null : note);
        return item switch
        {
            { Kind: ItemKind.Comment } => SessionFaults.WrongKind,
            { State: ItemState.Declined or ItemState.Merged or ItemState.Withdrawn } => SessionFaults.WrongState,
            _ when CheckText(owner, Limits.Owner) is { } fault => fault,
            _ when note.Length > 0 && CheckText(note, Limits.Note) is { } fault => fault,
            { State: ItemState.FollowUp } when item.FollowUp == promise => Decision.Nothing,
            _ => Decision.Raise([.. Reviewed(item), new FollowUpPromised(item.Id, promise.Owner, promise.Due, promise.Note)]),
        };
    }

    private Decision Merge(Item item, ItemId into) => Find(into) switch
    {
        null => SessionFaults.NoSuchItem,
        _ when item.Kind == ItemKind.Comment => SessionFaults.WrongKind,
        { } target when target.Kind != item.Kind => SessionFaults.WrongKind,
        _ when !item.IsOpen => SessionFaults.WrongState,
        { } target when Root(target) == item => SessionFaults.MergedIntoItself,
        // What people see and support must not vanish into something they do not see.
        { } target when Root(target) is { State: ItemState.Pending } root && item.State != ItemState.Pending
            => Decision.Raise(new ItemPublished(root.Id), new ItemMerged(item.Id, root.Id)),
        { } target when Root(target) is { IsOpen: true } root => Decision.Raise(new ItemMerged(item.Id, root.Id)),
        _ => SessionFaults.WrongState,
    };

    private Decision Back(Item item) => item switch
    {
        // The asker took it back; that is not the moderator's slip to undo.
        { State: ItemState.Withdrawn } => SessionFaults.WrongState,
        { Trail.Count: < 2 } => SessionFaults.NoStepBack,
        // Staging changed two items by one key, so one key brings both back; not one that was reported until it was hidden since.
        { State: ItemState.Staged } when Relieved is { } former && !_items[former].Hidden
            => Decision.Raise(StepBackOf(item, Ranks()), new ItemSteppedBack(former, ItemState.Staged, null)),
        _ when StepBackOf(item, Ranks()) is { To: ItemState.Staged } step => Decision.Raise([.. Reviewed(item), step]),
        _ => Decision.Raise(StepBackOf(item, Ranks())),
    };

    /// <param name="ranks">Taken ranks, rising; the one given out here is added.</param>
    /// <param name="mayStage">Whether it may come on stage again, if that is where it was and nobody else is.</param>
    private ItemSteppedBack StepBackOf(Item item, List<double> ranks, bool mayStage = true)
    {
        var to = item.Trail[^2].State;
        var waits = to == ItemState.Staged && !(mayStage && OnStage is null);
        if (to != ItemState.Queued && !waits)
        {
            return new ItemSteppedBack(item.Id, to, null);
        }

        // Who had been on stage comes next; who had been in the queue takes the old place, or the one just before its new holder.
        var head = ranks.Count > 0 ? ranks[0] - RankStep : RankStep;
        var place = ranks.BinarySearch(item.Rank);
        var below = place > 0 ? ranks[place - 1] : item.Rank - (2 * RankStep);
        var rank = waits || (place >= 0 && item.Rank - below <= RankNear) ? head
            : place < 0 ? item.Rank
            : (below + item.Rank) / 2;
        ranks.Insert(~ranks.BinarySearch(rank), rank);
        return new ItemSteppedBack(item.Id, ItemState.Queued, rank);
    }

    private List<double> Ranks() => [.. _queue.Select(id => _items[id].Rank)];

    private static Decision Correct(Item item, CorrectItem command)
    {
        var text = Text.Clean(command.Text);
        var title = command.Title is null || item.Kind != ItemKind.Proposal ? item.Title : Text.CleanLine(command.Title);
        return item.Erased is not null ? SessionFaults.ItemErased
            : (CheckText(text, Limits.Answer) ?? (title is null ? null : CheckTitle(title))) is { } fault ? fault
            : Rewrite(item, text, title, (id, newTitle, newText) => new ItemCorrected(id, newTitle, newText));
    }

    private static Decision Label(Item item, IReadOnlyList<string> raw)
    {
        var labels = raw.Select(Text.CleanLine).Where(label => label.Length > 0).Distinct().ToList();
        return labels.Count > Limits.Labels || labels.Any(label => Text.Length(label) > Limits.Label) ? SessionFaults.LabelsMalformed
            : labels.SequenceEqual(item.Labels) ? Decision.Nothing
            : Decision.Raise(new ItemLabelled(item.Id, labels));
    }

    private static Decision AddNoteTo(Item item, string raw, Actor actor)
    {
        var text = Text.Clean(raw);
        return CheckText(text, Limits.Note) is { } fault ? fault : Decision.Raise(new NoteAdded(item.Id, actor.Name, text));
    }

    private static Decision OpenVoteOn(Item item) => item switch
    {
        { Kind: not ItemKind.Proposal } => SessionFaults.WrongKind,
        { IsVisible: false } => SessionFaults.WrongState,
        { Vote.Open: true } => Decision.Nothing,
        _ => Decision.Raise(new VoteOpened(item.Id)),
    };

    /// <summary>What a moderator takes further was looked at: reports on it keep it hidden no longer.</summary>
    private static IEnumerable<IEvent> Reviewed(Item item) => item.Hidden ? [new ReportsCleared(item.Id)] : [];
}
