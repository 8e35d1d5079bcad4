using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Summit.Server.Opening;
using Summit.Testing;

namespace Summit.Server.Tests.Mail;

/// <summary>A real process that logs in to a mail server over TLS, and is killed while letters wait.</summary>
public sealed class AServerThatIsKilledWithLetters : IAsyncLifetime
{
    private readonly SmtpServer _mail = new(("summit", "a password of its own"));
    private readonly string _folder = Directory.CreateTempSubdirectory("summit-mail-").FullName;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "secrets"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "trusted.pem"), _mail.Certificate);
    }

    public async ValueTask DisposeAsync()
    {
        await _mail.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Sends_them_when_it_is_back_once_each_with_the_password_from_a_file()
    {
        await PasswordAsync("a password of its own");
        await using var server = await StartAsync();
        var (conference, host) = await ConferenceAsync(server);
        // The mail server is down: nothing goes out before the kill.
        foreach (var number in Enumerable.Range(1, 5))
        {
            await RegisterAsync(server, conference, $"person{number}@city.example");
        }

        await server.KillAsync();
        _mail.Start();
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
        await PasswordAsync("a password of its own");
        await using var server = await StartAsync();
        var (conference, host) = await ConferenceAsync(server);
        var taken = new TaskCompletionSource();
        // Taken, but the server is gone before it hears so.
        _mail.Trouble = line =>
        {
            if (line == "." && !taken.Task.IsCompleted)
            {
                taken.SetResult();
            }

            return null;
        };
        _mail.Start();
        await RegisterAsync(server, conference, "ana@city.example");
        await taken.Task.WaitAsync(Wait.Limit, Now.Cancelled);
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
        _mail.Start();
        await using var server = await StartAsync();
        var (conference, host) = await ConferenceAsync(server);
        await RegisterAsync(server, conference, "ana@city.example");
        await Wait.UntilAsync(
            "the organiser sees it", async () => ((string?)(await ListAsync(server, conference, host))["mail"]!["trouble"])?.StartsWith("530", StringComparison.Ordinal) is true);
        Assert.Empty(_mail.Letters);
        Assert.DoesNotContain(server.Output, line => line.Contains("old password", StringComparison.Ordinal) || line.Contains("ana@city", StringComparison.Ordinal));

        await PasswordAsync("a password of its own");
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

    private Task PasswordAsync(string password) => File.WriteAllTextAsync(Path.Combine(_folder, "secrets", "Summit__Mail__Password"), password);

    private Task<ServerProcess> StartAsync(string from = "summit@sofia.example") => ServerProcess.StartAsync(settings: new Dictionary<string, string?>
    {
        ["Summit__Demo"] = "false",
        ["Summit__Mail__Host"] = "localhost",
        ["Summit__Mail__Port"] = _mail.Port.ToString(CultureInfo.InvariantCulture),
        ["Summit__Mail__User"] = "summit",
        ["Summit__Mail__From"] = from,
        ["Summit__Secrets"] = Path.Combine(_folder, "secrets"),
        ["SSL_CERT_FILE"] = Path.Combine(_folder, "trusted.pem"),
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
