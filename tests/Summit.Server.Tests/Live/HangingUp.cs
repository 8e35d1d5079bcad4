using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;
using Summit.Domain;
using Summit.Engine;
using Summit.Server.Live;
using Summit.Testing;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests.Live;

/// <summary>A phone that goes into a tunnel between its question and the answer.</summary>
public sealed class HangingUp : IAsyncLifetime
{
    private readonly ErrorLog _log = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly House _house;
    private bool _holds;

    public HangingUp() => _house = new House
    {
        Furnish = services =>
        {
            var engine = services.Last(service => service.ServiceType == typeof(IEngine)).ImplementationFactory!;
            services.AddSingleton<IEngine>(provider => new SlowEngine((IEngine)engine(provider), WaitAsync));
            services.AddLogging(logging => logging.AddProvider(_log));
        },
    };

    public ValueTask InitializeAsync() => _house.InitializeAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Takes_nothing_back_and_is_no_error_of_the_server_s()
    {
        using var phone = await _house.KnockAsync(await _house.JoinAsync());
        await SayAsync(phone, new { protocol = "json", version = 1 });
        await SayAsync(phone, new { type = 4, invocationId = "1", target = "Follow", arguments = new object[] { _house.Session, 0 } });
        await Wait.UntilAsync("the phone follows", async () => await FollowersAsync() == 1);
        var id = Guid.CreateVersion7();
        Volatile.Write(ref _holds, true);
        await SayAsync(phone, new { type = 1, invocationId = "2", target = "Send", arguments = new object[] { _house.Session, new { type = "ask", id, text = "Who hears this?" } } });
        await _reached.Task.Soon("the question at the engine");

        phone.Abort();
        await Wait.UntilAsync("the server has noticed", async () => await FollowersAsync() == 0);
        _released.SetResult();

        var onlooker = await _house.JoinAsync();
        await Wait.UntilAsync("the question is there", async () =>
        {
            var frame = await (await _house.SendAsync(HttpMethod.Get, $"/api/sessions/{_house.Session}", onlooker)).JsonAsync();
            return frame["items"]!.AsArray().Any(item => (Guid)item!["id"]! == id);
        });
        Assert.Empty(_log.Lines);
    }

    private static Task SayAsync(WebSocket phone, object message) =>
        phone.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + '\u001e'), WebSocketMessageType.Text, true, Cancelled);

    private async Task<int> FollowersAsync() =>
        (await _house.Services.GetRequiredService<Rooms>().FindAsync(new SessionId(_house.Session), Cancelled))!.Followers;

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _holds))
        {
            _reached.TrySetResult();
            await _released.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Hears a cancel while it waits, as the engines do.</summary>
    private sealed class SlowEngine(IEngine inner, Func<CancellationToken, Task> wait) : IEngine
    {
        public async Task<Reply> SendAsync(AggregateId to, CommandEnvelope command, CancellationToken cancellationToken)
        {
            await wait(cancellationToken);
            return await inner.SendAsync(to, command, cancellationToken);
        }

        public IAsyncEnumerable<FeedBatch> FollowAsync(AggregateId of, long after, CancellationToken cancellationToken) =>
            inner.FollowAsync(of, after, cancellationToken);
    }

    /// <summary>What SignalR calls an error.</summary>
    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) =>
            categoryName.StartsWith("Microsoft.AspNetCore.SignalR", StringComparison.Ordinal) ? this : NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _lines.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
            // Nothing to give back.
        }
    }
}
