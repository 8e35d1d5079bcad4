using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Core.Internal;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;
using Summit.Domain;

namespace Summit.Engine.Orleans.Tests;

/// <summary>A cluster of silos in this process, each with an engine of its own, as each server has one.</summary>
internal sealed class Servers : IAsyncDisposable
{
    /// <summary>Longer than in service: a machine busy with other tests must not make silos vote each other out.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(3);

    private readonly InProcessTestCluster _cluster;

    private Servers(InProcessTestCluster cluster) => _cluster = cluster;

    public IReadOnlyList<InProcessSiloHandle> All => _cluster.Silos;

    /// <param name="journal">Called once for each server.</param>
    /// <param name="with">What else there is on each server.</param>
    public static async Task<Servers> StartAsync(
        short count, AggregateKinds kinds, Func<IJournal> journal, Leases? leases = null, Action<ISiloBuilder>? with = null)
    {
        var builder = new InProcessTestClusterBuilder(count);
        builder.Options.InitializeClientOnDeploy = false;
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(journal()).AddSingleton(kinds).AddLogging();
            silo.AddSummitEngine();
            silo.Configure<ClusterMembershipOptions>(options => options.ProbeTimeout = options.MaxProbeTimeout = Probe);
            if (leases is not null)
            {
                silo.Services.AddSingleton(leases);
            }

            with?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new Servers(cluster);
    }

    public static IEngine EngineOf(InProcessSiloHandle server) => server.ServiceProvider.GetRequiredService<IEngine>();

    /// <summary>The server where the cell lives.</summary>
    public InProcessSiloHandle HomeOf(AggregateId id) =>
        All.FirstOrDefault(server => LivesAt(id, server)) ?? throw new InvalidOperationException($"{id} lives nowhere.");

    public InProcessSiloHandle NotHomeOf(AggregateId id) => All.First(server => server != HomeOf(id));

    public Task<InProcessSiloHandle> AddAsync() => _cluster.StartAdditionalSiloAsync();

    public Task KillAsync(InProcessSiloHandle server) => _cluster.KillSiloAsync(server);

    public Task StopAsync(InProcessSiloHandle server) => _cluster.StopSiloAsync(server);

    /// <summary>Completes when the cell has left where it is and lives there.</summary>
    public async Task MoveAsync(AggregateId id, InProcessSiloHandle to)
    {
        var left = _cluster.WaitForDeactivationAsync(GrainIdOf(id));
        var cell = to.ServiceProvider.GetRequiredService<IGrainFactory>().GetGrain<IGrainManagementExtension>(GrainIdOf(id));
        while (!LivesAt(id, to))
        {
            // A server that has not heard yet that this one is up places the cell on itself, or on a third.
            RequestContext.Set(IPlacementDirector.PlacementHintKey, to.SiloAddress);
            await cell.MigrateOnIdle();
        }

        RequestContext.Clear();
        await left;
    }

    private bool LivesAt(AggregateId id, InProcessSiloHandle server) =>
        _cluster.TryGetGrainContext(GrainIdOf(id), out var context) && server.SiloAddress.Equals(context.Address.SiloAddress);

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private static GrainId GrainIdOf(AggregateId id) => GrainId.Create(id.Kind, id.Key.ToString());
}
