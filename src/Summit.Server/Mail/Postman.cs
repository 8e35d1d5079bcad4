using System.Collections.Concurrent;
using System.Threading.Channels;
using Summit.Domain;
using Summit.Domain.Registrations;
using Summit.Server.Conferences;
using Summit.Server.Opening;
using Summit.Server.Operations;
using Summit.Server.Registrations;

namespace Summit.Server.Mail;

/// <summary>How long the postman waits after something has failed.</summary>
/// <param name="First">Doubled with each failure after it.</param>
/// <param name="Most">The longest.</param>
public sealed record Pauses(TimeSpan First, TimeSpan Most)
{
    public TimeSpan After(int failures) => First * Math.Pow(2, Math.Min(failures, 20) - 1) is var pause && pause < Most ? pause : Most;
}

/// <summary>
/// Carries letters out. Which have to be written follows from the events, and what became of each is an event, so that nothing is forgotten by
/// a server that is killed: at worst a letter goes out twice, with the same Message-ID. A mail server that fails delays; only an address that is
/// refused for good ends its letter.
/// </summary>
public sealed partial class Postman(
    ConferenceDirectory directory, RegistrationDesk desk, RegistrationKeys keys, Addresses addresses, Settings settings, Pauses pauses, TimeProvider time,
    MailSettings mail, ILogger<Postman> logger) : BackgroundService
{
    /// <summary>For a letter that others need not wait for: somebody's mailbox is full, or a server wants to see it a second time.</summary>
    private const int LetterFactor = 5;

    /// <summary>Another server carries them out, or the store is away.</summary>
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(20);

    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<(ConferenceId Conference, long Letter), (int Failures, DateTimeOffset Next)> _late = new();

    /// <summary>One server with a file of its own is always the same one; of several each has a name for as long as it lives.</summary>
    private readonly Guid _name = settings.Postgres is null ? Guid.Empty : Guid.NewGuid();

    private int _failures;
    private DateTimeOffset _pausedUntil;

    /// <summary>Whether there is a mail server.</summary>
    public bool IsSetUp => mail.Host is not null;

    /// <summary>What the mail server said, or failed to say, the last time; null once a letter has gone through.</summary>
    public string? Trouble { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsSetUp)
        {
            return;
        }

        directory.Changed += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var wait = await RoundAsync(stoppingToken);
                await Task.WhenAny(_changed.Reader.WaitToReadAsync(stoppingToken).AsTask(), Task.Delay(wait, time, stoppingToken));
                _changed.Reader.TryRead(out var _);
            }
        }
        finally
        {
            directory.Changed -= Wake;
        }
    }

    private void Wake() => _changed.Writer.TryWrite(true);

    /// <summary>Carries out what can be now. Returns how long nothing else is to be done, unless something changes.</summary>
    private async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        using var server = new MailServer(mail);
        foreach (var gone in _late.Keys.Where(key => directory.FindRegistration(key.Conference)?.Letters.ContainsKey(key.Letter) is not true).ToList())
        {
            _late.TryRemove(gone, out var _);
        }

        foreach (var conference in directory.Conferences.ToList())
        {
            foreach (var (number, person) in directory.FindRegistration(conference.Id)?.Letters.ToList() ?? [])
            {
                if (_pausedUntil > time.GetUtcNow())
                {
                    return UntilNext();
                }

                if (_late.TryGetValue((conference.Id, number), out var late) && late.Next > time.GetUtcNow())
                {
                    continue;
                }

                if (!await MayCarryAsync(conference.Id, cancellationToken))
                {
                    break;
                }

                // What has changed while others went out is written as it is now, or not at all.
                if (directory.FindRegistration(conference.Id) is { } now && now.Letters.ContainsKey(number) && now.Find(person) is { Mail: not null } to)
                {
                    await CarryAsync(server, conference, to, number, cancellationToken);
                }
            }
        }

        return UntilNext();
    }

    /// <summary>Until something is worth another try.</summary>
    private TimeSpan UntilNext()
    {
        var now = time.GetUtcNow();
        var next = _late.Values.Select(late => late.Next).Append(now + Elsewhere).Min();
        var wait = (next > _pausedUntil ? next : _pausedUntil) - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Whether this server is the one that does.</summary>
    private async Task<bool> MayCarryAsync(ConferenceId conference, CancellationToken cancellationToken)
    {
        var soon = time.GetUtcNow() + Registration.MailLease / 2;
        return (directory.FindRegistration(conference)?.Mailer is { } mailer && mailer.Server == _name && mailer.Until > soon)
            || (await desk.SendAsync(conference, Guid.CreateVersion7(), new TakeMail(_name), cancellationToken)).Fault is null;
    }

    private async Task CarryAsync(
        MailServer server, ConferenceView conference, Registrant to, long number, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var shown = conference.AsPublished() ?? conference;
        using var letter = Letter.Write(
            mail.From!, to, number, shown, addresses.Registration(conference.Id, keys.Of(conference.Id, to.Id)),
            new Calendar(shown, addresses.Page(conference.Id), now).Whole(), new Uri(addresses.Own).Host);
        switch (await server.SendAsync(letter, cancellationToken))
        {
            case Delivery.Taken:
                (_failures, Trouble) = (0, null);
                _late.TryRemove((conference.Id, number), out var _);
                await RecordAsync(conference.Id, number, null, cancellationToken);
                break;
            case Delivery.Refused refused:
                _late.TryRemove((conference.Id, number), out var _);
                await RecordAsync(conference.Id, number, refused.Why, cancellationToken);
                break;
            case Delivery.Later later:
                Delay(conference.Id, number, later);
                break;
        }
    }

    private void Delay(ConferenceId conference, long number, Delivery.Later later)
    {
        var (failures, _) = _late.GetValueOrDefault((conference, number));
        _late[(conference, number)] = (failures + 1, time.GetUtcNow() + (pauses.After(failures + 1) * LetterFactor));
        Trouble = later.Why;
        LogLater(conference.Value, number, later.Why);
        if (!later.OfTheLetter)
        {
            _pausedUntil = time.GetUtcNow() + pauses.After(++_failures);
        }
    }

    /// <summary>Not given up while the server runs: what is not noted goes out again.</summary>
    private async Task RecordAsync(ConferenceId conference, long number, string? refused, CancellationToken cancellationToken)
    {
        var id = DerivedId.Of(conference.Value, $"letter {number}");
        while ((await desk.SendAsync(conference, id, new RecordLetter(number, refused), cancellationToken)).Fault is { Kind: FaultKind.Busy })
        {
            await Task.Delay(pauses.First, time, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Letter {Letter} of conference {Conference} could not be handed over: {Why}. Trying again later.")]
    private partial void LogLater(Guid conference, long letter, string why);
}
