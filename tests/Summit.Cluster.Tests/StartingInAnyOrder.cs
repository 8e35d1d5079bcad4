using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>Nothing is there yet: no Redis, no PostgreSQL, no tables, no keys, no links.</summary>
public sealed class StartingInAnyOrder : ClusterTest
{
    protected override Task<ServerCluster> StartAsync() =>
        ServerCluster.CreateAsync(settings: new Dictionary<string, string?> { ["Summit__Demo"] = "true" });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Servers_wait_with_clear_words_and_then_set_up_one_installation(bool redisFirst)
    {
        foreach (var server in Cluster.Servers)
        {
            server.Launch();
        }

        foreach (var server in Cluster.Servers)
        {
            await Wait.UntilAsync("a server that waits says that it lives", async () => await AskAsync(server, "/health/live") == HttpStatusCode.OK, Patience);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(server, "/health/ready"));
            await Wait.UntilAsync("it says what it waits for", () => Says(server, "Waiting for PostgreSQL at") && Says(server, "Waiting for Redis at"), Patience);
        }

        await (redisFirst ? Cluster.Redis.StartAsync() : Cluster.Postgres.StartAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(Cluster.Servers[0], "/health/ready"));
        await (redisFirst ? Cluster.Postgres.StartAsync() : Cluster.Redis.StartAsync());
        await Task.WhenAll(Cluster.Servers.Select(server => server.ReadyAsync()));

        await EveryLinkAndTokenHoldsEverywhereAsync();
        Assert.Equal(1, await CountAsync("lobby.administrator-appointed.v1"));
        Assert.Equal(2, await CountAsync("conference.planned.v1"));
        Assert.Equal(6, await CountAsync("conference.link-issued.v1"));
        Assert.All(Cluster.Servers, server => Assert.DoesNotContain(server.Output, IsOurError));
    }

    [Fact]
    public async Task A_server_that_waits_can_be_told_to_stop()
    {
        var server = Cluster.Servers[0];
        server.Launch();
        await Wait.UntilAsync("it says what it waits for", () => Says(server, "Waiting for PostgreSQL at") && Says(server, "Waiting for Redis at"), Patience);

        Assert.Equal(0, await server.StopAsync());
    }

    private static bool Says(ServerProcess server, string words) => server.Output.Any(line => line.Contains(words, StringComparison.Ordinal));

    /// <summary>Orleans also calls it an error when one that joins finds another slow to answer; it asks again, and joins.</summary>
    private static bool IsOurError(string line) =>
        (line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal) || line.Contains("\"LogLevel\":\"Critical\"", StringComparison.Ordinal))
        && !line.Contains("\"Category\":\"Orleans.", StringComparison.Ordinal);

    private static async Task<HttpStatusCode?> AskAsync(ServerProcess server, string path)
    {
        try
        {
            using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task EveryLinkAndTokenHoldsEverywhereAsync()
    {
        var links = await Task.WhenAll(Cluster.Servers.Select(LinksOfAsync));
        Assert.All(links, one => Assert.Equal(links[0].Secrets, one.Secrets));
        Assert.Equal(7, links[0].Secrets.Count);
        foreach (var issuer in Cluster.Servers)
        {
            using var at = new Api(issuer.Address);
            foreach (var secret in links[0].Secrets)
            {
                var pass = await at.EnterAsync(secret, Cancel);
                foreach (var server in Cluster.Servers)
                {
                    using var other = new Api(server.Address);
                    var place = secret == links[0].Secrets[0] ? $"/api/conferences/{links[0].Conference}/links" : "/api/conference";
                    await other.CallAsync(HttpMethod.Get, place, pass, null, Cancel);
                }
            }
        }
    }

    /// <summary>The secrets in a server's file, the administrator's first, and one of its conferences.</summary>
    private static async Task<(List<string> Secrets, Guid Conference)> LinksOfAsync(ServerProcess server)
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(server.Data, "links.json"), Cancel))!;
        var conferences = file["conferences"]!.AsArray();
        var others = conferences.SelectMany(conference => conference!["links"]!.AsArray()).Select(link => Secret((string)link!["link"]!));
        return ([Secret((string)file["admin"]!), .. others], (Guid)conferences[0]!["id"]!);

        static string Secret(string link) => link[link.IndexOf('#', StringComparison.Ordinal)..];
    }

    private async Task<long> CountAsync(string type)
    {
        await using var source = NpgsqlDataSource.Create(Cluster.Postgres.ConnectionString());
        await using var command = source.CreateCommand($"SELECT count(*) FROM summit.records WHERE type = '{type}'");
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
