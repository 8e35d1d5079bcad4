using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Summit.Bench.Wire;

/// <summary>What the door answers with.</summary>
public sealed record Pass(string Token, Guid Person);

/// <summary>The HTTP side of the wire. Calls again while the server is away or busy, as every client does.</summary>
/// <remarks>Only for calls that may be repeated: what they make twice while the server dies must do no harm.</remarks>
public sealed class Api(Uri server) : IDisposable
{
    /// <summary>Long enough for a server on a busy machine to be started again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpClient _http = new() { BaseAddress = server };

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public Uri Server => _http.BaseAddress!;

    public async Task<Pass> JoinAsync(string code, string? name, string? city, CancellationToken cancellationToken) =>
        ToPass(await CallAsync(HttpMethod.Post, "/api/join", null, new { code, name, city }, cancellationToken));

    /// <param name="link">A role link, or the secret behind its #.</param>
    public async Task<Pass> EnterAsync(string link, CancellationToken cancellationToken) =>
        ToPass(await CallAsync(HttpMethod.Post, "/api/enter", null, new { secret = Secret(link) }, cancellationToken));

    /// <exception cref="HttpRequestException">It was refused for good; the message has the answer.</exception>
    public async Task<JsonNode> CallAsync(HttpMethod method, string path, Pass? pass, object? body, CancellationToken cancellationToken)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Authorization = pass is null ? null : new AuthenticationHeaderValue("Bearer", pass.Token);
            request.Content = body is null ? null : JsonContent.Create(body, options: Json);
            try
            {
                using var answer = await _http.SendAsync(request, cancellationToken);
                var text = await answer.Content.ReadAsStringAsync(cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return JsonNode.Parse(text) ?? new JsonObject();
                }

                if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || DateTime.UtcNow > until)
                {
                    throw new InvalidOperationException($"{method} {path} was refused with {(int)answer.StatusCode}: {text}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException && DateTime.UtcNow < until)
            {
                // The server is being started again.
            }

            await Pause.BeforeTryingAgainAsync(cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Secret(string link) => link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..];

    private static Pass ToPass(JsonNode answer) => new((string)answer["token"]!, (Guid)answer["person"]!);
}

/// <summary>How long a client waits before it tries again.</summary>
public static class Pause
{
    private const int LeastMilliseconds = 50;
    private const int MostMilliseconds = 250;

    /// <summary>Somewhat random, so that a thousand clients that lost one server do not come back as one.</summary>
#pragma warning disable CA5394 // Nothing secret hangs on when a client calls again.
    public static Task BeforeTryingAgainAsync(CancellationToken cancellationToken) =>
        Task.Delay(Random.Shared.Next(LeastMilliseconds, MostMilliseconds), cancellationToken);
#pragma warning restore CA5394
}
