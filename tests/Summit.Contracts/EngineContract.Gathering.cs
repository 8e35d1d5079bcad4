using Summit.Engine;

namespace Summit.Contracts;

/// <summary>What is at the moment: told by some, put together, heard by all, and never an event.</summary>
public abstract partial class EngineContract
{
    [Fact]
    public async Task What_several_tell_of_the_moment_is_put_together_and_stored_nowhere()
    {
        var gatherings = (IGatherings)Engine;
        var (one, other, both) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var at = new Busy("connection", "Petra", Guid.NewGuid());
        await gatherings.TellAsync(_tally, new Share(one, new Here([both], ["Tirana"], [at]), [2]), Cancel);
        await gatherings.TellAsync(_tally, new Share(other, new Here([both, Guid.NewGuid()], ["София"], []), [3]), Cancel);
        var together = await gatherings.TellAsync(_tally, new Share(one, null, [0]), Cancel);

        Assert.Equal((2, 2), (together!.Online, together.Cities));
        Assert.Equal([at], together.Busy);
        Assert.Equal([3], together.Counts);
        Assert.Empty(await Journal.ReadAsync(_tally, 0, 10, Cancel));
    }

    [Fact]
    public async Task Who_has_told_nothing_yet_is_asked_to_tell_all()
    {
        var gatherings = (IGatherings)Engine;
        Assert.Null(await gatherings.TellAsync(_tally, new Share(Guid.NewGuid(), null, []), Cancel));
    }
}
