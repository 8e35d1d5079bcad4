using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;

namespace Summit.Engine.Tests;

/// <summary>All of a stream for those who only look: a snapshot saves them nothing, they want to know how it came about.</summary>
public sealed class ReadingAStream : EngineTest
{
    [Fact]
    public async Task Gives_every_event_in_order_however_many_there_are()
    {
        var engine = Start();
        await Send(engine, AddMany(2_000));
        await Send(engine, new Add(7));
        var replay = new Replay(Journal, Tally.Kinds, NullLogger<Replay>.Instance);

        var events = await replay.ReadAsync(Id, Cancel);

        Assert.Equal(Enumerable.Range(1, 2_001).Select(number => (long)number), events.Select(recorded => recorded.Context.Seq));
        Assert.Equal(new Added(7), events[^1].Event);
    }

    [Fact]
    public async Task Gives_none_of_one_that_is_not_there() =>
        Assert.Empty(await new Replay(Journal, Tally.Kinds, NullLogger<Replay>.Instance).ReadAsync(Id, Cancel));
}
