using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Summit.Server.Opening;
using Summit.Testing;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests.Privacy;

/// <summary>The server is killed while it takes somebody's words out of its files: whenever that is, the next one ends it.</summary>
public sealed class ErasingThroughKills
{
    private const int Items = 40;

    [Fact]
    public async Task Ends_with_nothing_left_and_one_proof()
    {
        await using var server = await ServerProcess.StartAsync(settings: new Dictionary<string, string?> { ["Summit__Demo"] = "false" });
        var links = (await LinksFile.LoadAsync(Path.Combine(server.Data, LinksFile.Name), Cancelled))!;
        var (session, mark) = (Guid.CreateVersion7(), $"Ana{Guid.NewGuid():N}");
        var plan = JsonSerializer.SerializeToNode(House.Plan("Summit of cities"))!.AsObject();
        var planned = await JsonAsync(await SendAsync(server, HttpMethod.Post, "/api/conferences", await EnterAsync(server, links.AdminSecret), plan));
        var host = await EnterAsync(server, LinksFile.SecretOf((string)planned["host"]!));
        var scheduled = new JsonObject { ["id"] = session, ["title"] = "Trade", ["starts"] = "2027-02-24T08:00:00Z", ["ends"] = "2027-02-24T09:00:00Z", ["lang"] = "en" };
        await JsonAsync(await SendAsync(server, HttpMethod.Post, $"/api/conferences/{planned["id"]}/sessions", host, scheduled));
        await CommandAsync(server, host, session, new JsonObject { ["type"] = "open" });
        await CommandAsync(server, host, session, new JsonObject { ["type"] = "policies", ["policies"] = new JsonObject { ["perMinute"] = 10_000, ["maxOpen"] = 10_000 } });
        var joined = await JsonAsync(await server.Http.PostAsJsonAsync("/api/join", new { code = (string)planned["code"]!, name = mark }, Cancelled));
        var token = (string)joined["token"]!;
        for (var n = 0; n < Items; n++)
        {
            await CommandAsync(server, token, session, new JsonObject { ["type"] = "comment", ["text"] = $"{mark} says {n}" });
        }

        // While it is ordered, then while it is carried out: that begins with the answer, and with each start.
        var order = SendAsync(server, HttpMethod.Delete, "/api/my-data", token);
        await server.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => order);
        await server.StartAgainAsync();
        await JsonAsync(await SendAsync(server, HttpMethod.Delete, "/api/my-data", token));
        await server.KillAsync();
        await server.StartAgainAsync();
        await server.KillAsync();
        await server.StartAgainAsync();

        JsonNode? orders = null;
        await Wait.UntilAsync("it is done", async () =>
        {
            orders = (await JsonAsync(await SendAsync(server, HttpMethod.Get, $"/api/conferences/{planned["id"]}/privacy", host)))["orders"]!;
            return orders.AsArray() is [{ } only] && only["done"] is not null;
        });
        Assert.Equal(Items, (int)orders![0]!["records"]!);
        Assert.Empty(Files.With(server.Data, mark));
    }

    private static async Task<string> EnterAsync(ServerProcess server, string secret) =>
        (string)(await JsonAsync(await server.Http.PostAsJsonAsync("/api/enter", new { secret }, Cancelled)))["token"]!;

    /// <summary>Sent again while it is told to: a person writes faster here than anybody does.</summary>
    private static async Task CommandAsync(ServerProcess server, string token, Guid session, JsonObject command)
    {
        command["id"] = Guid.CreateVersion7();
        await Wait.UntilAsync("the command is taken", async () => (await SendAsync(server, HttpMethod.Post, $"/api/sessions/{session}/commands", token, command)).IsSuccessStatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(ServerProcess server, HttpMethod method, string path, string token, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await server.Http.SendAsync(request, Cancelled);
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
