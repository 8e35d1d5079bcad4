using System.Collections.Concurrent;

namespace Summit.Engine.Orleans.Tests;

/// <summary>What crosses between servers for those who follow: it depends on the servers, not on the people.</summary>
public sealed class TheCostOfFollowing : SeveralServers
{
    private const int Commands = 50;

    /// <summary>Publications made, by the grain or server that made them.</summary>
    private readonly ConcurrentQueue<string> _published = new();

    protected override Action<ISiloBuilder> With => silo => silo.AddOutgoingGrainCallFilter(async call =>
    {
        if (call.InterfaceMethod.Name == nameof(IFeedObserver.PublishAsync))
        {
            _published.Enqueue(call.TargetId.ToString());
        }

        await call.Invoke();
    });

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task Is_one_call_for_each_server_and_batch_however_many_follow_there(int people)
    {
        await Send(Cluster.All[0], Add());
        var afar = Cluster.NotHomeOf(Id);
        var followers = Enumerable.Range(0, people).Select(_ => Follow(afar)).ToList();
        await Task.WhenAll(followers.Select(follower => follower.SawAsync(1)));
        for (var i = 0; i < Commands; i++)
        {
            await Send(Cluster.All[0], Add());
        }

        await Task.WhenAll(followers.Select(follower => follower.SawAsync(Commands + 1)));

        // Each command waited for the one before, so there are as many batches; some may have gone together.
        Assert.InRange(_published.Count, 1, Commands);
        Assert.Single(_published.Distinct());
    }
}
