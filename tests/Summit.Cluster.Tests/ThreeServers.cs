using Summit.Bench.Wire;

namespace Summit.Cluster.Tests;

/// <summary>All are well: it does not matter which one somebody comes to.</summary>
public sealed class ThreeServers : ClusterTest
{
    [Fact]
    public async Task Take_commands_for_one_session_and_show_them_alike()
    {
        await using var venue = await OpenVenueAsync("Three doors", new { perMinute = 1000, maxOpen = 1000 });
        await using var followers = await Followers.FollowAsync(Cluster, venue, Cancel);
        var seq = 0L;
        foreach (var server in Cluster.Servers)
        {
            using var api = new Api(server.Address);
            var pass = await api.JoinAsync(venue.Code, "Ana", "Tirana", Cancel);
            seq = (long)(await api.CallAsync(
                HttpMethod.Post, $"/api/sessions/{venue.Session}/commands", pass,
                new { type = "ask", id = Guid.CreateVersion7(), text = $"Who hears this from {server.Address.Port}?" }, Cancel))["seq"]!;
        }

        var pictures = await followers.ReachedAsync(seq);

        Assert.All(Cluster.Servers, server => Assert.Contains($"from {server.Address.Port}?", pictures[0], StringComparison.Ordinal));
        Assert.Single(pictures.Distinct());
    }
}
