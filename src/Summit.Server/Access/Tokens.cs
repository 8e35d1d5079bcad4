using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;

namespace Summit.Server.Access;

/// <summary>Makes the tokens people carry: a <see cref="Bearer"/>, encrypted and signed by the framework's bearer token handler, which also reads them.</summary>
public sealed class Tokens(IOptionsMonitor<BearerTokenOptions> options)
{
    public const string Scheme = BearerTokenDefaults.AuthenticationScheme;

    private ISecureDataFormat<AuthenticationTicket> Protector => options.Get(Scheme).BearerTokenProtector;

    public string Issue(Bearer bearer)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        var properties = new AuthenticationProperties { ExpiresUtc = bearer.Expires };
        return Protector.Protect(new AuthenticationTicket(bearer.ToPrincipal(Scheme), properties, Scheme));
    }

    /// <summary>Whom a token speaks for, be it out of date; null for one that is not ours.</summary>
    public Bearer? Read(string token) => Bearer.Of(Protector.Unprotect(token)?.Principal);

    /// <summary>Whether it is one of ours, be it out of date.</summary>
    public bool IsOurs(string? token) => !string.IsNullOrEmpty(token) && Protector.Unprotect(token) is not null;
}
