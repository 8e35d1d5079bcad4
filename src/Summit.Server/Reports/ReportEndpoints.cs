using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Opening;
using Summit.Server.Operations;

namespace Summit.Server.Reports;

/// <summary>A document that the conference handed out.</summary>
/// <param name="Link">Null until everybody may fetch it.</param>
public sealed record ReportedDocument(DocumentId Id, string Title, DateOnly Date, DocumentKind Kind, long Size, string? Link);

/// <summary>What became of a conference: its sessions in the order of the programme, and all who took part, each once.</summary>
/// <param name="Documents">Null in the report of one session.</param>
public sealed record ConferenceReport(
    ConferenceId Id, string Title, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, Participation Participation, IReadOnlyList<SessionReport> Sessions,
    IReadOnlyList<ReportedDocument>? Documents);

/// <summary>Reports of a conference or of one session of it, read from the journal when they are asked for.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder api)
    {
        var reports = api.MapGroup("/conferences/{id:guid}").WithTags("Reports").RequireAuthorization().LimitByPerson();
        reports.MapGet("/report", ShowAsync).WithName("report").WithSummary("What became of a conference, or with ?session= of one session. Moderator, host, administrator.");
        reports.MapGet("/report.csv", SaveAsync).WithName("report-csv").WithSummary("The same as a table, a line for each item. Moderator, host, administrator.")
            .Produces(StatusCodes.Status200OK, contentType: Csv.MediaType);
    }

    private static async Task<Results<Ok<ConferenceReport>, Problem>> ShowAsync(
        Guid id, Guid? session, Bearer bearer, ConferenceDirectory directory, Replay replay, Addresses addresses, CancellationToken cancellationToken)
    {
        var (report, fault) = await MakeAsync(new ConferenceId(id), session, bearer, directory, replay, addresses, cancellationToken);
        return fault is not null ? new Problem(fault) : TypedResults.Ok(report!);
    }

    private static async Task<IResult> SaveAsync(
        Guid id, Guid? session, Bearer bearer, ConferenceDirectory directory, Replay replay, Addresses addresses, CancellationToken cancellationToken)
    {
        var (report, fault) = await MakeAsync(new ConferenceId(id), session, bearer, directory, replay, addresses, cancellationToken);
        return fault is not null ? new Problem(fault) : Csv.File(ReportTable.Of(report!), "report.csv");
    }

    private static async Task<(ConferenceReport? Report, Fault? Fault)> MakeAsync(
        ConferenceId id, Guid? wanted, Bearer bearer, ConferenceDirectory directory, Replay replay, Addresses addresses, CancellationToken cancellationToken)
    {
        if (!SessionReport.IsFor(bearer.Actor, id, wanted is { } session ? new SessionId(session) : null))
        {
            return (null, SessionFaults.Forbidden);
        }

        if (directory.Find(id) is not { } conference)
        {
            return (null, ConferenceFaults.Unknown);
        }

        var entries = conference.Programme.Where(entry => wanted is null || entry.Session.Value == wanted).ToList();
        if (entries.Count == 0 && wanted is not null)
        {
            return (null, ConferenceFaults.NotInProgramme);
        }

        try
        {
            var report = await MakeAsync(conference, entries, directory, replay, cancellationToken);
            return (wanted is null ? report with { Documents = Documents(conference, addresses) } : report, null);
        }
        catch (JournalUnavailableException)
        {
            return (null, EngineFaults.JournalUnavailable);
        }
    }

    private static async Task<ConferenceReport> MakeAsync(
        ConferenceView conference, IReadOnlyList<ProgrammeEntry> entries, ConferenceDirectory directory, Replay replay, CancellationToken cancellationToken)
    {
        var names = Labels.In(conference, directory);
        var countryOf = Countries(conference.Id, directory);
        var sessions = new List<SessionReport>();
        foreach (var entry in entries)
        {
            var events = await replay.ReadAsync(new AggregateId(Session.Kind, entry.Session.Value), cancellationToken);
            sessions.Add(SessionReport.Of(
                entry.Session, events.Select(recorded => (recorded.Event, recorded.Context)), person => names.GetValueOrDefault(person), countryOf));
        }

        var plan = conference.Plan;
        return new ConferenceReport(
            conference.Id, plan.Title, plan.Starts.ToUniversalTime(), plan.Ends.ToUniversalTime(), plan.TimeZone,
            Participation.Of(sessions.Select(session => session.Participation), countryOf), sessions, null);
    }

    private static IReadOnlyList<ReportedDocument> Documents(ConferenceView conference, Addresses addresses) => [.. DocumentInfo.Of(conference).Select(document => new ReportedDocument(
        document.Id, document.Title, document.Date, document.Kind, document.Size,
        conference.Published is null ? null : $"{addresses.Own}/api/conferences/{conference.Id.Value}/documents/{document.Id.Value}"))];

    /// <summary>Cities are as people wrote them. Those of the members of a network are known where the conference is one of its summits.</summary>
    private static Func<string, string?> Countries(ConferenceId conference, ConferenceDirectory directory)
    {
        var known = directory.Networks.Where(network => network.State.Summits.Any(summit => summit.Conference == conference))
            .SelectMany(network => network.State.Members.Values)
            .GroupBy(member => member.Name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Select(member => member.Country).Distinct().Count() == 1)
            .ToDictionary(same => same.Key, same => same.First().Country, StringComparer.OrdinalIgnoreCase);
        return city => known.GetValueOrDefault(city);
    }
}
