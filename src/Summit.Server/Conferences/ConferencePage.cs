using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Server.Access;

namespace Summit.Server.Conferences;

public sealed record SpeakerInfo(SpeakerId Id, string Name, string? Function, string? About)
{
    internal static IReadOnlyList<SpeakerInfo> Of(ConferenceView conference) =>
        [.. conference.Speakers.Select(speaker => new SpeakerInfo(speaker.Speaker, speaker.Name, speaker.Function, speaker.About))];
}

/// <summary>A file that everybody may fetch once the programme is published.</summary>
public sealed record DocumentInfo(DocumentId Id, string Title, DateOnly Date, DocumentKind Kind, long Size)
{
    internal static IReadOnlyList<DocumentInfo> Of(ConferenceView conference) =>
        [.. conference.Documents.Select(document => new DocumentInfo(document.Document, document.Title, document.Date, document.Kind, document.Size))];
}

/// <summary>A session with its place in the programme.</summary>
public sealed record PlacedSession(
    SessionId Id, string Title, DateTimeOffset Starts, DateTimeOffset Ends, string Lang, string? Room, string? Track, IReadOnlyList<SpeakerId> Speakers)
{
    internal static IReadOnlyList<PlacedSession> Of(ConferenceView conference) => [.. conference.Programme.Select(entry => new PlacedSession(
        entry.Session, entry.Title, entry.Starts.ToUniversalTime(), entry.Ends.ToUniversalTime(), entry.Lang, entry.Room, entry.Track, entry.Speakers ?? []))];
}

/// <summary>A conference as those who have joined it see it.</summary>
/// <param name="Meeting">Where it is held online; where one registers, for those who have a place and for those who run it.</param>
/// <param name="Overlaps">For hosts: sessions at the same time with one room or one speaker.</param>
/// <param name="Versions">Of the programme, the oldest first.</param>
/// <param name="Changes">For hosts: what the next version would change.</param>
public sealed record ConferencePage(
    ConferenceInfo Conference, string? Place, Meeting? Meeting, ContactPerson? Contact, IReadOnlyList<string> Tracks, IReadOnlyList<SpeakerInfo> Speakers,
    IReadOnlyList<PlacedSession> Sessions, IReadOnlyList<Overlap>? Overlaps, IReadOnlyList<ProgrammeVersion> Versions, IReadOnlyList<ProgrammeChange>? Changes,
    IReadOnlyList<DocumentInfo> Documents)
{
    public static ConferencePage Of(ConferenceView conference, bool hosts, bool seesMeeting)
    {
        ArgumentNullException.ThrowIfNull(conference);
        var description = conference.Description;
        return new ConferencePage(
            ConferenceInfo.Of(conference), description?.Place, seesMeeting ? description?.Meeting : null, description?.Contact, description?.Tracks ?? [],
            SpeakerInfo.Of(conference), PlacedSession.Of(conference), hosts ? conference.Overlaps : null, conference.Versions,
            hosts ? conference.Unpublished : null, DocumentInfo.Of(conference));
    }
}

/// <summary>What everybody may know of a conference before joining it: neither code nor meeting.</summary>
public sealed record PublicConference(
    ConferenceId Id, string Title, string? Theme, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, IReadOnlyList<string> Languages,
    bool Demonstration);

/// <summary>A conference's programme as it was published last.</summary>
/// <param name="Registers">Whether one registers for it, now or soon.</param>
public sealed record PublicPage(
    PublicConference Conference, string? Place, ContactPerson? Contact, IReadOnlyList<string> Tracks, IReadOnlyList<SpeakerInfo> Speakers,
    IReadOnlyList<PlacedSession> Sessions, IReadOnlyList<ProgrammeVersion> Versions, bool Registers, IReadOnlyList<DocumentInfo> Documents)
{
    /// <param name="conference">From <see cref="ConferenceView.AsPublished"/>.</param>
    public static PublicPage Of(ConferenceView conference, bool registers)
    {
        ArgumentNullException.ThrowIfNull(conference);
        var (plan, description) = (conference.Plan, conference.Description);
        return new PublicPage(
            new PublicConference(
                conference.Id, plan.Title, plan.Theme, plan.Starts.ToUniversalTime(), plan.Ends.ToUniversalTime(), plan.TimeZone, plan.Languages,
                plan.Demonstration),
            description?.Place, description?.Contact, description?.Tracks ?? [], SpeakerInfo.Of(conference), PlacedSession.Of(conference), conference.Versions,
            registers, DocumentInfo.Of(conference));
    }
}
