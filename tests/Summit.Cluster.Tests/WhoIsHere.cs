using System.Diagnostics;
using System.Text.Json;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>People, cities and applause are those of the hall, not of a server.</summary>
public sealed class WhoIsHere : ClusterTest
{
    [Fact]
    public async Task Is_counted_over_all_servers_and_without_those_of_one_that_is_gone()
    {
        await using var venue = await OpenVenueAsync("Here", new { });
        var (ana, boris) = (await venue.Api.JoinAsync(venue.Code, "Ana", "Tirana", Cancel), await venue.Api.JoinAsync(venue.Code, "Boris", "Sofia", Cancel));
        var vesna = await venue.Api.JoinAsync(venue.Code, "Vesna", "tirana", Cancel);
        await using var first = await Watcher.ComeAsync(Cluster.Servers[0], ana, venue.Session);
        await using var second = await Watcher.ComeAsync(Cluster.Servers[1], boris, venue.Session);
        await using var third = await Watcher.ComeAsync(Cluster.Servers[2], vesna, venue.Session);
        // On a second device, which comes to another server.
        await using var fourth = await Watcher.ComeAsync(Cluster.Servers[2], ana, venue.Session);

        foreach (var watcher in new[] { first, second, third })
        {
            await Wait.UntilAsync("each shows all", () => watcher.Pulse is (3, 2));
        }

        await second.Connection.InvokeAsync("React", [venue.Session, "applause"], Cancel);
        foreach (var watcher in new[] { first, second, third })
        {
            await Wait.UntilAsync("each has heard the applause", () => watcher.Applause == 1);
        }

        await Cluster.Servers[1].KillAsync();
        var clock = Stopwatch.StartNew();
        await Wait.UntilAsync("the others count without it", () => first.Pulse is (2, 1) && third.Pulse is (2, 1));
        Say($"Followers of a killed server left the numbers {clock.Elapsed.TotalSeconds:0.0} s later");
    }

    private sealed class Watcher : IAsyncDisposable
    {
        private readonly Lock _gate = new();
        private (int Online, int Cities) _pulse;
        private int _applause;
        private Task _reading = Task.CompletedTask;

        private Watcher(LiveConnection connection) => Connection = connection;

        public LiveConnection Connection { get; }

        public (int Online, int Cities) Pulse
        {
            get
            {
                lock (_gate)
                {
                    return _pulse;
                }
            }
        }

        /// <summary>All that was ever shown.</summary>
        public int Applause => Volatile.Read(ref _applause);

        public static async Task<Watcher> ComeAsync(ServerProcess server, Pass pass, Guid session)
        {
            var watcher = new Watcher(await LiveConnection.OpenAsync(server.Address, pass.Token, Cancel));
            var frames = await watcher.Connection.StreamAsync("Follow", [session, 0], Cancel);
            watcher._reading = Task.Run(async () =>
            {
                try
                {
                    await foreach (var frame in frames.ReadAllAsync(Cancel))
                    {
                        watcher.Take(frame);
                    }
                }
                catch (LineLostException)
                {
                    // Its server was killed, or the test is over.
                }
            });
            return watcher;
        }

        public async ValueTask DisposeAsync()
        {
            await Connection.DisposeAsync();
            await _reading;
        }

        private void Take(JsonElement frame)
        {
            if (frame.TryGetProperty("pulse", out var pulse))
            {
                lock (_gate)
                {
                    _pulse = (pulse.GetProperty("online").GetInt32(), pulse.GetProperty("cities").GetInt32());
                    _applause += pulse.GetProperty("applause").GetInt32();
                }
            }
        }
    }
}
