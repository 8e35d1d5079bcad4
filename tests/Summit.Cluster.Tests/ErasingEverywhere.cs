using System.Diagnostics;
using System.Text.Json.Nodes;
using Summit.Bench;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>Somebody asks one server to be forgotten, and another is killed meanwhile: none of them knows the words any more, nor does the database.</summary>
public sealed class ErasingEverywhere : ClusterTest
{
    private const int Items = 60;

    private readonly string _mark = $"Zorica{Guid.NewGuid():N}";

    [Fact]
    public async Task Leaves_no_word_on_any_server_nor_in_the_database_through_a_kill()
    {
        await using var venue = await OpenVenueAsync("Forgotten everywhere", new { perMinute = 10_000, maxOpen = 10_000 });
        var pass = await venue.Api.JoinAsync(venue.Code, _mark, "Prilep", Cancel);
        var other = await venue.Api.JoinAsync(venue.Code, "Boris", "Varna", Cancel);
        for (var n = 0; n < Items; n++)
        {
            var heard = await Cluster.Servers[n % 3].CommandAsync(venue.Session, pass, new { type = "comment", id = Guid.CreateVersion7(), text = $"{_mark} says {n}" }, Cancel);
            Assert.True(heard.IsTaken, $"{heard}");
        }

        var kept = await Cluster.Servers[1].AskAsync(venue.Session, other, Guid.CreateVersion7(), Cancel);
        await using var followers = await Followers.FollowAsync(Cluster, venue, Cancel);
        Assert.All(await followers.ReachedAsync(kept.Seq), picture => Assert.Contains(_mark, picture, StringComparison.Ordinal));
        Assert.NotEqual("0", await RowsAsync());

        // People go on writing while it is ordered, and a server that has a part in it is killed.
        using var enough = new CancellationTokenSource();
        var traffic = AskOnAsync(venue, other, enough.Token);
        var clock = Stopwatch.StartNew();
        var ordered = OrderAsync(Cluster.Servers[0], pass);
        await Cluster.Servers[1].KillAsync();
        await ordered;
        await Cluster.Servers[2].KillAsync();
        await Task.WhenAll(Cluster.Servers.Skip(1).Select(server => server.StartAgainAsync()));
        await DoneAsync(venue, pass.Person);
        Say($"Proven {clock.Elapsed.TotalSeconds:0.0} s after it was ordered, two of three servers killed and started again meanwhile");
        await enough.CancelAsync();
        var written = await traffic;
        Assert.NotEmpty(written);

        foreach (var server in Cluster.Servers)
        {
            using var api = new Api(server.Address);
            await Wait.UntilAsync($"{server.Address} shows all that was written", async () => Picture(await ShowAsync(api, venue, other)).IsSupersetOf(written), Patience);
            Assert.DoesNotContain(_mark, (await ShowAsync(api, venue, other)).ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(_mark, (await api.CallAsync(HttpMethod.Get, "/api/my-data", other, null, Cancel)).ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Equal("0", await RowsAsync());
        // What a dump would hold, and what lies in the files once a quiet hour has been used.
        await Cluster.Postgres.AskAsync("VACUUM FULL summit.records");
        await Cluster.Postgres.AskAsync("VACUUM FULL summit.snapshots");
        await Cluster.Postgres.AskAsync("CHECKPOINT");
        Assert.Empty(await Cluster.Postgres.TableFilesWithAsync(_mark));
    }

    private Task<string> RowsAsync() => Cluster.Postgres.AskAsync(
        $"SELECT (SELECT count(*) FROM summit.records WHERE position('{_mark}'::bytea IN data) > 0) + (SELECT count(*) FROM summit.snapshots WHERE position('{_mark}'::bytea IN data) > 0)");

    private static async Task<JsonNode> ShowAsync(Api api, Venue venue, Pass pass) => await api.CallAsync(HttpMethod.Get, $"/api/sessions/{venue.Session}?since=0", pass, null, Cancel);

    private static HashSet<Guid> Picture(JsonNode shown) => [.. shown["items"]!.AsArray().Select(item => (Guid)item!["id"]!)];

    private static async Task OrderAsync(ServerProcess server, Pass pass)
    {
        await Wait.UntilAsync("the order is taken", async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/my-data") { Headers = { Authorization = new("Bearer", pass.Token) } };
            using var answer = await server.Http.SendAsync(request, Cancel);
            return answer.IsSuccessStatusCode;
        }, Patience);
    }

    /// <summary>One who asks until it is enough, of the server that is never killed.</summary>
    private async Task<List<Guid>> AskOnAsync(Venue venue, Pass pass, CancellationToken enough)
    {
        var taken = new List<Guid>();
        for (var id = Guid.CreateVersion7(); !enough.IsCancellationRequested;)
        {
            // Not there now is asked again under the same id.
            if ((await Cluster.Servers[0].AskAsync(venue.Session, pass, id, Cancel)).IsTaken)
            {
                taken.Add(id);
                id = Guid.CreateVersion7();
            }

            await Pause.BeforeTryingAgainAsync(Cancel);
        }

        return taken;
    }

    private async Task DoneAsync(Venue venue, Guid person)
    {
        var links = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Cluster.Servers[0].Data, "links.json"), Cancel))!;
        var admin = await venue.Api.EnterAsync((string)links["admin"]!, Cancel);
        await Wait.UntilAsync(
            "it is proven",
            async () => (await venue.Api.CallAsync(HttpMethod.Get, "/api/erasures", admin, null, Cancel)).AsArray().Any(order => (Guid?)order!["person"] == person && order["done"] is not null),
            Patience);
    }
}
