using Summit.Contracts;

namespace Summit.Engine.Tests;

/// <summary>Snapshots make a start cheap and are never a truth of their own.</summary>
public sealed class Snapshots : EngineTest
{
    [Fact]
    public async Task One_is_saved_after_5_000_events_while_the_cell_goes_on()
    {
        var engine = Start();
        var saved = Journal.NextSnapshotAsync(Id);
        await Send(engine, AddMany(4_999));
        Assert.False(saved.IsCompleted);
        Assert.Equal(Reply.At(5_000), await Send(engine, new Add(1)));
        Assert.Equal(5_000, (await saved.Soon("the snapshot")).Version);
    }

    [Fact]
    public async Task No_command_waits_while_one_is_made()
    {
        var engine = Start();
        await Send(engine, new Add(1));
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Journal.BeforeRead = (_, _) =>
        {
            reading.TrySetResult();
            return go.Task;
        };
        var saved = Journal.NextSnapshotAsync(Id);
        await Send(engine, AddMany(5_000));
        await reading.Task.Soon("the snapshot to be folded");
        Assert.Equal(Reply.At(5_002), await Send(engine, new Add(1)));
        Assert.False(saved.IsCompleted);
        go.SetResult();
        await saved.Soon("the snapshot");
    }

    [Fact]
    public async Task A_start_reads_only_what_came_after_it_and_knows_the_commands_before_it()
    {
        var engine = Start();
        var early = Envelope(new Add(7));
        await Send(engine, early);
        var saved = Journal.NextSnapshotAsync(Id);
        await Send(engine, AddMany(5_000));
        await saved.Soon("the snapshot");
        var late = Envelope(new Add(2));
        await Send(engine, late);
        await engine.DisposeAsync();
        var first = long.MaxValue;
        Journal.BeforeRead = (_, after) =>
        {
            first = Math.Min(first, after);
            return Task.CompletedTask;
        };
        var again = Start();
        Assert.Equal(Reply.At(1), await Send(again, early));
        Assert.Equal(Reply.At(5_002), await Send(again, late));
        Assert.Equal(5_001, first);
        Assert.Equal(Reply.Refused(TallyFaults.TooLittle), await Send(again, new Add(-5_010)));
        Assert.Equal(Reply.At(5_003), await Send(again, new Add(-5_009)));
    }

    [Theory]
    [InlineData("tally.1.1", "this is not what a cell saves")]
    [InlineData("tally.1.1", "")]
    [InlineData("tally.99.1", "of a newer version")]
    public async Task One_that_cannot_be_read_is_passed_over(string format, string data)
    {
        var engine = Start();
        var add = Envelope(new Add(1));
        await Send(engine, add);
        await engine.DisposeAsync();
        await Journal.SaveSnapshotAsync(Id, new Snapshot(1, format, System.Text.Encoding.UTF8.GetBytes(data)), Cancel);
        var again = Start();
        Assert.Equal(Reply.At(1), await Send(again, add));
        Assert.Equal(Reply.At(2), await Send(again, new Add(1)));
    }

    [Fact]
    public async Task One_is_saved_at_a_stop_if_that_spares_500_events()
    {
        var engine = Start();
        await Send(engine, AddMany(500));
        var saved = Journal.NextSnapshotAsync(Id);
        await engine.DisposeAsync();
        Assert.Equal(500, (await saved.Soon("the snapshot")).Version);
    }

    [Fact]
    public async Task None_is_saved_at_a_stop_for_less()
    {
        var engine = Start();
        await Send(engine, AddMany(499));
        await engine.DisposeAsync();
        Assert.Null(await Journal.LoadSnapshotAsync(Id, Cancel));
    }

    [Fact]
    public async Task A_snapshot_with_the_events_after_it_comes_to_the_same_as_all_events()
    {
        var engine = Start();
        var saved = Journal.NextSnapshotAsync(Id);
        for (var i = 0; i < 60; i++)
        {
            await Send(engine, AddMany(100));
            await Send(engine, new BringTo(42));
        }

        await saved.Soon("the snapshot");
        var kind = Tally.Kinds.Of(Id);
        var log = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        var codec = new Codec(Tally.Kinds);
        var warm = await CellState.LoadAsync(Id, kind, Journal, codec, log, Cancel);
        Assert.InRange(warm.SnapshotVersion, 5_000, 6_060);
        var replayed = new MemoryJournal();
        await replayed.AppendAsync([new Append(Id, 0, await Stored())], Cancel);
        var cold = await CellState.LoadAsync(Id, kind, replayed, codec, log, Cancel);
        Assert.Equal(0, cold.SnapshotVersion);
        Assert.Equal(cold.Save().Data.ToArray(), warm.Save().Data.ToArray());
    }
}
