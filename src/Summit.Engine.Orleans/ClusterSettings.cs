namespace Summit.Engine.Orleans;

/// <summary>How this server finds the others: the section <c>Summit:Cluster</c>. Without <see cref="Redis"/> it is alone.</summary>
public sealed class ClusterSettings
{
    public const string Section = "Summit:Cluster";

    /// <summary>The Redis that holds the membership, as StackExchange.Redis writes it: <c>redis:6379,ssl=true</c>.</summary>
    public string? Redis { get; set; }

    /// <summary>Its password, where that comes from a file of its own and does not stand in <see cref="Redis"/>.</summary>
    public string? RedisPassword { get; set; }

    /// <summary>Servers of one cluster id find each other; another id makes another cluster on the same Redis.</summary>
    public string ClusterId { get; set; } = "summit";

    public string ServiceId { get; set; } = "summit";

    /// <summary>The IP address at which the other servers reach this one; by default the first of this host.</summary>
    public string? Address { get; set; }

    /// <summary>The port others reach this server at.</summary>
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port it listens at, where that is another one: behind a port mapping.</summary>
    public int? ListenPort { get; set; }

    /// <summary>Only for clients that are no servers themselves. Summit has none: 0 opens none.</summary>
    public int GatewayPort { get; set; }
}
