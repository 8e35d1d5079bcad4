using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Summit.Domain.Participants;
using Summit.Server.Access;
using Summit.Server.Operations;
using Summit.Server.People;

namespace Summit.Server.Accounts;

/// <param name="Key">What <c>/api/sign-in/{key}</c> takes.</param>
public sealed record OrganisationInfo(string Key, string Name);

/// <summary>An account at an organisation by which a person comes in.</summary>
public sealed record AccountInfo(Domain.AccountId Id, string Organisation, DateTimeOffset Since)
{
    public static IReadOnlyList<AccountInfo> Of(Participant person, Organisations organisations)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(organisations);
        return [.. person.Accounts.Select(account => new AccountInfo(account.Id, organisations.NameOf(account.Issuer), account.Since))];
    }
}

/// <summary>In by an organisation's account: there, and back with its word.</summary>
internal static partial class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        var signIn = api.MapGroup("/sign-in").WithTags("Access");
        signIn.MapGet("", List).WithName("organisations").WithSummary("The organisations whose accounts sign in here.");
        signIn.MapGet("/{key}", LeaveAsync).WithName("leave-for-organisation").WithSummary("For a browser: on to the organisation's page, which sends it back here.");
        signIn.MapPost("/link", LinkAsync).RequireAuthorization().LimitByPerson().WithName("link-account")
            .WithSummary("Make the account by which the browser has come back one more way in of the person of the token.");
        signIn.MapPost("", FinishAsync).WithName("sign-in").WithSummary("Sign in by what the organisation said, which the browser has brought back in a cookie.");
    }

    private static Ok<IReadOnlyList<OrganisationInfo>> List(Organisations organisations) =>
        TypedResults.Ok<IReadOnlyList<OrganisationInfo>>([.. organisations.All.Select(one => new OrganisationInfo(one.Key, one.Name))]);

    private static async Task<Results<EmptyHttpResult, RedirectHttpResult, Problem>> LeaveAsync(string key, Organisations organisations, HttpContext context, ILoggerFactory log)
    {
        if (organisations.Find(key) is null)
        {
            return new Problem(AccountFaults.Organisation);
        }

        try
        {
            await context.ChallengeAsync(key, new AuthenticationProperties { RedirectUri = $"{AccountSetup.Page}?sign-in=back" });
            return TypedResults.Empty;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or OpenIdConnectProtocolException or OperationCanceledException)
        {
            // The organisation cannot be asked now, or does not take what it is asked.
            LogAway(log.CreateLogger(typeof(AccountEndpoints)), key, e.Message);
            return TypedResults.Redirect($"{AccountSetup.Page}?sign-in=failed");
        }
    }

    private static Task<Results<NoContent, Problem>> LinkAsync(Bearer bearer, AccountDoor door, HttpContext context, CancellationToken cancellationToken) =>
        WhileReadable.Async<NoContent>(async () =>
        {
            if (await WordAsync(context) is not { } word)
            {
                return new Problem(AccountFaults.Over);
            }

            var fault = await door.LinkAsync(bearer, word, cancellationToken);
            await context.SignOutAsync(AccountSetup.Ticket);
            return fault is null ? TypedResults.NoContent() : new Problem(fault);
        });

    private static Task<Results<Ok<AccessGranted>, Problem>> FinishAsync(AccountDoor door, HttpContext context, CancellationToken cancellationToken) =>
        WhileReadable.Async<Ok<AccessGranted>>(async () =>
        {
            if (await WordAsync(context) is not { } word)
            {
                return new Problem(AccountFaults.Over);
            }

            var (granted, fault) = await door.SignInAsync(word, Devices.Of(context.Request), cancellationToken);
            await context.SignOutAsync(AccountSetup.Ticket);
            return granted is null ? new Problem(fault!) : TypedResults.Ok(granted);
        });

    /// <summary>What the organisation said, as the browser has brought it back; null for nothing, or too late.</summary>
    private static async Task<AccountWord?> WordAsync(HttpContext context) => AccountWord.Of((await context.AuthenticateAsync(AccountSetup.Ticket)).Principal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The organisation {Key} cannot be asked to sign anybody in: {Reason}")]
    private static partial void LogAway(ILogger log, string key, string reason);
}
