using Summit.Server.Mail;
using Summit.Server.Operations;

namespace Summit.Deploy.Tests;

/// <summary>What may be set: a misspelt name would silently be nothing.</summary>
internal static class KnownSettings
{
    private static readonly string[] OfTheCluster = ["Address", "ClusterId", "GatewayPort", "ListenPort", "Redis", "RedisPassword", "ServiceId", "SiloPort"];

    private static readonly HashSet<string> Names =
    [
        .. typeof(Settings).GetProperties().Select(property => $"Summit__{property.Name}"),
        .. typeof(MailSettings).GetProperties().Select(property => $"Summit__Mail__{property.Name}"),
        .. OfTheCluster.Select(name => $"Summit__Cluster__{name}"),
    ];

    /// <summary>Holds when all of Summit's own among them are known.</summary>
    public static void AssertKnown(IEnumerable<string> names) =>
        Assert.All(names.Where(name => name.StartsWith("Summit", StringComparison.Ordinal)), name => Assert.Contains(name, Names));
}
