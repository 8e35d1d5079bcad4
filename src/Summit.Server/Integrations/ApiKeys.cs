using Microsoft.AspNetCore.Authentication;
using Summit.Domain;
using Summit.Domain.Integrations;
using Summit.Server.Access;
using Summit.Server.Conferences;

namespace Summit.Server.Integrations;

/// <summary>The keys of programs: random like the secret of a link, but sent with each request as they are. Reads the directory alone.</summary>
public sealed class ApiKeys(ConferenceDirectory directory, IntegrationDesk desk, TimeProvider time)
{
    /// <summary>Tells a key from a token, and a scanner of sources what it has found.</summary>
    public const string Prefix = "summit_";

    public static string New() => Prefix + RoleSecret.New();

    /// <summary>Null for what is no key of ours; whether it is still good the <see cref="Gate"/> says.</summary>
    internal AuthenticationTicket? Read(string sent)
    {
        if (!sent.StartsWith(Prefix, StringComparison.Ordinal) || directory.FindKey(RoleSecret.Hash(sent)) is not var (conference, key))
        {
            return null;
        }

        var actor = new Actor(Reception.Person(key.Id, null), Role.Key, conference, key.Name, null, Scopes: key.Scopes);
        var bearer = new Bearer(actor, key.Id, key.Expires ?? DateTimeOffset.MaxValue);
        var properties = new AuthenticationProperties { ExpiresUtc = bearer.Expires };
        return new AuthenticationTicket(new BearerPrincipal(bearer, bearer.ToPrincipal(Tokens.Scheme)), properties, Tokens.Scheme);
    }

    /// <summary>Once a day, so that an organiser sees which keys nobody needs. What cannot be written now is written with the next request.</summary>
    internal async Task NoteUseAsync(Bearer bearer, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (bearer.Link is { } id && directory.FindIntegration(bearer.Actor.Conference)?.FindKey(id) is { } key && (key.Used is null || key.Used < today))
        {
            await desk.SendAsync(bearer.Actor.Conference, DerivedId.Of(id.Value, $"used {today:O}"), new NoteKeyUse(id), cancellationToken);
        }
    }
}
