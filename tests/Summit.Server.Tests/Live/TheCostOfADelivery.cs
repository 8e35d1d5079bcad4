using Summit.Domain.Sessions;
using Summit.Testing;

namespace Summit.Server.Tests.Live;

[CollectionDefinition(nameof(TheCostOfADelivery), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What a frame costs, in bytes, which unlike time does not depend on the machine's mood. Runs alone.</summary>
[Collection(nameof(TheCostOfADelivery))]
public sealed class TheCostOfADelivery : IDisposable
{
    private const int Followers = 500;
    private const int Changes = 10;

    private readonly CancellationTokenSource _end = new();
    private int _frames;

    /// <summary>The change itself is in it, its command and its one rendering: shared by 500, they come to a few bytes each.</summary>
    [Fact]
    public async Task To_one_of_500_followers_stays_under_60_bytes()
    {
        await using var hall = await Hall.OpenAsync();
        var following = Enumerable.Range(0, Followers).Select(_ => Task.Run(() => FollowAsync(hall), CancellationToken.None)).ToList();
        await ComeAsync(Followers);
        await ChangeAsync(hall);

        var (allocated, frames) = (GC.GetTotalAllocatedBytes(precise: true), Volatile.Read(ref _frames));
        await ChangeAsync(hall);
        var each = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)(Volatile.Read(ref _frames) - frames);
        await _end.CancelAsync();
        await Task.WhenAll(following);
        Assert.InRange(each, 1, 60);
    }

    public void Dispose() => _end.Dispose();

    private async Task ChangeAsync(Hall hall)
    {
        for (var i = 0; i < Changes; i++)
        {
            var frames = Volatile.Read(ref _frames);
            await hall.DoAsync(hall.Moderator, new PostComment("Another change"));
            await ComeAsync(frames + Followers);
        }
    }

    private Task ComeAsync(int frames) => Wait.UntilAsync($"{frames} frames have come", () => Volatile.Read(ref _frames) >= frames);

    private async Task FollowAsync(Hall hall)
    {
        try
        {
            await foreach (var frame in hall.Room.FollowAsync(hall.Person(), "one", 0, _end.Token))
            {
                // Pulses come at their own time, and cost the same.
                Interlocked.Increment(ref _frames);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The test is over.
        }
    }
}
