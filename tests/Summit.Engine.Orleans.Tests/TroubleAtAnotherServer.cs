using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Summit.Contracts;
using Summit.Domain;
using Summit.Testing;

namespace Summit.Engine.Orleans.Tests;

/// <summary>The journal is away for the server where a cell lives, and not for those who send to it and follow it from another one.</summary>
public sealed class TroubleAtAnotherServer : IAsyncLifetime
{
    private readonly MemoryJournal _store = new();
    private readonly CollectedLog _log = new();
    private readonly AggregateId _id = new(Tally.Kind, Guid.CreateVersion7());
    private Servers _servers = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEngine Engine => Servers.EngineOf(_servers.All[0]);

    private GatedJournal Afar => (GatedJournal)_servers.All[1].ServiceProvider.GetRequiredService<IJournal>();

    public async ValueTask InitializeAsync() => _servers = await Servers.StartAsync(
        2, Tally.Kinds, () => new GatedJournal(_store.OpenAnother()), new Leases(TimeSpan.FromHours(2), TimeSpan.FromHours(1)), silo =>
        {
            silo.PlaceElsewhere();
            silo.Services.AddLogging(logging => logging.AddProvider(_log));
        });

    public async ValueTask DisposeAsync()
    {
        await _servers.DisposeAsync();
        Assert.DoesNotContain(_log.Lines, line => line.Contains("CodecNotFound", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_are_refused_as_busy_until_it_is_over()
    {
        Assert.Equal(Reply.At(1), await SendAsync(new Add(1)));
        Assert.Equal(_servers.All[1], _servers.HomeOf(_id));
        Afar.CommitsFail = Afar.ReadsFail = true;
        Assert.Equal(Reply.Refused(EngineFaults.JournalUnavailable), await SendAsync(new Add(2)));
        Assert.Equal(Reply.Refused(EngineFaults.JournalUnavailable), await SendAsync(new Add(2)));

        Afar.CommitsFail = Afar.ReadsFail = false;
        Reply reply = default;
        await Wait.UntilAsync("a command is taken again", async () => (reply = await SendAsync(new Add(3))).Fault is null);
        Assert.Equal(Reply.At(2), reply);
    }

    [Fact]
    public async Task Who_follows_reads_on_and_is_told_again_once_it_is_over()
    {
        Afar.ReadsFail = true;
        var first = new JournalRecord(1, "tally.added.v1", """{"amount":1}"""u8.ToArray(), DateTimeOffset.UnixEpoch, Guid.Empty, Guid.CreateVersion7());
        Assert.Equal([true], await _store.AppendAsync([new Append(_id, 0, [first])], Cancel));
        await using var follower = new Follower(Engine.FollowAsync(_id, 0, CancellationToken.None));
        await follower.SawAsync(1);
        await Wait.UntilAsync("it was asked twice to publish, and could not", () => Afar.Reads >= 2);

        Afar.ReadsFail = false;
        Reply reply = default;
        await Wait.UntilAsync("a command is taken", async () => (reply = await SendAsync(new Add(2))).Fault is null);
        Assert.Equal(Reply.At(2), reply);
        Assert.Equal([1, 2], (await follower.SawAsync(2)).Amounts);
    }

    private Task<Reply> SendAsync(ICommand command)
    {
        var actor = new Actor(new ParticipantId(Guid.CreateVersion7()), Role.Participant, default, null, null);
        return Engine.SendAsync(_id, new CommandEnvelope(Guid.CreateVersion7(), actor, command), Cancel).Soon("an answer");
    }

    /// <summary>What the servers log, from a warning on.</summary>
    private sealed class CollectedLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

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
