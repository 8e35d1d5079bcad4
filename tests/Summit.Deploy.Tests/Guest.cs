using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Summit.Deploy.Tests;

/// <summary>Somebody with a phone, in a session that takes questions unreviewed.</summary>
internal sealed class Guest
{
    private static readonly HttpClient Http = new();

    private readonly string _token;
    private readonly Guid _session;

    private Guest(string token, Guid session) => (_token, _session) = (token, session);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<Guest> JoinAsync(Uri server, string code)
    {
        using var joined = await Http.PostAsJsonAsync(new Uri(server, "/api/join"), new { code, name = "Ana" }, Cancelled);
        var access = await JsonAsync(joined);
        var token = (string)access["token"]!;
        foreach (var session in access["sessions"]!.AsArray().Select(entry => (Guid)entry!["id"]!))
        {
            var guest = new Guest(token, session);
            var shown = (await guest.ShowAsync(server))["session"]!;
            if ((string)shown["state"]! == "open" && !(bool)shown["policies"]!["review"]!)
            {
                return guest;
            }
        }

        throw new InvalidOperationException("The demonstration has no session that takes questions unreviewed.");
    }

    /// <summary>Whether the part of a link behind the # opens anything.</summary>
    public static async Task<bool> MayEnterAsync(Uri server, string secret)
    {
        using var entered = await Http.PostAsJsonAsync(new Uri(server, "/api/enter"), new { secret }, Cancelled);
        return entered.IsSuccessStatusCode;
    }

    /// <summary>Returns the question's id when it was accepted.</summary>
    public async Task<Guid> AskAsync(Uri server, string text)
    {
        var id = Guid.CreateVersion7();
        await SendAsync(HttpMethod.Post, new Uri(server, $"/api/sessions/{_session}/commands"), new { type = "ask", id, text });
        return id;
    }

    /// <summary>The ids of all that is to be seen.</summary>
    public async Task<HashSet<Guid>> SeesAsync(Uri server) => [.. (await ShowAsync(server))["items"]!.AsArray().Select(item => (Guid)item!["id"]!)];

    private Task<JsonNode> ShowAsync(Uri server) => SendAsync(HttpMethod.Get, new Uri(server, $"/api/sessions/{_session}"));

    private async Task<JsonNode> SendAsync(HttpMethod method, Uri address, object? body = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        using var answer = await Http.SendAsync(request, Cancelled);
        return await JsonAsync(answer);
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}
