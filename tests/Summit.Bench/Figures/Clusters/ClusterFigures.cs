using Summit.Testing;

namespace Summit.Bench.Figures.Clusters;

/// <summary>What several servers cost and carry. All of them share the cores of this machine with PostgreSQL and the load: it shows costs, not how a cluster grows.</summary>
public sealed class ClusterFigures(Action<string> say)
{
    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        if (ServerCluster.Missing is { } missing)
        {
            say(missing);
            return [];
        }

        var figures = new List<Figure>();
        await using (var stand = await ClusterStand.OpenAsync(2, cancellationToken))
        {
            figures.AddRange(await new Across(stand, say).RunAsync(cancellationToken));
        }

        figures.AddRange(await new ServersBeside(say).RunAsync(cancellationToken));
        return figures;
    }
}
