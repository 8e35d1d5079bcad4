using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Server.Access;

namespace Summit.Server.Conferences;

public sealed record SpeakerInfo(SpeakerId Id, string Name, string? Function, string? About);

/// <summary>A session with its place in the programme.</summary>
public sealed record PlacedSession(
    SessionId Id, string Title, DateTimeOffset Starts, DateTimeOffset Ends, string Lang, string? Room, string? Track, IReadOnlyList<SpeakerId> Speakers);

/// <summary>A conference as those who have joined it see it.</summary>
/// <param name="Meeting">Where it is held online.</param>
/// <param name="Overlaps">For hosts: sessions at the same time with one room or one speaker.</param>
public sealed record ConferencePage(
    ConferenceInfo Conference, string? Place, Meeting? Meeting, ContactPerson? Contact, IReadOnlyList<string> Tracks, IReadOnlyList<SpeakerInfo> Speakers,
    IReadOnlyList<PlacedSession> Sessions, IReadOnlyList<Overlap>? Overlaps)
{
    public static ConferencePage Of(ConferenceView conference, bool hosts)
    {
        ArgumentNullException.ThrowIfNull(conference);
        var description = conference.Description;
        return new ConferencePage(
            ConferenceInfo.Of(conference), description?.Place, description?.Meeting, description?.Contact, description?.Tracks ?? [],
            [.. conference.Speakers.Select(speaker => new SpeakerInfo(speaker.Speaker, speaker.Name, speaker.Function, speaker.About))],
            [.. conference.Programme.Select(entry => new PlacedSession(
                entry.Session, entry.Title, entry.Starts.ToUniversalTime(), entry.Ends.ToUniversalTime(), entry.Lang, entry.Room, entry.Track, entry.Speakers ?? []))],
            hosts ? conference.Overlaps : null);
    }
}
