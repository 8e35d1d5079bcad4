using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Summit.Server.Integrations;
using Summit.Server.Mail;
using Summit.Server.Operations;
using Summit.Testing;

namespace Summit.Server.Tests.Integrations;

/// <summary>A receiver on this machine, told by a house that may go there.</summary>
public sealed class TellingAHook : IAsyncLifetime
{
    private static readonly Persistence Quick = new(new Pauses(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(20)), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(15));

    private House _house = null!;
    private HookReceiver _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await HookReceiver.StartAsync();
        await OpenAsync(Quick);
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Tells_in_order_what_everybody_sees_signed_as_the_standard_has_it()
    {
        await AskAsync("Before the hook");
        var (_, secret) = await AddAsync("item.published", "item.staged", "item.answered", "session.paused", "session.opened");
        var item = await AskAsync("Where do the trams go?", anonymous: true);
        await CommandAsync(new { type = "policies", policies = new { review = true } });
        var pending = await AskAsync("Not seen by everybody yet");
        await CommandAsync(new { type = "stage", item });
        await CommandAsync(new { type = "answer", item, text = "To the sea." });
        await CommandAsync(new { type = "pause" });
        await CommandAsync(new { type = "approve", item = pending });
        await CommandAsync(new { type = "open" });

        await Wait.UntilAsync("six deliveries", () => _receiver.Told.Count == 6);
        Assert.Equal(
            ["item.published", "item.staged", "item.answered", "session.paused", "item.published", "session.opened"], _receiver.Told.Select(told => told.Type));
        Assert.All(_receiver.Told, told => Assert.True(told.IsSignedWith(secret)));
        Assert.Equal(6, _receiver.Told.Select(told => told.Id).Distinct().Count());
        var first = _receiver.Told.First().Json["data"]!;
        Assert.Equal((_house.Conference, _house.Session, item, "Where do the trams go?"), ((Guid)first["conference"]!, (Guid)first["session"]!, (Guid)first["item"]!["id"]!, (string)first["item"]!["text"]!));
        Assert.Null(first["item"]!["author"]);
        Assert.Equal(_house.Session, (Guid)_receiver.Told.ElementAt(3).Json["data"]!["session"]!["id"]!);
        Assert.DoesNotContain(_receiver.Told, told => told.Body.Contains("Ana", StringComparison.Ordinal) && told.Json["data"]!["item"]?["id"]?.GetValue<Guid>() == item);
        Assert.DoesNotContain(_receiver.Told, told => told.Body.Contains("Before the hook", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tells_of_a_place_by_the_person_s_id_alone_and_of_a_new_programme()
    {
        await AddAsync("registration.confirmed", "programme.published");
        object[] fields = [new { key = "name", kind = "line", label = "", required = true }, new { key = "mail", kind = "mail", label = "", required = true }];
        await PostAsync($"/api/conferences/{_house.Conference}/registration/commands", new { type = "set-form", id = Guid.CreateVersion7(), fields });
        var registered = await (await _house.PostAsync(
            $"/api/conferences/{_house.Conference}/registration", new { id = Guid.CreateVersion7(), answers = new { name = "Ana Hoxha", mail = "ana@tirana.example" }, lang = "en" })).JsonAsync();
        await PostAsync($"/api/conferences/{_house.Conference}/commands", new { type = "publish", id = Guid.CreateVersion7() });

        await Wait.UntilAsync("two deliveries", () => _receiver.Told.Count == 2);
        var confirmed = _receiver.Told.First();
        Assert.Equal(["conference", "person"], confirmed.Json["data"]!.AsObject().Select(member => member.Key));
        Assert.Equal((Guid)registered["registration"]!["person"]!, (Guid)confirmed.Json["data"]!["person"]!);
        Assert.Equal(("programme.published", 1), (_receiver.Told.Last().Type, (int)_receiver.Told.Last().Json["data"]!["version"]!));
    }

    [Fact]
    public async Task Tries_again_under_the_same_id_until_it_is_taken_and_keeps_the_order()
    {
        var failures = 3;
        var taken = HookReceiver.Status(StatusCodes.Status200OK);
        _receiver.Answer = (told, response) => failures-- > 0 ? HookReceiver.Status(StatusCodes.Status500InternalServerError)(told, response) : taken(told, response);
        var (hook, _) = await AddAsync("session.paused", "session.opened");
        await CommandAsync(new { type = "pause" });
        await CommandAsync(new { type = "open" });

        await Wait.UntilAsync("the fifth has come", () => _receiver.Told.Count == 5);
        Assert.Equal(["session.paused", "session.paused", "session.paused", "session.paused", "session.opened"], _receiver.Told.Select(told => told.Type));
        Assert.Equal(2, _receiver.Told.Select(told => told.Id).Distinct().Count());
        await Wait.UntilAsync("both are in the log", async () => (await LogAsync(hook)).Count == 2);
        Assert.Equal([("delivered", 1), ("delivered", 4)], (await LogAsync(hook)).Select(one => ((string)one!["state"]!, (int)one["attempts"]!)));
    }

    [Fact]
    public async Task Waits_for_a_receiver_that_is_away_and_does_not_tell_what_was_erased_meanwhile()
    {
        var (hook, _) = await AddAsync("item.published", "session.paused");
        await _receiver.DisposeAsync();
        var token = await _house.JoinAsync();
        await _house.CommandAsync(token, _house.Session, new { type = "ask", text = "To be forgotten" });
        await Wait.UntilAsync("it is waited for", async () => (string?)(await HookAsync(hook))?["waiting"]?["failure"] == "no-connection");
        Assert.Equal(HttpStatusCode.OK, (await _house.SendAsync(HttpMethod.Delete, "/api/my-data", token)).StatusCode);
        await CommandAsync(new { type = "pause" });
        await _receiver.StartAgainAsync();

        await Wait.UntilAsync("the pause is told", () => _receiver.Told.Any(told => told.Type == "session.paused"));
        Assert.DoesNotContain(_receiver.Told, told => told.Body.Contains("forgotten", StringComparison.Ordinal));
        // That it was told stands in the journal a moment after the receiver has it.
        await Wait.UntilAsync("nothing waits", async () => (await HookAsync(hook))!["waiting"] is null);
        Assert.Null((await HookAsync(hook))!["off"]);
        Assert.Contains(await LogAsync(hook), one => (string?)one!["failure"] == "not-visible");
    }

    [Fact]
    public async Task Follows_no_redirect_and_says_what_was_answered()
    {
        var elsewhere = await HookReceiver.StartAsync();
        await using var _ = elsewhere;
        _receiver.Answer = HookReceiver.Status(StatusCodes.Status307TemporaryRedirect, response => response.Headers.Location = elsewhere.Address);
        var (hook, _) = await AddAsync("session.paused");
        await CommandAsync(new { type = "pause" });
        await Wait.UntilAsync("it is tried again", async () => (string?)(await HookAsync(hook))?["waiting"]?["failure"] == "307");
        Assert.Empty(elsewhere.Told);
    }

    [Fact]
    public async Task Goes_off_when_the_receiver_says_that_it_is_gone_and_on_where_it_stood()
    {
        _receiver.Answer = HookReceiver.Status(StatusCodes.Status410Gone);
        var (hook, _) = await AddAsync("session.paused", "session.opened");
        await CommandAsync(new { type = "pause" });
        await Wait.UntilAsync("it is off", async () => (string?)(await HookAsync(hook))?["off"] == "410");
        await CommandAsync(new { type = "open" });
        Assert.Equal("failed", (string)Assert.Single(await LogAsync(hook))!["state"]!);
        _receiver.Answer = HookReceiver.Status(StatusCodes.Status200OK);

        await PostAsync($"{Hooks}/{hook}/on", null);
        await Wait.UntilAsync("the second is told", () => _receiver.Told.Count == 2);
        Assert.Equal("session.opened", _receiver.Told.Last().Type);
        Assert.Null((await HookAsync(hook))!["off"]);
        // What failed is told once more when the host asks for it.
        await PostAsync($"{Hooks}/{hook}/deliveries/{(await LogAsync(hook)).Single(one => (string)one!["state"]! == "failed")!["id"]}/again", null);
        await Wait.UntilAsync("it is told again", () => _receiver.Told.Count == 3);
        Assert.Equal(_receiver.Told.First().Id, _receiver.Told.Last().Id);
        await Wait.UntilAsync("nothing has failed", async () => (await LogAsync(hook)).All(one => (string)one!["state"]! == "delivered"));
    }

    [Fact]
    public async Task Is_given_up_and_switched_off_when_it_fails_for_too_long()
    {
        await _house.DisposeAsync();
        await OpenAsync(Quick with { GiveUp = TimeSpan.FromMilliseconds(100) });
        _receiver.Answer = HookReceiver.Status(StatusCodes.Status503ServiceUnavailable);
        var (hook, _) = await AddAsync("session.paused");
        await CommandAsync(new { type = "pause" });
        await Wait.UntilAsync("it is off", async () => (string?)(await HookAsync(hook))?["off"] == "503");
        Assert.InRange(_receiver.Told.Count, 2, 10);
        var audit = await (await _house.SendAsync(HttpMethod.Get, $"/api/conferences/{_house.Conference}/audit?kind=integration.hook-switched-off", _house.HostToken)).JsonAsync();
        Assert.Equal("127.0.0.1", (string)Assert.Single(audit["entries"]!.AsArray())!["what"]!);
    }

    [Fact]
    public async Task Waits_as_long_as_the_receiver_asks_for()
    {
        _receiver.Answer = HookReceiver.Status(StatusCodes.Status429TooManyRequests, response => response.Headers.RetryAfter = "15");
        var (hook, _) = await AddAsync("session.paused");
        await CommandAsync(new { type = "pause" });
        await Wait.UntilAsync("it waits", async () => (await HookAsync(hook))?["waiting"] is not null);
        var waiting = (await HookAsync(hook))!["waiting"]!;
        Assert.InRange((DateTimeOffset)waiting["next"]! - (DateTimeOffset)waiting["last"]!, TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(16));
    }

    [Fact]
    public async Task Does_not_wait_for_who_takes_too_long_to_answer()
    {
        await _house.DisposeAsync();
        await OpenAsync(Quick with { Patience = TimeSpan.FromMilliseconds(200) });
        var gate = new TaskCompletionSource();
        _receiver.Answer = (_, _) => gate.Task;
        var (hook, _) = await AddAsync("session.paused");
        await CommandAsync(new { type = "pause" });
        await Wait.UntilAsync("it is tried again", async () => (string?)(await HookAsync(hook))?["waiting"]?["failure"] == "no-answer");
        gate.SetResult();
    }

    [Fact]
    public async Task Delivers_a_test_when_it_is_asked_for()
    {
        var (hook, secret) = await AddAsync("session.closed");
        await PostAsync($"{Hooks}/{hook}/test", null);
        await Wait.UntilAsync("the test has come", () => _receiver.Told.Count == 1);
        Assert.True(_receiver.Told.Single().IsSignedWith(secret));
        Assert.Equal($$$"""{"conference":"{{{_house.Conference}}}"}""", _receiver.Told.Single().Json["data"]!.ToJsonString());
        await Wait.UntilAsync("it is in the log", async () => (await LogAsync(hook)).Count == 1);
        Assert.Equal(("test", "delivered"), ((string)(await LogAsync(hook))[0]!["kind"]!, (string)(await LogAsync(hook))[0]!["state"]!));
        _receiver.Answer = HookReceiver.Status(StatusCodes.Status400BadRequest);
        await PostAsync($"{Hooks}/{hook}/test", null);
        await Wait.UntilAsync("it has failed", async () => (await LogAsync(hook)).Any(one => (string)one!["state"]! == "failed"));
        Assert.Null((await HookAsync(hook))!["off"]);
    }

    [Fact]
    public async Task Stops_when_it_is_dropped()
    {
        var (hook, _) = await AddAsync("session.paused");
        var (other, _) = await AddAsync("session.opened");
        Assert.Equal(HttpStatusCode.NoContent, (await _house.SendAsync(HttpMethod.Delete, $"{Hooks}/{hook}", _house.HostToken)).StatusCode);
        await CommandAsync(new { type = "pause" });
        await CommandAsync(new { type = "open" });
        await Wait.UntilAsync("the other is told", () => !_receiver.Told.IsEmpty);
        Assert.Equal("session.opened", Assert.Single(_receiver.Told).Type);
        Assert.Null(await HookAsync(hook));
        Assert.NotNull(await HookAsync(other));
    }

    [Fact]
    public async Task Is_refused_to_others_and_with_what_cannot_be()
    {
        var (hook, _) = await AddAsync("session.paused");
        var (_, secret) = await _house.IssueAsync("moderator", "Petra");
        var moderator = await _house.EnterAsync(secret);
        (HttpMethod, string)[] all =
        [
            (HttpMethod.Get, Hooks), (HttpMethod.Post, Hooks), (HttpMethod.Delete, $"{Hooks}/{hook}"), (HttpMethod.Post, $"{Hooks}/{hook}/on"), (HttpMethod.Post, $"{Hooks}/{hook}/test"),
            (HttpMethod.Get, $"{Hooks}/{hook}/deliveries"), (HttpMethod.Post, $"{Hooks}/{hook}/deliveries/{Guid.Empty}/again"),
        ];
        foreach (var (method, path) in all)
        {
            var body = path == Hooks && method == HttpMethod.Post ? new { address = _receiver.Address, occasions = new[] { "session.paused" } } : null;
            await (await _house.SendAsync(method, path, moderator, body)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await _house.SendAsync(method, path, null, body)).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        }

        foreach (var (method, path) in all.Skip(2).Take(4))
        {
            var missing = path.Replace(hook.ToString(), Guid.Empty.ToString(), StringComparison.Ordinal);
            await (await _house.SendAsync(method, missing, _house.HostToken)).RefusedAsync(HttpStatusCode.NotFound, "hook.unknown");
        }

        await (await _house.SendAsync(HttpMethod.Post, $"{Hooks}/{hook}/deliveries/{Guid.Empty}/again", _house.HostToken)).RefusedAsync(HttpStatusCode.NotFound, "hook.no-delivery");
        foreach (var address in new[] { "", "city.example/hook", "ftp://city.example/", "http://city.example/hook", "https://ana:secret@city.example/", "https://city.example/#part", $"https://city.example/{new string('x', 500)}" })
        {
            await (await _house.SendAsync(HttpMethod.Post, Hooks, _house.HostToken, new { address, occasions = new[] { "session.paused" } })).RefusedAsync(HttpStatusCode.BadRequest, "hook.address");
        }

        await (await _house.SendAsync(HttpMethod.Post, Hooks, _house.HostToken, new { address = "https://city.example/", occasions = Array.Empty<string>() })).RefusedAsync(HttpStatusCode.BadRequest, "hook.malformed");
        await (await _house.SendAsync(HttpMethod.Post, Hooks, _house.HostToken, new { address = "https://city.example/", occasions = new[] { "test" } })).RefusedAsync(HttpStatusCode.BadRequest, "hook.malformed");
        await (await _house.SendAsync(HttpMethod.Post, Hooks, _house.HostToken, new { address = "https://city.example/", occasions = new[] { "item.supported" } })).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
    }

    [Fact]
    public async Task Goes_nowhere_inside_where_the_operator_has_not_said_so()
    {
        await _house.DisposeAsync();
        await OpenAsync(Quick, local: false);
        await (await _house.SendAsync(HttpMethod.Post, Hooks, _house.HostToken, new { address = _receiver.Address, occasions = new[] { "session.paused" } })).RefusedAsync(HttpStatusCode.BadRequest, "hook.address");
        var (hook, _) = await AddAsync(_receiver.Address.Replace("http://127.0.0.1", "https://localhost", StringComparison.Ordinal), ["session.paused"]);
        await CommandAsync(new { type = "pause" });
        await Wait.UntilAsync("it is refused", async () => (string?)(await HookAsync(hook))?["waiting"]?["failure"] == "inside");
        Assert.Empty(_receiver.Told);
    }

    private string Hooks => $"/api/conferences/{_house.Conference}/hooks";

    private async Task OpenAsync(Persistence persistence, bool local = true)
    {
        _house = new House
        {
            Furnish = services => services
                .Replace(ServiceDescriptor.Singleton(persistence))
                .Replace(ServiceDescriptor.Singleton(provider => Settings.Of(provider.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()) with { LocalHooks = local })),
        };
        await _house.InitializeAsync();
    }

    private Task<(Guid Id, string Secret)> AddAsync(params string[] occasions) => AddAsync(_receiver.Address, occasions);

    private async Task<(Guid Id, string Secret)> AddAsync(string address, string[] occasions)
    {
        var added = await (await _house.SendAsync(HttpMethod.Post, Hooks, _house.HostToken, new { address, occasions })).JsonAsync();
        return ((Guid)added["id"]!, (string)added["secret"]!);
    }

    private async Task<JsonNode?> HookAsync(Guid id) => (await ListAsync(Hooks)).SingleOrDefault(hook => (Guid)hook!["id"]! == id);

    private Task<JsonArray> LogAsync(Guid hook) => ListAsync($"{Hooks}/{hook}/deliveries");

    private async Task<JsonArray> ListAsync(string path) =>
        (await (await _house.SendAsync(HttpMethod.Get, path, _house.HostToken)).Content.ReadFromJsonAsync<JsonArray>(Now.Cancelled))!;

    private async Task PostAsync(string path, object? body) => Assert.True((await _house.SendAsync(HttpMethod.Post, path, _house.HostToken, body)).IsSuccessStatusCode);

    private async Task CommandAsync(object command) => Assert.Equal(HttpStatusCode.OK, (await _house.CommandAsync(_house.HostToken, _house.Session, command)).StatusCode);

    private async Task<Guid> AskAsync(string text, bool anonymous = false)
    {
        var id = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.OK, (await _house.CommandAsync(await _house.JoinAsync(), _house.Session, new { type = "ask", text, anonymous }, id)).StatusCode);
        return id;
    }
}
