using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Server.Access;
using Summit.Server.Opening;
using Summit.Server.Operations;

namespace Summit.Server.Conferences;

/// <summary>Calendars by the code of a conference: whoever may join it may know when it is. Guessing codes is slowed down here as at the door.</summary>
internal static class CalendarEndpoints
{
    public static void MapCalendars(this IEndpointRouteBuilder api)
    {
        var calendars = api.MapGroup("/calendars/{code}").WithTags("Calendars");
        calendars.MapGet("/programme.ics", WholeAsync).WithName("calendar").WithSummary("The conference and its sessions as iCalendar, to subscribe to.")
            .Produces(StatusCodes.Status200OK, contentType: Calendar.MediaType);
        calendars.MapGet("/{session:guid}.ics", OfAsync).WithName("session-calendar").WithSummary("One session as iCalendar.")
            .Produces(StatusCodes.Status200OK, contentType: Calendar.MediaType);
    }

    private static Task<IResult> WholeAsync(
        string code, HttpContext context, JoinGuard guard, ConferenceDirectory directory, Addresses addresses, TimeProvider time,
        CancellationToken cancellationToken) =>
        AnswerAsync(code, context, guard, directory, conference => Make(conference, addresses, time).Whole(), cancellationToken);

    private static Task<IResult> OfAsync(
        string code, Guid session, HttpContext context, JoinGuard guard, ConferenceDirectory directory, Addresses addresses, TimeProvider time,
        CancellationToken cancellationToken) =>
        AnswerAsync(
            code, context, guard, directory,
            conference => conference.Programme.FirstOrDefault(entry => entry.Session == new SessionId(session)) is { } entry
                ? Make(conference, addresses, time).Of(entry)
                : null,
            cancellationToken);

    private static Calendar Make(ConferenceView conference, Addresses addresses, TimeProvider time) =>
        new(conference, addresses.Join(conference.Plan.Code), time.GetUtcNow());

    private static async Task<IResult> AnswerAsync(
        string code, HttpContext context, JoinGuard guard, ConferenceDirectory directory, Func<ConferenceView, string?> make,
        CancellationToken cancellationToken)
    {
        if (!Lobby.IsCode(code))
        {
            return new Problem(ConferenceFaults.CodeMalformed);
        }

        var address = context.Connection.RemoteIpAddress;
        if (!await guard.PassAsync(address, code, cancellationToken))
        {
            return new Problem(AccessFaults.SlowDown);
        }

        var conference = directory.FindByCode(code);
        guard.Report(address, code, right: conference is not null);
        return conference is null ? new Problem(AccessFaults.UnknownCode)
            : make(conference) is { } calendar ? TypedResults.Text(calendar, Calendar.MediaType, System.Text.Encoding.UTF8)
            : new Problem(ConferenceFaults.NotInProgramme);
    }
}
