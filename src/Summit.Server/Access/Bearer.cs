using System.Globalization;
using System.Reflection;
using System.Security.Claims;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Participants;

namespace Summit.Server.Access;

/// <summary>Who a token speaks for, and until when.</summary>
/// <param name="Link">The role link the token came from; null for who came by a code or is signed in.</param>
/// <param name="SignIn">For somebody who is signed in as themselves, on which device; null for who came by a code or a role link.</param>
public sealed record Bearer(Actor Actor, LinkId? Link, DateTimeOffset Expires, SignInId? SignIn = null) : IBindableFromHttpContext<Bearer>
{
    private const string Person = "person";
    private const string RoleName = "role";
    private const string ConferenceKey = "conference";
    private const string Name = "name";
    private const string City = "city";
    private const string NetworkKey = "network";
    private const string MemberKey = "member";
    private const string GroupKey = "group";
    private const string SessionKey = "session";
    private const string SignInKey = "sign-in";
    private const string LinkKey = "link";
    private const string ExpiresAt = "expires";

    /// <summary>The role that a signed-in person has taken up; null for everybody else, and for who is at no place yet.</summary>
    public HeldRole? Held => SignIn is null || Actor.Role == Role.Person ? null : new HeldRole(
        new Realm(Given(Actor.Conference), Actor.Session, Given(Actor.Network), Actor.Group), Actor.Role, Actor.Member);

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

        var actor = new Actor(
            new ParticipantId(person), role, new ConferenceId(conference), principal.FindFirstValue(Name), principal.FindFirstValue(City),
            IdOf<NetworkId>(principal, NetworkKey) ?? default, IdOf<MemberId>(principal, MemberKey), IdOf<GroupId>(principal, GroupKey),
            IdOf<SessionId>(principal, SessionKey));
        return new Bearer(actor, IdOf<LinkId>(principal, LinkKey), DateTimeOffset.FromUnixTimeSeconds(expires), IdOf<SignInId>(principal, SignInKey));
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
        Add(SessionKey, Actor.Session?.Value.ToString("N"));
        Add(SignInKey, SignIn?.Value.ToString("N"));
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

    private static TId? IdOf<TId>(ClaimsPrincipal principal, string claim)
        where TId : struct, IId<TId> =>
        Guid.TryParseExact(principal.FindFirstValue(claim), "N", out var value) ? TId.Of(value) : null;

    private static TId? Given<TId>(TId id)
        where TId : struct, IId<TId> => id.Value == Guid.Empty ? null : id;
}
