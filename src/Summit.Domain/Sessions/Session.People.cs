namespace Summit.Domain.Sessions;

/// <summary>What participants may do.</summary>
public sealed partial class Session
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private Decision Decide(IContribution command, CommandContext context)
    {
        var text = Text.Clean(command.Text);
        var lang = command.Lang ?? Lang;
        var anonymous = command.Anonymous ?? Policies.Anonymous == Anonymity.Default;
        var (kind, title, replyTo) = command switch
        {
            MakeProposal proposal => (ItemKind.Proposal, Text.CleanLine(proposal.Title), (ItemId?)null),
            PostComment comment => (ItemKind.Comment, null, comment.ReplyTo),
            _ => (ItemKind.Question, null, null),
        };
        var fault = CheckTaken(kind, anonymous, context.Actor)
            ?? CheckText(text, Policies.MaxLength)
            ?? (title is null ? null : CheckTitle(title))
            ?? (Text.IsLanguageTag(lang) ? null : SessionFaults.LangMalformed)
            ?? (replyTo is { } parent ? CheckReply(parent) : null)
            ?? (command is AskSpeaker { Name: null } or AskQuestion { To: not null } ? SessionFaults.NotSpeaking : null)
            ?? (_items.ContainsKey(new ItemId(context.Id)) ? SessionFaults.ItemExists : null)
            ?? (context.Actor.Moderates ? null : CheckQuota(kind, context));
        if (fault is not null)
        {
            return fault;
        }

        // What moderators are not to see is not stored: no later policy, export or slip can bring it back.
        var nameless = anonymous && !Policies.ModeratorsSeeNames;
        var posted = new ItemPosted(
            new ItemId(context.Id),
            kind,
            title,
            text,
            lang,
            anonymous,
            nameless || _expired.Contains(Expiry.Names) ? null : context.Actor.Name,
            nameless ? null : context.Actor.City,
            replyTo,
            Policies.Review && !context.Actor.Moderates ? ItemState.Pending : ItemState.Published);
        return command is AskSpeaker { Speaker: var speaker, Name: { } called }
            ? Decision.Raise(posted, new ItemAddressed(posted.Id, speaker, called))
            : Decision.Raise(posted);
    }

    private Fault? CheckTaken(ItemKind kind, bool anonymous, Actor actor) => this switch
    {
        { State: SessionState.Scheduled } when kind != ItemKind.Question || !Policies.Advance => SessionFaults.NotOpen,
        { State: SessionState.Scheduled } when !actor.Registered && !actor.Moderates => SessionFaults.RegisteredOnly,
        { State: SessionState.Paused } => SessionFaults.Paused,
        _ when _expired.Contains(Expiry.Everything) => SessionFaults.Expired,
        _ when IsMuted(actor.Id) => SessionFaults.Muted,
        _ when !(kind switch
        {
            ItemKind.Question => Policies.Questions,
            ItemKind.Comment => Policies.Comments,
            _ => Policies.Proposals,
        }) => SessionFaults.NotTaken,
        _ when anonymous && Policies.Anonymous == Anonymity.Never => SessionFaults.AnonymousNotAllowed,
        _ when !anonymous && Policies.NameRequired && actor.Name is null => SessionFaults.NameRequired,
        _ when !anonymous && Policies.CityRequired && actor.City is null => SessionFaults.CityRequired,
        _ => null,
    };

    private Fault? CheckReply(ItemId parent) => Find(parent) switch
    {
        null or { IsVisible: false } => SessionFaults.NoSuchItem,
        { Kind: ItemKind.Comment, ReplyTo: { } above } when _items[above].Kind == ItemKind.Comment => SessionFaults.ReplyTooDeep,
        _ => null,
    };

    private Fault? CheckQuota(ItemKind kind, CommandContext context)
    {
        if (!_people.TryGetValue(context.Actor.Id, out var person))
        {
            return null;
        }

        if (person.Recent.Count(at => at > context.Now - Minute) >= Policies.PerMinute)
        {
            return SessionFaults.TooFast;
        }

        return kind != ItemKind.Comment && person.Open >= Policies.MaxOpen ? SessionFaults.TooManyOpen : null;
    }

    private Decision Decide(SupportItem command, Actor actor)
    {
        if (Find(command.Item) is not { } asked || (!asked.IsVisible && asked.State != ItemState.Merged))
        {
            return SessionFaults.NoSuchItem;
        }

        // A phone that has not heard of a merge yet supports what it sees; what counts is the root.
        var item = Root(asked);
        return item switch
        {
            { Kind: ItemKind.Comment } => SessionFaults.WrongKind,
            _ when !Policies.Support => SessionFaults.NotTaken,
            { IsVisible: false } => SessionFaults.NoSuchItem,
            { IsOpen: false } => SessionFaults.ItemClosed,
            { Author: var author } when author == actor.Id => SessionFaults.OwnItem,
            // The same support again is a retry after a reconnect, not a fault.
            _ when item.IsSupportedBy(actor.Id) == command.On => Decision.Nothing,
            _ when command.On => Decision.Raise(new ItemSupported(item.Id)),
            // It may have been given to several items before they were merged: taken back, it is taken from all.
            _ => Decision.Raise([.. Tree(item).Where(node => node.Supporters.Contains(actor.Id)).Select(node => new SupportWithdrawn(node.Id))]),
        };
    }

    private Decision Decide(EditItem command, Actor actor)
    {
        var text = Text.Clean(command.Text);
        var title = Text.CleanLine(command.Title);
        return Find(command.Item) switch
        {
            null => SessionFaults.NoSuchItem,
            { Author: var author } when author != actor.Id => SessionFaults.NotYours,
            _ when IsMuted(actor.Id) => SessionFaults.Muted,
            // Published at once because nothing is reviewed: then it can be edited until somebody stands behind it, or votes on it.
            { State: not ItemState.Pending } and not { State: ItemState.Published, Support: 0, Trail.Count: 1, Merged.Count: 0, Vote: null } => SessionFaults.TooLateToEdit,
            _ when CheckText(text, Policies.MaxLength) is { } fault => fault,
            { Kind: ItemKind.Proposal, Title: var old } when CheckTitle(command.Title is null ? old! : title) is { } fault => fault,
            var item => Rewrite(item, text, command.Title is null || item.Kind != ItemKind.Proposal ? item.Title : title, (id, newTitle, newText) => new ItemEdited(id, newTitle, newText)),
        };
    }

    private Decision Decide(WithdrawItem command, Actor actor) => Find(command.Item) switch
    {
        null => SessionFaults.NoSuchItem,
        { Author: var author } when author != actor.Id => SessionFaults.NotYours,
        { State: ItemState.Withdrawn } => Decision.Nothing,
        { IsOpen: false } => SessionFaults.WrongState,
        var item => Decision.Raise([.. GiveBack(item), new ItemWithdrawn(item.Id)]),
    };

    /// <summary>Others whose questions were merged into this one do not lose them with it. But nobody comes on stage by that.</summary>
    private IEnumerable<IEvent> GiveBack(Item root)
    {
        var ranks = Ranks();
        return [.. root.Merged.Select(merged => StepBackOf(_items[merged], ranks, mayStage: false))];
    }

    private Decision Decide(ReportItem command, Actor actor)
    {
        var why = Text.Clean(command.Why);
        return Find(command.Item) switch
        {
            null or { IsVisible: false } => SessionFaults.NoSuchItem,
            { Author: var author } when author == actor.Id => SessionFaults.OwnItem,
            _ when IsMuted(actor.Id) => SessionFaults.Muted,
            _ when why.Length > 0 && CheckText(why, Limits.Note) is { } fault => fault,
            var item when item.Reporters.Contains(actor.Id) => Decision.Nothing,
            var item => Decision.Raise(Hides(item)
                ? [new ItemReported(item.Id, why.Length == 0 ? null : why), new ItemHidden(item.Id)]
                : [new ItemReported(item.Id, why.Length == 0 ? null : why)]),
        };

        // What a moderator has put on stage was looked at; three phones cannot take it off.
        bool Hides(Item item) => Policies.ReportThreshold > 0 && item.State != ItemState.Staged && item.NewReports + 1 >= Policies.ReportThreshold;
    }

    private Decision Decide(CastBallot command, Actor actor) => Find(command.Item) switch
    {
        null or { IsVisible: false } => SessionFaults.NoSuchItem,
        { Vote: not { Open: true } } => SessionFaults.NoVote,
        { Vote: { } vote } when vote.Ballots.TryGetValue(actor.Id, out var cast) && cast == command.Choice => Decision.Nothing,
        var item => Decision.Raise(new BallotCast(item.Id, command.Choice)),
    };

    private static Decision Rewrite(Item item, string text, string? title, Func<ItemId, string?, string, IEvent> raise) =>
        text == item.Text && title == item.Title ? Decision.Nothing : Decision.Raise(raise(item.Id, title, text));
}
