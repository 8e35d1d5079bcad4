using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>A link, its tokens and its streams end on every server, and no restart brings them back.</summary>
public sealed class RevokingALink : ClusterTest
{
    [Fact]
    public async Task Ends_it_on_all_servers_and_for_good_while_everything_else_stays_good()
    {
        await using var venue = await OpenVenueAsync("Revoked", new { });
        var guest = await venue.Api.JoinAsync(venue.Code, "Ana", "Tirana", Cancel);
        var admin = await venue.Api.EnterAsync(await AdminAsync(), Cancel);
        var conference = (Guid)(await venue.Api.CallAsync(HttpMethod.Get, "/api/conference", guest, null, Cancel))["conference"]!["id"]!;
        var link = await venue.Api.CallAsync(
            HttpMethod.Post, $"/api/conferences/{conference}/links", admin, new { role = "moderator", label = "To be revoked" }, Cancel);
        var moderator = await venue.Api.EnterAsync((string)link["link"]!, Cancel);
        foreach (var server in Cluster.Servers)
        {
            await Wait.UntilAsync($"{server.Address} lets it in", async () => await StatusAsync(server, moderator) == HttpStatusCode.OK);
        }

        var streams = await Task.WhenAll(Cluster.Servers.Select(server => FollowToTheEndAsync(server, moderator, venue.Session)));

        var clock = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(Cluster.Servers[0], admin, HttpMethod.Delete, $"/api/conferences/{conference}/links/{link["id"]}"));
        foreach (var server in Cluster.Servers)
        {
            await Wait.UntilAsync($"{server.Address} refuses it", async () => await StatusAsync(server, moderator) == HttpStatusCode.Unauthorized);
        }

        Assert.All(await Task.WhenAll(streams).WaitAsync(Patience, Cancel), last => Assert.Equal("access.revoked", last));
        Say($"Revoked at one server, refused and ended at all {clock.Elapsed.TotalMilliseconds:0} ms later");

        await Task.WhenAll(Cluster.Servers.Select(server => server.KillAsync()));
        foreach (var server in Cluster.Servers)
        {
            server.Launch();
        }

        // From its first word on, a server that starts must not let it in.
        await Task.WhenAll(Cluster.Servers.Select(server => Wait.UntilAsync("all are there again", async () =>
        {
            Assert.NotEqual(HttpStatusCode.OK, await StatusAsync(server, moderator));
            return await StatusAsync(server, guest) == HttpStatusCode.OK;
        }, Patience)));
        Assert.All(await Task.WhenAll(Cluster.Servers.Select(server => StatusAsync(server, moderator))), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }

    [Fact]
    public async Task Three_servers_are_no_way_around_a_limit_of_the_session()
    {
        await using var venue = await OpenVenueAsync("Limited", new { perMinute = 2 });
        var pass = await venue.Api.JoinAsync(venue.Code, "Ana", "Tirana", Cancel);
        var heard = new List<Heard>();
        foreach (var server in Cluster.Servers)
        {
            heard.Add(await server.AskAsync(venue.Session, pass, Guid.CreateVersion7(), Cancel));
        }

        Assert.Equal([true, true, false], heard.Select(one => one.IsTaken));
        Assert.Equal("person.too-fast", heard[2].Fault);
    }

    private async Task<string> AdminAsync() =>
        (string)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Cluster.Servers[0].Data, "links.json"), Cancel))!["admin"]!;

    /// <summary>Follows, and returns the task of the fault that ends it.</summary>
    private static async Task<Task<string?>> FollowToTheEndAsync(ServerProcess server, Pass pass, Guid session)
    {
        var connection = await LiveConnection.OpenAsync(server.Address, pass.Token, Cancel);
        var frames = await connection.StreamAsync("Follow", [session, 0], Cancel);
        Assert.True((await frames.ReadAsync(Cancel)).GetProperty("reset").GetBoolean());
        return Task.Run(async () =>
        {
            await using (connection)
            {
                JsonElement last = default;
                await foreach (var frame in frames.ReadAllAsync(Cancel))
                {
                    last = frame;
                }

                return last.GetProperty("fault").GetProperty("code").GetString();
            }
        });
    }

    private static Task<HttpStatusCode?> StatusAsync(ServerProcess server, Pass pass) => StatusAsync(server, pass, HttpMethod.Get, "/api/conference");

    private static async Task<HttpStatusCode?> StatusAsync(ServerProcess server, Pass pass, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", pass.Token);
        try
        {
            using var answer = await server.Http.SendAsync(request, Cancel);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
