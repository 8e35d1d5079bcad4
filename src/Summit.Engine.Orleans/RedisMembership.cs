using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using StackExchange.Redis;

namespace Summit.Engine.Orleans;

/// <summary>
/// How a server comes to the Redis that holds the membership. It waits for one that is not there yet; one that goes away later is
/// connected to again, and until then the servers go on as they know each other.
/// </summary>
internal sealed class RedisMembership(ClusterSettings settings, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RedisMembership> log)
    : IConfigureOptions<RedisClusteringOptions>
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Between two tries to start, as with the database.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Between two tries to connect again. The library's own grow to a minute.</summary>
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(1);

    public void Configure(RedisClusteringOptions options)
    {
        var connection = ConfigurationOptions.Parse(settings.Redis!);
        connection.Password = settings.RedisPassword ?? connection.Password;
        connection.ReconnectRetryPolicy = new LinearRetry((int)ReconnectPause.TotalMilliseconds);
        options.ConfigurationOptions = connection;
        // Whatever else lives in that Redis: all that is ours begins alike.
        options.CreateRedisKey = static cluster => Encoding.UTF8.GetBytes($"summit:members:{cluster.ServiceId}:{cluster.ClusterId}");
        options.CreateMultiplexer = async _ => (await ConnectAsync(connection), false);
    }

    private async Task<IConnectionMultiplexer> ConnectAsync(ConfigurationOptions options)
    {
        var place = string.Join(", ", options.EndPoints);
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await ConnectionMultiplexer.ConnectAsync(options);
            }
            catch (RedisConnectionException e)
            {
                Log.WaitingForRedis(log, place, pause.TotalSeconds, e.FailureType);
            }

            await Task.Delay(pause, time, lifetime.ApplicationStopping);
        }
    }
}
