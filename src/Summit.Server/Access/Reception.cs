using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Server.Conferences;
using Summit.Server.Networks;

namespace Summit.Server.Access;

/// <summary>Gives tokens: for a code to whoever joins, for the secret of a role link to whoever has it. Reads the directory alone.</summary>
public sealed class Reception(ConferenceDirectory directory, Tokens tokens, TimeProvider time)
{
    /// <summary>People come back for answers in writing.</summary>
    private static readonly TimeSpan AfterTheEnd = TimeSpan.FromDays(30);

    /// <summary>Also for a conference that is over, or had its dates wrong.</summary>
    private static readonly TimeSpan AtLeast = TimeSpan.FromDays(7);

    private static readonly TimeSpan ForRoles = TimeSpan.FromDays(30);

    /// <summary>Everybody who joins is a new person.</summary>
    public AccessGranted Join(ConferenceView conference, string? name, string? city)
    {
        ArgumentNullException.ThrowIfNull(conference);
        var now = time.GetUtcNow();
        var until = conference.Plan.Ends + AfterTheEnd;
        var person = new ParticipantId(Guid.CreateVersion7(now));
        var actor = new Actor(person, Role.Participant, conference.Id, name, city);
        return Grant(new Bearer(actor, null, RoundedUp(until > now + AtLeast ? until : now + AtLeast)), conference);
    }

    /// <summary>
    /// Null for a secret that opens nothing. The same link under the same name is the same person, on a laptop as on a phone;
    /// a link that two people share tells them apart by their names.
    /// </summary>
    public AccessGranted? Enter(string secret, string? name)
    {
        var hash = RoleSecret.Hash(secret);
        var now = time.GetUtcNow();
        if (directory.Administrator is { } administrator && administrator.Hash == hash)
        {
            var admin = new Actor(Person(administrator.Link, name), Role.Admin, default, name, null);
            return Grant(new Bearer(admin, administrator.Link, RoundedUp(now + ForRoles)), null);
        }

        if (directory.FindNetworkLink(hash) is var (network, key) && key.IsGood(now))
        {
            var keeper = new Actor(Person(key.Id, name), key.Role, default, name ?? key.Label, null, network.State.Id, key.Member, key.Group);
            return Grant(new Bearer(keeper, key.Id, key.Expires ?? RoundedUp(now + ForRoles)), null, network.State);
        }

        if (directory.FindLink(hash) is not var (conference, link) || !link.IsGood(now))
        {
            return null;
        }

        // Notes and answers of somebody who gave no name are signed with what the organiser wrote on the link.
        var actor = new Actor(Person(link.Id, name), link.Role, conference.Id, name ?? link.Label, null);
        return Grant(new Bearer(actor, link.Id, link.Expires ?? RoundedUp(now + ForRoles)), conference);
    }

    /// <summary>Who somebody is that entered by this link under this name, or under none.</summary>
    internal static ParticipantId Person(LinkId link, string? name) => new(DerivedId.Of(link.Value, $"person {name}"));

    /// <summary>To the hour, so that everybody who joins about the same time shares one timer in the <see cref="Gate"/>.</summary>
    private static DateTimeOffset RoundedUp(DateTimeOffset time) =>
        new((time.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour) + TimeSpan.TicksPerHour, TimeSpan.Zero);

    private AccessGranted Grant(Bearer bearer, ConferenceView? conference, Network? network = null) => new(
        tokens.Issue(bearer), bearer.Expires, bearer.Actor.Id, bearer.Actor.Role,
        conference is null ? null : ConferenceInfo.Of(conference), conference is null ? [] : SessionInfo.Of(conference),
        network is null ? null : NetworkInfo.Of(network), bearer.Actor.Group);
}

/// <summary>The answer to joining and entering.</summary>
/// <param name="Conference">Left out in a network, and for the administrator, who belongs to none.</param>
/// <param name="Network">For the secretary, the members and the coordinators of a network.</param>
/// <param name="Group">For a coordinator.</param>
public sealed record AccessGranted(
    string Token, DateTimeOffset Expires, ParticipantId Person, Role Role, ConferenceInfo? Conference, IReadOnlyList<SessionInfo> Sessions,
    NetworkInfo? Network = null, GroupId? Group = null);

/// <summary>A conference as everybody who is in it sees it.</summary>
public sealed record ConferenceInfo(
    ConferenceId Id, string Title, string? Theme, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, IReadOnlyList<string> Languages,
    string Code, bool Demonstration)
{
    public static ConferenceInfo Of(ConferenceView conference)
    {
        ArgumentNullException.ThrowIfNull(conference);
        var plan = conference.Plan;
        return new ConferenceInfo(
            conference.Id, plan.Title, plan.Theme, plan.Starts.ToUniversalTime(), plan.Ends.ToUniversalTime(), plan.TimeZone, plan.Languages,
            plan.Code, plan.Demonstration);
    }
}

/// <summary>A place in the programme as everybody sees it.</summary>
public sealed record SessionInfo(SessionId Id, string Title, DateTimeOffset Starts, DateTimeOffset Ends, string Lang)
{
    public static IReadOnlyList<SessionInfo> Of(ConferenceView conference)
    {
        ArgumentNullException.ThrowIfNull(conference);
        return [.. conference.Programme.Select(Of)];
    }

    public static SessionInfo Of(ProgrammeEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new SessionInfo(entry.Session, entry.Title, entry.Starts.ToUniversalTime(), entry.Ends.ToUniversalTime(), entry.Lang);
    }
}
