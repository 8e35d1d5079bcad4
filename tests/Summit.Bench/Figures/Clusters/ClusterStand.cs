using System.Globalization;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Bench.Figures.Clusters;

/// <summary>Some servers over Redis and PostgreSQL, a conference on them, and people.</summary>
internal sealed class ClusterStand : IAsyncDisposable
{
    /// <summary>Each may send ten commands a second: more than three servers on one machine answer.</summary>
    private const int People = 4_000;

    /// <summary>Enough to tell the server that decides them from those that only pass on.</summary>
    private const int Probes = 20;

    private readonly ServerCluster _cluster;
    private int _next = -1;

    private ClusterStand(ServerCluster cluster, Venue venue, IReadOnlyList<Pass> passes) => (_cluster, Venue, Passes) = (cluster, venue, passes);

    public Venue Venue { get; }

    public IReadOnlyList<Pass> Passes { get; }

    public IReadOnlyList<ServerProcess> Servers => _cluster.Servers;

    /// <summary>Processor time of all servers.</summary>
    public TimeSpan Cpu => TimeSpan.FromTicks(Servers.Sum(server => Machine.CpuOf(server.Id).Ticks));

    public static object Policies { get; } = new { perMinute = 10_000, maxOpen = 10_000 };

    public static async Task<ClusterStand> OpenAsync(int servers, CancellationToken cancellationToken)
    {
        var cluster = await ServerCluster.StartAsync(servers);
        var venue = await Venue.OpenAsync("Figures", Policies, cancellationToken, cluster.Servers[0]);
        return new ClusterStand(cluster, venue, await Stand.JoinAsync(venue, People, cancellationToken));
    }

    /// <summary>A question of a session, and a way to support it and take that back, another person each time: nobody may send more than ten a second.</summary>
    public async Task<Func<byte[]>> VotesAsync(Guid session, CancellationToken cancellationToken)
    {
        var item = await AskAsync(session, cancellationToken);
        var on = new bool[People];
        return () =>
        {
            var person = (int)((uint)Interlocked.Increment(ref _next) % People);
            return Caller.Command(session, Passes[person], new { type = "support", id = Guid.CreateVersion7(), item, on = on[person] = !on[person] });
        };
    }

    /// <summary>The server where the cell of a session lives: the one that counts its commands.</summary>
    public async Task<ServerProcess> HomeOfAsync(Guid session, CancellationToken cancellationToken)
    {
        var before = await CountAllAsync("summit_engine_commands_total", cancellationToken);
        for (var i = 0; i < Probes; i++)
        {
            await AskAsync(session, cancellationToken);
        }

        var after = await CountAllAsync("summit_engine_commands_total", cancellationToken);
        return Servers[Enumerable.Range(0, Servers.Count).MaxBy(i => after[i] - before[i])];
    }

    /// <summary>A counter, summed over all servers.</summary>
    public async Task<double> CountAsync(string name, CancellationToken cancellationToken) => (await CountAllAsync(name, cancellationToken)).Sum();

    public async ValueTask DisposeAsync()
    {
        await Venue.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private Task<double[]> CountAllAsync(string name, CancellationToken cancellationToken) => Task.WhenAll(Servers.Select(async server =>
    {
        var text = await server.MetricsAsync(cancellationToken);
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[name.Length..], CultureInfo.InvariantCulture);
    }));

    private async Task<Guid> AskAsync(Guid session, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        await Venue.Api.CallAsync(
            HttpMethod.Post, $"/api/sessions/{session}/commands", Venue.Moderator, new { type = "ask", id, text = "What is measured here?" }, cancellationToken);
        return id;
    }
}
