using System.Text.Json;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Access;

namespace Summit.Server.Live;

/// <summary>What a room tells of the moment: who is here, what they clap, and, to moderators, who is at which item. None of it is stored.</summary>
internal sealed partial class Room
{
    /// <summary>Named in one pulse; more people at one desk see nothing by it.</summary>
    private const int MostBusy = 50;

    private readonly int[] _reactions = new int[Enum.GetValues<Reaction>().Length];
    private readonly Handling _handling;
    private readonly Guid _teller = Guid.NewGuid();

    /// <summary>Who is here has changed since it was told.</summary>
    private bool _untold = true;
    private IReadOnlyList<Busy> _toldBusy = [];
    private IReadOnlyList<Busy> _busy = [];
    private PulseCount _pulse;

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
                await BeatAsync();
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The room closes; there is nobody left to count.
        }
    }

    /// <summary>Tells what is at this server, hears what is at all, and shows it.</summary>
    private async Task BeatAsync()
    {
        Share share;
        lock (_gate)
        {
            share = TakeShare();
        }

        var together = await _gatherings.TellAsync(new AggregateId(Session.Kind, _session.Id.Value), share, _closing.Token);
        lock (_gate)
        {
            if (together is null)
            {
                _untold = true;
            }
            else
            {
                Show(together);
            }
        }
    }

    private Share TakeShare()
    {
        int[] reactions = [.. _reactions];
        Array.Clear(_reactions);
        foreach (var presence in _present.Values)
        {
            presence.NewSecond();
        }

        var busy = _handling.Beat();
        var told = !_untold && busy.SequenceEqual(_toldBusy);
        (_untold, _toldBusy) = (false, busy);
        return new Share(_teller, told ? null : Here(busy), reactions);
    }

    private Here Here(IReadOnlyList<Busy> busy) => new(
        [.. _present.Keys.Select(person => person.Value)],
        [.. _present.Values.Select(presence => presence.City).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
        busy);

    private void Show(Together together)
    {
        var pulse = PulseCount.Of(together);
        var counted = pulse != _pulse;
        if (!counted && together.Busy.SequenceEqual(_busy))
        {
            return;
        }

        (_pulse, _busy) = (pulse, together.Busy);
        var now = _now with { DeskPulseNumber = _now.DeskPulseNumber + 1 };
        Volatile.Write(ref _now, counted ? now with { PulseNumber = now.PulseNumber + 1, Pulse = PulseFrame(pulse.Write) } : now);
        _followers.Wake();
    }

    /// <summary>What the moment has become since this follower heard of it, or null.</summary>
    private Frame? PulseFor(Follower follower, Turned now)
    {
        var moderates = follower.Audience == Audience.Moderators;
        var number = moderates ? now.DeskPulseNumber : now.PulseNumber;
        if (follower.PulseSeen == number)
        {
            return null;
        }

        follower.PulseSeen = number;
        return moderates ? DeskPulseFrame(follower.Connection) : now.Pulse;
    }

    /// <summary>Made for each, without what this one is at; moderators are few.</summary>
    private Frame DeskPulseFrame(string connection)
    {
        lock (_gate)
        {
            return PulseFrame(json =>
            {
                _pulse.Write(json);
                json.WriteStartArray("handling");
                foreach (var busy in _busy.Where(busy => busy.Connection != connection).Take(MostBusy))
                {
                    json.WriteStartObject();
                    json.WriteString("item", busy.Item);
                    json.WriteString("name", busy.Name);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
        }
    }

    private Frame PulseFrame(Action<Utf8JsonWriter> write) => new(_pictures[0].Render(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("pulse");
        write(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }));
}
