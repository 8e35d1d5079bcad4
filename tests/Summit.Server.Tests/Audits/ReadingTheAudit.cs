using System.Net;
using System.Text.Json.Nodes;
using Summit.Server.Opening;
using Summit.Server.Tests.People;

namespace Summit.Server.Tests.Audits;

/// <summary>Who did what when: told to those who run a place, without giving away who was promised not to be known.</summary>
public sealed class ReadingTheAudit(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Says_who_did_what_by_the_names_they_have_now_the_newest_first()
    {
        var (id, token) = await house.PersonAsync("Elena");
        var desk = await house.EnterPlaceAsync(token, new { conference = house.Conference });
        var item = Guid.CreateVersion7();
        await house.CommandAsync(await house.JoinAsync("Ana"), house.Session, new { type = "ask", text = "Who pays for it?" }, item).DoneAsync();
        await house.CommandAsync(desk, house.Session, new { type = "stage", item }).DoneAsync();
        await house.TellAsync(token, null, new { type = "describe", name = "Elena Petrova" }).DoneAsync();

        var entries = await EntriesAsync(house.HostToken);

        var times = entries.Select(entry => (DateTimeOffset)entry["at"]!).ToList();
        Assert.Equal(times.OrderDescending(), times);
        var staged = entries.First(entry => (string)entry["kind"]! == "session.item-staged");
        Assert.Equal(("Elena Petrova", id), ((string)staged["by"]!["name"]!, (Guid)staged["by"]!["id"]!));
        Assert.Equal(("Who pays for it?", house.Session), ((string)staged["what"]!, (Guid)staged["session"]!["id"]!));
        Assert.Equal("Ana", (string)entries.First(entry => (string)entry["kind"]! == "session.item-posted" && (string?)entry["what"] == "Who pays for it?")["by"]!["name"]!);
        Assert.Contains(entries, entry => (string)entry["kind"]! == "participant.role-given" && (string?)entry["what"] == "Elena Petrova" && (string?)entry["by"]!["name"] == "Host");
        Assert.DoesNotContain(entries, entry => ((string)entry["kind"]!).StartsWith("participant.signed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keeps_anonymous_authors_supporters_voters_and_reporters_to_itself()
    {
        var access = await (await house.TryJoinAsync(house.Code, "Hidden Heron", "Ohrid")).JsonAsync();
        var (token, person) = ((string)access["token"]!, (Guid)access["person"]!);
        var (item, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await house.CommandAsync(token, house.Session, new { type = "ask", text = "Nobody knows who asks this", anonymous = true }, item).DoneAsync();
        await house.CommandAsync(token, house.Session, new { type = "edit", item, text = "Nobody knows who asks that" }).DoneAsync();
        await house.CommandAsync(await house.JoinAsync("Ana"), house.Session, new { type = "ask", text = "Reported and supported" }, other).DoneAsync();
        await house.CommandAsync(token, house.Session, new { type = "support", item = other, on = true }).DoneAsync();
        await house.CommandAsync(token, house.Session, new { type = "report", item = other }).DoneAsync();

        var text = string.Join('\n', (await EntriesAsync(house.HostToken)).Select(entry => entry.ToJsonString()));

        Assert.Contains("Nobody knows who asks that", text, StringComparison.Ordinal);
        Assert.Contains("session.item-reported", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden Heron", text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{person}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("session.item-supported", text, StringComparison.Ordinal);
        Assert.Empty(await EntriesAsync(house.HostToken, $"person={person}"));
    }

    [Fact]
    public async Task Is_narrowed_by_person_kind_and_time()
    {
        var (id, token) = await house.PersonAsync("Ilir");
        var desk = await house.EnterPlaceAsync(token, new { conference = house.Conference });
        await house.CommandAsync(desk, house.Session, new { type = "pause" }).DoneAsync();
        await house.CommandAsync(desk, house.Session, new { type = "open" }).DoneAsync();

        Assert.Equal(["session.opened", "session.paused"], Kinds(await EntriesAsync(house.HostToken, $"person={id}")));
        Assert.Equal(["session.paused"], Kinds(await EntriesAsync(house.HostToken, $"person={id}&kind=session.paused")));
        Assert.Equal(["session.opened", "session.paused"], Kinds(await EntriesAsync(house.HostToken, $"person={id}&kind=session")));
        Assert.Empty(await EntriesAsync(house.HostToken, $"person={id}&kind=sess"));
        Assert.Equal(["session.paused"], Kinds(await EntriesAsync(house.HostToken, $"person={id}&skip=1")));
        var tomorrow = Uri.EscapeDataString($"{house.Time.GetUtcNow().AddDays(1):O}");
        Assert.Empty(await EntriesAsync(house.HostToken, $"from={tomorrow}"));
        Assert.Equal(2, (await EntriesAsync(house.HostToken, $"person={id}&until={tomorrow}")).Count);
    }

    [Fact]
    public async Task Is_for_who_runs_the_place_and_the_person_s_own_for_the_person()
    {
        var (_, token) = await house.PersonAsync("Vesna");
        var desk = await house.EnterPlaceAsync(token, new { conference = house.Conference });
        foreach (var other in new[] { desk, await house.JoinAsync(), token })
        {
            await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{house.Conference}/audit", other)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        }

        await (await house.SendAsync(HttpMethod.Get, "/api/me/audit", house.HostToken)).RefusedAsync(HttpStatusCode.Unauthorized, "access.no-person");
        var own = await (await house.SendAsync(HttpMethod.Get, "/api/me/audit", token)).JsonAsync();
        Assert.Equal(
            ["participant.signed-in", "participant.link-issued", "participant.role-given", "participant.added"],
            own["entries"]!.AsArray().Select(entry => (string)entry!["kind"]!));
        Assert.Equal("Vesna", (string)own["entries"]![0]!["by"]!["name"]!);
    }

    [Fact]
    public async Task Tells_of_a_network_to_its_secretary()
    {
        var founded = await (await house.SendAsync(HttpMethod.Post, "/api/networks", house.AdminToken, new { title = "Balkan Cities", name = "B40" })).JsonAsync();
        var (id, secretary) = ((Guid)founded["id"]!, await house.EnterAsync(LinksFile.SecretOf((string)founded["secretary"]!)));
        var record = new { type = "record-member", id = Guid.CreateVersion7(), member = Guid.CreateVersion7(), name = "Sofia", kind = "city", country = "BG", status = "member", since = "2021" };
        await house.SendAsync(HttpMethod.Post, $"/api/networks/{id}/commands", secretary, record).DoneAsync();

        var page = await (await house.SendAsync(HttpMethod.Get, $"/api/networks/{id}/audit", secretary)).JsonAsync();

        var newest = page["entries"]![0]!;
        Assert.Equal(("network.member-recorded", "Sofia", "Secretary"), ((string)newest["kind"]!, (string)newest["what"]!, (string)newest["by"]!["name"]!));
        Assert.Contains(page["entries"]!.AsArray(), entry => (string)entry!["kind"]! == "network.founded" && (string?)entry["by"]!["name"] == "Administrator");
        await (await house.SendAsync(HttpMethod.Get, $"/api/networks/{id}/audit", house.HostToken)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.SendAsync(HttpMethod.Get, $"/api/networks/{Guid.CreateVersion7()}/audit", house.AdminToken)).RefusedAsync(HttpStatusCode.NotFound, "network.unknown");
    }

    private async Task<IReadOnlyList<JsonNode>> EntriesAsync(string token, string query = "") =>
        [.. (await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{house.Conference}/audit?{query}", token)).JsonAsync())["entries"]!.AsArray().Select(entry => entry!)];

    private static IEnumerable<string> Kinds(IEnumerable<JsonNode> entries) => entries.Select(entry => (string)entry["kind"]!);
}
