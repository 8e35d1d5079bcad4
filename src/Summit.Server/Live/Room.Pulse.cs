using System.Text.Json;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Server.Access;

namespace Summit.Server.Live;

/// <summary>What a room tells of the moment: who is here, what they clap, and, to moderators, who is at which item. None of it is stored.</summary>
internal sealed partial class Room
{
    private readonly int[] _reactions = new int[Enum.GetValues<Reaction>().Length];
    private readonly Handling _handling;
    private PulseCount _pulse;
    private Frame _pulseFrame;
    private long _pulseNumber;

    /// <summary>Counts the pulses of moderators, who hear more.</summary>
    private long _deskPulseNumber;

    /// <summary>Counts a reaction of somebody who is here; of somebody who is not, or too fast, it is dropped.</summary>
    public void React(Bearer bearer, Reaction reaction)
    {
        lock (_gate)
        {
            if (_present.TryGetValue(bearer.Actor.Id, out var presence) && presence.MayReact())
            {
                _reactions[(int)reaction]++;
            }
        }
    }

    /// <summary>A moderator's connection is at this item from now on, or at none. Null, or why not.</summary>
    public Fault? Handle(string connection, ItemId? item)
    {
        lock (_gate)
        {
            if (item is { } at && !_session.Items.ContainsKey(at))
            {
                return SessionFaults.NoSuchItem;
            }

            _handling.Take(connection, item);
            return null;
        }
    }

    private async Task PulseAsync()
    {
        using var timer = new PeriodicTimer(PulseEvery, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                Beat();
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The room closes; there is nobody left to count.
        }
    }

    private void Beat()
    {
        lock (_gate)
        {
            var pulse = PulseCount.Of(_present, _reactions);
            Array.Clear(_reactions);
            foreach (var presence in _present.Values)
            {
                presence.NewSecond();
            }

            var counted = pulse != _pulse;
            if (counted)
            {
                _pulse = pulse;
                _pulseNumber++;
                _pulseFrame = PulseFrame(pulse.Write);
            }

            if (_handling.Beat() || counted)
            {
                _deskPulseNumber++;
            }

            _waiters.Wake();
        }
    }

    /// <summary>What the moment has become since this follower heard of it, or null.</summary>
    private (Frame Frame, long Number)? PulseSince(Bearer bearer, string connection, long seen) => AudienceOf(bearer.Actor.Role) switch
    {
        Audience.Moderators when _deskPulseNumber > seen => (DeskPulseFrame(connection), _deskPulseNumber),
        Audience.Participants or Audience.Stage when _pulseNumber > seen => (_pulseFrame, _pulseNumber),
        _ => null,
    };

    /// <summary>Made for each, without what this one is at; moderators are few.</summary>
    private Frame DeskPulseFrame(string connection) => PulseFrame(json =>
    {
        _pulse.Write(json);
        _handling.Write(json, except: connection);
    });

    private Frame PulseFrame(Action<Utf8JsonWriter> write) => new(_pictures[0].Render(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("pulse");
        write(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }));
}
