using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Summit.Contracts;
using Summit.Domain;
using Summit.Testing;

namespace Summit.Engine.Orleans.Tests;

/// <summary>Hosts set up as the server sets itself up, with sockets and a membership of their own.</summary>
/// <remarks>With nothing beside them: by these settings one that stands still for some seconds is voted out, and ends its process.</remarks>
[Collection(nameof(Alone))]
public sealed class ServersOfTheirOwn : IAsyncLifetime
{
    private readonly MemoryJournal _store = new();
    private readonly List<IHost> _hosts = [];
    private readonly AggregateId _id = new(Tally.Kind, Guid.CreateVersion7());
    private readonly RedisProcess _redis = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync(TestContext.Current.CancellationToken).Soon("a host's stop");
            host.Dispose();
        }

        await _redis.DisposeAsync();
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
        await _redis.StartAsync();
        var first = await StartAsync(Clustered(), _store.OpenAnother());
        var second = await StartAsync(Clustered(), _store.OpenAnother());
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

    private Dictionary<string, string?> Clustered() => new()
    {
        ["Summit:Cluster:Redis"] = _redis.ConnectionString,
        ["Summit:Cluster:ClusterId"] = "hall",
        ["Summit:Cluster:Address"] = "127.0.0.1",
        ["Summit:Cluster:SiloPort"] = $"{Programs.FreePort()}",
    };

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

    private Task<Reply> SendAsync(IEngine engine)
    {
        var actor = new Actor(new ParticipantId(Guid.CreateVersion7()), Role.Participant, default, null, null);
        return engine.SendAsync(_id, new CommandEnvelope(Guid.CreateVersion7(), actor, new Add(1)), TestContext.Current.CancellationToken).Soon("an answer");
    }
}
