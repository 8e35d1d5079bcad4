using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Integrations;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Operations;

namespace Summit.Server.Integrations;

/// <param name="Expires">Left out for a key that does not end by itself.</param>
public sealed record KeyRequest(string Name, IReadOnlyList<Scope> Scopes, DateTimeOffset? Expires = null);

/// <param name="Key">Shown this once.</param>
public sealed record KeyAnswer(LinkId Id, string Key);

/// <summary>A key as its host sees it: never the key itself.</summary>
/// <param name="Used">The last day on which it was used, in UTC.</param>
public sealed record KeyInfo(LinkId Id, string Name, IReadOnlyList<Scope> Scopes, DateTimeOffset Issued, DateTimeOffset? Expires, bool Revoked, DateOnly? Used);

/// <summary>Keys with which other programs use this API.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/conferences/{id:guid}/keys").WithTags("Integrations").RequireAuthorization().LimitByPerson();
        keys.MapGet("", List).WithName("list-keys").WithSummary("All keys ever made, without the keys themselves. Host, administrator.");
        keys.MapPost("", IssueAsync).WithName("issue-key").WithSummary("Make a key for a program; it is shown once. Host, administrator.");
        keys.MapDelete("/{key:guid}", RevokeAsync).WithName("revoke-key").WithSummary("Revoke a key. Host, administrator.");
    }

    private static Results<Ok<IEnumerable<KeyInfo>>, Problem> List(Guid id, Bearer bearer, ConferenceDirectory directory) =>
        !bearer.Hosts(new ConferenceId(id)) ? new Problem(SessionFaults.Forbidden)
        : directory.Find(new ConferenceId(id)) is null ? new Problem(ConferenceFaults.Unknown)
        : TypedResults.Ok((directory.FindIntegration(new ConferenceId(id))?.Keys ?? [])
            .OrderBy(key => key.Issued)
            .Select(key => new KeyInfo(key.Id, key.Name, key.Scopes, key.Issued, key.Expires, key.Revoked, key.Used)));

    private static async Task<Results<Ok<KeyAnswer>, Problem>> IssueAsync(
        Guid id, KeyRequest request, Bearer bearer, IntegrationDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var (key, made) = (new LinkId(Guid.CreateVersion7(time.GetUtcNow())), ApiKeys.New());
        var issue = new IssueKey(key, request.Name, request.Scopes, RoleSecret.Hash(made), request.Expires?.ToUniversalTime());
        var reply = await desk.SendAsync(bearer.Actor, new ConferenceId(id), DerivedId.Of(key.Value, "issue"), issue, cancellationToken);
        return reply.Fault is { } fault ? new Problem(fault) : TypedResults.Ok(new KeyAnswer(key, made));
    }

    private static async Task<Results<NoContent, Problem>> RevokeAsync(
        Guid id, Guid key, Bearer bearer, IntegrationDesk desk, CancellationToken cancellationToken)
    {
        var reply = await desk.SendAsync(bearer.Actor, new ConferenceId(id), DerivedId.Of(key, "revoke"), new RevokeKey(new LinkId(key)), cancellationToken);
        return reply.Fault is { } fault ? new Problem(fault) : TypedResults.NoContent();
    }
}
