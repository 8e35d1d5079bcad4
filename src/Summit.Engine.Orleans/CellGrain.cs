using Orleans.Concurrency;
using Summit.Domain;

namespace Summit.Engine.Orleans;

/// <summary>
/// Hosts a cell where Orleans places it, and publishes what becomes durable to the servers that follow it. Reentrant, so
/// that commands share commits: the cell itself decides them one after another.
/// </summary>
[Reentrant]
public abstract class CellGrain(CellHost host, Relays relays) : Grain, ICellGrain
{
    /// <summary>A snapshot only saves work, and who writes to the next activation already waits.</summary>
    private static readonly TimeSpan SnapshotAtLeave = TimeSpan.FromSeconds(1);

    private readonly Dictionary<IFeedObserver, Relay> _relays = [];
    private readonly Gathering _gathering = host.CreateGathering();
    private Cell _cell = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _cell = host.CreateCell(AggregateId.Parse(this.GetGrainId().ToString()));
        return Task.CompletedTask;
    }

    /// <summary>Orleans has let the commands under way finish, and holds back new ones for the next activation.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SnapshotAtLeave);
        await _cell.CloseAsync(limit.Token);
        // The followers hear of it; one that hangs finds out at its next renewal.
        await Task.WhenAll(_relays.Values.Select(relay => relay.Completion))
            .WaitAsync(limit.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public async Task<Immutable<Answer[]>> SendAsync(Immutable<CommandEnvelope[]> commands)
    {
        // All are handed in before the first is awaited: that is what keeps their order and shares the commit.
        var answers = Array.ConvertAll(commands.Value, command =>
        {
            if (command.Command is UnknownCommand)
            {
                return Answer.ToAsync(Task.FromResult(Reply.Refused(EngineFaults.Upgrading)));
            }

            _cell.TrySend(command, out var reply);
            return Answer.ToAsync(reply);
        });
        return (await Task.WhenAll(answers)).AsImmutable();
    }

    public async Task<bool> SubscribeAsync(IFeedObserver observer, long known)
    {
        try
        {
            if (_cell.Feed.Head == 0)
            {
                // Still asleep: what is stored is for the follower to read, and is not published again.
                _cell.Feed.Advance(await FindEndAsync(known));
            }
        }
        catch (Exception e) when (e is JournalUnavailableException or JournalCorruptException)
        {
            return false;
        }

        if (!_relays.TryGetValue(observer, out var relay) || !relay.TryRenew())
        {
            relay = relays.Start(_cell, observer);
            _relays[observer] = relay;
            _ = ForgetAsync(observer, relay);
        }

        return true;
    }

    public Task UnsubscribeAsync(IFeedObserver observer) =>
        _relays.Remove(observer, out var relay) ? relay.DisposeAsync().AsTask() : Task.CompletedTask;

    public Task<Immutable<Together?>> TellAsync(Immutable<Share> share) => Task.FromResult(_gathering.Take(share.Value).AsImmutable());

    private async Task ForgetAsync(IFeedObserver observer, Relay relay)
    {
        await relay.Completion;
        if (_relays.TryGetValue(observer, out var current) && current == relay)
        {
            _relays.Remove(observer);
        }
    }

    /// <summary>The number of the last event stored, in about two small reads for each doubling of the distance.</summary>
    private async Task<long> FindEndAsync(long known)
    {
        var end = known;
        var beyond = false;
        for (var step = 1L; step > 0; step = beyond ? step / 2 : step * 2)
        {
            if ((await host.Journal.ReadAsync(_cell.Id, end + step - 1, 1, CancellationToken.None)).Count > 0)
            {
                end += step;
            }
            else
            {
                beyond = true;
            }
        }

        return end;
    }
}
