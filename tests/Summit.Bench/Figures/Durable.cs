using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Storage.Sqlite;

namespace Summit.Bench.Figures;

/// <summary>Commands against one session, on disk before the answer, beside one commit for each row: in process and through HTTP.</summary>
public sealed class Durable(Action<string> say)
{
    private const int CallersAtOnce = 64;

    /// <summary>Many short rounds: a disk that others use as well changes its pace from second to second.</summary>
    private const int Rounds = 7;

    /// <summary>Each may send ten commands a second.</summary>
    private const int PeopleOverHttp = 6_000;

    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1.5);

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken) =>
        [.. await InProcessAsync(cancellationToken), .. await ThroughHttpAsync(cancellationToken)];

    private async Task<IReadOnlyList<Figure>> InProcessAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("summit-bench-");
        try
        {
            await using var desk = await SessionDesk.OpenAsync(Path.Combine(folder.FullName, "summit.db"), cancellationToken);
            await using var single = await SessionDesk.OpenAsync(Path.Combine(folder.FullName, "single.db"), cancellationToken, journal => new CommitEach(journal));
            using var rows = new Rows(Path.Combine(folder.FullName, "plain.db"));
            Task<Rate> TakeSummitAsync(SessionDesk at, TimeSpan length)
            {
                var people = Enumerable.Range(0, CallersAtOnce).Select(_ => at.Person(Role.Participant)).ToList();
                var on = new bool[CallersAtOnce];
                return MeasureAsync(length, async caller => await at.SupportAsync(people[caller], on[caller] = !on[caller]));
            }

            Task<Rate> TakePlainAsync(TimeSpan length) => MeasureAsync(length, _ =>
            {
                rows.Add($$"""{"type":"session.item-supported.v1","id":"{{desk.Item.Value}}","by":"{{desk.Session}}"}""");
                return Task.CompletedTask;
            });

            await TakeSummitAsync(desk, Warming);
            var (summit, singly, plain) = (new List<Rate>(), new List<Rate>(), new List<Rate>());
            for (var round = 0; round < Rounds; round++)
            {
                summit.Add(await TakeSummitAsync(desk, Length));
                singly.Add(await TakeSummitAsync(single, Length));
                plain.Add(await TakePlainAsync(Length));
                say($"in process {round + 1}: {summit[^1]}; with a commit each {singly[^1]}; rows with a commit each {plain[^1]}");
            }

            return
            [
                .. Figures("in process", summit, plain, 10),
                Figure.Of("Durable commands", "in process, 64 callers, beside the same engine with a commit for each command", "/s", [.. summit.Select(r => r.PerSecond)], [.. singly.Select(r => r.PerSecond)], AtLeast(10)),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<IReadOnlyList<Figure>> ThroughHttpAsync(CancellationToken cancellationToken)
    {
        await using var stand = await Stand.OpenAsync(cancellationToken);
        var item = await stand.AskAsync("What is measured here?", cancellationToken);
        var more = await Stand.JoinAsync(stand.Venue, PeopleOverHttp - Stand.People, cancellationToken);
        var supports = new Supports(stand.Venue.Session, item, [.. stand.Passes, .. more]);
        var body = new { type = "support", id = Guid.CreateVersion7(), item, on = true };
        var (row, nothing) = (Caller.Request("/rows", null, body), Caller.Request("/nothing", null, body));
        Task<Rate> TakeSummitAsync(TimeSpan length, int callers) =>
            PostAsync(stand.Venue.Server.Address, stand.Venue.Server.Id, length, callers, supports.Next, cancellationToken);
        Task<Rate> TakePlainAsync(TimeSpan length, int callers, byte[] request) =>
            PostAsync(stand.Plain.Address, stand.Plain.Id, length, callers, () => request, cancellationToken);

        // The compilers do their work now, not in the first rounds.
        await TakeSummitAsync(Warming, CallersAtOnce);
        await TakePlainAsync(Warming, CallersAtOnce, row);
        await TakePlainAsync(Warming, CallersAtOnce, nothing);
        var (summit, plain, without, alone, plainAlone) = (new List<Rate>(), new List<Rate>(), new List<Rate>(), new List<Rate>(), new List<Rate>());
        for (var round = 1; round <= Rounds; round++)
        {
            summit.Add(await TakeSummitAsync(Length, CallersAtOnce));
            plain.Add(await TakePlainAsync(Length, CallersAtOnce, row));
            without.Add(await TakePlainAsync(Length, CallersAtOnce, nothing));
            alone.Add(await TakeSummitAsync(Length, 1));
            plainAlone.Add(await TakePlainAsync(Length, 1, row));
            say($"HTTP {round}: {summit[^1]}; a commit each {plain[^1]}; nothing stored {without[^1]}; one caller {alone[^1]}; plain {plainAlone[^1]}");
        }

        return
        [
            .. Figures("through HTTP", summit, plain, 4),
            Figure.Of("Durable commands", "through HTTP, 64 callers (beside: a plain endpoint that stores nothing)", "/s", [.. summit.Select(r => r.PerSecond)], [.. without.Select(r => r.PerSecond)]),
            Figure.Of("Durable commands", "through HTTP, server CPU a command", "us", [.. summit.Select(r => r.Cpu)], [.. plain.Select(r => r.Cpu)]),
            Figure.Of("Durable commands", "through HTTP, the callers' CPU a command", "us", [.. summit.Select(r => r.Calling)], [.. plain.Select(r => r.Calling)]),
            Figure.Of("Durable commands", "through HTTP, one caller, so a commit each on both sides", "/s", [.. alone.Select(r => r.PerSecond)], [.. plainAlone.Select(r => r.PerSecond)]),
        ];
    }

    private static async Task<Rate> PostAsync(
        Uri server, int process, TimeSpan length, int callers, Func<ReadOnlyMemory<byte>> next, CancellationToken cancellationToken)
    {
        using var volley = await Volley.OpenAsync(server, callers, cancellationToken);
        var (before, calling, watch) = (Machine.CpuOf(process), Machine.CpuOf(Environment.ProcessId), Stopwatch.StartNew());
        var took = await volley.RunAsync(length, next);
        var seconds = watch.Elapsed.TotalSeconds;
        return new Rate(
            took.Count, took.Count / seconds, Figure.Percentile(took, 0.99),
            (Machine.CpuOf(process) - before).TotalMicroseconds / took.Count, (Machine.CpuOf(Environment.ProcessId) - calling).TotalMicroseconds / took.Count);
    }

    private static async Task<Rate> MeasureAsync(TimeSpan length, Func<int, Task> act)
    {
        var watch = Stopwatch.StartNew();
        var took = await Task.WhenAll(Enumerable.Range(0, CallersAtOnce).Select(caller => Task.Run(async () =>
        {
            var took = new List<double>();
            for (var started = watch.Elapsed; started < length; started = watch.Elapsed)
            {
                await act(caller);
                took.Add((watch.Elapsed - started).TotalMilliseconds);
            }

            return took;
        })));
        var seconds = watch.Elapsed.TotalSeconds;
        var all = took.SelectMany(list => list).ToList();
        return new Rate(all.Count, all.Count / seconds, Figure.Percentile(all, 0.99), 0, 0);
    }

    private static (string Text, Func<double, double?, bool> Holds) AtLeast(double bar) => ($"ratio at least {bar}", (_, ratio) => ratio >= bar);

    private static IReadOnlyList<Figure> Figures(string where, List<Rate> summit, List<Rate> plain, double bar) =>
    [
        Figure.Of("Durable commands", $"{where}, 64 callers (beside: a row and a commit each)", "/s", [.. summit.Select(r => r.PerSecond)], [.. plain.Select(r => r.PerSecond)], AtLeast(bar)),
        Figure.Of("Durable commands", $"{where}, p99", "ms", [.. summit.Select(r => r.P99)], [.. plain.Select(r => r.P99)]),
    ];

    private sealed record Rate(int Count, double PerSecond, double P99, double Cpu, double Calling)
    {
        public override string ToString() => FormattableString.Invariant($"{PerSecond:N0}/s, p99 {P99:N1} ms, {Cpu:N0} us of CPU");
    }
}

/// <summary>The engine on a SQLite file with one open session and one question in it, without a server around.</summary>
public sealed class SessionDesk : IAsyncDisposable
{
    private readonly ConferenceId _conference = new(Guid.NewGuid());
    private readonly AggregateId _session;
    private readonly IJournal _journal;
    private readonly LocalEngine _engine;

    private SessionDesk(IJournal journal, Guid session)
    {
        _journal = journal;
        _session = new AggregateId(Domain.Sessions.Session.Kind, session);
        _engine = new LocalEngine(journal, Kinds, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public static AggregateKinds Kinds => new AggregateKinds().Add<Session>().Add<Conference>();

    public Guid Session => _session.Key;

    public ItemId Item { get; private set; }

    /// <param name="wrap">Puts something between the engine and the file.</param>
    public static async Task<SessionDesk> OpenAsync(string path, CancellationToken cancellationToken, Func<IJournal, IJournal>? wrap = null)
    {
        var file = await SqliteJournal.OpenAsync(path, NullLogger<SqliteJournal>.Instance, cancellationToken);
        var desk = new SessionDesk(wrap is null ? file : wrap(file), Guid.CreateVersion7());
        var host = desk.Person(Role.Host);
        await desk.DoAsync(host, new ScheduleSession(desk._conference, "Figures", "en", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch));
        await desk.DoAsync(host, new OpenSession());
        desk.Item = new ItemId(await desk.DoAsync(host, new AskQuestion("What is measured here?")));
        return desk;
    }

    public Actor Person(Role role) => new(new ParticipantId(Guid.NewGuid()), role, _conference, null, null);

    public Task SupportAsync(Actor person, bool on) => DoAsync(person, new SupportItem(Item, on));

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _journal.DisposeAsync();
    }

    private async Task<Guid> DoAsync(Actor person, ICommand command)
    {
        var id = Guid.CreateVersion7();
        var reply = await _engine.SendAsync(_session, new CommandEnvelope(id, person, command), CancellationToken.None);
        return reply.Fault is null ? id : throw new InvalidOperationException($"{command} was refused: {reply.Fault}");
    }
}
