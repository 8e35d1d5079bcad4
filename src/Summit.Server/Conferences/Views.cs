using System.Collections.Frozen;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Domain.WorkingGroups;

namespace Summit.Server.Conferences;

/// <summary>A conference as the server reads it; never changes, a newer one takes its place.</summary>
/// <param name="Description">Null until a host has said more than the plan does.</param>
public sealed record ConferenceView(
    ConferenceId Id, ConferencePlanned Plan, IReadOnlyList<ProgrammeEntry> Programme, FrozenDictionary<LinkId, RoleLink> Links,
    ConferenceDescribed? Description, IReadOnlyList<SpeakerSet> Speakers, IReadOnlyList<Overlap> Overlaps, PublishedProgramme? Published,
    IReadOnlyList<ProgrammeVersion> Versions, IReadOnlyList<ProgrammeChange> Unpublished, Keeping Keeping,
    IReadOnlyList<DocumentAdded> Documents)
{
    public RoleLink? FindLink(LinkId id) => Links.GetValueOrDefault(id);

    /// <summary>As everybody may see it; null until it has been published.</summary>
    public ConferenceView? AsPublished() => Published is null
        ? null
        : this with { Plan = Published.Plan, Description = Published.Description, Speakers = Published.Speakers, Programme = Published.Programme };

    public bool Has(SessionId session) => Programme.Any(entry => entry.Session == session);

    /// <summary>What somebody is called who speaks in this session; null for somebody who does not, or whose name was erased.</summary>
    public string? NameOf(SpeakerId speaker, SessionId session) => Programme.Any(entry => entry.Session == session && entry.Speakers?.Contains(speaker) is true)
        ? Speakers.FirstOrDefault(each => each.Speaker == speaker && each.Name.Length > 0)?.Name
        : null;
}

/// <summary>How long a conference keeps what people wrote, and whose words are to go.</summary>
/// <param name="Erased">Whose words were ordered to go: nothing is taken from them any more.</param>
public sealed record Keeping(
    ConferenceId Id, DateTimeOffset Ends, IReadOnlyList<SessionId> Sessions, Retention Retention, Hold? Hold, IReadOnlyList<ErasureOrder> Orders,
    FrozenSet<ParticipantId> Erased)
{
    public static Keeping Of(Conference conference)
    {
        ArgumentNullException.ThrowIfNull(conference);
        return new Keeping(
            conference.Id, conference.Plan!.Ends, [.. conference.Programme.Select(entry => entry.Session)], conference.Retention, conference.Hold, [.. conference.Orders],
            conference.Orders.Select(order => order.Person).OfType<ParticipantId>().ToFrozenSet());
    }

    /// <summary>Whether there is anything to carry out.</summary>
    public bool IsToDo(DateTimeOffset now) => Due(now).Any() || (Hold is null && Orders.Any(order => order.Done is null));

    /// <summary>What has been kept long enough and was not ordered to go yet.</summary>
    public IEnumerable<Expiry> Due(DateTimeOffset now) => Hold is not null
        ? []
        : Enum.GetValues<Expiry>().Where(what => Retention.Of(what) is { } days && now >= Ends.AddDays(days) && Orders.All(order => order.What != what));
}

/// <summary>A network as the server reads it; never changes, a newer one takes its place.</summary>
/// <param name="State">A copy: nothing is applied to it any more.</param>
/// <param name="Seq">The number of the last event in it.</param>
public sealed record NetworkView(Network State, long Seq);

/// <summary>A working group as the server reads it; never changes, a newer one takes its place.</summary>
/// <param name="State">A copy: nothing is applied to it any more.</param>
/// <param name="Seq">The number of the last event in it.</param>
public sealed record GroupView(WorkingGroup State, long Seq);
