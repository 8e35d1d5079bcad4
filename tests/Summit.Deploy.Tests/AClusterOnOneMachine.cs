using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Summit.Testing;

namespace Summit.Deploy.Tests;

/// <summary>`make cluster`: what it starts belongs together, and all of it goes with it.</summary>
public sealed class AClusterOnOneMachine
{
    private static readonly HttpClient Http = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_a_question_at_one_server_and_shows_it_at_another_and_leaves_nothing_behind()
    {
        await using var cluster = ClusterProcess.Start();
        await cluster.StandsAsync();
        Assert.Equal(3, cluster.Servers.Count);

        var (token, session) = await JoinAsync(cluster.Servers[0], cluster.Code);
        var id = Guid.CreateVersion7();
        var ask = new { type = "ask", id, text = "Is it one Summit?" };
        await SendAsync(HttpMethod.Post, new Uri(cluster.Servers[0], $"/api/sessions/{session}/commands"), token, ask);
        await Wait.UntilAsync("the third server shows the question", async () =>
        {
            var frame = await SendAsync(HttpMethod.Get, new Uri(cluster.Servers[2], $"/api/sessions/{session}"), token);
            return frame["items"]!.AsArray().Any(item => (Guid)item!["id"]! == id);
        });

        Assert.True(cluster.Programs().Count >= 5, "Three servers, Redis and PostgreSQL should run.");
        Assert.Equal(0, await cluster.EndAsync(ClusterProcess.Interrupt));
        AssertNothingIsLeft(cluster);
    }

    [Fact]
    public async Task Goes_whole_when_one_of_its_programs_does()
    {
        const int Kill = 9;
        await using var cluster = ClusterProcess.Start();
        await cluster.StandsAsync();

        ClusterProcess.Send(cluster.IdOfServer(2), Kill);

        Assert.Equal(1, await cluster.EndedAsync());
        Assert.Contains("server 2 ended (SIGKILL)", cluster.Output, StringComparison.Ordinal);
        AssertNothingIsLeft(cluster);
    }

    [Fact]
    public async Task Goes_whole_when_it_is_told_to_before_it_stands()
    {
        await using var cluster = ClusterProcess.Start();
        await Wait.UntilAsync("its first program runs", () => cluster.Programs().Count > 1);

        Assert.Equal(0, await cluster.EndAsync(ClusterProcess.Terminate));
        AssertNothingIsLeft(cluster);
    }

    private static void AssertNothingIsLeft(ClusterProcess cluster)
    {
        Assert.Empty(cluster.Programs());
        Assert.Empty(cluster.Files);
    }

    /// <summary>A participant of the first session of the conference that takes questions unreviewed.</summary>
    private static async Task<(string Token, Guid Session)> JoinAsync(Uri server, string code)
    {
        using var joined = await Http.PostAsJsonAsync(new Uri(server, "/api/join"), new { code, name = "Ana" }, Cancelled);
        var access = JsonNode.Parse(await joined.Content.ReadAsStringAsync(Cancelled))!;
        var token = (string)access["token"]!;
        foreach (var session in access["sessions"]!.AsArray().Select(entry => (Guid)entry!["id"]!))
        {
            var shown = (await SendAsync(HttpMethod.Get, new Uri(server, $"/api/sessions/{session}"), token))["session"]!;
            if ((string)shown["state"]! == "open" && !(bool)shown["policies"]!["review"]!)
            {
                return (token, session);
            }
        }

        throw new InvalidOperationException("The demonstration has no session that takes questions unreviewed.");
    }

    private static async Task<JsonNode> SendAsync(HttpMethod method, Uri address, string token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Http.SendAsync(request, Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}
