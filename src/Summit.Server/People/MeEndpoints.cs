using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Participants;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Accounts;
using Summit.Server.Conferences;
using Summit.Server.Opening;
using Summit.Server.Operations;
using Summit.Server.Passkeys;
using Accepted = Summit.Server.Sessions.Accepted;

namespace Summit.Server.People;

/// <summary>Where to go: one conference, a session of it, one network or a group of it.</summary>
/// <param name="Role">Left out for the strongest the person has there.</param>
public sealed record EnterPlaceRequest(
    ConferenceId? Conference = null, SessionId? Session = null, NetworkId? Network = null, GroupId? Group = null, Role? Role = null);

/// <param name="Organisation">By whose account; null for another way in.</param>
/// <param name="Passkey">By which passkey; null for another way in.</param>
/// <param name="Here">Whether it is the one that asks.</param>
public sealed record SignInInfo(SignInId Id, string Device, DateTimeOffset Since, DateTimeOffset Until, string? Organisation, PasskeyId? Passkey, bool Here);

/// <param name="Own">Whether the person made it; else an organiser did.</param>
public sealed record PersonalLinkInfo(LinkId Id, DateTimeOffset Issued, DateTimeOffset? Expires, bool Own);

/// <summary>Everything that a person sees of themselves.</summary>
public sealed record MyPage(
    ParticipantId Id, PersonCard Card, IReadOnlyList<PlaceInfo> Roles, IReadOnlyList<SignInInfo> SignIns, IReadOnlyList<PersonalLinkInfo> Links,
    IReadOnlyList<AccountInfo> Accounts, IReadOnlyList<PasskeyInfo> Passkeys);

/// <summary>What is a person's own: who they are, where they have a role, where they are signed in.</summary>
internal static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder api)
    {
        var me = api.MapGroup("/me").WithTags("Me").RequireAuthorization().LimitByPerson();
        me.MapGet("", ShowAsync).WithName("me").WithSummary("The person of the token: who they are, their roles, the devices they are signed in on, their links.");
        me.MapPost("/enter", EnterAsync).WithName("enter-place").WithSummary("A token for a place where the person has a role.");
        me.MapPost("/commands", SendAsync).WithName("send-own-command").WithSummary("Send a command about the own record.").Accepts<IParticipantCommand>("application/json");
        me.MapPost("/links", IssueAsync).WithName("issue-own-link").WithSummary("A link that signs in on another device; its secret is shown once.");
    }

    private static Task<Results<Ok<MyPage>, Problem>> ShowAsync(
        Bearer bearer, PersonDoor door, ConferenceDirectory directory, Organisations organisations, CancellationToken cancellationToken) => WhileReadable.Async<Ok<MyPage>>(async () =>
    {
        if (await door.SignedInAsync(bearer, cancellationToken) is not var (person, here))
        {
            return new Problem(AccessFaults.NoPerson);
        }

        var state = person.State;
        return TypedResults.Ok(new MyPage(
            state.Id, state.Card!, [.. state.Roles.Select(role => PlaceInfo.Of(role, directory)).OfType<PlaceInfo>()],
            [.. state.SignIns.Reverse().Select(one => new SignInInfo(one.Id, one.Device, one.Since, one.Until, one.Issuer is { } issuer ? organisations.NameOf(issuer) : null, one.Passkey, one.Id == here.Id))],
            [.. state.Links.OrderBy(link => link.Issued).Select(link => new PersonalLinkInfo(link.Id, link.Issued, link.Expires, link.By == state.Id))],
            AccountInfo.Of(state, organisations), PasskeyInfo.Of(state)));
    });

    private static Task<Results<Ok<AccessGranted>, Problem>> EnterAsync(
        EnterPlaceRequest request, Bearer bearer, PersonDoor door, CancellationToken cancellationToken) => WhileReadable.Async<Ok<AccessGranted>>(async () =>
    {
        var place = new Realm(request.Conference, request.Session, request.Network, request.Group);
        var (granted, fault) = place.IsOnePlace ? await door.EnterAsync(bearer, place, request.Role, cancellationToken) : (null, ParticipantFaults.RoleMalformed);
        return granted is null ? new Problem(fault!) : TypedResults.Ok(granted);
    });

    private static Task<Results<Accepted, Problem>> SendAsync(
        HttpRequest request, Bearer bearer, PeopleDesk desk, CancellationToken cancellationToken) =>
        PeopleEndpoints.SendAsync(bearer.Actor.Id, request, bearer, desk, cancellationToken);

    private static Task<Results<Ok<Issued>, Problem>> IssueAsync(
        IssuePersonalRequest request, Bearer bearer, PeopleDesk desk, Addresses addresses, TimeProvider time, CancellationToken cancellationToken) =>
        PeopleEndpoints.IssueAsync(bearer.Actor.Id.Value, request, bearer, desk, addresses, time, cancellationToken);
}

/// <summary>Turns a journal that cannot be read into the refusal that invites another try.</summary>
internal static class WhileReadable
{
    public static async Task<Results<TResult, Problem>> Async<TResult>(Func<Task<Results<TResult, Problem>>> answer)
        where TResult : IResult
    {
        try
        {
            return await answer();
        }
        catch (JournalUnavailableException)
        {
            return new Problem(EngineFaults.JournalUnavailable);
        }
    }
}
