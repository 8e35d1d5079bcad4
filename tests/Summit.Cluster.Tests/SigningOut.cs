using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>Somebody who is signed out is out on every server, whichever heard it.</summary>
public sealed class SigningOut : ClusterTest
{
    [Fact]
    public async Task Ends_what_is_open_on_every_server()
    {
        await using var venue = await OpenVenueAsync("Signed out", new { });
        var admin = await venue.Api.EnterAsync(
            (string)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Cluster.Servers[0].Data, "links.json"), Cancel))!["admin"]!, Cancel);
        var guest = await venue.Api.JoinAsync(venue.Code, "Ana", "Tirana", Cancel);
        var conference = (Guid)(await venue.Api.CallAsync(HttpMethod.Get, "/api/conference", guest, null, Cancel))["conference"]!["id"]!;
        var added = await venue.Api.CallAsync(
            HttpMethod.Post, "/api/people", admin, new { id = Guid.CreateVersion7(), name = "Elena", role = new { @in = new { conference }, role = "moderator" } }, Cancel);
        var link = await venue.Api.CallAsync(HttpMethod.Post, $"/api/people/{added["id"]}/links", admin, new { }, Cancel);
        // Signed in at one server, and in her place at each of the others as well.
        var elena = await venue.Api.EnterAsync((string)link["link"]!, Cancel);
        var place = (string)(await venue.Api.CallAsync(HttpMethod.Post, "/api/me/enter", elena, new { conference }, Cancel))["token"]!;
        var streams = new List<Task<string?>>();
        foreach (var server in Cluster.Servers)
        {
            streams.Add(await FollowToTheEndAsync(server, place, venue.Session));
        }

        var clock = Stopwatch.StartNew();
        await venue.Api.CallAsync(HttpMethod.Post, "/api/me/commands", elena, new { type = "sign-out-everywhere", id = Guid.CreateVersion7() }, Cancel);

        Assert.All(await Task.WhenAll(streams).WaitAsync(Patience, Cancel), last => Assert.Equal("access.signed-out", last));
        Say($"Signed out at one server, ended at all {clock.Elapsed.TotalMilliseconds:0} ms later");
        foreach (var server in Cluster.Servers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me") { Headers = { Authorization = new("Bearer", elena.Token) } };
            using var answer = await server.Http.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    /// <summary>Follows, and returns the task of the fault that ends it.</summary>
    private static async Task<Task<string?>> FollowToTheEndAsync(ServerProcess server, string token, Guid session)
    {
        var connection = await LiveConnection.OpenAsync(server.Address, token, Cancel);
        var frames = await connection.StreamAsync("Follow", [session, 0], Cancel);
        Assert.True((await frames.ReadAsync(Cancel)).GetProperty("reset").GetBoolean());
        return Task.Run(async () =>
        {
            await using (connection)
            {
                string? last = null;
                await foreach (var frame in frames.ReadAllAsync(Cancel))
                {
                    last = frame.TryGetProperty("fault", out var fault) ? fault.GetProperty("code").GetString() : last;
                }

                return last;
            }
        });
    }
}
