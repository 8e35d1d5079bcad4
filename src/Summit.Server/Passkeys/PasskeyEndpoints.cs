using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain.Participants;
using Summit.Server.Access;
using Summit.Server.Operations;
using Summit.Server.People;

namespace Summit.Server.Passkeys;

/// <summary>A passkey as its person sees it.</summary>
public sealed record PasskeyInfo(Domain.PasskeyId Id, string Device, DateTimeOffset Since)
{
    public static IReadOnlyList<PasskeyInfo> Of(Participant person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return [.. person.Passkeys.Select(one => new PasskeyInfo(one.Id, one.Device, one.Since))];
    }
}

/// <summary>In by a key on one's own device, and such a key added to the own record.</summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeys(this IEndpointRouteBuilder api)
    {
        var signIn = api.MapGroup("/sign-in/passkey").WithTags("Access");
        signIn.MapPost("/question", AskAsync).WithName("ask-for-passkey").WithSummary("What a device has to sign with a passkey to sign in.");
        signIn.MapPost("", SignInAsync).WithName("sign-in-by-passkey").WithSummary("Sign in by what the device has signed.");
        var mine = api.MapGroup("/me/passkeys").WithTags("Me").RequireAuthorization().LimitByPerson();
        mine.MapPost("/question", AskToAddAsync).WithName("ask-for-new-passkey").WithSummary("What a device needs to make a passkey for who is signed in.");
        mine.MapPost("", AddAsync).WithName("add-passkey").WithSummary("Add the passkey that the device has made.");
    }

    private static async Task<Ok<PasskeyQuestion>> AskAsync(PasskeyDoor door, HttpContext context) => TypedResults.Ok(await door.AskToSignInAsync(context));

    private static Task<Results<Ok<AccessGranted>, Problem>> SignInAsync(PasskeyAnswer answer, PasskeyDoor door, HttpContext context) =>
        WhileReadable.Async<Ok<AccessGranted>>(async () =>
        {
            var (granted, fault) = await door.SignInAsync(answer, context);
            return granted is null ? new Problem(fault!) : TypedResults.Ok(granted);
        });

    private static Task<Results<Ok<PasskeyQuestion>, Problem>> AskToAddAsync(Bearer bearer, PersonDoor people, PasskeyDoor door, HttpContext context) =>
        WhileReadable.Async<Ok<PasskeyQuestion>>(async () =>
            await people.SignedInAsync(bearer, context.RequestAborted) is var (person, _) ? TypedResults.Ok(await door.AskToAddAsync(person, context))
            : new Problem(AccessFaults.NoPerson));

    private static Task<Results<NoContent, Problem>> AddAsync(PasskeyAnswer answer, Bearer bearer, PersonDoor people, PasskeyDoor door, HttpContext context) =>
        WhileReadable.Async<NoContent>(async () =>
            await people.SignedInAsync(bearer, context.RequestAborted) is null ? new Problem(AccessFaults.NoPerson)
            : await door.AddAsync(bearer.Actor, answer, context) is { } fault ? new Problem(fault)
            : TypedResults.NoContent());
}
