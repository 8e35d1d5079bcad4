using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Runtime.Versioning;
using System.Text;
using Summit.Server.Access;
using Summit.Server.Opening;
using Summit.Testing;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests;

/// <summary>What only shows on a real server: its files, its output, its end, and the edge of HTTP.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ARealProcess : IAsyncLifetime
{
    private const char RecordSeparator = '\u001e';

    private ServerProcess _server = null!;

    // Everything is logged here, so that what must not be in a log is looked for in the most talkative one.
    public async ValueTask InitializeAsync() =>
        _server = await ServerProcess.StartAsync(settings: new Dictionary<string, string?>
        {
            ["Logging__LogLevel__Default"] = "Trace",
            ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace",
            ["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
            ["Logging__Console__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
        });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Is_there_again_at_the_same_address_after_a_kill_and_stops_cleanly()
    {
        var (address, before) = (_server.Address, await LinksAsync());
        var token = await JoinAsync(before.Conferences[0].Code);

        await _server.KillAsync();
        Assert.True(_server.HasExited);
        await _server.StartAgainAsync();

        Assert.Equal(address, _server.Address);
        Assert.Equal(before.Admin, (await LinksAsync()).Admin);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/api/conference", token)).StatusCode);
        Assert.Equal(0, await _server.StopAsync());
    }

    [Fact]
    public async Task Tells_what_it_counts_to_the_machine_itself_and_not_through_a_proxy_on_it()
    {
        Assert.Contains("summit_engine_commands_total", await _server.MetricsAsync(Cancelled), StringComparison.Ordinal);
        foreach (var header in new[] { "X-Forwarded-For", "Forwarded" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
            request.Headers.Add(header, "for=192.0.2.1");
            Assert.Equal(HttpStatusCode.Unauthorized, (await _server.Http.SendAsync(request, Cancelled)).StatusCode);
        }
    }

    [Fact]
    public async Task Keeps_its_data_for_its_owner_and_its_links_out_of_its_log()
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(_server.Data, LinksFile.Name)));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(_server.Data, "summit.db")));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_server.Data, "keys")));

        var links = await LinksAsync();
        List<string> secrets = [links.AdminSecret, .. links.Conferences.SelectMany(conference => conference.Links).Select(link => link.Secret)];
        Assert.Equal(7, secrets.Count);
        Assert.All(secrets, secret => Assert.Contains(_server.Output, line => line.Contains(secret, StringComparison.Ordinal)));

        foreach (var secret in secrets)
        {
            using var entered = await _server.Http.PostAsJsonAsync("/api/enter", new { secret }, Cancelled);
            Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        }

        Assert.All(Logged, line => Assert.DoesNotContain(secrets, secret => line.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Logs_no_token_though_it_stands_in_the_address_of_the_live_door()
    {
        var links = await LinksAsync();
        var token = await JoinAsync(links.Conferences[0].Code);
        var garbled = token[..^3] + "AAA";

        using (var socket = await FollowAsync(token, links.Conferences[0].Sessions[0].Id.Value))
        {
            Assert.Equal(WebSocketState.Open, socket.State);
        }

        await Assert.ThrowsAsync<WebSocketException>(() => FollowAsync(garbled, links.Conferences[0].Sessions[0].Id.Value));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/api/conference", token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("/api/conference", garbled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync($"/nowhere?access_token={token}", token)).StatusCode);
        await _server.StopAsync();

        Assert.Contains(Logged, line => line.Contains("/live", StringComparison.Ordinal) || line.Contains("LiveHub", StringComparison.Ordinal));
        Assert.All(Logged, line => Assert.DoesNotContain(token[20..60], line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Takes_no_more_than_it_says()
    {
        var links = await LinksAsync();
        var token = await JoinAsync(links.Conferences[0].Code);
        var path = $"/api/sessions/{links.Conferences[0].Sessions[0].Id.Value}/commands";
        var large = Encoding.UTF8.GetBytes($$"""{"type":"ask","id":"{{Guid.CreateVersion7()}}","text":"{{new string('a', 70_000)}}"}""");

        await (await PostAsync(path, token, new ByteArrayContent(large))).RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "request.too-large");
        await (await PostAsync("/api/join", token, new ByteArrayContent(large))).RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "request.too-large");
        await (await PostAsync(path, token, new StreamContent(new Unmeasured(large)))).RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "request.too-large");
    }

    [Fact]
    public async Task Says_in_a_line_why_it_cannot_start()
    {
        await _server.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(_server.Data, "summit.db"), "This is not a journal. It only looks like one from afar.", Cancelled);

        var ended = await Assert.ThrowsAsync<InvalidOperationException>(_server.StartAgainAsync);

        Assert.StartsWith("The server ended with 1 ", ended.Message, StringComparison.Ordinal);
        Assert.Contains("Summit cannot start: ", ended.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lets_one_person_hold_so_many_connections_and_no_more()
    {
        var links = await LinksAsync();
        var session = links.Conferences[0].Sessions[0].Id.Value;
        var (greedy, other) = (await JoinAsync(links.Conferences[0].Code), await JoinAsync(links.Conferences[0].Code));
        List<ClientWebSocket> held = [];
        for (var i = 0; i < Limits.ConnectionsPerPerson; i++)
        {
            held.Add(await FollowAsync(greedy, session));
        }

        await Assert.ThrowsAsync<WebSocketException>(() => FollowAsync(greedy, session));
        held.Add(await FollowAsync(other, session));
        held[0].Dispose();
        await Wait.UntilAsync("the place of a connection that is gone can be taken", async () =>
        {
            try
            {
                held[0] = await FollowAsync(greedy, session);
                return true;
            }
            catch (WebSocketException)
            {
                return false;
            }
        });
        held.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Ends_soon_though_many_follow()
    {
        var links = await LinksAsync();
        var session = links.Conferences[0].Sessions[0].Id.Value;
        List<ClientWebSocket> followers = [];
        for (var i = 0; i < 50; i++)
        {
            followers.Add(await FollowAsync(await JoinAsync(links.Conferences[0].Code), session));
        }

        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await _server.StopAsync());

        // Two seconds are promised; a machine that runs all tests at once gets some more.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
        followers.ForEach(follower => follower.Dispose());
    }

    /// <summary>Lines of the log; what was printed for people is none.</summary>
    private List<string> Logged => [.. _server.Output.Where(line => line.StartsWith('{'))];

    private async Task<LinksFile> LinksAsync() => (await LinksFile.LoadAsync(Path.Combine(_server.Data, LinksFile.Name), Cancelled))!;

    private async Task<string> JoinAsync(string code) =>
        (string)(await (await _server.Http.PostAsJsonAsync("/api/join", new { code, name = "Ana" }, Cancelled)).JsonAsync())["token"]!;

    private Task<HttpResponseMessage> GetAsync(string path, string token) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path), token);

    private Task<HttpResponseMessage> PostAsync(string path, string token, HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, token);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return _server.Http.SendAsync(request, Cancelled);
    }

    /// <summary>A socket on which the first frame has come.</summary>
    private async Task<ClientWebSocket> FollowAsync(string token, Guid session)
    {
        var socket = new ClientWebSocket();
        var address = new UriBuilder(_server.Address) { Scheme = "ws", Path = "/live", Query = $"access_token={token}" }.Uri;
        await socket.ConnectAsync(address, Cancelled);
        await SayAsync("""{"protocol":"json","version":1}""");
        await SayAsync($$"""{"type":4,"invocationId":"1","target":"Follow","arguments":["{{session}}",0]}""");
        var buffer = new byte[64 * 1024];
        var heard = new StringBuilder();
        while (!heard.ToString().Contains("\"reset\":true", StringComparison.Ordinal))
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), Cancelled);
            Assert.NotEqual(WebSocketMessageType.Close, part.MessageType);
            heard.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
        }

        return socket;

        Task SayAsync(string message) => socket.SendAsync(
            Encoding.UTF8.GetBytes(message + RecordSeparator), WebSocketMessageType.Text, endOfMessage: true, Cancelled);
    }

    /// <summary>A stream that does not know its length, so that it is sent in chunks.</summary>
    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
