using System.Diagnostics;
using Summit.Testing;

namespace Summit.Bench.Chaos;

internal enum Trouble
{
    /// <summary>kill -9, and the server stays away until all are served elsewhere.</summary>
    Kill,

    /// <summary>SIGSTOP, long enough for the others to declare it dead, then SIGCONT: it comes back as if nothing had happened.</summary>
    Freeze,

    /// <summary>SIGTERM, and started again.</summary>
    Restart,

    /// <summary>Redis is killed, and comes back with what it held.</summary>
    RedisAway,

    /// <summary>PostgreSQL is stopped, politely or not, and started.</summary>
    PostgresRestart,

    /// <summary>A server is cut from the other servers; the store and its people still reach it.</summary>
    Cut,
}

/// <summary>Makes trouble for a cluster, one at a time, and waits after each until every server serves every session again.</summary>
/// <param name="full">With the lengths of `make chaos`; else shorter ones, still long enough for a server to be declared dead.</param>
internal sealed class Troubles(ServerCluster cluster, Hall hall, Keeper keeper, Random random, bool full, Action<string> say)
{
    private const int Stop = 19;
    private const int Continue = 18;

    /// <summary>A silo that finds itself declared dead ends its process; a busy machine may take its time for that.</summary>
    private static readonly TimeSpan NoticesWithin = TimeSpan.FromSeconds(30);

    /// <summary>How often each was made.</summary>
    public Dictionary<Trouble, int> Made { get; } = [];

    public List<Recovery> Recoveries { get; } = [];

    /// <summary>Servers that came back after they were declared dead, and ended themselves.</summary>
    public int Zombies { get; private set; }

    private TimeSpan FrozenFor => TimeSpan.FromSeconds(full ? 20 : 10);

    private TimeSpan AwayFor => TimeSpan.FromSeconds(full ? 30 : 8);

    public async Task MakeAsync(Trouble trouble, CancellationToken cancellationToken)
    {
#pragma warning disable CA5394 // A run that can be repeated, not a secret.
        var server = cluster.Servers[random.Next(cluster.Servers.Count)];
        var mode = random.Next(2) == 0 ? "fast" : "immediate";
#pragma warning restore CA5394
        var name = NameOf(server);
        var watch = Stopwatch.StartNew();
        var what = trouble switch
        {
            Trouble.Kill => $"killed {name}: {await KillAsync(server)}",
            Trouble.Freeze => $"stood {name} still for {FrozenFor.TotalSeconds} s: {await FreezeAsync(server, cancellationToken)}",
            Trouble.Restart => $"restarted {name}: {await RestartAsync(server)}",
            Trouble.RedisAway => await TakeRedisAsync(cancellationToken),
            Trouble.PostgresRestart => await RestartPostgresAsync(mode),
            _ => $"cut {name} from the others for {FrozenFor.TotalSeconds} s: {await CutAsync(server, cancellationToken)}",
        };
        var made = watch.Elapsed;
        await hall.RollCallAsync(cancellationToken);
        hall.Spread();
        Made[trouble] = Made.GetValueOrDefault(trouble) + 1;
        say(FormattableString.Invariant($"{what}; every server served every session {(watch.Elapsed - made).TotalSeconds:N1} s later"));
    }

    public static string NameOf(ServerProcess server) => FormattableString.Invariant($"server {server.Address.Port}");

    private async Task<string> KillAsync(ServerProcess server)
    {
        keeper.LeaveAlone(server);
        Recoveries.Add(await Recovery.MeasureAsync(hall, server, server.KillAsync));
        keeper.Mind(server);
        return Recoveries[^1].ToString();
    }

    private async Task<string> FreezeAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        keeper.LeaveAlone(server);
        server.Send(Stop);
        await Task.Delay(FrozenFor, cancellationToken);
        server.Send(Continue);
        return await BuryAsync(server);
    }

    private async Task<string> CutAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        keeper.LeaveAlone(server);
        cluster.Cables!.Cut(server);
        await Task.Delay(FrozenFor, cancellationToken);
        cluster.Cables.Mend();
        return await BuryAsync(server);
    }

    /// <summary>The others have declared it dead: it finds that out and ends itself. Until then the journal refuses what it decides.</summary>
    private async Task<string> BuryAsync(ServerProcess server)
    {
        var watch = Stopwatch.StartNew();
        await Wait.UntilAsync($"{NameOf(server)}, declared dead, ends itself", () => server.HasExited, NoticesWithin);
        Zombies++;
        keeper.Mind(server);
        return FormattableString.Invariant($"it found itself declared dead and had ended {watch.Elapsed.TotalSeconds:N1} s later");
    }

    private async Task<string> RestartAsync(ServerProcess server)
    {
        keeper.LeaveAlone(server);
        var code = await server.StopAsync();
        keeper.Mind(server);
        return FormattableString.Invariant($"it ended with {code}");
    }

    private async Task<string> TakeRedisAsync(CancellationToken cancellationToken)
    {
        var answered = hall.Transcript.All.Count(one => one.Answered > 0);
        await cluster.Redis.StopAsync();
        await Task.Delay(AwayFor, cancellationToken);
        var meanwhile = hall.Transcript.All.Count(one => one.Answered > 0) - answered;
        await cluster.Redis.StartAsync();
        return FormattableString.Invariant($"took Redis away for {AwayFor.TotalSeconds} s: {meanwhile} commands were answered meanwhile");
    }

    private async Task<string> RestartPostgresAsync(string mode)
    {
        await cluster.Postgres.StopAsync(mode);
        await cluster.Postgres.StartAsync();
        return $"restarted PostgreSQL ({mode})";
    }
}
