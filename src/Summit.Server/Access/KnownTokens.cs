using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Summit.Server.Integrations;

namespace Summit.Server.Access;

/// <summary>
/// Reads tokens and the keys of programs, and remembers what they said: deciphering one and reading its claims costs more than the rest of a small request.
/// What a token says never changes; whether it is still good is asked each time, by expiry and <see cref="Gate"/>. Thread-safe.
/// </summary>
internal sealed class KnownTokens(ISecureDataFormat<AuthenticationTicket> inner, ApiKeys keys) : ISecureDataFormat<AuthenticationTicket>
{
    /// <summary>Twice as many at the most, as many as may be connected, with some 2 kB each. Of a larger crowd those who were not heard of for longest are read again.</summary>
    internal const int Most = 10_000;

    private ConcurrentDictionary<string, AuthenticationTicket> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, AuthenticationTicket> _old = new(StringComparer.Ordinal);

    public string Protect(AuthenticationTicket data) => inner.Protect(data);

    public string Protect(AuthenticationTicket data, string? purpose) => inner.Protect(data, purpose);

    public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, null);

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
    {
        if (protectedText is null || purpose is not null)
        {
            return inner.Unprotect(protectedText, purpose);
        }

        if (_young.TryGetValue(protectedText, out var known))
        {
            return known;
        }

        if (!_old.TryGetValue(protectedText, out known) && (known = Read(protectedText)) is null)
        {
            return null;
        }

        if (_young.Count >= Most)
        {
            // Two threads at once forget somewhat more than they had to.
            (_old, _young) = (_young, new(StringComparer.Ordinal));
        }

        _young[protectedText] = known;
        return known;
    }

    private AuthenticationTicket? Read(string token) =>
        keys.Read(token) is { } key ? key
        : inner.Unprotect(token) is not { } ticket ? null
        : Bearer.Of(ticket.Principal) is not { } bearer ? ticket
        : new AuthenticationTicket(new BearerPrincipal(bearer, ticket.Principal), ticket.Properties, ticket.AuthenticationScheme);
}

/// <summary>A principal whose claims have been read.</summary>
internal sealed class BearerPrincipal(Bearer bearer, ClaimsPrincipal principal) : ClaimsPrincipal(principal)
{
    public Bearer Bearer => bearer;
}
