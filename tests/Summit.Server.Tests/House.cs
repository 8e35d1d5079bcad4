using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Summit.Server.Opening;
using Summit.Server.Operations;
using Summit.Testing;

namespace Summit.Server.Tests;

/// <summary>The whole server in this process, with a store and a clock of its own and one conference with two sessions.</summary>
public sealed class House : IAsyncLifetime
{
    /// <summary>Header that says from which address a request is to come.</summary>
    public const string AddressHeader = "X-Test-Address";

    private readonly string _data = Directory.CreateTempSubdirectory("summit-house-").FullName;
    private readonly WebApplicationFactory<Settings> _factory;

    public House() => _factory = new WebApplicationFactory<Settings>().WithWebHostBuilder(builder => builder
        .UseSetting("Summit:Data", _data)
        .UseSetting("Summit:Demo", "false")
        .UseSetting("Summit:MetricsKey", MetricsKey)
        .UseConfiguration(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build())
        .ConfigureLogging(logging => logging.ClearProviders())
        .ConfigureServices(services => services
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(new Terminal(Printed))
            .AddSingleton<IStartupFilter, FromAddress>())
        .ConfigureServices(services => Furnish(services)));

    /// <summary>Opens what is counted; empty for a house that does not tell.</summary>
    public string MetricsKey { get; init; } = "metrics-of-a-house";

    /// <summary>What its operator has set besides.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>What is to be there in another form than in every house.</summary>
    public Action<IServiceCollection> Furnish { get; init; } = static _ => { };

    public ShiftedTime Time { get; } = new();

    public StringWriter Printed { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public string AdminToken { get; private set; } = "";

    public string HostToken { get; private set; } = "";

    public Guid Conference { get; private set; }

    public string Code { get; private set; } = "";

    public Guid Session { get; } = Guid.CreateVersion7();

    /// <summary>The folder of its store.</summary>
    public string Data => _data;

    public string LinksPath => Path.Combine(_data, LinksFile.Name);

    public IServiceProvider Services => _factory.Services;

    public async ValueTask InitializeAsync()
    {
        Client = _factory.CreateClient();
        await Wait.UntilAsync("the house is open", async () => (await GetAsync("/health/ready")).IsSuccessStatusCode);
        var links = await LinksFile.LoadAsync(LinksPath, Now.Cancelled);
        AdminToken = await EnterAsync(links!.AdminSecret);
        (Conference, Code, HostToken) = await PlanAsync("Summit of cities");
        await ScheduleAsync(Conference, HostToken, Session);
        await CommandAsync(HostToken, Session, new { type = "open" });
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _factory.DisposeAsync();
        }
        catch (OperationCanceledException)
        {
            // As in service: on a busy machine the time to stop is over before everything has.
        }

        Directory.Delete(_data, recursive: true);
    }

    public async Task<(Guid Id, string Code, string HostToken)> PlanAsync(string title)
    {
        var planned = await (await SendAsync(HttpMethod.Post, "/api/conferences", AdminToken, Plan(title))).JsonAsync();
        return ((Guid)planned["id"]!, (string)planned["code"]!, await EnterAsync(LinksFile.SecretOf((string)planned["host"]!)));
    }

    public static object Plan(string title, Guid? id = null) => new
    {
        id,
        title,
        starts = "2027-02-24T07:00:00Z",
        ends = "2027-02-25T16:00:00+02:00",
        timeZone = "Europe/Sofia",
        languages = new[] { "en", "bg" },
    };

    public Task<HttpResponseMessage> ScheduleAsync(Guid conference, string token, Guid session, object? policies = null) => SendAsync(
        HttpMethod.Post, $"/api/conferences/{conference}/sessions", token,
        new { id = session, title = "Green transformation", starts = "2027-02-24T08:00:00Z", ends = "2027-02-24T09:30:00Z", lang = "en", policies });

    public async Task<(Guid Id, string Secret)> IssueAsync(string role, string label, DateTimeOffset? expires = null)
    {
        var issued = await (await SendAsync(HttpMethod.Post, $"/api/conferences/{Conference}/links", HostToken, new { role, label, expires })).JsonAsync();
        return ((Guid)issued["id"]!, LinksFile.SecretOf((string)issued["link"]!));
    }

    public async Task<string> EnterAsync(string secret, string? name = null) =>
        (string)(await (await PostAsync("/api/enter", new { secret, name })).JsonAsync())["token"]!;

    public async Task<string> JoinAsync(string? name = "Ana", string? city = "Tirana") =>
        (string)(await (await TryJoinAsync(Code, name, city)).JsonAsync())["token"]!;

    public Task<HttpResponseMessage> TryJoinAsync(string code, string? name = null, string? city = null, string? address = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/join") { Content = JsonContent.Create(new { code, name, city }) };
        if (address is not null)
        {
            request.Headers.Add(AddressHeader, address);
        }

        return Client.SendAsync(request, Now.Cancelled);
    }

    public Task<HttpResponseMessage> CommandAsync(string token, Guid session, object command, Guid? id = null)
    {
        var json = System.Text.Json.JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = id ?? Guid.CreateVersion7();
        return SendAsync(HttpMethod.Post, $"/api/sessions/{session}/commands", token, json);
    }

    /// <summary>The live door, as a WebSocket that has said nothing yet.</summary>
    public Task<WebSocket> KnockAsync(string token) => _factory.Server.CreateWebSocketClient().ConnectAsync(
        new Uri($"ws://localhost/live?access_token={Uri.EscapeDataString(token)}"), Now.Cancelled);

    /// <summary>Somebody with cookies of their own, who sees each redirect.</summary>
    public HttpClient Visitor() => _factory.CreateDefaultClient(new CookieContainerHandler());

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<HttpResponseMessage> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, null, body);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, object? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return Client.SendAsync(request, Now.Cancelled);
    }

    private sealed class FromAddress : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                if (context.Request.Headers[AddressHeader] is [{ } address])
                {
                    context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                }

                return following(context);
            });
            next(app);
        };
    }
}

/// <summary>The real clock, moved on by what a test says. Its timers are real.</summary>
public sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}

internal static class Now
{
    /// <summary>Cancelled when the test run is.</summary>
    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}

internal static class Answers
{
    /// <summary>The body of a success; anything else fails with what was answered instead.</summary>
    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Now.Cancelled);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Holds when it is a problem of this status and code, in the form every problem has.</summary>
    public static async Task RefusedAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync(Now.Cancelled);
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal(code, (string)problem["code"]!);
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.Equal(status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
        Assert.NotEmpty((string)problem["detail"]!);
    }
}
