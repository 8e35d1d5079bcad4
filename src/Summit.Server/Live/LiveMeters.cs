using System.Diagnostics.Metrics;

namespace Summit.Server.Live;

/// <summary>What the live edge counts, as <c>/metrics</c> shows it.</summary>
internal sealed class LiveMeters : IDisposable
{
    public const string Name = "Summit.Live";

    private readonly Meter _meter = new(Name);

    /// <param name="count">Rooms open now, and the streams on them.</param>
    public LiveMeters(Func<(int Rooms, int Followers)> count)
    {
        _meter.CreateObservableGauge("summit.live.rooms", () => count().Rooms, "{room}", "Rooms open on this server.");
        _meter.CreateObservableGauge("summit.live.followers", () => count().Followers, "{stream}", "Streams that follow a session.");
        Frames = _meter.CreateCounter<long>("summit.live.frames", "{frame}", "Frames taken by followers, pulses included.");
        Turns = _meter.CreateCounter<long>("summit.live.turns", "{turn}", "Times a room took in new events.");
    }

    public Counter<long> Frames { get; }

    public Counter<long> Turns { get; }

    public void Dispose() => _meter.Dispose();
}
