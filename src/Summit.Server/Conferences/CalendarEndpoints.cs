using System.Net;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Server.Access;
using Summit.Server.Opening;
using Summit.Server.Operations;

namespace Summit.Server.Conferences;

/// <summary>
/// Calendars by the code of a conference, since whoever may join it may know when it is, or by its id, as it was published. Guessing
/// codes is slowed down here as at the door.
/// </summary>
internal static class CalendarEndpoints
{
    public static void MapCalendars(this IEndpointRouteBuilder api)
    {
        var calendars = api.MapGroup("/calendars/{of}").WithTags("Calendars");
        calendars.MapGet("/programme.ics", WholeAsync).WithName("calendar").WithSummary("The conference and its sessions as iCalendar, to subscribe to.")
            .Produces(StatusCodes.Status200OK, contentType: Calendar.MediaType);
        calendars.MapGet("/{session:guid}.ics", OfAsync).WithName("session-calendar").WithSummary("One session as iCalendar.")
            .Produces(StatusCodes.Status200OK, contentType: Calendar.MediaType);
    }

    private static Task<IResult> WholeAsync(
        string of, HttpContext context, JoinGuard guard, ConferenceDirectory directory, Addresses addresses, TimeProvider time,
        CancellationToken cancellationToken) =>
        AnswerAsync(of, context, guard, directory, conference => Make(conference, addresses, time).Whole(), cancellationToken);

    private static Task<IResult> OfAsync(
        string of, Guid session, HttpContext context, JoinGuard guard, ConferenceDirectory directory, Addresses addresses, TimeProvider time,
        CancellationToken cancellationToken) =>
        AnswerAsync(
            of, context, guard, directory,
            conference => conference.Programme.FirstOrDefault(entry => entry.Session == new SessionId(session)) is { } entry
                ? Make(conference, addresses, time).Of(entry)
                : null,
            cancellationToken);

    private static Calendar Make(ConferenceView conference, Addresses addresses, TimeProvider time) =>
        new(conference, conference.Published is null ? addresses.Join(conference.Plan.Code) : addresses.Page(conference.Id), time.GetUtcNow());

    private static async Task<IResult> AnswerAsync(
        string of, HttpContext context, JoinGuard guard, ConferenceDirectory directory, Func<ConferenceView, string?> make,
        CancellationToken cancellationToken)
    {
        var (found, fault) = Guid.TryParseExact(of, "D", out var id)
            ? FindPublished(directory.Find(new ConferenceId(id)))
            : await FindAsync(of, context.Connection.RemoteIpAddress, guard, directory, cancellationToken);
        return found is null ? new Problem(fault!)
            : make(found) is { } calendar ? TypedResults.Text(calendar, Calendar.MediaType, System.Text.Encoding.UTF8)
            : new Problem(ConferenceFaults.NotInProgramme);
    }

    private static (ConferenceView? Found, Fault? Fault) FindPublished(ConferenceView? conference) =>
        (conference?.AsPublished(), conference is null ? ConferenceFaults.Unknown : ConferenceFaults.Unpublished);

    private static async Task<(ConferenceView? Found, Fault? Fault)> FindAsync(
        string code, IPAddress? address, JoinGuard guard, ConferenceDirectory directory, CancellationToken cancellationToken)
    {
        if (!Lobby.IsCode(code))
        {
            return (null, ConferenceFaults.CodeMalformed);
        }

        if (!await guard.PassAsync(address, code, cancellationToken))
        {
            return (null, AccessFaults.SlowDown);
        }

        var conference = directory.FindByCode(code);
        guard.Report(address, code, right: conference is not null);
        return (conference, AccessFaults.UnknownCode);
    }
}
