using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Summit.Testing;

namespace Summit.Browser.Tests.Setting;

/// <summary>A running server, and what can be done there without a browser.</summary>
public sealed class House : IAsyncDisposable
{
    private static readonly string[] Languages = ["en"];

    private readonly IAsyncDisposable _running;
    private readonly IReadOnlyList<ServerProcess> _servers;
    private int _arrived;

    private House(IAsyncDisposable running, params IReadOnlyList<ServerProcess> servers) => (_running, _servers, Address) = (running, servers, servers[0].Address);

    public ServerProcess Server => _servers[0];

    /// <summary>Where browsers go.</summary>
    public Uri Address { get; set; }

    /// <summary>Where the next browser goes: with several servers, to each in turn.</summary>
    public Uri NextDoor() => _servers.Count == 1 ? Address : _servers[_arrived++ % _servers.Count].Address;

    /// <param name="settings">What its operator has set besides, as environment variables.</param>
    public static async Task<House> StartAsync(bool demonstration = false, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var server = await ServerProcess.StartAsync(settings: new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>())
        {
            ["Summit__Demo"] = demonstration ? "true" : "false",
            ["Summit__LocalHooks"] = "true",
        });
        return new House(server, server);
    }

    /// <summary>Three servers that are one.</summary>
    public static async Task<House> StartClusterAsync()
    {
        Assert.SkipWhen(ServerCluster.Missing is not null, ServerCluster.Missing ?? "");
        var cluster = await ServerCluster.StartAsync();
        return new House(cluster, cluster.Servers);
    }

    /// <summary>The links of the first start.</summary>
    public async Task<JsonNode> LinksAsync() =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Server.Data, "links.json")))!;

    /// <summary>A conference of its own with one session.</summary>
    /// <param name="policies">As they go over the wire.</param>
    public async Task<Venue> PlanAsync(string title, object? policies = null, bool open = true)
    {
        var admin = (string)(await LinksAsync())["admin"]!;
        var (starts, ends) = ("2026-01-05T12:00:00Z", "2026-01-05T18:00:00Z");
        var conference = await CallAsync(
            HttpMethod.Post, "/api/conferences", await EnterAsync(admin), new { title, starts, ends, timeZone = "Europe/Sofia", languages = Languages });
        var id = (Guid)conference["id"]!;
        var host = await EnterAsync((string)conference["host"]!);
        var session = Guid.CreateVersion7();
        await CallAsync(
            HttpMethod.Post, $"/api/conferences/{id}/sessions", host, new { id = session, title, starts, ends, lang = "en", policies = policies ?? new { } });
        var moderator = await IssueAsync(id, host, "moderator", "Moderator");
        var venue = new Venue(
            this, id, session, (string)conference["code"]!, admin, (string)conference["host"]!, moderator, await IssueAsync(id, host, "stage", "Stage"),
            await EnterAsync(moderator));
        if (open)
        {
            await venue.SendAsync(venue.Desk, new { type = "open", id = Guid.CreateVersion7() });
        }

        // What is planned at one server, the others hear of a moment later.
        foreach (var server in _servers)
        {
            await Wait.UntilAsync($"{server.Address} knows the session", () => IsShownAtAsync(server, venue));
        }

        return venue;
    }

    /// <summary>The token behind a role link.</summary>
    public async Task<string> EnterAsync(string link) =>
        (string)(await CallAsync(HttpMethod.Post, "/api/enter", null, new { secret = SecretOf(link) }))["token"]!;

    public async Task<JsonNode> CallAsync(HttpMethod method, string path, string? token, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(text) ?? new JsonObject()
            : throw new InvalidOperationException($"{method} {path} was refused with {(int)answer.StatusCode}: {text}");
    }

    private static async Task<bool> IsShownAtAsync(ServerProcess server, Venue venue)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/sessions/{venue.Session}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", venue.Desk);
        using var answer = await server.Http.SendAsync(request);
        return answer.IsSuccessStatusCode;
    }

    public static string SecretOf(string link) => link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..];

    public ValueTask DisposeAsync() => _running.DisposeAsync();

    public async Task<string> IssueAsync(Guid conference, string host, string role, string label) =>
        (string)(await CallAsync(HttpMethod.Post, $"/api/conferences/{conference}/links", host, new { role, label }))["link"]!;
}

/// <summary>A conference with one session, its code, its links, and the token of its moderator.</summary>
public sealed record Venue(
    House House, Guid Conference, Guid Session, string Code, string Admin, string Host, string Moderator, string Stage, string Desk)
{
    /// <summary>The token of somebody new.</summary>
    public async Task<string> JoinAsync(string? name = null, string? city = null) =>
        (string)(await House.CallAsync(HttpMethod.Post, "/api/join", null, new { code = Code, name, city }))["token"]!;

    /// <summary>A link of one's own for another moderator.</summary>
    public async Task<string> ModeratorAsync(string label) => await House.IssueAsync(Conference, await House.EnterAsync(Host), "moderator", label);

    /// <summary>Another session of the same conference, open, added now.</summary>
    public async Task<Venue> AnotherSessionAsync(string title)
    {
        var (session, host) = (Guid.CreateVersion7(), await House.EnterAsync(Host));
        var (starts, ends) = ("2026-01-05T19:00:00Z", "2026-01-05T20:00:00Z");
        await House.CallAsync(HttpMethod.Post, $"/api/conferences/{Conference}/sessions", host, new { id = session, title, starts, ends, lang = "en" });
        var venue = this with { Session = session };
        await venue.SendAsync(Desk, new { type = "open", id = Guid.CreateVersion7() });
        return venue;
    }

    public Task SendAsync(string token, object command) => House.CallAsync(HttpMethod.Post, $"/api/sessions/{Session}/commands", token, command);

    /// <summary>Returns the new question's id.</summary>
    public async Task<Guid> AskAsync(string token, string text, string lang = "en")
    {
        var id = Guid.CreateVersion7();
        await SendAsync(token, new { type = "ask", id, text, lang });
        return id;
    }

    public Task DoAsync(string type, Guid item) => SendAsync(Desk, new { type, id = Guid.CreateVersion7(), item });

    public Task SupportAsync(string token, Guid item) => SendAsync(token, new { type = "support", id = Guid.CreateVersion7(), item, on = true });
}
