using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Summit.Server.Opening;
using Summit.Testing;

namespace Summit.Server.Tests.Mail;

/// <summary>A real process that logs in to a mail server over TLS, and is killed while letters wait.</summary>
public sealed class AServerThatIsKilledWithLetters : IAsyncDisposable
{
    private readonly MailServerProcess _mail = new();
    private readonly string _secrets = Directory.CreateTempSubdirectory("summit-secrets-").FullName;

    public async ValueTask DisposeAsync()
    {
        await _mail.DisposeAsync();
        Directory.Delete(_secrets, recursive: true);
    }

    [Fact]
    public async Task Sends_them_when_it_is_back_once_each_with_the_password_from_a_file()
    {
        await PasswordAsync(MailServerProcess.Password);
        await using var server = await StartAsync();
        var (conference, host) = await ConferenceAsync(server);
        // The mail server is down: nothing goes out before the kill.
        foreach (var number in Enumerable.Range(1, 5))
        {
            await RegisterAsync(server, conference, $"person{number}@city.example");
        }

        await server.KillAsync();
        await _mail.StartAsync();
        await server.StartAgainAsync();
        await Wait.UntilAsync("five letters have arrived", () => _mail.Letters.Count >= 5);
        await Wait.UntilAsync("nothing waits any more", async () => (int)(await ListAsync(server, conference, host))["mail"]!["waiting"]! == 0);
        Assert.All(_mail.Letters, letter => Assert.Equal((true, "summit"), (letter.Encrypted, letter.User)));
        Assert.Equal(
            Enumerable.Range(1, 5).Select(number => string.Create(CultureInfo.InvariantCulture, $"person{number}@city.example")),
            _mail.Letters.Select(letter => ParsedLetter.Of(letter)["To"]).Order());
    }

    [Fact]
    public async Task Sends_one_twice_at_the_most_with_the_same_id()
    {
        await PasswordAsync(MailServerProcess.Password);
        await using var server = await StartAsync();
        var (conference, host) = await ConferenceAsync(server);
        // Taken, but the server is gone before it hears so.
        await _mail.StartAsync();
        await RegisterAsync(server, conference, "ana@city.example");
        await _mail.Taken.Task.WaitAsync(Wait.Limit, Now.Cancelled);
        await server.KillAsync();
        await server.StartAgainAsync();
        await Wait.UntilAsync("nothing waits any more", async () => (int)(await ListAsync(server, conference, host))["mail"]!["waiting"]! == 0);
        Assert.InRange(_mail.Letters.Count, 1, 2);
        Assert.Single(_mail.Letters.Select(letter => ParsedLetter.Of(letter)["Message-ID"]).Distinct());
    }

    [Fact]
    public async Task Waits_while_the_login_is_refused_and_goes_on_when_it_is_right()
    {
        await PasswordAsync("an old password");
        await _mail.StartAsync();
        await using var server = await StartAsync();
        var (conference, host) = await ConferenceAsync(server);
        await RegisterAsync(server, conference, "ana@city.example");
        await Wait.UntilAsync(
            "the organiser sees it", async () => ((string?)(await ListAsync(server, conference, host))["mail"]!["trouble"])?.StartsWith("530", StringComparison.Ordinal) is true);
        Assert.Empty(_mail.Letters);
        Assert.DoesNotContain(server.Output, line => line.Contains("old password", StringComparison.Ordinal) || line.Contains("ana@city", StringComparison.Ordinal));

        await PasswordAsync(MailServerProcess.Password);
        Assert.Equal(0, await server.StopAsync());
        await server.StartAgainAsync();
        await Wait.UntilAsync("the letter has arrived", () => _mail.Letters.Count == 1);
    }

    [Fact]
    public async Task Does_not_start_with_a_sender_that_is_no_address()
    {
        var started = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync("nobody"));
        Assert.Contains("Summit__Mail__From has to be a mail address", started.Message, StringComparison.Ordinal);
    }

    private Task PasswordAsync(string password) => File.WriteAllTextAsync(Path.Combine(_secrets, "Summit__Mail__Password"), password);

    private Task<ServerProcess> StartAsync(string from = "summit@sofia.example") => ServerProcess.StartAsync(settings: new Dictionary<string, string?>(_mail.Settings)
    {
        ["Summit__Demo"] = "false",
        ["Summit__Mail__From"] = from,
        ["Summit__Secrets"] = _secrets,
    });

    private static async Task<(Guid Conference, string Host)> ConferenceAsync(ServerProcess server)
    {
        var links = await LinksFile.LoadAsync(Path.Combine(server.Data, LinksFile.Name), Now.Cancelled);
        var admin = (string)(await SendAsync(server, HttpMethod.Post, "/api/enter", null, new { secret = links!.AdminSecret }))["token"]!;
        var planned = await SendAsync(server, HttpMethod.Post, "/api/conferences", admin, House.Plan("Summit of cities"));
        var host = (string)(await SendAsync(server, HttpMethod.Post, "/api/enter", null, new { secret = LinksFile.SecretOf((string)planned["host"]!) }))["token"]!;
        var form = new { type = "set-form", id = Guid.CreateVersion7(), fields = Registrations.Desk.Fields };
        await SendAsync(server, HttpMethod.Post, $"/api/conferences/{planned["id"]}/registration/commands", host, form);
        return ((Guid)planned["id"]!, host);
    }

    private static Task<JsonNode> RegisterAsync(ServerProcess server, Guid conference, string mail) => SendAsync(
        server, HttpMethod.Post, $"/api/conferences/{conference}/registration", null,
        new { id = Guid.CreateVersion7(), answers = new { name = "Person", mail }, lang = "en" });

    private static Task<JsonNode> ListAsync(ServerProcess server, Guid conference, string host) =>
        SendAsync(server, HttpMethod.Get, $"/api/conferences/{conference}/registrations", host, null);

    private static async Task<JsonNode> SendAsync(ServerProcess server, HttpMethod method, string path, string? token, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var answer = await server.Http.SendAsync(request, Now.Cancelled);
        return await answer.JsonAsync();
    }
}
