using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Server.Conferences;
using Summit.Server.Operations;
using Summit.Server.People;

namespace Summit.Server.Access;

public sealed record JoinRequest(string Code, string? Name = null, string? City = null);

public sealed record EnterRequest(string Secret, string? Name = null);

public sealed record ConferenceAndSessions(ConferenceInfo Conference, IReadOnlyList<SessionInfo> Sessions);

/// <summary>In by a code, in by a link, and where one is.</summary>
internal static class AccessEndpoints
{
    private const int LongestName = 80;
    private const int LongestCity = 60;

    /// <summary>UTF-16 units a character may take on average: no script needs more than four.</summary>
    private const int MostUnits = 4;

    public static void MapAccess(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup("").WithTags("Access");
        api.MapPost("/join", JoinAsync).WithName("join").WithSummary("Join a conference by its code: a token for a new person, or for who is signed in.");
        api.MapPost("/enter", EnterAsync).WithName("enter").WithSummary("Enter by the secret of a link: a token for its role, or for the person whose link it is.");
        api.MapGet("/conference", Where).WithName("conference").WithSummary("The bearer's conference and its sessions.")
            .RequireAuthorization().LimitByPerson();
    }

    /// <summary>For calls of a bearer that are not counted elsewhere.</summary>
    public static TBuilder LimitByPerson<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(async (context, next) =>
            Bearer.Of(context.HttpContext.User) is { } bearer && !context.HttpContext.RequestServices.GetRequiredService<Limits>().TryTake(bearer)
                ? new Problem(AccessFaults.RateLimit)
                : await next(context));

    private static async Task<Results<Ok<AccessGranted>, Problem>> JoinAsync(
        JoinRequest request, JoinGuard guard, Reception reception, ConferenceDirectory directory, PersonDoor door, HttpContext context,
        CancellationToken cancellationToken)
    {
        var code = new string([.. request.Code.Where(character => !char.IsWhiteSpace(character) && character != '-').Select(char.ToUpperInvariant)]);
        if (!Lobby.IsCode(code))
        {
            return new Problem(ConferenceFaults.CodeMalformed);
        }

        if (Named(request.Name, LongestName, out var name) is { } badName)
        {
            return new Problem(badName);
        }

        if (Named(request.City, LongestCity, out var city) is { } badCity)
        {
            return new Problem(badCity);
        }

        var address = context.Connection.RemoteIpAddress;
        if (!await guard.PassAsync(address, code, cancellationToken))
        {
            return new Problem(AccessFaults.SlowDown);
        }

        var conference = directory.FindByCode(code);
        guard.Report(address, code, right: conference is not null);
        return conference is null ? new Problem(AccessFaults.UnknownCode)
            : Bearer.Of(context.User) is { SignIn: not null } person ? await AnswerAsync(() => door.JoinAsync(person, conference.Id, cancellationToken))
            : TypedResults.Ok(reception.Join(conference, name, city));
    }

    private static async Task<Results<Ok<AccessGranted>, Problem>> EnterAsync(
        EnterRequest request, Reception reception, PersonDoor door, HttpContext context, CancellationToken cancellationToken) =>
        Named(request.Name, LongestName, out var name) is { } fault ? new Problem(fault)
        : PersonalSecret.PersonOf(request.Secret) is not null ? await AnswerAsync(() => door.SignInAsync(request.Secret, Devices.Of(context.Request), cancellationToken))
        : reception.Enter(request.Secret, name) is { } granted ? TypedResults.Ok(granted)
        : new Problem(AccessFaults.UnknownLink);

    private static Task<Results<Ok<AccessGranted>, Problem>> AnswerAsync(Func<Task<(AccessGranted? Granted, Fault? Fault)>> ask) =>
        WhileReadable.Async<Ok<AccessGranted>>(async () =>
        {
            var (granted, fault) = await ask();
            return granted is null ? new Problem(fault!) : TypedResults.Ok(granted);
        });

    private static Results<Ok<ConferenceAndSessions>, Problem> Where(Bearer bearer, ConferenceDirectory directory) =>
        directory.Find(bearer.Actor.Conference) is { } conference
            ? TypedResults.Ok(new ConferenceAndSessions(ConferenceInfo.Of(conference), SessionInfo.Of(conference)))
            : new Problem(ConferenceFaults.Unknown);

    private static Fault? Named(string? raw, int most, out string? clean)
    {
        var text = Text.CleanLine(raw);
        clean = text.Length == 0 ? null : text;
        // What looks like one character can be a hundred: a name rides in every token, and tokens have to fit into an address.
        return text.Length > most * MostUnits || Text.Length(text) > most ? SessionFaults.TextTooLong(most) : null;
    }
}
