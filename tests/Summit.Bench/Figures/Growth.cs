using Summit.Bench.Wire;

namespace Summit.Bench.Figures;

/// <summary>How the cost of one change grows with followers, with items and with sessions: each time one of the three grows and the others stand still.</summary>
/// <remarks>CPU is what the server takes for the changes alone: what it takes at rest with the same followers is measured before and taken off.</remarks>
/// <param name="most">Points with more followers, items or sessions than this are left out.</param>
public sealed class Growth(int most, Action<string> say)
{
    private const int Rounds = 3;

    /// <summary>Deliveries a second, of which two cores manage some more beside the load generator; so much the better is a change told from the rest.</summary>
    private const int Deliveries = 40_000;

    /// <summary>Above this a room begins to gather changes.</summary>
    private const int MostChanges = 20;

    /// <summary>File handles a process needs besides those of its followers.</summary>
    private const int OtherFiles = 1_000;

    private static readonly object Policies = new { perMinute = 10_000, maxOpen = 10_000 };
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    private readonly List<Reading> _readings = [];

    public async Task<(IReadOnlyList<Figure> Figures, IReadOnlyList<Curve> Curves)> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var followers in Up([100, 1_000, 5_000, 10_000]))
        {
            await MeasureAsync("followers", followers, sessions: 1, items: 10, followers, cancellationToken);
        }

        foreach (var items in Up([10, 100, 1_000, 10_000]))
        {
            await MeasureAsync("items", items, sessions: 1, items, followers: 100, cancellationToken);
        }

        foreach (var sessions in Up([1, 10, 100]))
        {
            await MeasureAsync("sessions", sessions, sessions, items: 10, followers: 100, cancellationToken);
        }

        // One point has no slope.
        var curves = _readings.GroupBy(reading => reading.By).Where(points => points.Count() > 1).SelectMany(CurvesOf).ToList();
        return ([.. curves.Select(FigureOf)], curves);
    }

    private IEnumerable<int> Up(IEnumerable<int> counts) => counts.Where(count => count <= most);

    private static IEnumerable<Curve> CurvesOf(IGrouping<string, Reading> readings) =>
    [
        new Curve(readings.Key, "server CPU a change", "ms", [.. readings.Select(reading => new Point(reading.Count, reading.Cpu))]),
        new Curve(readings.Key, "server memory", "MB", [.. readings.Select(reading => new Point(reading.Count, reading.Memory))]),
        new Curve(readings.Key, "from send to seen, p99", "ms", [.. readings.Select(reading => new Point(reading.Count, reading.P99))]),
    ];

    /// <summary>What a change costs may grow with those it is delivered to, no faster, and with nothing else.</summary>
    private static Figure FigureOf(Curve curve)
    {
        (string, Func<double, double?, bool>)? bar = curve switch
        {
            { What: "server CPU a change", By: "followers" } => ("at most 1.05", (slope, _) => slope <= 1.05),
            { What: "server CPU a change" } => ("at most 0.1", (slope, _) => slope <= 0.1),
            _ => null,
        };
        return Figure.Of("How cost grows", $"with {curve.By} ({curve.Points[0].Count:N0} to {curve.Points[^1].Count:N0}): {curve.What}, exponent", "", [curve.Slope], null, bar);
    }

    /// <param name="followers">In each session.</param>
    private async Task MeasureAsync(string by, int count, int sessions, int items, int followers, CancellationToken cancellationToken)
    {
        var files = (sessions * followers) + OtherFiles;
        if (Machine.FilesAllowed() < files)
        {
            say($"{by} {count:N0}: left out, that takes {files:N0} open files in one process, and {Machine.FilesAllowed():N0} are allowed (ulimit -n)");
            return;
        }

        // In each session and second.
        var changes = Math.Clamp(Deliveries / (sessions * followers), 4, MostChanges);
        await using var venue = await Venue.OpenAsync("Growth", Policies, cancellationToken);
        var passes = await Stand.JoinAsync(venue, Math.Max(Stand.People, sessions * followers), cancellationToken);
        var halls = new List<GrowthHall>();
        for (var i = 0; i < sessions; i++)
        {
            var session = i == 0 ? venue.Session : await venue.AddSessionAsync($"Growth {i}", Policies, cancellationToken);
            // In each session others begin, for nobody may post in all of them within a second.
            var people = passes.Skip(i * items).Concat(passes.Take(i * items)).ToList();
            halls.Add(await GrowthHall.FillAsync(venue, session, people, items, cancellationToken));
        }

        using var crowd = new Crowd();
        for (var i = 0; i < sessions; i++)
        {
            await halls[i].FollowAsync(crowd, [.. passes.Skip(i * followers).Take(followers)], cancellationToken);
        }

        await crowd.WhenAllSeeAsync();
        using var callers = await Callers.OpenAsync(venue.Server.Address, 32, cancellationToken);
        await RoundAsync(venue, crowd, halls, callers, changes, Warming, cancellationToken);
        var (cpu, p99, rest) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            rest.Add(await Machine.RestAsync(venue.Server.Id, Length, cancellationToken));
            var (each, late) = await RoundAsync(venue, crowd, halls, callers, changes, Length, cancellationToken);
            cpu.Add(each);
            p99.Add(late);
        }

        var resting = Figure.Median(rest);
        var reading = new Reading(
            by, count, Figure.Median(cpu) - (resting / changes / sessions), Machine.ResidentOf(venue.Server.Id) / 1_024, Figure.Median(p99));
        _readings.Add(reading);
        say(FormattableString.Invariant($"{by} {count:N0}: {reading.Cpu:N2} ms of CPU a change ({resting:N0} ms/s at rest), {reading.Memory:N0} MB, p99 {reading.P99:N0} ms"));
    }

    private static async Task<(double Cpu, double P99)> RoundAsync(
        Venue venue, Crowd crowd, List<GrowthHall> halls, Callers callers, int changes, TimeSpan length, CancellationToken cancellationToken)
    {
        crowd.Forget();
        var before = Machine.CpuOf(venue.Server.Id);
        var sent = await Pacer.RunAsync(changes * halls.Count, length, i => halls[i % halls.Count].ChangeAsync(callers, cancellationToken), cancellationToken);
        var latencies = new List<double>();
        for (var i = 0; i < halls.Count; i++)
        {
            var own = sent.Where((_, number) => number % halls.Count == i).ToList();
            await Crowd.ReachAsync(halls[i].Lines, own.Max(change => change.Seq));
            latencies.AddRange(Crowd.Latencies(halls[i].Lines, own));
        }

        return ((Machine.CpuOf(venue.Server.Id) - before).TotalMilliseconds / sent.Count, Figure.Percentile(latencies, 0.99));
    }

    private sealed record Reading(string By, int Count, double Cpu, double Memory, double P99);
}

/// <summary>One session of many at once: its items, those who follow it, and a change now and then.</summary>
public sealed class GrowthHall
{
    /// <summary>Posted in one second; each by another person, who may do ten.</summary>
    private const int ItemsASecond = 1_000;

    private readonly Venue _venue;
    private readonly Guid _session;
    private readonly IReadOnlyList<Pass> _passes;
    private readonly List<Guid> _items = [];
    private int _changes;

    private GrowthHall(Venue venue, Guid session, IReadOnlyList<Pass> passes) => (_venue, _session, _passes) = (venue, session, passes);

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public static async Task<GrowthHall> FillAsync(Venue venue, Guid session, IReadOnlyList<Pass> passes, int items, CancellationToken cancellationToken)
    {
        var hall = new GrowthHall(venue, session, passes);
        using var callers = await Callers.OpenAsync(venue.Server.Address, 8, cancellationToken);
        await Pacer.RunAsync(ItemsASecond, TimeSpan.FromSeconds(items / (double)ItemsASecond), i =>
        {
            hall._items.Add(Guid.CreateVersion7());
            return hall.PostAsync(callers, passes[i % passes.Count], new { type = "ask", id = hall._items[i], text = $"What comes of the plan for street {i}?" }, cancellationToken);
        }, cancellationToken);
        return hall;
    }

    public async Task FollowAsync(Crowd crowd, IReadOnlyList<Pass> followers, CancellationToken cancellationToken)
    {
        var before = crowd.Lines.Count;
        await crowd.GrowAsync(
            followers.Count, (all, i) => all.Open(_venue.Server.Address, Dialect.Follow(_session, 0), followers[i - before]), cancellationToken);
        Lines = [.. crowd.Lines.Skip(before)];
    }

    /// <summary>Somebody supports something, or takes it back on the next round through all people: no item comes, none goes.</summary>
    public Task<Sent> ChangeAsync(Callers callers, CancellationToken cancellationToken)
    {
        var number = _changes++;
        // Never the author, who is the person of the same number.
        var (person, on) = (number % _passes.Count, number / _passes.Count % 2 == 0);
        var item = _items[(person + 1) % Math.Min(_items.Count, _passes.Count)];
        return PostAsync(callers, _passes[person], new { type = "support", id = Guid.CreateVersion7(), item, on }, cancellationToken);
    }

    private Task<Sent> PostAsync(Callers callers, Pass pass, object command, CancellationToken cancellationToken) =>
        callers.PostAsync(Caller.Command(_session, pass, command), cancellationToken);
}
