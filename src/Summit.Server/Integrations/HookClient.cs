using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Summit.Domain;
using Summit.Server.Operations;

namespace Summit.Server.Integrations;

/// <summary>What became of handing something over.</summary>
/// <param name="Failure">Null when it was taken; else the status, or why there is none.</param>
/// <param name="Gone">The receiver wants no more of it.</param>
/// <param name="After">When the receiver asks to be tried again.</param>
internal sealed record Attempt(string? Failure, bool Gone = false, TimeSpan? After = null);

/// <summary>Hands deliveries over, signed by the scheme of Standard Webhooks (standardwebhooks.com): receivers have libraries for it. Thread-safe.</summary>
internal sealed class HookClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public HookClient(Settings settings, Persistence persistence, TimeProvider time)
    {
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = persistence.Patience,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, cancellationToken) => Outside.ConnectAsync(context.DnsEndPoint, settings.LocalHooks, cancellationToken),
        })
        { Timeout = persistence.Patience };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Summit", null));
    }

    /// <param name="secret">32 random bytes that the receiver has as well.</param>
    public async Task<Attempt> SendAsync(string address, byte[] secret, DeliveryId id, byte[] body, CancellationToken cancellationToken)
    {
        var (message, at) = ($"msg_{id.Value:N}", _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        request.Headers.Add("webhook-id", message);
        request.Headers.Add("webhook-timestamp", at);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{message}.{at}."), .. body];
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}");
        try
        {
            // Of the answer nobody reads more than its head: what follows is let go with the connection.
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode
                ? new Attempt(null)
                : new Attempt(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture), answer.StatusCode == HttpStatusCode.Gone, After(answer.Headers.RetryAfter));
        }
        catch (HttpRequestException e)
        {
            return new Attempt(e.InnerException switch { InsideException => "inside", AuthenticationException => "certificate", _ => "no-connection" });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Attempt("no-answer");
        }
    }

    public void Dispose() => _http.Dispose();

    private TimeSpan? After(RetryConditionHeaderValue? asked) => asked?.Delta ?? (asked?.Date is { } date ? date - _time.GetUtcNow() : null);
}
