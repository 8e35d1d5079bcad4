using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;

namespace Summit.Engine.Orleans;

/// <summary>Makes a server a silo: alone, or in a cluster over Redis.</summary>
public static class SummitOrleans
{
    /// <summary>A session that nobody follows and nobody writes to sleeps after this long: longer than a coffee break.</summary>
    private static readonly TimeSpan SleepsAfter = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Longer than it takes to declare a hung server dead; a command is refused as Busy after <see cref="Line"/>'s patience,
    /// so a longer wait would answer nobody.
    /// </summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>Adds the engine and its silo. Expects the <see cref="IJournal"/> and the <see cref="AggregateKinds"/> among the services.</summary>
    public static IHostApplicationBuilder UseSummitOrleans(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = builder.Configuration.GetSection(ClusterSettings.Section).Get<ClusterSettings>() ?? new ClusterSettings();
        builder.Logging.AddFilter("Orleans", LogLevel.Warning)
            // Orleans' retries: two lines for each grain that is placed.
            .AddFilter("Polly", LogLevel.Warning)
            // Warns at each start that the collector is not the server one: for a small machine it should not be.
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
            // Its first round measures from the start of the machine, and finds itself stuck for that long.
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        return builder.UseOrleans(silo =>
        {
            if (settings.Redis is null)
            {
                silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: settings.ServiceId, clusterId: settings.ClusterId);
            }
            else
            {
                silo.JoinCluster(settings);
            }

            silo.AddSummitEngine();
        });
    }

    /// <summary>Adds the engine to a silo that is configured otherwise.</summary>
    public static ISiloBuilder AddSummitEngine(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.AddSingleton<CellHost>()
            .AddSingleton<CommandCodec>()
            .AddSingleton<OrleansEngine>()
            .AddSingleton<IEngine>(services => services.GetRequiredService<OrleansEngine>())
            .AddSingleton<IGatherings>(services => services.GetRequiredService<OrleansEngine>())
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<OrleansEngine>())
            .AddSingleton<Relays>()
            .AddSingleton(Leases.Standard);
        return silo
            .Configure<GrainCollectionOptions>(options => options.CollectionAge = SleepsAfter)
            .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = AnswerWithin)
            .Configure<ClusterMembershipOptions>(FindLostServersSoon);
    }

    /// <summary>
    /// A hall does not wait a quarter of a minute. Measured on one machine: with the defaults a killed server's cells are back
    /// after 13 to 16 s, those of a hung one after 64 s; like this after 1.3 s and 3.5 s. The price: a server that stands still
    /// for 3 s, its memory swapped out, is voted out and has to restart. One that was cut off from the others, and voted out, learns it from
    /// Redis alone: with the default it went on for a minute, each of its cells and the one that had taken its place refusing the other's commits.
    /// Two of three that are lost at once take two votes to vote out, and one server is left to vote: it decides alone once their own sign of life in
    /// Redis is three periods old, which takes 90 s by default. Clocks may be that far apart, as they sign by their own.
    /// </summary>
    private static void FindLostServersSoon(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.MaxProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 3;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        options.NumMissedTableIAmAliveLimit = 3;
    }

    private static void JoinCluster(this ISiloBuilder silo, ClusterSettings settings)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.ClusterId, settings.ServiceId));
        silo.UseRedisClustering(_ => { });
        silo.Services.AddSingleton(settings).AddSingleton<IConfigureOptions<RedisClusteringOptions>, RedisMembership>();
        if (settings.Address is { } address)
        {
            silo.ConfigureEndpoints(IPAddress.Parse(address), settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: true);
        }
        else
        {
            silo.ConfigureEndpoints(settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: true);
        }

        if (settings.ListenPort is { } port)
        {
            silo.Configure<EndpointOptions>(options => options.SiloListeningEndpoint = new IPEndPoint(IPAddress.Any, port));
        }
    }

    /// <summary>A loopback port nobody uses now, so that any number of servers run on one machine.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
