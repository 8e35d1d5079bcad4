using Summit.Bench;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>Somebody new at each server, who follows the session of a venue there.</summary>
internal sealed class Followers : IAsyncDisposable
{
    private readonly List<Follower> _all = [];

    public static async Task<Followers> FollowAsync(ServerCluster cluster, Venue venue, CancellationToken cancellationToken)
    {
        var followers = new Followers();
        foreach (var server in cluster.Servers)
        {
            using var api = new Api(server.Address);
            var pass = await api.JoinAsync(venue.Code, null, "Tirana", cancellationToken);
            followers._all.Add(new Follower($"The follower at {server.Address}", server.Address, pass, venue.Session));
        }

        return followers;
    }

    /// <summary>What each of them sees, once all have come to an event.</summary>
    public async Task<IReadOnlyList<string>> ReachedAsync(long seq)
    {
        foreach (var follower in _all)
        {
            await Wait.UntilAsync($"{follower.Name} reaches {seq}", () => follower.HasReachedAsync(seq));
        }

        return [.. _all.Select(follower => string.Join('\n', follower.Picture.Items.Values.Select(item => item.ToString()).Order()))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var follower in _all)
        {
            await follower.DisposeAsync();
        }
    }
}
