using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Summit.Domain;
using Summit.Server.Operations;

namespace Summit.Server.Accounts;

/// <summary>
/// Sign-in by organisation: the framework's OpenID Connect handler, a scheme for each. What it has to remember while somebody is away at the
/// organisation's page travels with the browser, sealed with the keys that all servers share, so that any of them takes the answer.
/// </summary>
internal static class AccountSetup
{
    /// <summary>The cookie that carries an <see cref="AccountWord"/> from the answer to our page.</summary>
    public const string Ticket = "account";

    /// <summary>Where people begin, and where they come back to. Nothing that a request says goes into it.</summary>
    public const string Page = "/me";

    /// <summary>The page asks at once; a slow phone takes its time to load it.</summary>
    private static readonly TimeSpan ForTheWayBack = TimeSpan.FromMinutes(5);

    /// <summary>As long as somebody waits for a page.</summary>
    private static readonly TimeSpan ForTheProvider = TimeSpan.FromSeconds(10);

    public static void AddAccounts(this IServiceCollection services, IConfiguration configuration, Settings settings)
    {
        var organisations = Organisations.Of(configuration);
        services.AddSingleton(_ => organisations.All.Select(one => one.Fault).OfType<string>().FirstOrDefault() is { } fault
            ? throw new ArgumentException(fault)
            : organisations);
        services.AddSingleton<AccountDoor>();
        // Not by AddAuthentication once more, which would bring back what AddAccess has taken out.
        var authentication = new AuthenticationBuilder(services).AddCookie(Ticket, options =>
        {
            options.Cookie.Name = "summit.account";
            options.Cookie.Path = "/api/sign-in";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.ExpireTimeSpan = ForTheWayBack;
            options.SlidingExpiration = false;
        });
        foreach (var organisation in organisations.All)
        {
            authentication.AddOpenIdConnect(organisation.Key, options => Set(options, organisation, settings));
        }
    }

    /// <summary>The code flow with PKCE, state and nonce, which are the handler's own; signature, issuer, audience and times of the ID token are checked by it, too.</summary>
    private static void Set(OpenIdConnectOptions options, Organisation organisation, Settings settings)
    {
        options.SignInScheme = Ticket;
        options.Authority = organisation.Issuer;
        options.RequireHttpsMetadata = !organisation.IsOnThisMachine;
        options.ClientId = organisation.ClientId;
        options.ClientSecret = organisation.ClientSecret;
        options.CallbackPath = organisation.CallbackPath;
        options.BackchannelTimeout = ForTheProvider;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // An answer in the query brings cookies along that no other site's form could.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Scope.Add("email");
        options.DisableTelemetry = true;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.MapUniqueJsonKey("email_verified", "email_verified");
        options.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = context =>
            {
                context.ProtocolMessage.RedirectUri = settings.Address is { } address ? address.TrimEnd('/') + organisation.CallbackPath : context.ProtocolMessage.RedirectUri;
                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                // The handler takes the issuer that the discovery document names; what counts is the one the operator trusts.
                if (context.SecurityToken.Issuer != organisation.Issuer)
                {
                    context.Fail("The ID token comes from another issuer than is set.");
                }

                return Task.CompletedTask;
            },
            OnTicketReceived = context =>
            {
                var now = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
                var word = AccountWord.Of(organisation.Key, new SignInId(Guid.CreateVersion7(now)), context.Principal);
                context.Principal = word?.ToPrincipal();
                if (word is null)
                {
                    Refuse(context, "failed");
                }

                return Task.CompletedTask;
            },
            OnAccessDenied = context => Refuse(context, "declined"),
            OnRemoteFailure = context => Refuse(context, "failed"),
        };
    }

    /// <summary>The page says why, in the person's language; the log says more.</summary>
    private static Task Refuse(HandleRequestContext<RemoteAuthenticationOptions> context, string why)
    {
        context.Response.Redirect($"{Page}?sign-in={why}");
        context.HandleResponse();
        return Task.CompletedTask;
    }
}
