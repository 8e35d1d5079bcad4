using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Summit.Bench;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>Of three servers one tells a receiver what happens on any of them; when it is gone, another does.</summary>
public sealed class TellingAHook : ClusterTest
{
    private readonly ConcurrentQueue<(string Id, string Type)> _told = new();

    protected override Task<ServerCluster> StartAsync() => ServerCluster.StartAsync(settings: new Dictionary<string, string?> { ["Summit__LocalHooks"] = "true" });

    [Fact]
    public async Task Is_done_once_for_each_thing_and_goes_on_when_the_server_that_did_it_is_killed()
    {
        using var receiver = Receive(out var address);
        await using var venue = await OpenVenueAsync("Told", new { });
        var admin = await venue.Api.EnterAsync(
            (string)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Cluster.Servers[0].Data, "links.json"), Cancel))!["admin"]!, Cancel);
        var conference = (Guid)(await venue.Api.CallAsync(HttpMethod.Get, "/api/conference", venue.Moderator, null, Cancel))["conference"]!["id"]!;
        await venue.Api.CallAsync(
            HttpMethod.Post, $"/api/conferences/{conference}/hooks", admin, new { address, occasions = new[] { "session.opened", "session.paused" } }, Cancel);
        string[] expected = ["session.paused", "session.opened", "session.paused", "session.opened", "session.paused", "session.opened"];
        foreach (var (type, at) in expected.Select((type, at) => (type == "session.paused" ? "pause" : "open", at)))
        {
            await SendAsync(venue, Cluster.Servers[at % Cluster.Servers.Count], type);
        }

        await Wait.UntilAsync("six are told", () => _told.Count >= 6, Patience);
        Assert.Equal(expected, _told.Select(told => told.Type));

        // Whoever of the three delivered, the last one does now.
        await Task.WhenAll(Cluster.Servers.Take(2).Select(server => server.KillAsync()));
        await SendAsync(venue, Cluster.Servers[2], "pause");
        await Wait.UntilAsync("the seventh is told", () => _told.Select(told => told.Id).Distinct().Count() == 7, Patience);
        Assert.Equal("session.paused", _told.Last().Type);
    }

    private static async Task SendAsync(Venue venue, ServerProcess server, string type)
    {
        using var api = new Api(server.Address);
        await api.CallAsync(HttpMethod.Post, $"/api/sessions/{venue.Session}/commands", venue.Moderator, new { type, id = Guid.CreateVersion7() }, Cancel);
    }

    private HttpListener Receive(out string address)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        var listener = new HttpListener { Prefixes = { address } };
        listener.Start();
        _ = TakeAsync();
        return listener;

        async Task TakeAsync()
        {
            while (listener.IsListening)
            {
                try
                {
                    var asked = await listener.GetContextAsync();
                    var body = (await JsonNode.ParseAsync(asked.Request.InputStream, cancellationToken: Cancel))!;
                    _told.Enqueue((asked.Request.Headers["webhook-id"]!, (string)body["type"]!));
                    asked.Response.Close();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
