using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Summit.Deploy.Tests;

/// <summary>deploy/grafana/summit.json asks for nothing that servers do not tell.</summary>
public sealed partial class TheDashboard
{
    /// <summary>Prometheus' own word on whom it reached, and what only a cluster has.</summary>
    private static readonly string[] NotOfOneServer = ["up", "summit_engine_relays", "summit_engine_retries_total"];

    private static readonly JsonNode File = JsonNode.Parse(Repository.Read("deploy/grafana/summit.json"))!;

    private static IEnumerable<string> Queries =>
        from panel in File["panels"]!.AsArray()
        from target in panel["targets"]!.AsArray()
        select (string)target["expr"]!;

    [Fact]
    public async Task Names_only_metrics_that_are_there()
    {
        using var place = Place.New();
        await using var server = await place.ServeAsync(demonstration: true);
        using (await server.Http.GetAsync(new Uri("/nowhere", UriKind.Relative), TestContext.Current.CancellationToken))
        {
            // Requests are counted once there was one.
        }

        var told = Told().Matches(await server.MetricsAsync(TestContext.Current.CancellationToken))
            .Select(line => line.Groups[1].Value).ToHashSet();
        var named = Queries.SelectMany(query => Named().Matches(query)).Select(name => Part().Replace(name.Groups[1].Value, "")).ToHashSet();

        Assert.True(named.Count > 10, "A dashboard of few metrics, or one that is not understood here.");
        Assert.All(named.Except(NotOfOneServer), name => Assert.Contains(name, told));
    }

    [Fact]
    public void Names_only_metrics_of_a_cluster_that_the_engine_has()
    {
        var meters = Repository.Read("src/Summit.Engine.Orleans/OrleansMeters.cs").Replace('.', '_');
        Assert.All(NotOfOneServer[1..], name => Assert.Contains($"\"{name.Replace("_total", "", StringComparison.Ordinal)}\"", meters, StringComparison.Ordinal));
    }

    [Fact]
    public void Shows_what_is_worth_an_alarm()
    {
        var queries = string.Join('\n', Queries);
        string[] alarming = ["code=\"journal.unavailable\"", "summit_engine_commit_duration_seconds_bucket", "summit_engine_queue", "summit_live_followers"];
        Assert.All(alarming, what => Assert.Contains(what, queries, StringComparison.Ordinal));
        Assert.Distinct(File["panels"]!.AsArray().Select(panel => (int)panel!["id"]!));
    }

    [GeneratedRegex("^# TYPE ([a-z0-9_]+) ", RegexOptions.Multiline)]
    private static partial Regex Told();

    /// <summary>What is followed by a choice of series.</summary>
    [GeneratedRegex(@"([a-z][a-z0-9_]*)\{")]
    private static partial Regex Named();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();
}
