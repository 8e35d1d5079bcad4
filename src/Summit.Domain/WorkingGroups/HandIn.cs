using Summit.Domain.Sessions;

namespace Summit.Domain.WorkingGroups;

/// <summary>Something said in a session of a summit becomes a group's to do. Made from the session itself, not sent over the group's own door.</summary>
/// <param name="Author">Who said it, so that it can be found; never shown.</param>
public sealed record HandIn(TaskId Task, Origin From, string Text, ParticipantId Author, string? Owner = null, DateOnly? Due = null) : ICommand
{
    /// <summary>A proposal, or what was promised to be followed up, as everybody in the session sees it; or why it cannot be handed in.</summary>
    public static (HandIn? Command, Fault? Fault) Of(Session session, ItemId id, TaskId task, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(actor);
        return session.Items.GetValueOrDefault(id) switch
        {
            _ when !actor.Moderates || actor.Conference != session.Conference || !actor.IsIn(session.Id) => (null, SessionFaults.Forbidden),
            null => (null, SessionFaults.NoSuchItem),
            { Kind: not ItemKind.Proposal, State: not ItemState.FollowUp } => (null, SessionFaults.WrongKind),
            { IsVisible: false } or { Erased: not null } => (null, SessionFaults.WrongState),
            var item => (
                new HandIn(
                    task, new Origin(session.Conference, session.Id, id), item.Title is null ? item.Text : $"{item.Title}\n\n{item.Text}", item.Author,
                    item.FollowUp?.Owner, item.FollowUp?.Due),
                null),
        };
    }
}
