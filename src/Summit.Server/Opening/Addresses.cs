using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Summit.Domain;
using Summit.Server.Operations;

namespace Summit.Server.Opening;

/// <summary>What links begin with. Known once the server listens.</summary>
public sealed class Addresses(IServer server, Settings settings)
{
    /// <summary>Without a slash at the end.</summary>
    public string Own => (settings.Address ?? Listening ?? "http://localhost").TrimEnd('/');

    private string? Listening => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
        ?.Replace("[::]", "localhost", StringComparison.Ordinal)
        .Replace("0.0.0.0", "localhost", StringComparison.Ordinal);

    /// <summary>The secret stands behind the <c>#</c>, so that no server's log and no referrer ever holds it.</summary>
    public string Link(Role role, string secret) => $"{Own}/{PathOf(role)}#{secret}";

    /// <summary>The same of a person's own link.</summary>
    public string Personal(string secret) => $"{Own}/p#{secret}";

    public string Page(NetworkId network) => $"{Own}/n/{network.Value}";

    public string Page(ConferenceId conference) => $"{Own}/e/{conference.Value}";

    /// <summary>Where somebody sees how the own registration stands.</summary>
    public string Registration(ConferenceId conference, string secret) => $"{Page(conference)}/register#{secret}";

    public string Join(string code) => $"{Own}/j/{code}";

    private static string PathOf(Role role) => role switch
    {
        Role.Moderator => "m",
        Role.Stage => "s",
        Role.Host => "h",
        Role.Member or Role.Coordinator or Role.Secretary => "n",
        Role.Admin => "a",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There are no links for this role."),
    };
}
