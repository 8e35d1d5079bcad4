using Orleans.TestingHost;
using Summit.Contracts;

namespace Summit.Engine.Orleans.Tests;

/// <summary>Servers that die, stop and come back while people send and follow.</summary>
public sealed class LosingAServer : SeveralServers
{
    protected override short Count => 3;

    [Fact]
    public async Task A_follower_misses_nothing_when_the_server_of_the_cell_is_killed()
    {
        await Send(Cluster.All[0], Add());
        var (home, other) = (Cluster.HomeOf(Id), Cluster.NotHomeOf(Id));
        var follower = await Follow(other).SawAsync(1);
        await Cluster.KillAsync(home).Soon("the kill");
        Assert.Equal(Reply.At(2), await SendUntilTaken(other, Add()));
        Assert.Equal([1, 2], (await follower.SawAsync(2)).Numbers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Under_load_nothing_acknowledged_is_lost_or_counted_twice(bool killed)
    {
        await Send(Cluster.All[0], Add());
        var home = Cluster.HomeOf(Id);
        var others = Cluster.All.Where(server => server != home).ToList();
        var followers = others.Select(server => Follow(server)).ToList();
        using var enough = new CancellationTokenSource();
        var before = new Milestone(200);
        var callers = Enumerable.Range(0, 16).Select(i => Task.Run(() => KeepSending(others[i % 2], before, enough.Token))).ToList();
        await before.Reached.Soon("200 answers before the loss");
        await (killed ? Cluster.KillAsync(home) : Cluster.StopAsync(home)).Soon("the loss");
        await Cluster.AddAsync().Soon("a new server");
        var after = before.Next(200);
        await after.Soon("200 answers after the loss");
        await enough.CancelAsync();
        var answered = (await Task.WhenAll(callers).Soon("the callers")).SelectMany(answers => answers).ToList();
        await AssertEachCountedOnce(answered);
        var stored = (await StoredAsync()).Count;
        foreach (var follower in followers)
        {
            Assert.Equal(Enumerable.Range(1, stored).Select(n => (long)n), (await follower.SawAsync(stored)).Numbers);
        }
    }

    [Fact]
    public async Task A_server_that_stops_hands_its_cells_over_without_a_refusal()
    {
        await Send(Cluster.All[0], Add());
        var home = Cluster.HomeOf(Id);
        var other = Cluster.NotHomeOf(Id);
        using var enough = new CancellationTokenSource();
        var before = new Milestone(50);
        var sending = Task.Run(async () =>
        {
            var replies = new List<Reply>();
            while (!enough.IsCancellationRequested)
            {
                replies.Add(await Send(other, Add()));
                before.Add();
            }

            return replies;
        });
        await before.Reached.Soon("50 answers before the stop");
        await Cluster.StopAsync(home).Soon("the stop");
        await before.Next(50).Soon("50 answers after the stop");
        await enough.CancelAsync();
        Assert.All(await sending, reply => Assert.Null(reply.Fault));
    }

    /// <summary>A client: sends one after another, repeats what was refused as Busy with the same id.</summary>
    private async Task<List<(Guid, Reply)>> KeepSending(InProcessSiloHandle server, Milestone milestone, CancellationToken enough)
    {
        var answered = new List<(Guid, Reply)>();
        while (!enough.IsCancellationRequested)
        {
            var command = Add();
            answered.Add((command.Id, await SendUntilTaken(server, command)));
            milestone.Add();
        }

        return answered;
    }

    private async Task<Reply> SendUntilTaken(InProcessSiloHandle server, CommandEnvelope command)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var reply = await Send(server, command);
            if (reply.Fault is null)
            {
                return reply;
            }

            Assert.Equal(Domain.FaultKind.Busy, reply.Fault.Kind);
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30), "The cell was not back within 30 s.");
        }
    }

    /// <summary>Completes once something has happened often enough.</summary>
    private sealed class Milestone
    {
        private readonly Lock _gate = new();
        private int _count;
        private int _goal;
        private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Milestone(int goal) => _goal = goal;

        public Task Reached => _reached.Task;

        public void Add()
        {
            lock (_gate)
            {
                if (++_count == _goal)
                {
                    _reached.SetResult();
                }
            }
        }

        /// <summary>Completes after that many more.</summary>
        public Task Next(int more)
        {
            lock (_gate)
            {
                _goal = _count + more;
                _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return _reached.Task;
            }
        }
    }
}
