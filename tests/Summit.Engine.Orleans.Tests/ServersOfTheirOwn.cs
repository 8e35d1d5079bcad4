using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Summit.Contracts;
using Summit.Domain;

namespace Summit.Engine.Orleans.Tests;

/// <summary>Hosts set up as the server sets itself up, with sockets and a membership of their own.</summary>
public sealed class ServersOfTheirOwn : IAsyncLifetime
{
    private readonly MemoryJournal _store = new();
    private readonly List<IHost> _hosts = [];
    private readonly AggregateId _id = new(Tally.Kind, Guid.CreateVersion7());
    private Process? _redis;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync(TestContext.Current.CancellationToken).Soon("a host's stop");
            host.Dispose();
        }

        _redis?.Kill();
        _redis?.Dispose();
    }

    [Fact]
    public async Task Without_a_cluster_several_live_beside_each_other_on_one_machine()
    {
        var first = await StartAsync([], _store);
        var second = await StartAsync([], new MemoryJournal());
        Assert.Equal(Reply.At(1), await SendAsync(first));
        Assert.Equal(Reply.At(2), await SendAsync(first));
        Assert.Equal(Reply.At(1), await SendAsync(second));
    }

    [Fact]
    public async Task Over_Redis_they_are_one()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/redis-server"), "There is no /usr/bin/redis-server here.");
        var redis = await StartRedisAsync();
        var first = await StartAsync(Clustered(redis), _store.OpenAnother());
        var second = await StartAsync(Clustered(redis), _store.OpenAnother());
        await using var follower = new Follower(first.FollowAsync(_id, 0, CancellationToken.None));
        await using var other = new Follower(second.FollowAsync(_id, 0, CancellationToken.None));
        Assert.Equal(Reply.At(1), await SendAsync(first));
        Assert.Equal(Reply.At(2), await SendAsync(second));
        Assert.Equal([1, 2], (await follower.SawAsync(2)).Numbers);
        Assert.Equal([1, 2], (await other.SawAsync(2)).Numbers);
        await StopFirstAsync();
        Assert.Equal(Reply.At(3), await SendAsync(second));
        Assert.Equal([1, 2, 3], (await other.SawAsync(3)).Numbers);
    }

    private static Dictionary<string, string?> Clustered(int redis) => new()
    {
        ["Summit:Cluster:Redis"] = $"127.0.0.1:{redis}",
        ["Summit:Cluster:ClusterId"] = "hall",
        ["Summit:Cluster:Address"] = "127.0.0.1",
        ["Summit:Cluster:SiloPort"] = $"{FreePort()}",
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<IEngine> StartAsync(Dictionary<string, string?> configuration, IJournal journal)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(configuration);
        builder.Services.AddSingleton(journal).AddSingleton(Tally.Kinds).AddSingleton(TimeProvider.System);
        builder.UseSummitOrleans();
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync(TestContext.Current.CancellationToken).Soon("a host's start");
        return host.Services.GetRequiredService<IEngine>();
    }

    private async Task StopFirstAsync()
    {
        await _hosts[0].StopAsync(TestContext.Current.CancellationToken).Soon("the first host's stop");
        _hosts[0].Dispose();
        _hosts.RemoveAt(0);
    }

    private async Task<int> StartRedisAsync()
    {
        var port = FreePort();
        var start = new ProcessStartInfo("/usr/bin/redis-server")
        {
            ArgumentList = { "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no" },
            RedirectStandardOutput = true,
        };
        _redis = Process.Start(start)!;
        string? line;
        do
        {
            line = await _redis.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().Soon("a word of Redis");
            Assert.NotNull(line);
        }
        while (!line.Contains("Ready to accept", StringComparison.Ordinal));

        return port;
    }

    private Task<Reply> SendAsync(IEngine engine)
    {
        var actor = new Actor(new ParticipantId(Guid.CreateVersion7()), Role.Participant, default, null, null);
        return engine.SendAsync(_id, new CommandEnvelope(Guid.CreateVersion7(), actor, new Add(1)), TestContext.Current.CancellationToken).Soon("an answer");
    }
}
