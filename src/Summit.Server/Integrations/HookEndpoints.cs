using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Integrations;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Operations;

namespace Summit.Server.Integrations;

public sealed record HookRequest(string Address, IReadOnlyList<Occasion> Occasions);

/// <param name="Secret">To check signatures with, shown this once.</param>
public sealed record HookAnswer(HookId Id, string Secret);

/// <param name="Off">What was answered last when it was switched off; left out while it is on.</param>
/// <param name="Waiting">What is being tried again; left out while all goes well.</param>
public sealed record HookInfo(HookId Id, string Address, IReadOnlyList<Occasion> Occasions, DateTimeOffset Since, string? Off, DeliveryInfo? Waiting);

/// <param name="State"><c>delivered</c>, <c>waiting</c> or <c>failed</c>.</param>
/// <param name="Failure">The status that was answered, or why there was none.</param>
public sealed record DeliveryInfo(DeliveryId Id, Occasion Kind, DateTimeOffset At, string State, int Attempts, DateTimeOffset Last, DateTimeOffset? Next, string? Failure)
{
    internal static DeliveryInfo Of(Delivery delivery) => new(
        delivery.Id, delivery.Of.Kind, delivery.Of.At, delivery.Failure is null ? "delivered" : delivery.Next is null ? "failed" : "waiting", delivery.Attempts, delivery.Last,
        delivery.Next, delivery.Failure);
}

/// <summary>Addresses that are told what happens, and what became of it.</summary>
internal static class HookEndpoints
{
    public static void MapHooks(this IEndpointRouteBuilder api)
    {
        var hooks = api.MapGroup("/conferences/{id:guid}/hooks").WithTags("Integrations").RequireAuthorization().LimitByPerson();
        hooks.MapGet("", List).WithName("list-hooks").WithSummary("The webhooks, without their secrets. Host, administrator.");
        hooks.MapPost("", AddAsync).WithName("add-hook").WithSummary("Add a webhook; the secret of its signatures is shown once. Host, administrator.");
        hooks.MapDelete("/{hook:guid}", DropAsync).WithName("drop-hook").WithSummary("Drop a webhook. Host, administrator.");
        hooks.MapPost("/{hook:guid}/on", SwitchOnAsync).WithName("switch-hook-on").WithSummary("Switch a webhook on again; it goes on where it stood. Host, administrator.");
        hooks.MapPost("/{hook:guid}/test", TestAsync).WithName("test-hook").WithSummary("Deliver a test. Host, administrator.");
        hooks.MapGet("/{hook:guid}/deliveries", Log).WithName("list-deliveries").WithSummary("What was delivered last, and how, the newest first. Host, administrator.");
        hooks.MapPost("/{hook:guid}/deliveries/{delivery:guid}/again", AgainAsync).WithName("deliver-again").WithSummary("Deliver something once more, under the same id. Host, administrator.");
    }

    private static Results<Ok<IEnumerable<HookInfo>>, Problem> List(Guid id, Bearer bearer, ConferenceDirectory directory) =>
        Check(id, bearer, directory) is { } fault ? new Problem(fault)
        : TypedResults.Ok((directory.FindIntegration(new ConferenceId(id))?.Hooks ?? []).OrderBy(hook => hook.Since).Select(hook => new HookInfo(
            hook.Id, hook.Address, hook.Occasions, hook.Since, hook.Off, hook.Log.Find(delivery => delivery.Next is not null) is { } waiting ? DeliveryInfo.Of(waiting) : null)));

    private static Results<Ok<IEnumerable<DeliveryInfo>>, Problem> Log(Guid id, Guid hook, Bearer bearer, ConferenceDirectory directory) =>
        Check(id, bearer, directory) is { } fault ? new Problem(fault)
        : directory.FindIntegration(new ConferenceId(id))?.FindHook(new HookId(hook)) is { } found
            ? TypedResults.Ok(found.Log.OrderByDescending(delivery => delivery.Last).Select(DeliveryInfo.Of))
            : new Problem(IntegrationFaults.HookUnknown);

    private static async Task<Results<Ok<HookAnswer>, Problem>> AddAsync(
        Guid id, HookRequest request, Bearer bearer, IntegrationDesk desk, HookSecrets secrets, Settings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!settings.LocalHooks && !request.Address.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            return new Problem(IntegrationFaults.HookAddress);
        }

        var (hook, (shown, kept)) = (new HookId(Guid.CreateVersion7(time.GetUtcNow())), secrets.New());
        var add = new AddHook(hook, request.Address, request.Occasions, kept);
        return await SendAsync(id, bearer, desk, hook.Value, add, cancellationToken) is { } fault ? new Problem(fault) : TypedResults.Ok(new HookAnswer(hook, shown));
    }

    private static Task<Results<NoContent, Problem>> DropAsync(Guid id, Guid hook, Bearer bearer, IntegrationDesk desk, CancellationToken cancellationToken) =>
        DoAsync(id, bearer, desk, new DropHook(new HookId(hook)), cancellationToken);

    private static Task<Results<NoContent, Problem>> SwitchOnAsync(Guid id, Guid hook, Bearer bearer, IntegrationDesk desk, CancellationToken cancellationToken) =>
        DoAsync(id, bearer, desk, new SwitchHookOn(new HookId(hook)), cancellationToken);

    private static Task<Results<NoContent, Problem>> TestAsync(Guid id, Guid hook, Bearer bearer, IntegrationDesk desk, CancellationToken cancellationToken) =>
        DoAsync(id, bearer, desk, new AskDelivery(new HookId(hook)), cancellationToken);

    private static Task<Results<NoContent, Problem>> AgainAsync(
        Guid id, Guid hook, Guid delivery, Bearer bearer, IntegrationDesk desk, CancellationToken cancellationToken) =>
        DoAsync(id, bearer, desk, new AskDelivery(new HookId(hook), new DeliveryId(delivery)), cancellationToken);

    private static async Task<Results<NoContent, Problem>> DoAsync(Guid id, Bearer bearer, IntegrationDesk desk, ICommand command, CancellationToken cancellationToken) =>
        await SendAsync(id, bearer, desk, Guid.CreateVersion7(), command, cancellationToken) is { } fault ? new Problem(fault) : TypedResults.NoContent();

    private static async Task<Fault?> SendAsync(Guid id, Bearer bearer, IntegrationDesk desk, Guid request, ICommand command, CancellationToken cancellationToken) =>
        (await desk.SendAsync(bearer.Actor, new ConferenceId(id), request, command, cancellationToken)).Fault;

    private static Fault? Check(Guid id, Bearer bearer, ConferenceDirectory directory) =>
        !bearer.Hosts(new ConferenceId(id)) ? SessionFaults.Forbidden : directory.Find(new ConferenceId(id)) is null ? ConferenceFaults.Unknown : null;
}
