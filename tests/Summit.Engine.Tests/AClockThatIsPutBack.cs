using Summit.Contracts;

namespace Summit.Engine.Tests;

/// <summary>A report tells an hour by its times: a clock that is set right must not turn it around.</summary>
public sealed class AClockThatIsPutBack : EngineTest
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task By_some_seconds_dates_nothing_before_what_came_earlier()
    {
        var started = _time.GetUtcNow();
        var engine = Start(_time);
        await Send(engine, new Add(1));
        _time.Advance(TimeSpan.FromSeconds(-3));
        await Send(engine, new Add(2));
        await Send(engine, new Add(3));
        _time.Advance(TimeSpan.FromSeconds(4));
        await Send(engine, new Add(4));
        Assert.Equal([0, 0, 0, 1_000], (await Stored()).Select(record => (record.At - started).TotalMilliseconds));
    }

    [Fact]
    public async Task Holds_for_another_server_whose_clock_is_behind()
    {
        var started = _time.GetUtcNow();
        await Send(Start(_time), new Add(1));
        var behind = new ManualTime();
        behind.Advance(TimeSpan.FromSeconds(-3));
        await Send(Start(behind), new Add(2));
        Assert.Equal([0, 0], (await Stored()).Select(record => (record.At - started).TotalMilliseconds));
    }

    [Fact]
    public async Task By_hours_is_believed()
    {
        var started = _time.GetUtcNow();
        var engine = Start(_time);
        await Send(engine, new Add(1));
        _time.Advance(TimeSpan.FromHours(-3));
        await Send(engine, new Add(2));
        Assert.Equal([0, -3], (await Stored()).Select(record => (record.At - started).TotalHours));
    }
}
