using Summit.Contracts;
using Summit.Domain;

namespace Summit.Engine.Tests;

/// <summary>One writer for all cells of a process.</summary>
public sealed class SharingCommits : EngineTest
{
    [Fact]
    public async Task Commands_of_many_aggregates_share_one_commit()
    {
        var engine = Start();
        var ids = Enumerable.Range(0, 50).Select(_ => new AggregateId(Tally.Kind, Guid.CreateVersion7())).ToList();
        // A refusal is answered when the cell has loaded: from then on it decides at once.
        await Task.WhenAll(ids.Select(id => engine.SendAsync(id, Envelope(new Add(-1)), Cancel))).Soon("the refusals");
        Journal.Hold();
        var first = Send(engine, new Add(1));
        await Journal.ArrivedAsync(1).Soon("the first commit");
        var sent = ids.Select(id => engine.SendAsync(id, Envelope(new Add(1)), Cancel)).ToList();
        await Waits.Until(() => engine.Staged == 51, "all cells to have staged");
        Journal.Release();
        await first;
        Assert.All(await Task.WhenAll(sent).Soon("the answers"), reply => Assert.Equal(Reply.At(1), reply));
        Assert.Equal([1, 50], Journal.Commits);
    }

    [Fact]
    public async Task Commands_of_one_aggregate_that_wait_for_a_commit_share_the_next_one()
    {
        var engine = Start();
        Journal.Hold();
        var first = engine.SendAsync(Id, Envelope(new Add(1)), Cancel);
        await Journal.ArrivedAsync(1).Soon("the first commit");
        var others = Enumerable.Range(0, 100).Select(_ => engine.SendAsync(Id, Envelope(new Add(1)), Cancel)).ToList();
        await Waits.Until(() => engine.Staged == 101, "the cell to have staged");
        Journal.Release();
        await Task.WhenAll([first, .. others]).Soon("the answers");
        Assert.Equal([1, 100], Journal.Commits);
    }

    [Fact]
    public async Task A_single_command_waits_for_no_company()
    {
        var engine = Start(new ManualTime());
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(Reply.At(i), await Send(engine, new Add(1)));
        }

        Assert.Equal([1, 1, 1, 1, 1], Journal.Commits);
    }

    [Fact]
    public async Task What_fails_for_one_aggregate_is_kept_for_the_others()
    {
        var engine = Start();
        var rival = Start();
        var other = new AggregateId(Tally.Kind, Guid.CreateVersion7());
        await Send(engine, new Add(1));
        await engine.SendAsync(other, Envelope(new Add(1)), Cancel).Soon("an answer");
        await Send(rival, new Add(2));
        var both = await Task.WhenAll(
            Send(engine, new Add(3)), engine.SendAsync(other, Envelope(new Add(2)), Cancel).Soon("the other's answer"));
        Assert.Equal([Reply.At(3), Reply.At(2)], both);
    }
}
