using System.Threading.Channels;
using Summit.Domain;
using Summit.Domain.Integrations;
using Summit.Server.Conferences;
using Summit.Server.Mail;

namespace Summit.Server.Integrations;

/// <summary>How long a hook that fails is tried again.</summary>
/// <param name="GiveUp">Since the first attempt.</param>
/// <param name="Patience">For one answer. A receiver puts things into a queue of its own and answers; one that works first is too late.</param>
internal sealed record Persistence(Pauses Pauses, TimeSpan GiveUp, TimeSpan Patience);

/// <summary>What all lines of a server share.</summary>
/// <param name="Server">This server, among those that may deliver.</param>
internal sealed record LineTools(
    ConferenceDirectory Directory, IntegrationDesk Desk, HookPayload Payload, HookSecrets Secrets, HookClient Client, Persistence Persistence, TimeProvider Time, Guid Server);

/// <summary>
/// Delivers to one hook, one thing after another, by what the events say was delivered. Each step looks at how things stand now, does one thing
/// and writes it down, so that any server can go on after any step; at worst something goes out twice, with the same id.
/// </summary>
internal sealed partial class HookLine(ConferenceId conference, HookId id, Happenings happenings, LineTools tools, ILogger logger)
{
    /// <summary>Another server delivers, or the store is away.</summary>
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(20);

    /// <summary>Of a pause, more or less: many hooks that failed together do not come back together.</summary>
    private const double Jitter = 0.2;

    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<Happening> _gone = [];

    public void Wake() => _changed.Writer.TryWrite(true);

    /// <summary>Until the hook is dropped, or its conference.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (tools.Directory.FindIntegration(conference)?.FindHook(id) is { } hook)
        {
            var wait = Elsewhere;
            try
            {
                wait = await StepAsync(hook, stop);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(id.Value, e);
            }

            if (wait > TimeSpan.Zero)
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
                await Task.WhenAny(_changed.Reader.WaitToReadAsync(either.Token).AsTask(), Task.Delay(wait, tools.Time, either.Token));
                await either.CancelAsync();
                stop.ThrowIfCancellationRequested();
                _changed.Reader.TryRead(out var _);
            }
        }
    }

    /// <summary>Does one thing. Returns how long nothing else is to be done, unless something changes.</summary>
    private async Task<TimeSpan> StepAsync(Hook hook, CancellationToken stop)
    {
        var (now, ask) = (tools.Time.GetUtcNow(), hook.Asked.FirstOrDefault());
        var of = ask is null ? hook.Off is null ? happenings.Next(hook, _gone.Contains) : null : Of(hook, ask);
        if (of is null)
        {
            return Elsewhere;
        }

        var delivery = IdOf(of);
        if (ask is null && hook.Find(delivery)?.Next is { } next && next > now)
        {
            return next - now;
        }

        if (!(tools.Directory.FindIntegration(conference)?.Carrier is { } carrier && carrier.Server == tools.Server && carrier.Until > now + (Integration.HookLease / 2)))
        {
            // What another server has delivered shows once this one is the one that does: the next step looks again.
            var taken = await tools.Desk.SendAsync(conference, Guid.CreateVersion7(), new TakeHooks(tools.Server), stop);
            return taken.Fault is null ? TimeSpan.Zero : Elsewhere;
        }

        var body = await tools.Payload.WriteAsync(conference, of, stop);
        if (body is null && ask is null && hook.Find(delivery) is null)
        {
            _gone.Add(of);
            return TimeSpan.Zero;
        }

        var attempt = body is null ? new Attempt(Hook.NotVisible, Gone: true)
            : tools.Secrets.Read(hook.Secret) is not { } secret ? new Attempt("secret", Gone: true)
            : await tools.Client.SendAsync(hook.Address, secret, delivery, body, stop);
        await RecordAsync(hook, of, delivery, attempt, ask?.Seq, stop);
        return TimeSpan.Zero;
    }

    private async Task RecordAsync(Hook hook, Happening of, DeliveryId delivery, Attempt attempt, long? asked, CancellationToken stop)
    {
        var before = hook.Find(delivery);
        var record = new RecordAttempt(hook.Id, delivery, of, attempt.Failure, asked is null ? Next(before, attempt) : null, asked);
        var number = $"{(asked is null ? "attempt" : "asked")} {asked ?? before?.Attempts ?? 0}";
        while ((await tools.Desk.SendAsync(conference, DerivedId.Of(delivery.Value, number), record, stop)).Fault is { Kind: FaultKind.Busy })
        {
            // Not given up while the server runs: what is not noted goes out again.
            await Task.Delay(tools.Persistence.Pauses.First, tools.Time, stop);
        }
    }

    /// <summary>Null for what was taken, and for what is given up.</summary>
    private DateTimeOffset? Next(Domain.Integrations.Delivery? before, Attempt attempt)
    {
        var now = tools.Time.GetUtcNow();
        if (attempt.Failure is null || attempt.Gone || (before is not null && now - before.First >= tools.Persistence.GiveUp))
        {
            return null;
        }

        var pause = tools.Persistence.Pauses.After((before?.Attempts ?? 0) + 1) * (1 + (Jitter * ((Random.Shared.NextDouble() * 2) - 1)));
        var asked = attempt.After is { } after && after < tools.Persistence.Pauses.Most ? after : tools.Persistence.Pauses.Most;
        return now + (attempt.After is not null && asked > pause ? asked : pause);
    }

    private Happening Of(Hook hook, Ask ask) => ask.Again is { } again && hook.Find(again) is { } delivered
        ? delivered.Of
        : new Happening(ConferenceDirectory.IntegrationStream(conference).ToString(), ask.Seq, Occasion.Test, ask.At, null);

    /// <summary>The same for each attempt and each copy.</summary>
    private DeliveryId IdOf(Happening of) => new(DerivedId.Of(id.Value, $"{of.Stream} {of.Seq}"));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Hook} cannot go on now. Trying again.")]
    private partial void LogFailed(Guid hook, Exception exception);
}
