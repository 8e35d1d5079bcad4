using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Bench;

/// <summary>A real server with one open session of its own, and the passes of those who run it.</summary>
public sealed class Venue : IAsyncDisposable
{
    private const string Starts = "2026-01-05T12:00:00Z";
    private const string Ends = "2026-01-05T18:00:00Z";

    private static readonly string[] Languages = ["en"];

    private readonly bool _ownsServer;
    private Guid _conference;
    private Pass _host = new("", default);

    private Venue(ServerProcess server, bool ownsServer)
    {
        Server = server;
        Api = new Api(server.Address);
        _ownsServer = ownsServer;
    }

    public ServerProcess Server { get; }

    public Api Api { get; }

    public string Code { get; private set; } = "";

    public Guid Session { get; private set; }

    public Pass Moderator { get; private set; } = new("", default);

    /// <param name="policies">As they go over the wire.</param>
    /// <param name="at">A server that runs, and goes on after this; null for one of its own.</param>
    public static async Task<Venue> OpenAsync(string title, object policies, CancellationToken cancellationToken, ServerProcess? at = null)
    {
        var server = at ?? await ServerProcess.StartAsync(settings: new Dictionary<string, string?> { ["Summit__Demo"] = "false" });
        var venue = new Venue(server, ownsServer: at is null);
        try
        {
            await venue.PlanAsync(title, policies, cancellationToken);
            return venue;
        }
        catch
        {
            await venue.DisposeAsync();
            throw;
        }
    }

    /// <summary>The session as a bearer gets it over HTTP, whole, once it has come to an event: an answer may be ahead of what is shown.</summary>
    /// <param name="at">Another server than the venue's.</param>
    public async Task<Picture> LookAsync(Pass pass, long seq, CancellationToken cancellationToken, Api? at = null)
    {
        var picture = new Picture();
        picture.Apply(await ShowAsync(pass, seq, cancellationToken, at));
        return picture;
    }

    /// <summary>The frame that <see cref="LookAsync"/> looks at.</summary>
    public async Task<JsonElement> ShowAsync(Pass pass, long seq, CancellationToken cancellationToken, Api? at = null)
    {
        JsonElement frame = default;
        await Wait.UntilAsync($"HTTP shows event {seq}", async () =>
        {
            var answer = await (at ?? Api).CallAsync(HttpMethod.Get, $"/api/sessions/{Session}?since=0", pass, null, cancellationToken);
            frame = answer.Deserialize<JsonElement>();
            return frame.GetProperty("seq").GetInt64() >= seq;
        });
        return frame;
    }

    /// <summary>
    /// Returns when a server shows a session of this venue, and so knows all that was planned before it: what is planned at one server,
    /// the others hear of a moment later, and turn people away until then.
    /// </summary>
    public Task ShownAtAsync(ServerProcess server, Guid session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        return Wait.UntilAsync($"{server.Address} shows session {session}", async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/sessions/{session}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Moderator.Token);
            using var answer = await server.Http.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode;
        });
    }

    /// <summary>One more open session of the same conference.</summary>
    /// <param name="at">Another server than the venue's, which knows the conference.</param>
    public async Task<Guid> AddSessionAsync(string title, object policies, CancellationToken cancellationToken, Api? at = null)
    {
        var (id, api) = (Guid.CreateVersion7(), at ?? Api);
        await api.CallAsync(
            HttpMethod.Post, $"/api/conferences/{_conference}/sessions", _host, new { id, title, starts = Starts, ends = Ends, lang = "en", policies }, cancellationToken);
        await api.CallAsync(HttpMethod.Post, $"/api/sessions/{id}/commands", _host, new { type = "open", id = Guid.CreateVersion7() }, cancellationToken);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_ownsServer)
        {
            await Server.DisposeAsync();
        }
    }

    private async Task PlanAsync(string title, object policies, CancellationToken cancellationToken)
    {
        var links = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Server.Data, "links.json"), cancellationToken))!;
        var admin = await Api.EnterAsync((string)links["admin"]!, cancellationToken);
        var conference = await Api.CallAsync(
            HttpMethod.Post, "/api/conferences", admin, new { title, starts = Starts, ends = Ends, timeZone = "Europe/Sofia", languages = Languages }, cancellationToken);
        (Code, _conference) = ((string)conference["code"]!, (Guid)conference["id"]!);
        _host = await Api.EnterAsync((string)conference["host"]!, cancellationToken);
        Session = await AddSessionAsync(title, policies, cancellationToken);
        var link = await Api.CallAsync(
            HttpMethod.Post, $"/api/conferences/{_conference}/links", _host, new { role = "moderator", label = "Moderator" }, cancellationToken);
        Moderator = await Api.EnterAsync((string)link["link"]!, cancellationToken);
    }
}
