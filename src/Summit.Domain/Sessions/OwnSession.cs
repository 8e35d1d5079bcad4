using System.Reflection;
using System.Text.Json;

namespace Summit.Domain.Sessions;

/// <summary>An item with its whole life, for its author.</summary>
/// <param name="IntoText">The title or text of what it was merged into, where everybody can read that.</param>
/// <param name="Life">Every step with what it brought, also after the session is closed.</param>
public sealed record OwnItem(
    ItemId Id, ItemKind Kind, string? Title, string Text, string? FirstTitle, string? FirstText, string Lang, bool Anonymous, string? Name, string? City,
    DateTimeOffset At, ItemId? ReplyTo, ItemState State, int Support, ItemId? Into, string? IntoText, Decline? Reason, ErasedFor? Erased, Addressee? To, IReadOnlyList<TrailStep> Life);

/// <summary>Something a person did, as the journal has it.</summary>
/// <param name="What">The event's name on disk.</param>
/// <param name="Data">The event itself.</param>
/// <param name="About">The title or text of the item, where everybody can read it.</param>
public sealed record OwnAct(DateTimeOffset At, string What, JsonElement Data, string? About);

/// <summary>All that a session's journal holds about one person. Notes that moderators made for themselves are theirs.</summary>
/// <param name="Did">Everything this person caused, in order.</param>
public sealed record OwnSession(SessionId Id, string Title, SessionState State, IReadOnlyList<OwnItem> Items, IReadOnlyList<OwnAct> Did)
{
    /// <param name="events">All of the session, in order.</param>
    public static OwnSession Of(SessionId id, IEnumerable<(IEvent Happened, EventContext Context)> events, ParticipantId person)
    {
        ArgumentNullException.ThrowIfNull(events);
        var session = Session.Create(id.Value);
        var did = new List<(IEvent Happened, EventContext Context)>();
        foreach (var (happened, context) in events)
        {
            session.Apply(happened, context);
            if (happened is PersonErased erased && erased.Person == person)
            {
                // The words may still stand in the events for a moment, or under a hold.
                did.Clear();
            }
            else if (context.By == person && happened is not CommandNoted)
            {
                did.Add((happened, context));
            }
        }

        return new OwnSession(
            id, session.Title, session.State, [.. session.PostedBy(person).Select(posted => Of(session, session.Items[posted]))],
            [.. did.Select(act => Of(session, act.Happened, act.Context))]);
    }

    private static OwnItem Of(Session session, Item item) => new(
        item.Id, item.Kind, item.Title, item.Text, item.FirstTitle, item.FirstText, item.Lang, item.Anonymous, item.Name, item.City, item.At, item.ReplyTo,
        item.State, item.Support, item.MergedInto, item.MergedInto is { } into ? ShownTextOf(session, into) : null, item.Decline, item.Erased, item.To, item.Trail);

    private static OwnAct Of(Session session, IEvent happened, EventContext context)
    {
        var about = happened is IItemEvent { Id: var id } ? ShownTextOf(session, id) : null;
        return new OwnAct(
            context.At, happened.GetType().GetCustomAttribute<EventNameAttribute>()!.Name,
            JsonSerializer.SerializeToElement(happened, happened.GetType(), DomainJson.Default), about);
    }

    private static string? ShownTextOf(Session session, ItemId id) => session.Items[id] is { IsVisible: true } item ? item.Title ?? item.Text : null;
}
