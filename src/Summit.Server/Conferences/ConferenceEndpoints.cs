using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Registrations;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Opening;
using Summit.Server.Operations;
using Accepted = Summit.Server.Sessions.Accepted;

namespace Summit.Server.Conferences;

/// <param name="Id">UUID version 7. With it, the same request can be sent again without planning twice; left out, the server makes one.</param>
public sealed record PlanRequest(
    string Title, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, IReadOnlyList<string> Languages, string? Theme = null,
    ConferenceId? Id = null);

/// <param name="Host">The link to run it with: shown this once.</param>
public sealed record Planned(ConferenceId Id, string Code, string Host);

/// <param name="Id">UUID version 7: the same again is the same request again.</param>
public sealed record ScheduleRequest(
    SessionId Id, string Title, DateTimeOffset Starts, DateTimeOffset Ends, string Lang, PolicyChanges? Policies = null);

public sealed record IssueRequest(Role Role, string Label, DateTimeOffset? Expires = null);

/// <param name="Link">Shown this once.</param>
public sealed record Issued(LinkId Id, string Link);

/// <summary>A link as its host sees it: never its secret.</summary>
public sealed record LinkInfo(LinkId Id, Role Role, string Label, DateTimeOffset Issued, DateTimeOffset? Expires, bool Revoked);

/// <summary>Planning and removing conferences, their sessions and their links.</summary>
internal static class ConferenceEndpoints
{
    public static void MapConferences(this IEndpointRouteBuilder api)
    {
        var conferences = api.MapGroup("/conferences").WithTags("Conferences").RequireAuthorization().LimitByPerson();
        conferences.MapPost("", PlanAsync).WithName("plan-conference").WithSummary("Plan a conference. Administrator.");
        conferences.MapGet("/{id:guid}", Show).WithName("show-conference").WithSummary("The conference with its place, speakers and programme. Whoever is in it.");
        api.MapGet("/conferences/{id:guid}/programme", ShowPublished).WithTags("Conferences").LimitByPerson().WithName("show-programme")
            .WithSummary("The programme as it was published last. Everybody.");
        conferences.MapPost("/{id:guid}/commands", SendAsync).WithName("send-conference-command")
            .WithSummary("Send a command to a conference: what it is, who speaks, where sessions are held. Host, administrator.").Accepts<IProgrammeCommand>("application/json");
        conferences.MapDelete("/{id:guid}", RemoveAsync).WithName("remove-conference").WithSummary("Take a conference and its code out of service. Host, administrator.");
        conferences.MapPost("/{id:guid}/sessions", ScheduleAsync).WithName("schedule-session").WithSummary("Add a session to the programme. Host, administrator.");
        conferences.MapGet("/{id:guid}/links", Links).WithName("list-links").WithSummary("All role links ever issued, without secrets. Host, administrator.");
        conferences.MapPost("/{id:guid}/links", IssueAsync).WithName("issue-link").WithSummary("Issue a role link; its secret is shown once. Host, administrator.");
        conferences.MapDelete("/{id:guid}/links/{link:guid}", RevokeAsync).WithName("revoke-link").WithSummary("Revoke a role link. Host, administrator.");
    }

    private static async Task<Results<Ok<Planned>, Problem>> PlanAsync(
        PlanRequest request, Bearer bearer, Desk desk, Addresses addresses, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = request.Id ?? new ConferenceId(Guid.CreateVersion7(time.GetUtcNow()));
        if (id.Value.Version != 7)
        {
            return new Problem(CommandFaults.Malformed);
        }

        var plan = new NewConference(id, request.Title, request.Theme, request.Starts, request.Ends, request.TimeZone, request.Languages);
        var (code, fault) = await desk.PlanAsync(bearer.Actor, plan, cancellationToken);
        if (fault is not null)
        {
            return new Problem(fault);
        }

        var host = new NewLink(new LinkId(Guid.CreateVersion7(time.GetUtcNow())), Role.Host, "Host", RoleSecret.New());
        return await desk.IssueAsync(bearer.Actor, id, host, cancellationToken) is { } refused
            ? new Problem(refused)
            : TypedResults.Ok(new Planned(id, code, addresses.Link(Role.Host, host.Secret)));
    }

    private static Results<Ok<ConferencePage>, Problem> Show(Guid id, Bearer bearer, ConferenceDirectory directory)
    {
        var conference = new ConferenceId(id);
        return !Conference.IsShownTo(bearer.Actor, conference) ? new Problem(SessionFaults.Forbidden)
            : directory.Find(conference) is { } found ? TypedResults.Ok(ConferencePage.Of(found, bearer.Hosts(conference), SeesMeeting(bearer.Actor, directory.FindRegistration(conference))))
            : new Problem(ConferenceFaults.Unknown);
    }

    /// <summary>Where one registers, a code alone does not lead to the meeting.</summary>
    private static bool SeesMeeting(Actor actor, Registration? registration) =>
        actor.Role != Role.Participant || registration?.Form is null || registration.Find(actor.Id)?.HasPlace is true;

    private static Results<Ok<PublicPage>, Problem> ShowPublished(Guid id, ConferenceDirectory directory, TimeProvider time) =>
        directory.Find(new ConferenceId(id)) is not { } conference ? new Problem(ConferenceFaults.Unknown)
        : conference.AsPublished() is { } published ? TypedResults.Ok(PublicPage.Of(
            published, registers: directory.FindRegistration(conference.Id) is { Form: not null } registration && registration.WhyNot(time.GetUtcNow()) != RegistrationFaults.Closed))
        : new Problem(ConferenceFaults.Unpublished);

    private static async Task<Results<Accepted, Problem>> SendAsync(
        Guid id, HttpRequest request, Bearer bearer, Desk desk, CancellationToken cancellationToken)
    {
        var (command, read, malformed) = await CommandReader<IProgrammeCommand>.ReadAsync(request, cancellationToken);
        if (malformed is not null)
        {
            return new Problem(malformed);
        }

        var reply = await desk.SendAsync(bearer.Actor, new ConferenceId(id), command, read!, cancellationToken);
        return reply.Fault is { } fault ? new Problem(fault) : new Accepted(reply.Seq);
    }

    private static async Task<Results<NoContent, Problem>> RemoveAsync(Guid id, Bearer bearer, Desk desk, CancellationToken cancellationToken) =>
        !bearer.Hosts(new ConferenceId(id)) ? new Problem(SessionFaults.Forbidden)
        : await desk.RemoveAsync(bearer.Actor, new ConferenceId(id), cancellationToken) is { } fault ? new Problem(fault)
        : TypedResults.NoContent();

    private static async Task<Results<Ok<SessionInfo>, Problem>> ScheduleAsync(
        Guid id, ScheduleRequest request, Bearer bearer, Desk desk, ConferenceDirectory directory, CancellationToken cancellationToken)
    {
        var conference = new ConferenceId(id);
        if (!bearer.Hosts(conference))
        {
            return new Problem(SessionFaults.Forbidden);
        }

        if (request.Id.Value.Version != 7)
        {
            return new Problem(CommandFaults.Malformed);
        }

        var session = new NewSession(request.Id, request.Title, request.Starts, request.Ends, request.Lang, request.Policies);
        if (await desk.ScheduleAsync(bearer.Actor, conference, session, cancellationToken) is { } fault)
        {
            return new Problem(fault);
        }

        return directory.Find(conference)?.Programme.FirstOrDefault(entry => entry.Session == request.Id) is { } entry
            ? TypedResults.Ok(SessionInfo.Of(entry))
            : new Problem(ConferenceFaults.Unknown);
    }

    private static Results<Ok<IEnumerable<LinkInfo>>, Problem> Links(Guid id, Bearer bearer, ConferenceDirectory directory) =>
        !bearer.Hosts(new ConferenceId(id)) ? new Problem(SessionFaults.Forbidden)
        : directory.Find(new ConferenceId(id)) is not { } conference ? new Problem(ConferenceFaults.Unknown)
        : TypedResults.Ok(conference.Links.Values
            .OrderBy(link => link.Issued)
            .Select(link => new LinkInfo(link.Id, link.Role, link.Label, link.Issued, link.Expires, link.Revoked)));

    private static async Task<Results<Ok<Issued>, Problem>> IssueAsync(
        Guid id, IssueRequest request, Bearer bearer, Desk desk, Addresses addresses, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!bearer.Hosts(new ConferenceId(id)))
        {
            return new Problem(SessionFaults.Forbidden);
        }

        var link = new NewLink(
            new LinkId(Guid.CreateVersion7(time.GetUtcNow())), request.Role, request.Label, RoleSecret.New(), request.Expires?.ToUniversalTime());
        return await desk.IssueAsync(bearer.Actor, new ConferenceId(id), link, cancellationToken) is { } fault
            ? new Problem(fault)
            : TypedResults.Ok(new Issued(link.Id, addresses.Link(link.Role, link.Secret)));
    }

    private static async Task<Results<NoContent, Problem>> RevokeAsync(
        Guid id, Guid link, Bearer bearer, Desk desk, CancellationToken cancellationToken) =>
        !bearer.Hosts(new ConferenceId(id)) ? new Problem(SessionFaults.Forbidden)
        : await desk.RevokeAsync(bearer.Actor, new ConferenceId(id), new LinkId(link), cancellationToken) is { } fault ? new Problem(fault)
        : TypedResults.NoContent();
}
