using System.Globalization;
using System.Runtime.Versioning;
using Summit.Bench;
using Summit.Bench.Figures;
using Summit.Bench.Wire;
using Summit.Server.Tests.Live;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests;

/// <summary>What a server's process spends, counted where the machine's mood does not come in: bytes it allocates, calls to the kernel. Runs alone.</summary>
[Collection(nameof(TheCostOfADelivery))]
[UnsupportedOSPlatform("windows")]
public sealed class TheCostOnARealServer : IAsyncLifetime
{
    /// <summary>So many that what a server does by the second, on a slow machine for longer, is little beside what it does for them.</summary>
    private const int Followers = 600;
    private const int Changes = 20;

    /// <summary>Of so many rounds the cheapest counts: in the others the compiler or a timer was at work.</summary>
    private const int Rounds = 5;

    private Venue _venue = null!;
    private Callers _callers = null!;
    private IReadOnlyList<Pass> _people = [];

    public async ValueTask InitializeAsync()
    {
        _venue = await Venue.OpenAsync("Costs", new { perMinute = 10_000, maxOpen = 10_000 }, Cancelled);
        _callers = await Callers.OpenAsync(_venue.Server.Address, 8, Cancelled);
        _people = await Stand.JoinAsync(_venue, Followers, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        _callers.Dispose();
        await _venue.DisposeAsync();
    }

    /// <summary>From the room to the socket. The change itself is in it, a six hundredth of its command, its commit and its rendering.</summary>
    [Fact]
    public async Task A_delivery_allocates_under_270_bytes()
    {
        using var crowd = await GatherAsync();
        await ChangeAsync(crowd);
        var least = double.PositiveInfinity;
        for (var round = 0; round < Rounds; round++)
        {
            var before = await AllocatedAsync();
            await ChangeAsync(crowd);
            least = Math.Min(least, (await AllocatedAsync() - before) / (Followers * Changes));
        }

        Assert.InRange(least, 1, 270);
    }

    /// <summary>Alone in its commit, on a server that has just started: with its commit, its turn of the room and code that is not optimized yet.</summary>
    [Fact]
    public async Task A_command_over_HTTP_allocates_under_22_000_bytes()
    {
        const int Commands = Followers;
        var item = Guid.CreateVersion7();
        await _callers.PostAsync(Caller.Command(_venue.Session, _venue.Moderator, new { type = "ask", id = item, text = "What does it cost?" }), Cancelled);
        var supports = new Supports(_venue.Session, item, _people);
        await SupportAsync();
        var least = double.PositiveInfinity;
        for (var round = 0; round < Rounds; round++)
        {
            var before = await AllocatedAsync();
            await SupportAsync();
            least = Math.Min(least, (await AllocatedAsync() - before) / Commands);
        }

        Assert.InRange(least, 1_000, 22_000);

        async Task SupportAsync()
        {
            for (var i = 0; i < Commands; i++)
            {
                await _callers.PostAsync(supports.Next().ToArray(), Cancelled);
            }
        }
    }

    [Fact]
    public async Task A_delivery_is_one_packet_and_nothing_is_read_for_it()
    {
        using var crowd = await GatherAsync();
        await ChangeAsync(crowd);
        Strace? attached = null;
        try
        {
            attached = await Strace.AttachAsync(_venue.Server.Id);
        }
        catch (InvalidOperationException e)
        {
            Assert.Skip($"System calls are not counted: {e.Message}.");
        }

        using var strace = attached!;
        crowd.Forget();
        await ChangeAsync(crowd);
        var calls = await strace.StopAsync();
        var frames = (double)crowd.Frames;
        Assert.Equal(Followers * Changes, frames);
        var all = string.Join(", ", calls.OrderByDescending(call => call.Value).Select(call => $"{call.Key} {call.Value}"));
        // Waiting for locks and work is left out: how often that calls the kernel depends on who else is at work.
        Assert.True(Count("write", "writev", "sendto", "sendmsg") / frames is >= 1 and < 1.1, $"Packets for {frames} frames: {all}");
        Assert.True(Count("read", "readv", "recvfrom", "recvmsg", "epoll_wait", "epoll_pwait", "epoll_ctl") / frames < 0.2, $"Reads for {frames} frames: {all}");

        double Count(params string[] names) => names.Sum(name => calls.GetValueOrDefault(name));
    }

    private async Task<Crowd> GatherAsync()
    {
        var crowd = await Crowd.GatherAsync(
            Followers, (crowd, i) => crowd.Open(_venue.Server.Address, Dialect.Follow(_venue.Session, 0), _people[i]), Cancelled);
        await crowd.WhenAllSeeAsync();
        return crowd;
    }

    /// <summary>One after the other, so that none is merged into another.</summary>
    private async Task ChangeAsync(Crowd crowd)
    {
        for (var i = 0; i < Changes; i++)
        {
            var sent = await _callers.PostAsync(
                Caller.Command(_venue.Session, _venue.Moderator, new { type = "comment", id = Guid.CreateVersion7(), text = "Another change" }), Cancelled);
            await crowd.ReachAsync(sent.Seq);
        }
    }

    private async Task<double> AllocatedAsync()
    {
        const string Name = "dotnet_gc_heap_total_allocated";
        var metrics = await _venue.Server.MetricsAsync(Cancelled);
        var line = metrics.Split('\n').Single(line => line.StartsWith(Name, StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }
}
