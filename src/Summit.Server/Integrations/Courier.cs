using System.Threading.Channels;
using Summit.Domain;
using Summit.Engine;
using Summit.Server.Conferences;
using Summit.Server.Operations;

namespace Summit.Server.Integrations;

/// <summary>
/// Sees to it that every hook has a line. What is owed follows from the events, as with letters: of several servers one delivers, and when that
/// one is lost another goes on.
/// </summary>
internal sealed class Courier(
    ConferenceDirectory directory, IntegrationDesk desk, HookPayload payload, HookSecrets secrets, HookClient client, Persistence persistence, IEngine engine, Settings settings,
    TimeProvider time, ILogger<Courier> logger) : BackgroundService
{
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<ConferenceId, Happenings> _happenings = [];
    private readonly Dictionary<HookId, (HookLine Line, Task Running)> _lines = [];

    /// <summary>One server with a file of its own is always the same one; of several each has a name for as long as it lives.</summary>
    private readonly LineTools _tools = new(directory, desk, payload, secrets, client, persistence, time, settings.Postgres is null ? Guid.Empty : Guid.NewGuid());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        directory.Changed += Wake;
        Wake();
        try
        {
            while (await _changed.Reader.WaitToReadAsync(stoppingToken))
            {
                _changed.Reader.TryRead(out var _);
                Look(stoppingToken);
            }
        }
        finally
        {
            directory.Changed -= Wake;
            await Task.WhenAll(_lines.Values.Select(line => line.Running));
        }
    }

    private void Wake() => _changed.Writer.TryWrite(true);

    private void Look(CancellationToken stop)
    {
        foreach (var conference in directory.Conferences)
        {
            foreach (var hook in directory.FindIntegration(conference.Id)?.Hooks ?? [])
            {
                var happenings = Follow(conference, stop);
                if (!_lines.TryGetValue(hook.Id, out var there) || there.Running.IsCompleted)
                {
                    var line = new HookLine(conference.Id, hook.Id, happenings, _tools, logger);
                    _lines[hook.Id] = (line, Task.Run(() => line.RunAsync(stop), CancellationToken.None));
                }
            }
        }

        foreach (var gone in _lines.Where(line => line.Value.Running.IsCompleted).Select(line => line.Key).ToList())
        {
            _lines.Remove(gone);
        }

        foreach (var (line, _) in _lines.Values)
        {
            line.Wake();
        }
    }

    private Happenings Follow(ConferenceView conference, CancellationToken stop)
    {
        if (!_happenings.TryGetValue(conference.Id, out var happenings))
        {
            _happenings.Add(conference.Id, happenings = new Happenings(conference.Id, engine, time, Wake, logger, stop));
        }

        happenings.Follow(conference);
        return happenings;
    }
}
