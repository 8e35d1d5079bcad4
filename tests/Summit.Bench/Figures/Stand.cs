using System.Diagnostics;
using System.Threading.Channels;
using Summit.Bench.Wire;

namespace Summit.Bench.Figures;

/// <summary>Summit and the plain hub side by side, with the same number of people at each.</summary>
public sealed class Stand : IAsyncDisposable
{
    /// <summary>The bars speak of a thousand followers.</summary>
    public const int People = 1_000;

    private Stand(Venue venue, PlainServer plain, IReadOnlyList<Pass> passes) => (Venue, Plain, Passes) = (venue, plain, passes);

    public Venue Venue { get; }

    public PlainServer Plain { get; }

    public IReadOnlyList<Pass> Passes { get; }

    public static async Task<Stand> OpenAsync(CancellationToken cancellationToken)
    {
        var venue = await Venue.OpenAsync("Figures", new { perMinute = 10_000, maxOpen = 10_000 }, cancellationToken);
        return new Stand(venue, await PlainServer.StartAsync(), await JoinAsync(venue, People, cancellationToken));
    }

    public static async Task<IReadOnlyList<Pass>> JoinAsync(Venue venue, int count, CancellationToken cancellationToken)
    {
        var passes = new Pass[count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (i, cancel) => passes[i] = await venue.Api.JoinAsync(venue.Code, $"Person {i}", "Tirana", cancel));
        return passes;
    }

    /// <summary>A follower for each person, who builds the picture and has it.</summary>
    public async Task<Crowd> FollowSummitAsync(CancellationToken cancellationToken)
    {
        var crowd = await Crowd.GatherAsync(
            Passes.Count, (all, i) => all.Open(Venue.Server.Address, Dialect.Follow(Venue.Session, 0), Passes[i], new Sight()), cancellationToken);
        await crowd.WhenAllSeeAsync();
        return crowd;
    }

    public Task<Crowd> FollowPlainAsync(CancellationToken cancellationToken) => FollowAsync(Plain, cancellationToken);

    public static Task<Crowd> FollowAsync(PlainServer plain, CancellationToken cancellationToken) =>
        Crowd.GatherAsync(People, (crowd, _) => crowd.Open(plain.Address, plain.Dialect), cancellationToken);

    /// <summary>A moderator's command over HTTP.</summary>
    public async Task<Guid> AskAsync(string text, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        await Venue.Api.CallAsync(HttpMethod.Post, $"/api/sessions/{Venue.Session}/commands", Venue.Moderator, new { type = "ask", id, text }, cancellationToken);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        await Venue.DisposeAsync();
    }
}

/// <summary>Some connections that take turns.</summary>
public sealed class Callers : IDisposable
{
    private readonly Channel<Caller> _free = Channel.CreateUnbounded<Caller>();
    private readonly List<Caller> _all = [];

    public static async Task<Callers> OpenAsync(Uri server, int count, CancellationToken cancellationToken)
    {
        var callers = new Callers();
        for (var i = 0; i < count; i++)
        {
            callers._all.Add(await Caller.OpenAsync(server, cancellationToken));
            callers._free.Writer.TryWrite(callers._all[i]);
        }

        return callers;
    }

    /// <summary>Posts on the next free connection. Its time counts from the call, waiting for a connection included.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<Sent> PostAsync(byte[] request, CancellationToken cancellationToken)
    {
        var at = Stopwatch.GetTimestamp();
        var caller = await _free.Reader.ReadAsync(cancellationToken);
        try
        {
            var (status, seq) = await caller.PostAsync(request, cancellationToken);
            return status == 200 ? new Sent(seq, at) : throw new InvalidOperationException($"A request was refused with {status}.");
        }
        finally
        {
            // A broken one as well: whoever gets it fails in their turn, and nobody waits for ever.
            _free.Writer.TryWrite(caller);
        }
    }

    public void Dispose() => _all.ForEach(caller => caller.Dispose());
}

/// <summary>Does things at a steady rate, whether or not the earlier ones are done: as people do.</summary>
public static class Pacer
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    public static async Task<IReadOnlyList<Sent>> RunAsync(int rate, TimeSpan length, Func<int, Task<Sent>> send, CancellationToken cancellationToken)
    {
        var under = new List<Task<Sent>>();
        var all = (int)(rate * length.TotalSeconds);
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Tick);
        while (under.Count < all)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            for (var due = Math.Min(all, (int)(rate * watch.Elapsed.TotalSeconds)); under.Count < due;)
            {
                under.Add(send(under.Count));
            }
        }

        return await Task.WhenAll(under);
    }
}
