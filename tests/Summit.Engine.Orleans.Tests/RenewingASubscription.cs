using Summit.Contracts;

namespace Summit.Engine.Orleans.Tests;

/// <summary>What no publication tells, the next renewal finds.</summary>
public sealed class RenewingASubscription : SeveralServers
{
    protected override Leases Leases => new(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(100));

    [Fact]
    public async Task Events_that_were_never_published_are_found_in_the_journal()
    {
        await Send(Cluster.All[0], Add());
        var followers = Cluster.All.Select(server => Follow(server)).ToList();
        await Task.WhenAll(followers.Select(follower => follower.SawAsync(1)));
        // As a server does that was cut off and comes back: it writes, and its publications reach nobody.
        await StoreAsync(new Added(7));
        foreach (var follower in followers)
        {
            Assert.Equal([1, 7], (await follower.SawAsync(2)).Amounts);
        }

        Assert.Equal(Reply.At(3), await Send(Cluster.All[1], Add()));
    }
}
