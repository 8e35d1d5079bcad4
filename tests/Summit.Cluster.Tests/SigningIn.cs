using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>Somebody leaves for their organisation from one server, comes back to another, and is let in by a third: none of them remembers anybody.</summary>
public sealed class SigningIn : ClusterTest
{
    private readonly OpenIdProvider _provider = new();

    // Cookies are for all ports of a host, so one browser meets all servers as one.
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _browser.Dispose();
        await _provider.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Takes_three_servers_and_one_answer()
    {
        _provider.Redirects = [At(0, "/api/sign-in/sofia/callback").ToString()];
        await _provider.StartAsync();
        var there = (await _browser.GetAsync(At(0, "/api/sign-in/sofia"), Cancel)).Headers.Location!;
        var back = await OpenIdProvider.LogInAsync(_browser, there, "s-1|elena@sofia.example|verified|Elena");

        using var word = await _browser.GetAsync(At(1, back.PathAndQuery), Cancel);
        Assert.Equal("/me?sign-in=back", word.Headers.Location?.OriginalString);
        // Asked twice, of two servers, it is one sign-in of one person.
        var answers = await Task.WhenAll(FinishAsync(2), FinishAsync(0));

        Assert.Equal((string)answers[0]["person"]!, (string)answers[1]["person"]!);
        using var request = new HttpRequestMessage(HttpMethod.Get, At(1, "/api/me")) { Headers = { Authorization = new("Bearer", (string)answers[0]["token"]!) } };
        var me = await JsonAsync(await _browser.SendAsync(request, Cancel));
        Assert.Single(me["signIns"]!.AsArray());
        Assert.Equal("Elena", (string)me["card"]!["name"]!);
    }

    protected override Task<ServerCluster> StartAsync() => ServerCluster.StartAsync(settings: new Dictionary<string, string?>(_provider.Settings("sofia", "City of Sofia", "sofia.example", "__"))
    {
        ["Summit__Organisations__sofia__Enrol"] = "true",
    });

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private Uri At(int server, string path) => new(Cluster.Servers[server].Address, path);

    private async Task<JsonNode> FinishAsync(int server) => await JsonAsync(await _browser.PostAsJsonAsync(At(server, "/api/sign-in"), new { }, Cancel));
}
