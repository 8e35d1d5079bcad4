using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Registrations;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Opening;
using Summit.Server.Operations;
using Summit.Server.People;

namespace Summit.Server.Registrations;

/// <param name="Id">UUID version 7: the same again is the same request again.</param>
/// <param name="Key">Of who was invited or has cancelled: the part of the own link behind <c>#</c>.</param>
public sealed record RegisterRequest(Guid Id, IReadOnlyDictionary<string, string> Answers, string Lang, string? Key = null);

/// <param name="Key">The part of the own link behind <c>#</c>.</param>
public sealed record OwnRequest(string Key);

/// <param name="Id">UUID version 7: the same again is the same request again.</param>
public sealed record WithdrawRequest(Guid Id, string Key);

/// <param name="Link">To come back with; the same goes out by mail.</param>
public sealed record RegisteredAnswer(OwnRegistration Registration, string Link);

/// <summary>Registering for a conference, and looking after the own registration. Nobody needs an account.</summary>
internal static class RegistrationEndpoints
{
    public static void MapRegistrations(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("/conferences/{id:guid}/registration").WithTags("Registration");
        open.MapGet("", Show).WithName("show-form").WithSummary("The registration form, and whether one can register now. Everybody.");
        open.MapPost("", RegisterAsync).WithName("register").WithSummary("Register: a place, an application, or one on the waiting list. Everybody.");
        open.MapPost("/mine", ShowOwn).WithName("own-registration").WithSummary("How the own registration stands. Who has its link.");
        open.MapPost("/mine/enter", EnterAsync).WithName("enter-as-registered").WithSummary("A token for the conference, as the same person on every device. Who has the link of a registration with a place.");
        open.MapPost("/mine/withdraw", WithdrawAsync).WithName("withdraw-registration").WithSummary("Cancel the own registration. Who has its link.");
    }

    private static Results<Ok<RegistrationPage>, Problem> Show(Guid id, ConferenceDirectory directory, TimeProvider time) =>
        directory.Find(new ConferenceId(id)) is not { } conference ? new Problem(ConferenceFaults.Unknown)
        : directory.FindRegistration(conference.Id) is { Form: not null } registration
            ? TypedResults.Ok(RegistrationPage.Of(conference, registration, time.GetUtcNow()))
            : new Problem(RegistrationFaults.None);

    private static async Task<Results<Ok<RegisteredAnswer>, Problem>> RegisterAsync(
        Guid id, RegisterRequest request, HttpContext context, FormGuard guard, RegistrationDesk desk, RegistrationKeys keys, ConferenceDirectory directory,
        Addresses addresses, CancellationToken cancellationToken)
    {
        var conference = new ConferenceId(id);
        if (request.Id.Version != 7)
        {
            return new Problem(CommandFaults.Malformed);
        }

        if (request.Key is not null && keys.Read(conference, request.Key) is null)
        {
            return new Problem(AccessFaults.UnknownLink);
        }

        if (!await guard.PassAsync(context.Connection.RemoteIpAddress, conference, request.Answers.GetValueOrDefault("mail") ?? "", cancellationToken))
        {
            return new Problem(AccessFaults.RateLimit);
        }

        var person = request.Key is { } key ? keys.Read(conference, key)!.Value : new ParticipantId(DerivedId.Of(request.Id, "registrant"));
        var reply = await desk.SendAsync(person, conference, request.Id, new Register(request.Answers, request.Lang), cancellationToken);
        return reply.Fault is { } fault ? new Problem(fault)
            : directory.FindRegistration(conference) is { } registration && registration.Find(person) is { } found
                ? TypedResults.Ok(new RegisteredAnswer(OwnRegistration.Of(found, registration), addresses.Registration(conference, keys.Of(conference, person))))
                : new Problem(ConferenceFaults.Unknown);
    }

    private static Results<Ok<OwnRegistration>, Problem> ShowOwn(Guid id, OwnRequest request, RegistrationKeys keys, ConferenceDirectory directory)
    {
        var conference = new ConferenceId(id);
        return keys.Read(conference, request.Key) is { } person && directory.FindRegistration(conference) is { } registration && registration.Find(person) is { } found
            ? TypedResults.Ok(OwnRegistration.Of(found, registration))
            : new Problem(AccessFaults.UnknownLink);
    }

    private static async Task<Results<Ok<OwnRegistration>, Problem>> WithdrawAsync(
        Guid id, WithdrawRequest request, RegistrationKeys keys, RegistrationDesk desk, Enrolment enrolment, ConferenceDirectory directory,
        CancellationToken cancellationToken)
    {
        var conference = new ConferenceId(id);
        if (request.Id.Version != 7)
        {
            return new Problem(CommandFaults.Malformed);
        }

        if (keys.Read(conference, request.Key) is not { } person)
        {
            return new Problem(AccessFaults.UnknownLink);
        }

        var reply = await desk.SendAsync(person, conference, request.Id, new WithdrawRegistration(), cancellationToken);
        return (reply.Fault ?? await enrolment.LeaveAsync(person, conference, cancellationToken)) is { } fault
            ? new Problem(fault)
            : ShowOwn(id, new OwnRequest(request.Key), keys, directory);
    }

    private static Task<Results<Ok<AccessGranted>, Problem>> EnterAsync(
        Guid id, OwnRequest request, HttpContext context, RegistrationKeys keys, ConferenceDirectory directory, Enrolment enrolment,
        CancellationToken cancellationToken) => WhileReadable.Async<Ok<AccessGranted>>(async () =>
    {
        var conference = new ConferenceId(id);
        if (keys.Read(conference, request.Key) is not { } person || directory.FindRegistration(conference)?.Find(person) is not { } found)
        {
            return new Problem(AccessFaults.UnknownLink);
        }

        var (granted, fault) = found.HasPlace ? await enrolment.EnterAsync(found, conference, Devices.Of(context.Request), cancellationToken) : (null, RegistrationFaults.NoPlace);
        return granted is null ? new Problem(fault!) : TypedResults.Ok(granted);
    });
}
