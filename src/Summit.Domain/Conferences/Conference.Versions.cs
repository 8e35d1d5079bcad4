using System.Globalization;
using System.Text.Json;

namespace Summit.Domain.Conferences;

/// <summary>What can be different between two versions of a programme.</summary>
public enum ChangeKind
{
    Added,
    Renamed,
    Moved,
    Room,
    Track,
    Speakers,

    /// <summary>What is said of the conference itself, or of somebody who speaks.</summary>
    Described,
}

/// <summary>One difference between two versions of a programme.</summary>
/// <param name="Session">Null for the conference itself.</param>
/// <param name="Title">Of the session as it is called now; empty for the conference itself.</param>
/// <param name="Before">Left out where there was nothing, or where it is more than a line. Of times an ISO 8601 interval in UTC.</param>
/// <param name="After">As <paramref name="Before"/>.</param>
public sealed record ProgrammeChange(ChangeKind Kind, SessionId? Session, string Title, string? Before = null, string? After = null);

/// <param name="Number">1 for the first.</param>
/// <param name="Changes">Since the version before; none for the first.</param>
public sealed record ProgrammeVersion(int Number, DateTimeOffset At, IReadOnlyList<ProgrammeChange> Changes);

/// <summary>What everybody may see of a conference, as it was when it was published; never the meeting.</summary>
public sealed record PublishedProgramme(
    ConferencePlanned Plan, ConferenceDescribed? Description, IReadOnlyList<SpeakerSet> Speakers, IReadOnlyList<ProgrammeEntry> Programme);

/// <summary>What of a conference is public: its last published version, and how each differs from the one before.</summary>
public sealed partial class Conference
{
    private readonly List<ProgrammeVersion> _versions = [];

    /// <summary>Null until a host has published it.</summary>
    public PublishedProgramme? Published { get; private set; }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<ProgrammeVersion> Versions => _versions;

    /// <summary>What the next version would change; nothing before the first.</summary>
    public IReadOnlyList<ProgrammeChange> Unpublished() => Published is { } before && Plan is not null ? [.. Changes(before, Public())] : [];

    private Decision Publish() => Published is not null && Unpublished().Count == 0
        ? ConferenceFaults.Unchanged
        : Decision.Raise(new ProgrammePublished(_versions.Count + 1));

    private void Apply(ProgrammePublished published, DateTimeOffset at)
    {
        _versions.Add(new ProgrammeVersion(published.Number, at, Unpublished()));
        Published = Public();
    }

    private PublishedProgramme Public() => new(
        Plan!, Description is null ? null : Description with { Meeting = null }, [.. _speakers.Values], [.. _programme]);

    private static IEnumerable<ProgrammeChange> Changes(PublishedProgramme before, PublishedProgramme now)
    {
        if (!Said(before).SequenceEqual(Said(now)))
        {
            yield return new ProgrammeChange(ChangeKind.Described, null, "");
        }

        foreach (var entry in now.Programme)
        {
            var was = before.Programme.FirstOrDefault(was => was.Session == entry.Session);
            ProgrammeChange Change(ChangeKind kind, Func<ProgrammeEntry, string?> of) => new(kind, entry.Session, entry.Title, was is null ? null : of(was), of(entry));
            var changes = was is null
                ? [Change(ChangeKind.Added, Times)]
                : (ProgrammeChange[])
                [
                    Change(ChangeKind.Renamed, one => one.Title),
                    Change(ChangeKind.Moved, Times),
                    Change(ChangeKind.Room, one => one.Room),
                    Change(ChangeKind.Track, one => one.Track),
                    new(ChangeKind.Speakers, entry.Session, entry.Title, Names(was, before), Names(entry, now)),
                ];
            foreach (var change in changes.Where(change => change.Before != change.After))
            {
                yield return change;
            }
        }
    }

    /// <summary>Compared as it is written: its lists are equal when what is in them is.</summary>
    private static byte[] Said(PublishedProgramme programme) =>
        JsonSerializer.SerializeToUtf8Bytes(programme with { Programme = [] }, DomainJson.Default.PublishedProgramme);

    private static string Times(ProgrammeEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Starts.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}/{entry.Ends.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    private static string? Names(ProgrammeEntry entry, PublishedProgramme programme)
    {
        var names = string.Join(", ", (entry.Speakers ?? []).Select(id => programme.Speakers.FirstOrDefault(speaker => speaker.Speaker == id)?.Name).Where(name => name != ""));
        return names.Length == 0 ? null : names;
    }
}
