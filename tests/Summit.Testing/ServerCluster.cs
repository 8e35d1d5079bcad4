namespace Summit.Testing;

/// <summary>
/// Several built servers as processes that are one: Redis holds their membership, PostgreSQL their journal. Each has an address
/// and a data folder of its own and can be killed, stopped, stood still and started again; so can Redis and PostgreSQL.
/// </summary>
public sealed class ServerCluster : IAsyncDisposable
{
    private readonly List<ServerProcess> _servers = [];
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly string _id = $"test-{Guid.NewGuid():N}";

    private ServerCluster(PostgresProcess postgres, IReadOnlyDictionary<string, string?>? settings) =>
        (Postgres, _settings) = (postgres, settings ?? new Dictionary<string, string?>());

    /// <summary>Why there can be none here; null if there can.</summary>
    public static string? Missing { get; } =
        File.Exists(Path.Combine(Path.GetDirectoryName(ServerProcess.BuiltServer)!, "Orleans.Runtime.dll"))
            ? null
            : "The Orleans packages cannot be restored here, so there is only ever one server.";

    public PostgresProcess Postgres { get; }

    /// <summary>What takes the place of <see cref="Postgres"/> when it is lost, where that was asked for.</summary>
    public PostgresProcess? Standby { get; private set; }

    public RedisProcess Redis { get; } = new();

    /// <summary>What the servers reach each other through, where that was asked for.</summary>
    public Cables? Cables { get; private init; }

    public IReadOnlyList<ServerProcess> Servers => _servers;

    /// <summary>All of it, running and ready.</summary>
    /// <param name="settings">Environment variables of every server besides.</param>
    /// <param name="cables">Whether servers are to be cut from each other.</param>
    /// <param name="standby">Whether PostgreSQL is to be lost.</param>
    public static async Task<ServerCluster> StartAsync(
        int servers = 3, IReadOnlyDictionary<string, string?>? settings = null, bool cables = false, bool standby = false)
    {
        var cluster = await CreateAsync(0, settings, cables);
        try
        {
            await Task.WhenAll(cluster.Postgres.StartAsync(), cluster.Redis.StartAsync());
            cluster.Standby = standby ? await cluster.Postgres.StartStandbyAsync() : null;
            cluster.Add(servers);
            await Task.WhenAll(cluster.Servers.Select(server => server.StartAgainAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Nothing runs yet: for who wants to start its parts in an order of their own.</summary>
    public static async Task<ServerCluster> CreateAsync(
        int servers = 3, IReadOnlyDictionary<string, string?>? settings = null, bool cables = false)
    {
        var cluster = new ServerCluster(await PostgresProcess.CreateAsync(), settings) { Cables = cables ? new Cables() : null };
        cluster.Add(servers);
        return cluster;
    }

    /// <summary>One more server, which does not run yet.</summary>
    public ServerProcess Add()
    {
        var port = Programs.FreePort();
        var listens = Cables is null ? port : Programs.FreePort();
        var settings = new Dictionary<string, string?>(_settings)
        {
            ["Summit__Postgres"] = Postgres.ConnectionString(standby: Standby),
            ["Summit__Cluster__Redis"] = Redis.ConnectionString,
            ["Summit__Cluster__ClusterId"] = _id,
            ["Summit__Cluster__Address"] = "127.0.0.1",
            ["Summit__Cluster__SiloPort"] = $"{port}",
            ["Summit__Cluster__ListenPort"] = $"{listens}",
        };
        settings.TryAdd("Summit__Demo", "false");
        var server = ServerProcess.Create(settings: settings, port: Programs.FreePort());
        _servers.Add(server);
        Cables?.Lay(server, port, listens);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await (Cables?.DisposeAsync() ?? default);
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        await Redis.DisposeAsync();
        await (Standby?.DisposeAsync() ?? default);
        await Postgres.DisposeAsync();
    }

    private void Add(int servers)
    {
        for (var i = 0; i < servers; i++)
        {
            Add();
        }
    }
}
