using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Summit.Server.Opening;
using Summit.Testing;

namespace Summit.Server.Tests.Integrations;

/// <summary>A real process that is killed while a receiver is away.</summary>
public sealed class AServerThatIsKilledWithDeliveries
{
    [Fact]
    public async Task Delivers_all_of_them_in_order_when_it_is_back()
    {
        await using var receiver = await HookReceiver.StartAsync();
        receiver.Answer = HookReceiver.Status(StatusCodes.Status503ServiceUnavailable);
        await using var server = await ServerProcess.StartAsync(settings: new Dictionary<string, string?> { ["Summit__Demo"] = "false", ["Summit__LocalHooks"] = "true" });
        var links = await LinksFile.LoadAsync(Path.Combine(server.Data, LinksFile.Name), Now.Cancelled);
        var admin = (string)(await SendAsync(server, "/api/enter", null, new { secret = links!.AdminSecret }))["token"]!;
        var planned = await SendAsync(server, "/api/conferences", admin, House.Plan("Summit of cities"));
        var host = (string)(await SendAsync(server, "/api/enter", null, new { secret = LinksFile.SecretOf((string)planned["host"]!) }))["token"]!;
        var session = Guid.CreateVersion7();
        await SendAsync(server, $"/api/conferences/{planned["id"]}/sessions", host, new { id = session, title = "Trade", starts = "2027-02-24T08:00:00Z", ends = "2027-02-24T09:30:00Z", lang = "en" });
        var hook = await SendAsync(
            server, $"/api/conferences/{planned["id"]}/hooks", host, new { address = receiver.Address, occasions = new[] { "session.opened", "session.paused" } });
        foreach (var type in new[] { "open", "pause", "open" })
        {
            await SendAsync(server, $"/api/sessions/{session}/commands", host, new { type, id = Guid.CreateVersion7() });
        }

        await Wait.UntilAsync("the first has been tried", () => !receiver.Told.IsEmpty);
        await server.KillAsync();
        var before = receiver.Told.Count;
        receiver.Answer = HookReceiver.Status(StatusCodes.Status204NoContent);
        await server.StartAgainAsync();
        await Wait.UntilAsync("three have been taken", () => receiver.Told.Count >= before + 3, TimeSpan.FromMinutes(1));
        Assert.Equal(["session.opened", "session.paused", "session.opened"], receiver.Told.Skip(before).Select(told => told.Type));
        Assert.Equal(3, receiver.Told.Select(told => told.Id).Distinct().Count());
        Assert.All(receiver.Told, told => Assert.True(told.IsSignedWith((string)hook["secret"]!)));
    }

    private static async Task<JsonNode> SendAsync(ServerProcess server, string path, string? token, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var answer = await server.Http.SendAsync(request, Now.Cancelled);
        return await answer.JsonAsync();
    }
}
