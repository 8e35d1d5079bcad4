using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Participants;
using Summit.Domain.Registrations;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Operations;

namespace Summit.Server.Privacy;

/// <param name="Held">A legal hold stands.</param>
/// <param name="Hold">Why and since when; for hosts.</param>
/// <param name="Orders">What was ordered to go, and the proof that it is gone; for hosts.</param>
public sealed record PrivacyInfo(DateTimeOffset Ends, Retention Retention, bool Held, Hold? Hold, IReadOnlyList<ErasureOrder>? Orders);

/// <param name="Held">Nobody sees it any more, but a legal hold keeps it in the journal until it is released.</param>
public sealed record Erased(bool Held);

/// <summary>What a person has in a conference.</summary>
/// <param name="Name">As it stands in the token.</param>
/// <param name="Card">Of somebody who is known beyond this conference or was registered by an organiser.</param>
/// <param name="Registration">Of somebody who registered or was invited.</param>
/// <param name="Sessions">Those in which there is anything of the person.</param>
public sealed record OwnData(
    ParticipantId Person, string? Name, string? City, DateTimeOffset Expires, DateTimeOffset At, ConferenceInfo Conference, Retention Retention, bool Held,
    PersonCard? Card, Registrant? Registration, IReadOnlyList<OwnSession> Sessions);

/// <summary>A person's own data: as a file, and away with it. For organisers: how long things are kept, and the proof of deletion.</summary>
internal static class PrivacyEndpoints
{
    public static void MapPrivacy(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/my-data").WithTags("Privacy").RequireAuthorization().LimitByPerson();
        own.MapGet("", ShowOwnAsync).WithName("my-data").WithSummary("All that the journal holds about the bearer in the conference.");
        own.MapDelete("", EraseOwnAsync).WithName("erase-my-data").WithSummary("Delete what the bearer wrote in the conference, and the name. It cannot be taken back.");
        var conference = api.MapGroup("/conferences/{id:guid}").WithTags("Privacy").RequireAuthorization().LimitByPerson();
        conference.MapGet("/privacy", Show).WithName("privacy").WithSummary("How long what people write is kept. Whoever is in it; for hosts what was deleted, too.");
        conference.MapDelete("/people/{person:guid}", EraseAsync).WithName("erase-person").WithSummary("Delete what a person wrote in the conference, and the name. Host, administrator.");
        conference.MapDelete("/sessions/{session:guid}/items/{item:guid}/author", EraseAuthorAsync).WithName("erase-author")
            .WithSummary("The same for whoever wrote an item, without telling who that is. Host, administrator.");
    }

    private static async Task<Results<Ok<OwnData>, Problem>> ShowOwnAsync(
        Bearer bearer, ConferenceDirectory directory, Replay replay, TimeProvider time, CancellationToken cancellationToken)
    {
        if (directory.Find(bearer.Actor.Conference) is not { } conference)
        {
            return new Problem(ConferenceFaults.Unknown);
        }

        try
        {
            var sessions = new List<OwnSession>();
            foreach (var entry in conference.Programme)
            {
                var events = await replay.ReadAsync(new AggregateId(Session.Kind, entry.Session.Value), cancellationToken);
                sessions.Add(OwnSession.Of(entry.Session, events.Select(recorded => (recorded.Event, recorded.Context)), bearer.Actor.Id));
            }

            var (known, _) = await replay.LoadAsync<Participant>(bearer.Actor.Id.Value, cancellationToken);
            return TypedResults.Ok(new OwnData(
                bearer.Actor.Id, bearer.Actor.Name, bearer.Actor.City, bearer.Expires, time.GetUtcNow(), ConferenceInfo.Of(conference), conference.Keeping.Retention,
                conference.Keeping.Hold is not null, known.Card, directory.FindRegistration(conference.Id)?.Find(bearer.Actor.Id), [.. sessions.Where(session => session.Items.Count + session.Did.Count > 0)]));
        }
        catch (JournalUnavailableException)
        {
            return new Problem(EngineFaults.JournalUnavailable);
        }
    }

    private static Task<Results<Ok<Erased>, Problem>> EraseOwnAsync(Bearer bearer, Erasures erasures, CancellationToken cancellationToken) =>
        EraseAsync(bearer.Actor.Conference.Value, bearer.Actor.Id.Value, bearer, erasures, cancellationToken);

    private static Results<Ok<PrivacyInfo>, Problem> Show(Guid id, Bearer bearer, ConferenceDirectory directory)
    {
        var conference = new ConferenceId(id);
        if (!Conference.IsShownTo(bearer.Actor, conference))
        {
            return new Problem(SessionFaults.Forbidden);
        }

        var hosts = bearer.Hosts(conference);
        return directory.FindKeeping(conference) is { } kept
            ? TypedResults.Ok(new PrivacyInfo(
                kept.Ends.ToUniversalTime(), kept.Retention, kept.Hold is not null, hosts ? kept.Hold : null, hosts ? kept.Orders : null))
            : new Problem(ConferenceFaults.Unknown);
    }

    private static async Task<Results<Ok<Erased>, Problem>> EraseAuthorAsync(
        Guid id, Guid session, Guid item, Bearer bearer, ConferenceDirectory directory, Replay replay, Erasures erasures, CancellationToken cancellationToken)
    {
        if (!bearer.Hosts(new ConferenceId(id)))
        {
            return new Problem(SessionFaults.Forbidden);
        }

        if (directory.FindKeeping(new ConferenceId(id))?.Sessions.Contains(new SessionId(session)) != true)
        {
            return new Problem(ConferenceFaults.NotInProgramme);
        }

        var (state, _) = await replay.LoadAsync<Session>(session, cancellationToken);
        return state.Items.TryGetValue(new ItemId(item), out var found)
            ? await EraseAsync(id, found.Author.Value, bearer, erasures, cancellationToken)
            : new Problem(SessionFaults.NoSuchItem);
    }

    private static async Task<Results<Ok<Erased>, Problem>> EraseAsync(Guid id, Guid person, Bearer bearer, Erasures erasures, CancellationToken cancellationToken)
    {
        var (held, fault) = await erasures.OrderAsync(bearer.Actor, new ConferenceId(id), new ParticipantId(person), cancellationToken);
        return fault is not null ? new Problem(fault) : TypedResults.Ok(new Erased(held));
    }
}
