using System.Globalization;
using System.Reflection;
using System.Security.Claims;
using Summit.Domain;
using Summit.Domain.Conferences;

namespace Summit.Server.Access;

/// <summary>Who a token speaks for, and until when.</summary>
/// <param name="Link">The role link the token came from; null for a participant, who came by a code.</param>
public sealed record Bearer(Actor Actor, LinkId? Link, DateTimeOffset Expires) : IBindableFromHttpContext<Bearer>
{
    private const string Person = "person";
    private const string RoleName = "role";
    private const string ConferenceKey = "conference";
    private const string Name = "name";
    private const string City = "city";
    private const string NetworkKey = "network";
    private const string MemberKey = "member";
    private const string GroupKey = "group";
    private const string LinkKey = "link";
    private const string ExpiresAt = "expires";

    /// <summary>Null unless the principal came out of one of our tokens.</summary>
    public static Bearer? Of(ClaimsPrincipal? principal)
    {
        if (principal is BearerPrincipal known)
        {
            return known.Bearer;
        }

        if (principal?.Identity is not { IsAuthenticated: true }
            || !Guid.TryParseExact(principal.FindFirstValue(Person), "N", out var person)
            || !Enum.TryParse<Role>(principal.FindFirstValue(RoleName), out var role)
            || !Guid.TryParseExact(principal.FindFirstValue(ConferenceKey), "N", out var conference)
            || !long.TryParse(principal.FindFirstValue(ExpiresAt), NumberStyles.None, CultureInfo.InvariantCulture, out var expires))
        {
            return null;
        }

        Guid.TryParseExact(principal.FindFirstValue(NetworkKey), "N", out var network);
        MemberId? member = Guid.TryParseExact(principal.FindFirstValue(MemberKey), "N", out var key) ? new MemberId(key) : null;
        GroupId? group = Guid.TryParseExact(principal.FindFirstValue(GroupKey), "N", out var coordinated) ? new GroupId(coordinated) : null;
        var actor = new Actor(
            new ParticipantId(person), role, new ConferenceId(conference), principal.FindFirstValue(Name), principal.FindFirstValue(City),
            new NetworkId(network), member, group);
        LinkId? link = Guid.TryParseExact(principal.FindFirstValue(LinkKey), "N", out var value) ? new LinkId(value) : null;
        return new Bearer(actor, link, DateTimeOffset.FromUnixTimeSeconds(expires));
    }

    /// <summary>Lets an endpoint that requires authorization ask for its bearer as a parameter.</summary>
    public static ValueTask<Bearer?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(Of(context.User));
    }

    /// <summary>Whether it may run this conference: its programme, its links.</summary>
    public bool Hosts(ConferenceId conference) => Conference.IsRunBy(Actor, conference);

    /// <summary>What <see cref="Of"/> reads.</summary>
    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        List<Claim> claims =
        [
            new(Person, Actor.Id.Value.ToString("N")),
            new(RoleName, Actor.Role.ToString()),
            new(ConferenceKey, Actor.Conference.Value.ToString("N")),
            new(ExpiresAt, Expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ];
        Add(Name, Actor.Name);
        Add(City, Actor.City);
        Add(NetworkKey, Actor.Network == default ? null : Actor.Network.Value.ToString("N"));
        Add(MemberKey, Actor.Member?.Value.ToString("N"));
        Add(GroupKey, Actor.Group?.Value.ToString("N"));
        Add(LinkKey, Link?.Value.ToString("N"));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));

        void Add(string type, string? value)
        {
            if (value is not null)
            {
                claims.Add(new Claim(type, value));
            }
        }
    }
}
