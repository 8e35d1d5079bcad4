using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Summit.Domain.Conferences;
using Summit.Domain.Registrations;
using Summit.Domain.Sessions;

namespace Summit.Domain.Integrations;

/// <summary>What a hook can be told of, by the names that stand in what is delivered.</summary>
public enum Occasion
{
    [JsonStringEnumMemberName("session.opened")]
    SessionOpened,

    [JsonStringEnumMemberName("session.paused")]
    SessionPaused,

    [JsonStringEnumMemberName("session.closed")]
    SessionClosed,

    /// <summary>From now on everybody sees it.</summary>
    [JsonStringEnumMemberName("item.published")]
    ItemPublished,

    [JsonStringEnumMemberName("item.staged")]
    ItemStaged,

    [JsonStringEnumMemberName("item.answered")]
    ItemAnswered,

    /// <summary>Somebody has a place.</summary>
    [JsonStringEnumMemberName("registration.confirmed")]
    RegistrationConfirmed,

    [JsonStringEnumMemberName("programme.published")]
    ProgrammePublished,

    /// <summary>Only when a host asks for it.</summary>
    [JsonStringEnumMemberName("test")]
    Test,
}

/// <summary>Something to be told: which event of which stream, and whom or what it is about.</summary>
/// <param name="About">An item, or a person who registered.</param>
public sealed record Happening(string Stream, long Seq, Occasion Kind, DateTimeOffset At, Guid? About)
{
    /// <summary>Null for an event that no hook is told of.</summary>
    public static Happening? Of(AggregateId stream, IEvent happened, EventContext context)
    {
        (Occasion Kind, Guid? About)? told = happened switch
        {
            SessionOpened => (Occasion.SessionOpened, null),
            SessionPaused => (Occasion.SessionPaused, null),
            SessionClosed => (Occasion.SessionClosed, null),
            ItemPosted { State: ItemState.Published } e => (Occasion.ItemPublished, e.Id.Value),
            ItemPublished e => (Occasion.ItemPublished, e.Id.Value),
            ItemStaged e => (Occasion.ItemStaged, e.Id.Value),
            ItemAnswered e => (Occasion.ItemAnswered, e.Id.Value),
            Registered { State: RegistrationState.Approved } e => (Occasion.RegistrationConfirmed, e.Person.Value),
            RegistrationApproved e => (Occasion.RegistrationConfirmed, e.Person.Value),
            ProgrammePublished => (Occasion.ProgrammePublished, null),
            _ => null,
        };
        return told is var (kind, about) ? new Happening(stream.ToString(), context.Seq, kind, context.At, about) : null;
    }
}

/// <summary>What became of telling something.</summary>
/// <param name="Failure">What was answered last, a status as <c>503</c>, or why nothing was; null once it was taken.</param>
/// <param name="Next">When it is tried again; null when it was taken, or given up.</param>
public sealed record Delivery(DeliveryId Id, Happening Of, DateTimeOffset First, DateTimeOffset Last, int Attempts, string? Failure, DateTimeOffset? Next);

/// <summary>A host wants to see something delivered.</summary>
/// <param name="Again">Null for a test.</param>
public sealed record Ask(long Seq, DateTimeOffset At, DeliveryId? Again);

/// <summary>An address that is told what happens.</summary>
/// <param name="Secret">What deliveries are signed with, enciphered by the server.</param>
/// <param name="Since">What happened before is not told.</param>
/// <param name="Off">What made it be switched off; null while it is on.</param>
/// <param name="Reached">The last event of each stream that was told, or given up.</param>
/// <param name="Log">The oldest first.</param>
public sealed record Hook(
    HookId Id, string Address, IReadOnlyList<Occasion> Occasions, string Secret, DateTimeOffset Since, string? Off,
    ImmutableDictionary<string, long> Reached, ImmutableList<Delivery> Log, ImmutableList<Ask> Asked)
{
    /// <summary>What a host looks through to find out why something did not arrive.</summary>
    public const int LongestLog = 50;

    /// <summary>The failure of what was taken back or erased before it was told: nobody's fault, and no reason to switch off.</summary>
    public const string NotVisible = "not-visible";

    public Delivery? Find(DeliveryId id) => Log.Find(delivery => delivery.Id == id);

    /// <summary>Whether this is still to be told.</summary>
    public bool Wants(Happening happening)
    {
        ArgumentNullException.ThrowIfNull(happening);
        return happening.At >= Since && happening.Seq > Reached.GetValueOrDefault(happening.Stream) && Occasions.Contains(happening.Kind);
    }

    internal Hook With(DeliveryAttempted e, DateTimeOffset at)
    {
        var before = Find(e.Delivery);
        // A copy that a host asked for changes nothing about when the line goes on, unless it arrives.
        var next = e.Asked is null ? e.Next : e.Failure is null ? null : before?.Next;
        var now = new Delivery(e.Delivery, e.Of, before?.First ?? at, at, (before?.Attempts ?? 0) + 1, e.Failure, next);
        var log = before is null ? Log.Add(now) : Log.Replace(before, now);
        return this with
        {
            Log = log.Count > LongestLog && log.Find(delivery => delivery.Next is null) is { } oldest ? log.Remove(oldest) : log,
            Asked = Asked.RemoveAll(ask => ask.Seq == e.Asked),
            Reached = next is null && e.Of.Kind != Occasion.Test
                ? Reached.SetItem(e.Of.Stream, Math.Max(e.Of.Seq, Reached.GetValueOrDefault(e.Of.Stream)))
                : Reached,
        };
    }
}
