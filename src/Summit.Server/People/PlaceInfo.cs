using Summit.Domain;
using Summit.Domain.Participants;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Networks;

namespace Summit.Server.People;

/// <summary>Something with a name.</summary>
public sealed record Named(Guid Id, string Name);

/// <summary>A role with the names of its place.</summary>
/// <param name="Session">The one session of the conference that it is for.</param>
/// <param name="Member">For whom somebody speaks in the network.</param>
public sealed record PlaceInfo(Role Role, ConferenceInfo? Conference, Named? Session, NetworkInfo? Network, Named? Group, Named? Member)
{
    /// <summary>Null for a place that is out of service.</summary>
    public static PlaceInfo? Of(HeldRole held, ConferenceDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(directory);
        if (held.In.Conference is { } inConference)
        {
            return directory.Find(inConference) is not { } conference ? null
                : new PlaceInfo(held.Role, ConferenceInfo.Of(conference), SessionOf(held.In.Session, conference), null, null, null);
        }

        return directory.Find(held.In.Network!.Value) is not { State: var network } ? null
            : new PlaceInfo(
                held.Role, null, null, NetworkInfo.Of(network),
                network.Groups.FirstOrDefault(group => group.Group == held.In.Group) is { } found ? new Named(found.Group.Value, found.Name) : null,
                held.Member is { } id && network.Members.TryGetValue(id, out var member) ? new Named(id.Value, member.Name) : null);
    }

    private static Named? SessionOf(SessionId? id, ConferenceView conference) =>
        conference.Programme.FirstOrDefault(entry => entry.Session == id) is { } entry ? new Named(entry.Session.Value, entry.Title) : null;
}
