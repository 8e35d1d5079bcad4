using System.Text.Json;

namespace Summit.Domain.Sessions;

/// <summary>A session's state as it is saved: everything that is not counted or indexed from the rest.</summary>
public sealed record SessionSnapshot(
    ConferenceId Conference,
    string Title,
    string Lang,
    SessionState State,
    DateTimeOffset Starts,
    DateTimeOffset Ends,
    SessionPolicies Policies,
    long Changed,
    ItemId? Relieved,
    IReadOnlyList<Item> Items,
    IReadOnlyList<PersonSnapshot> People,
    IReadOnlyList<ParticipantId> Erased,
    IReadOnlyList<Expiry> Expired);

public sealed record PersonSnapshot(ParticipantId Id, bool Muted, IReadOnlyList<DateTimeOffset> Recent);

/// <summary>Saving and loading.</summary>
public sealed partial class Session
{
    public static int SnapshotVersion => 4;

    public static Session Load(Guid key, ReadOnlySpan<byte> snapshot)
    {
        var saved = JsonSerializer.Deserialize(snapshot, DomainJson.Default.SessionSnapshot)
            ?? throw new JsonException("A session's snapshot is empty.");
        var session = new Session(key)
        {
            Conference = saved.Conference,
            Title = saved.Title,
            Lang = saved.Lang,
            State = saved.State,
            Starts = saved.Starts,
            Ends = saved.Ends,
            Policies = saved.Policies,
            Changed = saved.Changed,
            Relieved = saved.Relieved,
        };
        session._erased.UnionWith(saved.Erased);
        session._expired.UnionWith(saved.Expired);
        foreach (var person in saved.People)
        {
            var loaded = new Person { Muted = person.Muted };
            foreach (var at in person.Recent)
            {
                loaded.Recent.Enqueue(at);
            }

            session._people.Add(person.Id, loaded);
        }

        foreach (var item in saved.Items)
        {
            session._items.Add(item.Id, item);
            session._people[item.Author].Posted.Add(item.Id);
            session.Tally(item, 1);
            session.OnStage = item.State == ItemState.Staged ? item.Id : session.OnStage;
        }

        foreach (var item in saved.Items.OrderBy(item => item.Touched))
        {
            item.ByChange = session._byChange.AddLast(item);
        }

        session._queue.AddRange(saved.Items.Where(item => item.State == ItemState.Queued).OrderBy(item => item.Rank).Select(item => item.Id));
        return session;
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(
        new SessionSnapshot(
            Conference, Title, Lang, State, Starts, Ends, Policies, Changed, Relieved,
            [.. _items.Values],
            [.. _people.Select(person => new PersonSnapshot(person.Key, person.Value.Muted, [.. person.Value.Recent]))],
            [.. _erased], [.. _expired]),
        DomainJson.Default.SessionSnapshot);
}
