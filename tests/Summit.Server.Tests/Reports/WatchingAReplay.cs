using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Server.Reports;
using Summit.Testing;

namespace Summit.Server.Tests.Reports;

/// <summary>A session step by step, as a client gets it and puts it together.</summary>
public sealed class WatchingAReplay(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Begins_before_anything_was_asked_and_ends_on_the_picture_there_is_now()
    {
        var (ana, boris) = (await house.JoinAsync(), await house.JoinAsync("Boris", "Sofia"));
        var first = await AskAsync(ana, "Who pays?");
        var second = await AskAsync(boris, "And when?", anonymous: true);
        var done = 0L;
        foreach (var (who, command) in new (string, object)[]
        {
            (boris, new { type = "support", item = first, on = true }), (ana, new { type = "support", item = second, on = true }),
            (house.HostToken, new { type = "queue", item = second }), (house.HostToken, new { type = "stage", item = first }),
            (house.HostToken, new { type = "stage", item = second }), (ana, new { type = "support", item = second, on = false }),
            (house.HostToken, new { type = "answer", item = second, text = "In May." }),
        })
        {
            done = (long)(await (await house.CommandAsync(who, house.Session, command)).JsonAsync())["seq"]!;
        }

        var seen = await WatchAsync();

        Assert.Equal("scheduled", (string)seen[0].Session["state"]!);
        Assert.Empty(seen[0].Items);
        Assert.Equal(0, seen[0].People);
        var staged = seen.FindIndex(step => (Guid?)step.Session["onStage"] == first);
        Assert.Equal(("staged", "queued", 1), ((string)seen[staged].Items[first]["state"]!, (string)seen[staged].Items[second]["state"]!, (int)seen[staged].Items[second]["support"]!));
        Assert.Equal(("answered", "staged"), ((string)seen[staged + 1].Items[first]["state"]!, (string)seen[staged + 1].Items[second]["state"]!));
        Assert.Null(seen[staged].Items[second]["author"]);
        Assert.True(seen.Zip(seen.Skip(1)).All(pair => pair.First.At <= pair.Second.At));

        var (another, picture) = (await house.JoinAsync(), (JsonNode)new JsonObject());
        await Wait.UntilAsync("the live picture is that of the last command", async () =>
            (long)(picture = await (await house.SendAsync(HttpMethod.Get, $"/api/sessions/{house.Session}", another)).JsonAsync())["seq"]! >= done);
        var now = picture["items"]!.AsArray().ToDictionary(item => (Guid)item!["id"]!, item => Plain(item!));
        Assert.Equal(now, seen[^1].Items.ToDictionary(item => item.Key, item => Plain(item.Value)));
        Assert.Equal(Plain(picture["session"]!), Plain(seen[^1].Session));
    }

    [Fact]
    public async Task Shows_everybody_nothing_that_is_out_of_their_sight_now_and_nobody_what_is_gone()
    {
        var ana = await house.JoinAsync();
        var withdrawn = await AskAsync(ana, "Better not to have asked");
        await (await house.CommandAsync(ana, house.Session, new { type = "withdraw", item = withdrawn })).JsonAsync();
        var declined = await AskAsync(ana, "Rude, and on stage for a moment");
        await (await house.CommandAsync(house.HostToken, house.Session, new { type = "stage", item = declined })).JsonAsync();
        await (await house.CommandAsync(house.HostToken, house.Session, new { type = "decline", item = declined, reason = "not-respectful" })).JsonAsync();
        var hidden = await AskAsync(ana, "Reported by three");
        foreach (var name in new[] { "Boris", "Chloe", "Dino" })
        {
            await (await house.CommandAsync(await house.JoinAsync(name), house.Session, new { type = "report", item = hidden })).JsonAsync();
        }

        var forgotten = await house.JoinAsync("Zara", "Nis");
        var erased = await AskAsync(forgotten, "Words of Zara");
        await (await house.SendAsync(HttpMethod.Delete, "/api/my-data", forgotten)).JsonAsync();

        foreach (var desk in new[] { false, true })
        {
            var text = await (await house.SendAsync(HttpMethod.Get, $"{Path}?desk={desk}", house.HostToken)).Content.ReadAsStringAsync(Now.Cancelled);
            Assert.Equal(desk, text.Contains("Rude, and on stage", StringComparison.Ordinal));
            Assert.Equal(desk, text.Contains("Reported by three", StringComparison.Ordinal));
            Assert.DoesNotContain("Better not", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Zara", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"Nis\"", text, StringComparison.Ordinal);
            Assert.All(
                (await WatchAsync(desk)).Where(step => step.Items.ContainsKey(erased)), step => Assert.Equal("request", (string)step.Items[erased]["erased"]!));
        }

        Assert.Equal("declined", (string)(await WatchAsync(desk: true))[^1].Items[declined]["state"]!);
    }

    [Fact]
    public async Task Is_for_those_whom_the_report_is_for()
    {
        var (_, moderator) = await house.IssueAsync("moderator", "Petra");
        var (_, stage) = await house.IssueAsync("stage", "Hall");
        foreach (var token in new[] { house.HostToken, house.AdminToken, await house.EnterAsync(moderator) })
        {
            Assert.Equal(HttpStatusCode.OK, (await house.SendAsync(HttpMethod.Get, Path, token)).StatusCode);
        }

        var (other, _, stranger) = await house.PlanAsync("Another");
        foreach (var token in new[] { await house.JoinAsync(), await house.EnterAsync(stage), stranger })
        {
            await (await house.SendAsync(HttpMethod.Get, Path, token)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        }

        await (await house.GetAsync(Path)).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        // Of one's own conference, but in another one's address; and one that nobody has scheduled.
        await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{other}/sessions/{house.Session}/replay", stranger)).RefusedAsync(HttpStatusCode.NotFound, "programme.unknown");
        await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{house.Conference}/sessions/{Guid.CreateVersion7()}/replay", house.HostToken))
            .RefusedAsync(HttpStatusCode.NotFound, "programme.unknown");
        await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{Guid.CreateVersion7()}/sessions/{house.Session}/replay", house.AdminToken))
            .RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
        await (await house.SendAsync(HttpMethod.Get, $"{Path}?desk=perhaps", house.HostToken)).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
    }

    [Fact]
    public async Task Comes_compressed_to_who_takes_it_so()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { { "Authorization", $"Bearer {house.HostToken}" }, { "Accept-Encoding", "br" } } };
        Assert.Equal("br", (await house.Client.SendAsync(request, Now.Cancelled)).Content.Headers.ContentEncoding.Single());
    }

    /// <summary>As large as the largest deliberation at hand: 314 statements, 29,802 votes, a third of them on stage in the end.</summary>
    [Fact]
    public void Of_a_long_session_is_no_larger_than_a_photograph()
    {
        var (session, seq, random) = (Session.Create(Guid.NewGuid()), 0L, new Random(7));
        var events = new List<(IEvent, EventContext)>();
        var conference = new ConferencePlanned("Summit", null, default, default, "Europe/Sofia", ["en"], "KRM4TB", Demonstration: false);
        Happens(new SessionScheduled(new ConferenceId(Guid.NewGuid()), "Biodiversity", "en", default, default, SessionPolicies.Standard));
        Happens(new SessionOpened());
        var items = Enumerable.Range(0, 314).Select(_ => new ItemId(Guid.NewGuid())).ToList();
        foreach (var item in items)
        {
            Happens(new ItemPosted(item, ItemKind.Question, null, string.Concat(Enumerable.Range(0, 20).Select(_ => $"word{random.Next(2_000)} ")), "en", false, "Ana", "Tirana", null, ItemState.Published));
            for (var votes = 0; votes < 95; votes++)
            {
                Happens(new ItemSupported(items[random.Next(items.IndexOf(item) + 1)]));
            }
        }

        foreach (var item in items.Take(100))
        {
            Happens(new ItemStaged(item, null));
            Happens(new ItemAnswered(item, null));
        }

        var json = new ReplayJson(new SessionReplay(session.Id, events), desk: false).Write(conference);
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(json.Span);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{events.Count} events, {json.Length:N0} bytes, {packed.Length:N0} compressed");
        Assert.InRange(json.Length, 300_000, 1_500_000);
        Assert.InRange(packed.Length, 30_000, 250_000);

        void Happens(IEvent happened) =>
            events.Add((happened, new EventContext(++seq, DateTimeOffset.UnixEpoch.AddSeconds(seq), new ParticipantId(Guid.NewGuid()), Guid.NewGuid())));
    }

    private string Path => $"/api/conferences/{house.Conference}/sessions/{house.Session}/replay";

    private sealed record Seen(DateTimeOffset At, int People, JsonNode Session, Dictionary<Guid, JsonNode> Items);

    private async Task<Guid> AskAsync(string token, string text, bool anonymous = false)
    {
        var item = Guid.CreateVersion7();
        await (await house.CommandAsync(token, house.Session, new { type = "ask", text, anonymous }, item)).JsonAsync();
        return item;
    }

    /// <summary>Every step as the whole picture that a client has by then.</summary>
    private async Task<List<Seen>> WatchAsync(bool desk = false)
    {
        var replay = await (await house.SendAsync(HttpMethod.Get, $"{Path}?desk={desk}", house.HostToken)).JsonAsync();
        Assert.Equal(("Summit of cities", "Europe/Sofia"), ((string)replay["conference"]!, (string)replay["timeZone"]!));
        var (seen, items, session) = (new List<Seen>(), new Dictionary<Guid, JsonNode>(), (JsonNode?)null);
        foreach (var step in replay["steps"]!.AsArray())
        {
            session = step!["session"] ?? session;
            foreach (var item in step["items"]!.AsArray())
            {
                if (item!["gone"] is null)
                {
                    items[(Guid)item["id"]!] = item;
                }
                else
                {
                    Assert.True(items.Remove((Guid)item["id"]!));
                }
            }

            foreach (var support in step["support"]!.AsArray())
            {
                var (id, item) = items.Single(entry => (long)entry.Value["number"]! == (long)support![0]!);
                items[id] = item.DeepClone();
                items[id]["support"] = (int)support![1]!;
            }

            seen.Add(new Seen((DateTimeOffset)step["at"]!, (int)step["people"]!, session!, new Dictionary<Guid, JsonNode>(items)));
        }

        return seen;
    }

    /// <summary>Without the number of the last change, which a follower needs and a replay does not.</summary>
    private static string Plain(JsonNode node)
    {
        var plain = node.DeepClone().AsObject();
        plain.Remove("changed");
        return plain.ToJsonString();
    }
}
