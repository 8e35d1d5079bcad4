using Summit.Contracts;
using Summit.Testing;

namespace Summit.Engine.Orleans.Tests;

/// <summary>All servers are well: what one sends, all see.</summary>
public sealed class AcrossServers : SeveralServers
{
    protected override short Count => 3;

    [Fact]
    public async Task Commands_from_every_server_are_decided_by_one_cell()
    {
        var replies = new List<Reply>();
        foreach (var server in Cluster.All)
        {
            replies.Add(await Send(server, Add()));
        }

        Assert.Equal([Reply.At(1), Reply.At(2), Reply.At(3)], replies);
    }

    [Fact]
    public async Task Followers_on_every_server_see_the_same_in_the_same_order()
    {
        await Send(Cluster.All[0], Add());
        var followers = Cluster.All.Select(server => Follow(server)).ToList();
        var sent = await Task.WhenAll(Enumerable.Range(0, 600).Select(async i =>
        {
            var command = Add(i);
            return (command.Id, await Send(Cluster.All[i % 3], command));
        }));
        foreach (var follower in followers)
        {
            Assert.Equal(Enumerable.Range(1, 601).Select(n => (long)n), (await follower.SawAsync(601)).Numbers);
        }

        Assert.Equal(followers[0].Seen, followers[1].Seen);
        Assert.Equal(followers[0].Seen, followers[2].Seen);
        await AssertEachCountedOnce(sent);
    }

    [Fact]
    public async Task A_refusal_crosses_as_it_is()
    {
        await Send(Cluster.All[0], Add());
        Assert.Equal(Reply.Refused(TallyFaults.TooLittle), await Send(Cluster.NotHomeOf(Id), Add(-5)));
    }

    [Fact]
    public async Task A_command_crosses_with_all_that_it_says_and_who_sends_it()
    {
        await Send(Cluster.All[0], Add());
        var command = Add(77);
        await Send(Cluster.NotHomeOf(Id), command);
        var seen = (await Follow(Cluster.NotHomeOf(Id)).SawAsync(2)).Seen[1];
        Assert.Equal((new Added(77), command.Actor.Id, command.Id), (seen.Event, seen.Context.By, seen.Context.Command));
    }

    [Fact]
    public async Task Commands_sent_from_afar_without_waiting_are_decided_in_that_order()
    {
        await Send(Cluster.All[0], Add());
        var engine = Servers.EngineOf(Cluster.NotHomeOf(Id));
        var replies = await Task.WhenAll(Enumerable.Range(2, 300).Select(n => engine.SendAsync(Id, Add(n), Cancel))).Soon("the answers");
        Assert.Equal(Enumerable.Range(2, 300).Select(n => Reply.At(n)), replies);
    }

    [Fact]
    public async Task A_bug_in_the_rules_is_told_to_the_caller_on_another_server()
    {
        await Send(Cluster.All[0], Add());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Send(Cluster.NotHomeOf(Id), Add() with { Command = new Break(true) }));
    }

    [Fact]
    public async Task A_cell_that_moves_is_followed_to_where_it_lives_then()
    {
        await Send(Cluster.All[0], Add());
        var followers = Cluster.All.Select(server => Follow(server)).ToList();
        await Task.WhenAll(followers.Select(follower => follower.SawAsync(1)));
        var target = Cluster.NotHomeOf(Id);
        await Cluster.MoveAsync(Id, target).Soon("the move");
        Assert.Equal(Reply.At(2), await Send(Cluster.All[0], Add()));
        Assert.Equal(target, Cluster.HomeOf(Id));
        Assert.Equal(Reply.At(3), await Send(Cluster.All[1], Add()));
        foreach (var follower in followers)
        {
            Assert.Equal([1, 2, 3], (await follower.SawAsync(3)).Numbers);
        }
    }

    /// <summary>Ids outlive a move, a stop and a loss: the new activation reads them with the events.</summary>
    [Fact]
    public async Task The_same_id_again_after_a_move_gets_the_same_answer()
    {
        var command = Add();
        await Send(Cluster.All[0], command);
        await Send(Cluster.All[0], Add());
        await Cluster.MoveAsync(Id, Cluster.NotHomeOf(Id)).Soon("the move");
        Assert.Equal(Reply.At(1), await Send(Cluster.All[2], command));
    }

    [Fact]
    public async Task What_each_tells_of_the_moment_all_hear()
    {
        var at = Cluster.All.Select(server => (IGatherings)Servers.EngineOf(server)).ToList();
        var somebodyEverywhere = Guid.NewGuid();
        var tellers = at.Select(_ => Guid.NewGuid()).ToList();
        for (var i = 0; i < at.Count; i++)
        {
            await at[i].TellAsync(Id, new Share(tellers[i], new Here([somebodyEverywhere, Guid.NewGuid()], [$"City {i}"], []), [1]), Cancel).Soon("an answer");
        }

        for (var i = 0; i < at.Count; i++)
        {
            var together = await at[i].TellAsync(Id, new Share(tellers[i], null, []), Cancel).Soon("an answer");
            Assert.Equal((4, 3), (together!.Online, together.Cities));
        }
    }

    /// <summary>Nothing of it is stored: where the cell lives next, all is told anew.</summary>
    [Fact]
    public async Task What_was_told_of_the_moment_is_asked_for_again_after_a_move()
    {
        var there = (IGatherings)Servers.EngineOf(Cluster.All[0]);
        var share = new Share(Guid.NewGuid(), new Here([Guid.NewGuid()], [], []), []);
        Assert.NotNull(await there.TellAsync(Id, share, Cancel).Soon("an answer"));
        await Cluster.MoveAsync(Id, Cluster.NotHomeOf(Id)).Soon("the move");

        Assert.Null(await there.TellAsync(Id, share with { Here = null }, Cancel).Soon("an answer"));
        Together? together = null;
        await Wait.UntilAsync("all have told again", async () => (together = await there.TellAsync(Id, share, Cancel)) is not null);
        Assert.Equal(1, together!.Online);
    }
}
