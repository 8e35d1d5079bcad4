using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Operations;

namespace Summit.Server.Reports;

/// <summary>A session from its beginning to today, to be looked at again. For those whom its report is for.</summary>
internal static class ReplayEndpoint
{
    public static void MapReplay(this IEndpointRouteBuilder api) =>
        api.MapGet("/conferences/{id:guid}/sessions/{session:guid}/replay", ShowAsync).RequireAuthorization().LimitByPerson()
            .WithTags("Reports").WithName("replay").WithSummary("A session step by step, as everybody saw it or, with ?desk=true, its moderators. Moderator, host, administrator.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json");

    private static async Task<IResult> ShowAsync(
        Guid id, Guid session, Bearer bearer, ConferenceDirectory directory, Replay journal, CancellationToken cancellationToken, bool desk = false)
    {
        var (conference, wanted) = (directory.Find(new ConferenceId(id)), new SessionId(session));
        var fault = !SessionReport.IsFor(bearer.Actor, new ConferenceId(id), wanted) ? SessionFaults.Forbidden
            : conference is null ? ConferenceFaults.Unknown
            : !conference.Has(wanted) ? ConferenceFaults.NotInProgramme
            : null;
        if (fault is not null)
        {
            return new Problem(fault);
        }

        try
        {
            var events = await journal.ReadAsync(new AggregateId(Session.Kind, session), cancellationToken);
            var replay = new SessionReplay(wanted, events.Select(recorded => (recorded.Event, recorded.Context)));
            return Results.Bytes(new ReplayJson(replay, desk).Write(conference!.Plan), "application/json; charset=utf-8");
        }
        catch (JournalUnavailableException)
        {
            return new Problem(EngineFaults.JournalUnavailable);
        }
    }
}
