using Summit.Domain;
using Summit.Domain.Networks;
using Summit.Domain.Sessions;
using Summit.Server.Conferences;

namespace Summit.Server.Privacy;

/// <summary>Names of people in the records of networks and their groups: of one who asks, and of those who were replaced a year ago.</summary>
internal sealed partial class Erasures
{
    /// <summary>Long enough to take a change back and to write once more to who held the office; nobody needs the name after that.</summary>
    private static readonly TimeSpan NamesAreKept = TimeSpan.FromDays(365);

    /// <summary>Takes a name out of the records. No event holds it, so if it is cut short it is asked for again.</summary>
    /// <param name="request">The same again is the same request again.</param>
    /// <param name="name">Null for those who were replaced, alone.</param>
    public async Task<Fault?> EraseNamesAsync(Actor by, NetworkId network, Guid request, string? name, CancellationToken cancellationToken)
    {
        if (directory.Find(network) is not { State: var records })
        {
            return NetworkFaults.Unknown;
        }

        if (!records.HandsOutLinks(by))
        {
            return SessionFaults.Forbidden;
        }

        var groups = directory.Groups.Where(group => group.State.Network == network).Select(group => ConferenceDirectory.Stream(group.State.Id));
        foreach (var stream in groups.Append(ConferenceDirectory.Stream(network)))
        {
            var reply = await SendAsync(stream, records.Introduce(by)!, $"names {request:N}", new EraseNames(name), cancellationToken);
            if (reply.Fault is { } fault)
            {
                return fault;
            }

            await directory.ReachedAsync(stream, reply.Seq, cancellationToken);
        }

        return null;
    }

    private async Task EraseOldNamesAsync(CancellationToken cancellationToken)
    {
        var due = time.GetUtcNow() - NamesAreKept;
        foreach (var network in directory.Networks.Select(view => view.State))
        {
            var groups = directory.Groups.Select(view => view.State).Where(group => group.Network == network.Id);
            if (groups.Select(group => group.NamedBefore).Append(network.NamedBefore).Min() is { } since && since <= due)
            {
                await EraseNamesAsync(Actor.System, network.Id, DerivedId.Of(network.Id.Value, $"named before {since:O}"), null, cancellationToken);
            }
        }
    }
}
