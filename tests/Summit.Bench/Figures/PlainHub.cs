using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Summit.Bench.Figures;

/// <summary>
/// What people would otherwise write: a hub whose connections are in one group, a broadcast for each change, a row with a commit
/// for each request. Runs as a process of its own, on the same framework as Summit.
/// </summary>
public static class PlainHub
{
    private const string Everybody = "everybody";

    /// <param name="folder">Where the rows go.</param>
    public static async Task<int> RunAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        await using var app = builder.Build();
        using var rows = new Rows(Path.Combine(folder, "plain.db"));
        app.Urls.Add("http://127.0.0.1:0");
        app.MapHub<Hall>("/live");
        app.MapPost("/say", async (HttpRequest request, IHubContext<Hall> hub) =>
        {
            using var change = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            await hub.Clients.Group(Everybody).SendAsync("changed", change.RootElement);
            return Results.Ok(new { seq = change.RootElement.GetProperty("seq").GetInt64() });
        });
        app.MapPost("/rows", async (HttpRequest request) =>
        {
            using var row = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return Results.Ok(new { seq = rows.Add(row.RootElement.GetRawText()) });
        });
        app.MapPost("/nothing", async (HttpRequest request) =>
        {
            using var row = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return Results.Ok(new { seq = row.RootElement.GetRawText().Length });
        });
        await app.StartAsync();
        Console.WriteLine(PlainServer.Greeting + app.Urls.Single());
        // Its parent holds the other end of the input: when that is gone, so is the reason to run.
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>A hub as in any tutorial.</summary>
    public sealed class Hall : Hub
    {
        public override Task OnConnectedAsync() => Groups.AddToGroupAsync(Context.ConnectionId, Everybody);
    }
}

/// <summary>One commit for each row, as safe as Summit's: WAL, synced to disk each time.</summary>
public sealed class Rows : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteParameter _data;
    private long _last;

    public Rows(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using var create = _connection.CreateCommand();
        create.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY, data TEXT NOT NULL) STRICT";
        create.ExecuteNonQuery();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO rows (data) VALUES ($data)";
        _data = _insert.Parameters.Add("$data", SqliteType.Text);
        _insert.Prepare();
    }

    /// <summary>On disk when it returns. Thread-safe.</summary>
    public long Add(string data)
    {
        lock (_gate)
        {
            _data.Value = data;
            _insert.ExecuteNonQuery();
            return ++_last;
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
