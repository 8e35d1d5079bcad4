using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Summit.Bench;
using Summit.Bench.Wire;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Testing;

namespace Summit.Server.Tests.Hostile;

/// <summary>One real server, with somebody who follows and somebody who asks: whatever a hostile client does, these two go on.</summary>
public sealed class Scene : IAsyncLifetime
{
    private Follower _follower = null!;
    private LiveClient _asker = null!;

    public Venue Venue { get; private set; } = null!;

    public Uri Server => Venue.Server.Address;

    public async ValueTask InitializeAsync()
    {
        Venue = await Venue.OpenAsync("Hostile", new { perMinute = 10_000, maxOpen = 10_000, reportThreshold = 0 }, Now.Cancelled);
        _asker = new LiveClient(Server, await JoinAsync());
        _follower = new Follower("the follower", Server, await JoinAsync(), Venue.Session);
    }

    public Task<Pass> JoinAsync() => Venue.Api.JoinAsync(Venue.Code, "Ana", "Tirana", Now.Cancelled);

    public async Task GoesOnAsync()
    {
        var id = Guid.CreateVersion7();
        var answer = await _asker.SendAsync(Venue.Session, new { type = "ask", id, text = "Does it go on?" }, Now.Cancelled);
        Assert.Null(answer.Fault);
        await Wait.UntilAsync("the follower sees the question", () => _follower.Picture.Items.ContainsKey(id));
        Assert.Equal(0, _follower.Resumed);
    }

    public async ValueTask DisposeAsync()
    {
        await _follower.DisposeAsync();
        await _asker.DisposeAsync();
        await Venue.DisposeAsync();
    }
}

public sealed class HostileClients(Scene scene) : IClassFixture<Scene>
{
    [Theory]
    [InlineData("{")]
    [InlineData("not json at all")]
    [InlineData("[]")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"type":"one","target":"Send"}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Send","arguments":"none"}""")]
    public async Task What_is_no_message_costs_its_sender_the_line_and_nobody_else_anything(string message)
    {
        using var socket = await OpenAsync();
        await socket.SayAsync(message);
        await socket.HangsUpAsync();
        await scene.GoesOnAsync();
    }

    [Theory]
    [InlineData("""{"type":1,"invocationId":"1","target":"Shutdown","arguments":[]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Send","arguments":[]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Send","arguments":[1,2,3,4]}""")]
    [InlineData("""{"type":4,"invocationId":"1","target":"Follow","arguments":["x","y"]}""")]
    public async Task A_call_that_does_not_exist_is_answered_with_an_error_that_tells_nothing(string message)
    {
        using var socket = await OpenAsync();
        await socket.SayAsync(message);
        var answer = await socket.HearAsync();
        Assert.Equal(3, (int)answer!["type"]!);
        Assert.NotNull(answer["error"]);
        Assert.DoesNotContain("   at ", (string)answer["error"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("Summit.", (string)answer["error"]!, StringComparison.Ordinal);
        await scene.GoesOnAsync();
    }

    [Theory]
    [InlineData("""null""", "command.malformed")]
    [InlineData("""[1,2]""", "command.malformed")]
    [InlineData("""{"type":"ask","text":"No id"}""", "command.malformed")]
    [InlineData("""{"type":"ask","id":"b3f0c7f0-4a3e-4f4e-9f7a-0d3f3c3b2a1a","text":"An id of version 4"}""", "command.malformed")]
    [InlineData("""{"type":"ask","id":"%"}""", "command.malformed")]
    [InlineData("""{"type":"ask","id":"%","text":7}""", "command.malformed")]
    [InlineData("""{"type":"ask","id":"%","text":null}""", "command.malformed")]
    [InlineData("""{"type":"ask","id":"%","text":"Half a pair \ud83d"}""", "command.malformed")]
    [InlineData("""{"type":"support","id":"%","item":"nobody","on":true}""", "command.malformed")]
    [InlineData("""{"type":"support","id":"%","item":"01900000-0000-7000-8000-000000000000","on":"yes"}""", "command.malformed")]
    [InlineData("""{"type":"vote","id":"%","item":"01900000-0000-7000-8000-000000000000","choice":2}""", "command.malformed")]
    [InlineData("""{"type":"explode","id":"%"}""", "command.unknown")]
    [InlineData("""{"type":"Ask","id":"%","text":"Types are exact"}""", "command.unknown")]
    [InlineData("""{"id":"%","text":"No type"}""", "command.malformed")]
    [InlineData("""{"type":"ask","id":"%","text":"   "}""", "text.empty")]
    [InlineData("""{"type":"ask","id":"%","text":"\u200b\u202e\u0000\u2066"}""", "text.empty")]
    [InlineData("""{"type":"support","id":"%","item":"01900000-0000-7000-8000-000000000000","on":true}""", "item.unknown")]
    public async Task A_command_that_cannot_be_read_is_answered_with_a_clear_fault_on_both_doors(string command, string code)
    {
        var pass = await scene.JoinAsync();
        command = command.Replace("%", $"{Guid.CreateVersion7()}", StringComparison.Ordinal);
        using var socket = await OpenAsync(pass.Token);
        await socket.SayAsync(Send(scene.Venue.Session, command));
        var answer = await socket.HearAsync();
        Assert.Equal(code, (string?)answer!["result"]?["fault"]?["code"]);
        Assert.NotEmpty((string)answer["result"]!["fault"]!["message"]!);

        using var response = await PostAsync(pass.Token, command);
        Assert.Equal(code, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(Now.Cancelled))!["code"]!);
        await scene.GoesOnAsync();
    }

    [Fact]
    public async Task An_oversized_message_costs_its_sender_the_line()
    {
        using var socket = await OpenAsync();
        var text = new string('x', 200_000);
        try
        {
            await socket.SayAsync(Send(scene.Venue.Session, $$"""{"type":"ask","id":"{{Guid.CreateVersion7()}}","text":"{{text}}"}"""));
        }
        catch (WebSocketException)
        {
            // It hung up before all of it was sent.
        }

        await socket.HangsUpAsync();

        using var response = await PostAsync((await scene.JoinAsync()).Token, $$"""{"type":"ask","id":"{{Guid.CreateVersion7()}}","text":"{{text}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        await scene.GoesOnAsync();
    }

    [Fact]
    public async Task A_text_over_the_limit_is_refused_with_the_limit_named()
    {
        var pass = await scene.JoinAsync();
        using var response = await PostAsync(pass.Token, $$"""{"type":"ask","id":"{{Guid.CreateVersion7()}}","text":"{{new string('ж', 501)}}"}""");
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Now.Cancelled))!;
        Assert.Equal("text.too-long", (string)problem["code"]!);
        Assert.Contains("500", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_commands_at_once_are_all_answered_and_most_refused()
    {
        const int Commands = 10_000;
        using var socket = await OpenAsync();
        var saying = FloodAsync();
        var (accepted, refused) = (0, 0);
        while (accepted + refused < Commands)
        {
            var answer = await socket.HearAsync();
            Assert.NotNull(answer);
            if (answer["result"]!["fault"] is { } fault)
            {
                Assert.Equal("limit.rate", (string)fault["code"]!);
                refused++;
            }
            else
            {
                accepted++;
            }
        }

        await saying;
        Assert.True(accepted >= 1, "The first ones are within the limit.");
        Assert.True(refused > Commands / 2, $"Only {refused} of {Commands} were refused.");
        await scene.GoesOnAsync();

        async Task FloodAsync()
        {
            for (var i = 0; i < Commands; i++)
            {
                await socket.SayAsync(Send(scene.Venue.Session, $$"""{"type":"comment","id":"{{Guid.CreateVersion7()}}","text":"Flood {{i}}"}""", i));
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("forged")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_token_that_is_not_ours_opens_nothing(string? token)
    {
        await Assert.ThrowsAsync<WebSocketException>(() => RawSocket.OpenAsync(scene.Server, token));
        using var response = await PostAsync(token, $$"""{"type":"ask","id":"{{Guid.CreateVersion7()}}","text":"Let me in"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_token_changed_in_any_place_opens_nothing()
    {
        var token = (await scene.JoinAsync()).Token;
        for (var place = 0; place < token.Length - 1; place += 17)
        {
            var changed = token[..place] + (token[place] == 'A' ? 'B' : 'A') + token[(place + 1)..];
            using var response = await PostAsync(changed, "{}");
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task Other_sessions_look_the_same_as_none()
    {
        var stranger = await Venue.OpenAsync("Other", new { }, Now.Cancelled);
        await using (stranger)
        {
            using var socket = await OpenAsync();
            foreach (var session in new[] { stranger.Session, Guid.CreateVersion7(), Guid.Empty })
            {
                await socket.SayAsync(Send(session, $$"""{"type":"ask","id":"{{Guid.CreateVersion7()}}","text":"Hello?"}"""));
                Assert.Equal("session.unknown", (string)(await socket.HearAsync())!["result"]!["fault"]!["code"]!);
                await socket.SayAsync($$"""{"type":4,"invocationId":"9","target":"Follow","arguments":["{{session}}",0]}""");
                Assert.Equal("session.unknown", (string)(await socket.HearAsync())!["item"]!["fault"]!["code"]!);
                Assert.Equal(3, (int)(await socket.HearAsync())!["type"]!);
            }
        }

        await scene.GoesOnAsync();
    }

    [Fact]
    public async Task A_participant_may_not_do_one_thing_that_is_a_moderators_or_a_hosts()
    {
        var names = typeof(ISessionCommand).GetCustomAttributes<JsonDerivedTypeAttribute>()
            .Where(command => typeof(IModeration).IsAssignableFrom(command.DerivedType) || typeof(IHosting).IsAssignableFrom(command.DerivedType)).ToList();
        Assert.True(names.Count >= 19);
        using var socket = await OpenAsync();
        foreach (var name in names.Select(command => (string)command.TypeDiscriminator!))
        {
            var item = "01900000-0000-7000-8000-000000000000";
            await socket.SayAsync(Send(scene.Venue.Session, $$"""
                {"type":"{{name}}","id":"{{Guid.CreateVersion7()}}","item":"{{item}}","into":"{{item}}","reason":"unclear","text":"x","owner":"x","due":"2027-01-01","labels":[],"policies":{} }
                """));
            Assert.Equal("access.forbidden", (string)(await socket.HearAsync())!["result"]!["fault"]!["code"]!);
        }

        await scene.GoesOnAsync();
    }

    [Fact]
    public async Task What_a_moderator_is_at_is_said_by_moderators_alone_and_of_items_that_are_there()
    {
        var item = Guid.CreateVersion7();
        await using var author = new LiveClient(scene.Server, await scene.JoinAsync());
        var asked = await author.SendAsync(scene.Venue.Session, new { type = "ask", id = item, text = "Who answers this?" }, Now.Cancelled);
        await scene.Venue.LookAsync(scene.Venue.Moderator, asked.Seq, Now.Cancelled);
        using var participant = await OpenAsync();
        using var moderator = await OpenAsync(scene.Venue.Moderator.Token);
        Assert.Equal("access.forbidden", await HandleAsync(participant, $"\"{item}\""));
        Assert.Equal("access.forbidden", await HandleAsync(participant, "null"));
        Assert.Equal("item.unknown", await HandleAsync(moderator, $"\"{Guid.CreateVersion7()}\""));
        Assert.Equal("item.unknown", await HandleAsync(moderator, "\"<script>\""));
        Assert.Null(await HandleAsync(moderator, $"\"{item}\""));
        Assert.Null(await HandleAsync(moderator, "null"));

        const int Many = 5_000;
        var answers = new List<string?>();
        var flood = FloodAsync();
        while (answers.Count < Many)
        {
            answers.Add(await HearAsync(moderator));
        }

        await flood;
        Assert.Contains("limit.rate", answers);
        Assert.Contains(null, answers);
        await scene.GoesOnAsync();

        async Task FloodAsync()
        {
            for (var i = 0; i < Many; i++)
            {
                await SayAsync(moderator, $"\"{item}\"");
            }
        }

        Task SayAsync(RawSocket socket, string argument) =>
            socket.SayAsync($$"""{"type":1,"invocationId":"1","target":"Handle","arguments":["{{scene.Venue.Session}}",{{argument}}]}""");

        async Task<string?> HearAsync(RawSocket socket) => (string?)(await socket.HearAsync())!["result"]!["fault"]?["code"];

        async Task<string?> HandleAsync(RawSocket socket, string argument)
        {
            await SayAsync(socket, argument);
            return await HearAsync(socket);
        }
    }

    [Fact]
    public async Task Markup_stays_text_in_every_field()
    {
        const string Script = "<script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt; \" ' ` ${x} {{x}}";
        var pass = await scene.Venue.Api.JoinAsync(scene.Venue.Code, Script[..60], Script[..40], Now.Cancelled);
        await using var author = new LiveClient(scene.Server, pass);
        await using var moderator = new LiveClient(scene.Server, scene.Venue.Moderator);
        var item = Guid.CreateVersion7();
        await SendAsync(author, new { type = "propose", id = item, title = Script, text = Script });
        await SendAsync(moderator, new { type = "note", item, text = Script });
        await SendAsync(moderator, new { type = "label", item, labels = new[] { Script[..40] } });
        await SendAsync(moderator, new { type = "answer", item, text = Script });
        var last = await SendAsync(moderator, new { type = "follow-up", item, owner = Script, due = "2027-01-01", note = Script });

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(scene.Server, $"/api/sessions/{scene.Venue.Session}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", scene.Venue.Moderator.Token);
        using var response = await scene.Venue.Server.Http.SendAsync(request, Now.Cancelled);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("script-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        var seen = (await scene.Venue.LookAsync(scene.Venue.Moderator, last, Now.Cancelled)).Items[item];
        foreach (var field in new[] { seen.GetProperty("title"), seen.GetProperty("text"), seen.GetProperty("answer"), seen.GetProperty("notes")[0].GetProperty("text"), seen.GetProperty("followUp").GetProperty("owner") })
        {
            Assert.Equal(Script, field.GetString());
        }

        async Task<long> SendAsync(LiveClient client, object command)
        {
            var json = JsonSerializer.SerializeToNode(command)!.AsObject();
            json.TryAdd("id", $"{Guid.CreateVersion7()}");
            var answer = await client.SendAsync(scene.Venue.Session, json, Now.Cancelled);
            Assert.Null(answer.Fault);
            return answer.Seq;
        }
    }

    [Fact]
    public async Task Streams_that_never_read_hold_up_nobody_and_cost_a_bounded_amount()
    {
        const int Silent = 30;
        const long Allowed = 96L * 1024 * 1024;
        var sockets = new List<RawSocket>();
        for (var i = 0; i < Silent; i++)
        {
            var socket = await OpenAsync();
            await socket.SayAsync($$"""{"type":4,"invocationId":"1","target":"Follow","arguments":["{{scene.Venue.Session}}",0]}""");
            sockets.Add(socket);
        }

        var before = Memory();
        await using var moderator = new LiveClient(scene.Server, scene.Venue.Moderator);
        var text = new string('я', 450);
        for (var i = 0; i < 400; i++)
        {
            Assert.Null((await moderator.SendAsync(scene.Venue.Session, new { type = "comment", id = Guid.CreateVersion7(), text = $"{i} {text}" }, Now.Cancelled)).Fault);
        }

        await scene.GoesOnAsync();
        var grown = Memory() - before;
        Assert.True(grown < Allowed, $"The server grew by {grown / 1024 / 1024} MB with {Silent} silent streams.");
        sockets.ForEach(socket => socket.Dispose());

        long Memory()
        {
            var status = File.ReadLines($"/proc/{scene.Venue.Server.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(status.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
    }

    [Fact]
    public async Task More_streams_than_one_person_may_have_are_refused()
    {
        var pass = await scene.JoinAsync();
        using var socket = await OpenAsync(pass.Token);
        for (var i = 0; i < Limits.StreamsPerPerson + 1; i++)
        {
            await socket.SayAsync($$"""{"type":4,"invocationId":"{{i}}","target":"Follow","arguments":["{{scene.Venue.Session}}",0]}""");
        }

        JsonNode? refusal = null;
        while (refusal is null)
        {
            var message = await socket.HearAsync();
            Assert.NotNull(message);
            refusal = message["item"]?["fault"];
        }

        Assert.Equal("limit.streams", (string)refusal["code"]!);
        await scene.GoesOnAsync();
    }

    private static string Send(Guid session, string command, int invocation = 1) =>
        $$"""{"type":1,"invocationId":"{{invocation}}","target":"Send","arguments":["{{session}}",{{command}}]}""";

    private async Task<RawSocket> OpenAsync(string? token = null) => await RawSocket.OpenAsync(scene.Server, token ?? (await scene.JoinAsync()).Token);

    private async Task<HttpResponseMessage> PostAsync(string? token, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(scene.Server, $"/api/sessions/{scene.Venue.Session}/commands"));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = string.IsNullOrEmpty(token) ? null : new AuthenticationHeaderValue("Bearer", token);
        return await scene.Venue.Server.Http.SendAsync(request, Now.Cancelled);
    }
}
