using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;

namespace Summit.Engine.Orleans.Tests;

/// <summary>What the operator sets is what the silo gets.</summary>
public sealed class SettingsOfACluster
{
    [Fact]
    public void Say_where_this_server_is_reached_and_by_which_ports()
    {
        var endpoint = Of<EndpointOptions>(("Address", "127.0.0.1"), ("SiloPort", "11234"), ("GatewayPort", "31234"));
        Assert.Equal(("127.0.0.1", 11_234, 31_234), (endpoint.AdvertisedIPAddress.ToString(), endpoint.SiloPort, endpoint.GatewayPort));
    }

    [Fact]
    public void Take_the_password_of_Redis_from_its_own_setting_before_that_of_the_address()
    {
        Assert.Equal("inline", Of<RedisClusteringOptions>().ConfigurationOptions!.Password);
        Assert.Equal("of a file", Of<RedisClusteringOptions>(("RedisPassword", "of a file")).ConfigurationOptions!.Password);
    }

    private static TOptions Of<TOptions>(params (string Name, string Value)[] settings)
        where TOptions : class
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("Summit:Cluster:Redis", "localhost:6379,password=inline")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Summit:Cluster:{setting.Name}", (string?)setting.Value)));
        builder.UseSummitOrleans();
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptions<TOptions>>().Value;
    }
}
