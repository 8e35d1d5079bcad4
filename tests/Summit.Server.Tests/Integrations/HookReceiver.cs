using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Summit.Server.Tests.Integrations;

/// <summary>Something that a receiver was told.</summary>
internal sealed record Told(string Id, string Timestamp, string Signature, string Body)
{
    public JsonNode Json { get; } = JsonNode.Parse(Body)!;

    public string Type => (string)Json["type"]!;

    /// <summary>As Standard Webhooks has it, written anew here.</summary>
    public bool IsSignedWith(string secret) =>
        Signature.Split(' ').Contains("v1," + Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Body}"))));
}

/// <summary>A real HTTP server on this machine, which answers as it is told to.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Zero until it was started first; then it stays.</summary>
    public int Port { get; private set; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/hook");

    /// <summary>In the order in which they came, those that were refused too.</summary>
    public ConcurrentQueue<Told> Told { get; } = new();

    public Func<Told, HttpResponse, Task> Answer { get; set; } = (_, response) =>
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public static async Task<HookReceiver> StartAsync()
    {
        var receiver = new HookReceiver();
        await receiver.StartAgainAsync();
        return receiver;
    }

    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            var told = new Told(headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, await reader.ReadToEndAsync(Now.Cancelled));
            Told.Enqueue(told);
            await Answer(told, context.Response);
        });
        await _app.StartAsync(Now.Cancelled);
        Port = new Uri(_app.Urls.Single()).Port;
    }

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    public static Func<Told, HttpResponse, Task> Status(int status, Action<HttpResponse>? and = null) => (_, response) =>
    {
        response.StatusCode = status;
        and?.Invoke(response);
        return Task.CompletedTask;
    };
}
