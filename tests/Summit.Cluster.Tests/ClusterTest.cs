using Summit.Bench;
using Summit.Testing;

// Each test has machines' worth of processes; a second set would only make both late.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Summit.Cluster.Tests;

/// <summary>A test with three servers of its own, left out where there can only be one.</summary>
public abstract class ClusterTest : IAsyncLifetime
{
    /// <summary>For what takes seconds; several servers beside other tests may take twenty times as long.</summary>
    protected static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ServerCluster Cluster { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(ServerCluster.Missing is not null, ServerCluster.Missing ?? "");
        Cluster = await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Cluster is null)
        {
            return;
        }

        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            foreach (var server in Cluster.Servers)
            {
                Say($"--- {server.Address}\n{string.Join('\n', server.Output.TakeLast(60))}");
            }
        }

        await Cluster.DisposeAsync();
    }

    protected virtual Task<ServerCluster> StartAsync() => ServerCluster.StartAsync();

    /// <summary>One that every server knows by now.</summary>
    /// <param name="policies">As they go over the wire.</param>
    protected async Task<Venue> OpenVenueAsync(string title, object policies)
    {
        var venue = await Venue.OpenAsync(title, policies, Cancel, Cluster.Servers[0]);
        await Task.WhenAll(Cluster.Servers.Select(server => venue.ShownAtAsync(server, venue.Session, Cancel)));
        return venue;
    }

    protected static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
