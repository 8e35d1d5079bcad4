using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Integrations;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Operations;

namespace Summit.Server.Integrations;

/// <param name="Hosts">As they are given, <c>city.example</c>; as they are kept, <c>https://city.example</c>.</param>
public sealed record FrameHosts(IReadOnlyList<string> Hosts);

/// <summary>Whose pages may show a conference in a frame.</summary>
internal static class FrameEndpoints
{
    public static void MapFrames(this IEndpointRouteBuilder api)
    {
        var frames = api.MapGroup("/conferences/{id:guid}/frames").WithTags("Integrations").RequireAuthorization().LimitByPerson();
        frames.MapGet("", Show).WithName("show-frames").WithSummary("Whose pages may show the conference in a frame. Host, administrator.");
        frames.MapPut("", AllowAsync).WithName("allow-frames").WithSummary("Say whose pages may show the conference in a frame: all of them. Host, administrator.");
    }

    private static Results<Ok<FrameHosts>, Problem> Show(Guid id, Bearer bearer, ConferenceDirectory directory) =>
        !bearer.Hosts(new ConferenceId(id)) ? new Problem(SessionFaults.Forbidden)
        : directory.Find(new ConferenceId(id)) is null ? new Problem(ConferenceFaults.Unknown)
        : TypedResults.Ok(new FrameHosts([.. directory.FindIntegration(new ConferenceId(id))?.Hosts ?? []]));

    private static async Task<Results<Ok<FrameHosts>, Problem>> AllowAsync(
        Guid id, FrameHosts request, Bearer bearer, IntegrationDesk desk, ConferenceDirectory directory, CancellationToken cancellationToken)
    {
        var reply = await desk.SendAsync(bearer.Actor, new ConferenceId(id), Guid.CreateVersion7(), new AllowHosts(request.Hosts), cancellationToken);
        return reply.Fault is { } fault ? new Problem(fault) : Show(id, bearer, directory);
    }
}
