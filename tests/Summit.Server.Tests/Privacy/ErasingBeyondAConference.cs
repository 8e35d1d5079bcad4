using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Summit.Server.Opening;
using Summit.Server.Tests.People;
using Summit.Testing;

namespace Summit.Server.Tests.Privacy;

/// <summary>A person who is known in several places; names in a network; a speaker; what was handed in to a working group.</summary>
public sealed class ErasingBeyondAConference(House house) : IClassFixture<House>
{
    private readonly string _mark = $"Elena{Guid.NewGuid():N}";

    [Fact]
    public async Task Takes_a_person_with_roles_in_several_places_out_of_all_of_them()
    {
        var (person, token, other, network, secretary) = await InThreePlacesAsync();
        var item = await PostAsync(await house.EnterPlaceAsync(token, new { conference = house.Conference }), house.Session, new { type = "ask", text = $"What does {_mark} ask?" });
        Assert.NotEmpty(Files.With(house.Data, _mark));

        Assert.False((bool)(await (await house.SendAsync(HttpMethod.Delete, "/api/me", token)).JsonAsync())["held"]!);

        // At once: no way in, no role, no word.
        await (await house.SendAsync(HttpMethod.Get, "/api/me", token)).RefusedAsync(HttpStatusCode.Unauthorized, "access.signed-out");
        foreach (var (place, host) in new[] { ($"conference={house.Conference}", house.HostToken), ($"conference={other.Id}", other.HostToken), ($"network={network}", secretary) })
        {
            var people = (await (await house.SendAsync(HttpMethod.Get, $"/api/people?{place}", host)).JsonAsync())["people"]!.AsArray();
            Assert.DoesNotContain(people, one => (Guid)one!["id"]! == person);
        }

        Assert.Equal("", (string)(await ItemAsync(item))["text"]!);
        await Wait.UntilAsync("it is proven", async () => (await OrdersAsync()).Any(order => order["conference"] is null && (Guid?)order["person"] == person && order["done"] is not null));
        Assert.Empty(Files.With(house.Data, _mark));
        // The audit tells that the roles ended, and not whose they were.
        var audit = (await (await house.SendAsync(HttpMethod.Get, $"/api/networks/{network}/audit?kind=participant", secretary)).JsonAsync())["entries"]!.AsArray();
        Assert.Equal(["participant.role-taken", "participant.role-given"], audit.Select(entry => (string)entry!["kind"]!));
        Assert.All(audit, entry => Assert.Null(entry!["what"]));

        // Again, by the administrator: the same order.
        Assert.False((bool)(await (await house.SendAsync(HttpMethod.Delete, $"/api/people/{person}", house.AdminToken)).JsonAsync())["held"]!);
        Assert.Single(await OrdersAsync(), order => order["conference"] is null && (Guid?)order["person"] == person);
    }

    [Fact]
    public async Task Ends_with_an_order_of_one_place_what_the_person_is_there_and_nothing_elsewhere()
    {
        var (person, token, other, _, _) = await InThreePlacesAsync();
        await (await house.SendAsync(HttpMethod.Delete, $"/api/conferences/{house.Conference}/people/{person}", house.HostToken)).JsonAsync();
        var roles = (await house.MeAsync(token))["roles"]!.AsArray();
        Assert.Equal([("moderator", (Guid?)other.Id), ("secretary", null)], roles.Select(role => ((string)role!["role"]!, (Guid?)role["conference"]?["id"])));
        Assert.Equal(_mark, (string)(await house.MeAsync(token))["card"]!["name"]!);
    }

    [Fact]
    public async Task Waits_with_the_record_for_a_legal_hold_in_one_of_the_places()
    {
        var (person, token, other, _, _) = await InThreePlacesAsync();
        await SetAsync(other.Id, other.HostToken, new { type = "hold", reason = "Audit of 2027" });
        Assert.True((bool)(await (await house.SendAsync(HttpMethod.Delete, "/api/me", token)).JsonAsync())["held"]!);
        await Wait.UntilAsync("the other conference is done", async () => (await OrdersAsync()).Any(order => (Guid?)order["conference"] == house.Conference && (Guid?)order["person"] == person && order["done"] is not null));
        Assert.NotEmpty(Files.With(house.Data, _mark));
        await SetAsync(other.Id, other.HostToken, new { type = "release" });
        await Wait.UntilAsync("it is proven", async () => (await OrdersAsync()).Any(order => order["conference"] is null && (Guid?)order["person"] == person && order["done"] is not null));
        Assert.Empty(Files.With(house.Data, _mark));
    }

    [Fact]
    public async Task Is_refused_to_guests_organisers_and_for_nobody()
    {
        var guest = await house.JoinAsync();
        await (await house.SendAsync(HttpMethod.Delete, "/api/me", guest)).RefusedAsync(HttpStatusCode.Unauthorized, "access.no-person");
        var person = await house.AddAsync("Elena");
        await (await house.SendAsync(HttpMethod.Delete, $"/api/people/{person}", house.HostToken)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.SendAsync(HttpMethod.Delete, $"/api/people/{Guid.CreateVersion7()}", house.AdminToken)).RefusedAsync(HttpStatusCode.NotFound, "participant.unknown");
        await (await house.SendAsync(HttpMethod.Get, "/api/erasures", house.HostToken)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.SendAsync(HttpMethod.Post, "/api/erasures", house.HostToken, Array.Empty<object>())).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
    }

    [Fact]
    public async Task Takes_a_name_out_of_a_network_s_records_and_its_groups_and_leaves_the_offices()
    {
        var (network, secretary) = await FoundAsync();
        var (member, group) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await RecordAsync(network, secretary, new { type = "record-member", member, name = "Sofia", kind = "city", country = "BG", status = "member", since = "2021" });
        await RecordAsync(network, secretary, new { type = "contacts", member, contacts = new[] { new { name = _mark, mail = $"{_mark}@sofia.example" } } });
        await RecordAsync(network, secretary, new { type = "hand-over", to = member, on = "2025", president = _mark });
        await RecordAsync(network, secretary, new { type = "set-group", group, kind = "working-group", name = "Climate", coordinators = new[] { new { member, person = _mark } } });
        await RecordAsync($"{network}/groups/{group}", secretary, new { type = "take-part", member, person = _mark });
        var (path, asked) = ($"/api/networks/{network}/erased-names", new { id = Guid.CreateVersion7(), name = _mark });
        await (await house.SendAsync(HttpMethod.Post, path, house.HostToken, asked)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.SendAsync(HttpMethod.Post, path, secretary, asked with { name = " " })).RefusedAsync(HttpStatusCode.BadRequest, "text.empty");

        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(HttpStatusCode.NoContent, (await house.SendAsync(HttpMethod.Post, path, secretary, asked)).StatusCode);
        }

        foreach (var page in new[] { $"/api/networks/{network}", $"/api/networks/{network}/groups/{group}", $"/api/networks/{network}/audit" })
        {
            Assert.DoesNotContain(_mark, await (await house.SendAsync(HttpMethod.Get, page, secretary)).Content.ReadAsStringAsync(Now.Cancelled), StringComparison.Ordinal);
        }

        var term = (await (await house.SendAsync(HttpMethod.Get, $"/api/networks/{network}", secretary)).JsonAsync())["terms"]!.AsArray().Single()!;
        Assert.Equal((member, "2025"), ((Guid)term["holder"]!, (string)term["from"]!));
        await Wait.UntilAsync("no file holds it", () => Task.FromResult(Files.With(house.Data, _mark).Count == 0));
    }

    [Fact]
    public async Task Takes_a_speaker_out_of_every_version_of_the_programme_and_leaves_the_place()
    {
        var (conference, code, host) = await house.PlanAsync("Fifth summit");
        var (session, speaker) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await house.ScheduleAsync(conference, host, session);
        await SetAsync(conference, host, new { type = "set-speaker", speaker, name = _mark, function = $"Mayor {_mark}", about = $"Born as {_mark}" });
        await SetAsync(conference, host, new { type = "publish" });
        await SetAsync(conference, host, new { type = "place", session, speakers = new[] { speaker } });
        await SetAsync(conference, host, new { type = "publish" });
        var item = Guid.CreateVersion7();
        await (await house.CommandAsync(host, session, new { type = "open" })).JsonAsync();
        await (await house.CommandAsync(host, session, new { type = "ask", text = "How was it paid for?", to = speaker }, item)).JsonAsync();
        Assert.Contains(_mark, await (await house.GetAsync($"/api/calendars/{code}/programme.ics")).Content.ReadAsStringAsync(Now.Cancelled), StringComparison.Ordinal);

        await SetAsync(conference, host, new { type = "erase-speaker", speaker });

        foreach (var page in new[] { $"/api/conferences/{conference}", $"/api/conferences/{conference}/programme", $"/api/calendars/{code}/programme.ics", $"/api/conferences/{conference}/audit" })
        {
            Assert.DoesNotContain(_mark, await (await house.SendAsync(HttpMethod.Get, page, host)).Content.ReadAsStringAsync(Now.Cancelled), StringComparison.Ordinal);
        }

        var programme = await (await house.GetAsync($"/api/conferences/{conference}/programme")).JsonAsync();
        Assert.Equal((speaker, ""), ((Guid)programme["sessions"]![0]!["speakers"]![0]!, (string)programme["speakers"]![0]!["name"]!));
        await Wait.UntilAsync("it is proven", async () => (await OrdersAsync()).Any(order => (Guid?)order["speaker"] == speaker && order["done"] is not null));
        Assert.Empty(Files.With(house.Data, _mark));
        // The question stays, to nobody; and nobody can ask somebody without a name.
        var report = await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{conference}/report", host)).JsonAsync();
        var asked = report["sessions"]![0]!["items"]!.AsArray().Single()!;
        Assert.Equal((item, "How was it paid for?", null), ((Guid)asked["id"]!, (string)asked["text"]!, asked["to"]));
        await (await house.CommandAsync(host, session, new { type = "ask", text = "And when?", to = speaker })).RefusedAsync(HttpStatusCode.Conflict, "item.not-speaking");
    }

    [Fact]
    public async Task Takes_what_was_handed_in_to_a_working_group_with_its_author()
    {
        var (network, secretary) = await FoundAsync();
        var (group, item) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await RecordAsync(network, secretary, new { type = "set-group", group, kind = "working-group", name = "Climate" });
        await RecordAsync(network, secretary, new { type = "record-summit", summit = Guid.CreateVersion7(), title = "Fifth", place = "Sofia", starts = "2025-02-24", conference = house.Conference });
        var joined = await (await house.TryJoinAsync(house.Code, _mark, "Tirana")).JsonAsync();
        await (await house.CommandAsync((string)joined["token"]!, house.Session, new { type = "propose", title = "A charter", text = $"{_mark} wants one." }, item)).JsonAsync();
        var task = Guid.CreateVersion7();
        await (await HandInAsync(item, task)).JsonAsync();
        await RecordAsync($"{network}/groups/{group}", secretary, new { type = "settle", task, state = "done", note = $"{_mark} has it." });

        await (await house.SendAsync(HttpMethod.Delete, "/api/my-data", (string)joined["token"]!)).JsonAsync();

        var left = (await (await house.SendAsync(HttpMethod.Get, $"/api/networks/{network}/groups/{group}", secretary)).JsonAsync())["tasks"]!.AsArray().Single()!;
        Assert.Equal(("", "done", null), ((string)left["text"]!, (string)left["state"]!, (string?)left["note"]));
        await Wait.UntilAsync("it is proven", async () => (await OrdersAsync()).Any(order => (Guid?)order["person"] == (Guid)joined["person"]! && order["done"] is not null));
        Assert.Empty(Files.With(house.Data, _mark));
        await (await HandInAsync(item, Guid.CreateVersion7())).RefusedAsync(HttpStatusCode.Conflict, "item.wrong-state");

        Task<HttpResponseMessage> HandInAsync(Guid what, Guid id) =>
            house.SendAsync(HttpMethod.Post, $"/api/sessions/{house.Session}/items/{what}/hand-in", house.HostToken, new { id, network, group });
    }

    /// <summary>A moderator of two conferences and a secretary, signed in.</summary>
    private async Task<(Guid Person, string Token, (Guid Id, string Code, string HostToken) Other, Guid Network, string Secretary)> InThreePlacesAsync()
    {
        var other = await house.PlanAsync("Other summit");
        var (network, secretary) = await FoundAsync();
        var (person, token) = await house.PersonAsync(_mark);
        await house.TellAsync(house.AdminToken, person, new { type = "give-role", role = new { @in = new { conference = other.Id }, role = "moderator" } }).DoneAsync();
        await house.TellAsync(house.AdminToken, person, new { type = "give-role", role = new { @in = new { network }, role = "secretary" } }).DoneAsync();
        // A role with power ends the links of who did not give it.
        return (person, await house.EnterAsync(await house.LinkAsync(person, house.AdminToken)), other, network, secretary);
    }

    private async Task<(Guid Network, string Secretary)> FoundAsync()
    {
        var founded = await (await house.SendAsync(HttpMethod.Post, "/api/networks", house.AdminToken, new { title = $"Network {Guid.NewGuid():N}", name = "B40" })).JsonAsync();
        return ((Guid)founded["id"]!, await house.EnterAsync(LinksFile.SecretOf((string)founded["secretary"]!)));
    }

    private Task RecordAsync(Guid network, string token, object command) => RecordAsync($"{network}", token, command);

    private Task RecordAsync(string of, string token, object command) => SendAsync($"/api/networks/{of}/commands", token, command);

    private Task SetAsync(Guid conference, string token, object command) => SendAsync($"/api/conferences/{conference}/commands", token, command);

    private async Task SendAsync(string path, string token, object command)
    {
        var json = JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = Guid.CreateVersion7();
        await (await house.SendAsync(HttpMethod.Post, path, token, json)).JsonAsync();
    }

    private async Task<Guid> PostAsync(string token, Guid session, object command)
    {
        var id = Guid.CreateVersion7();
        await (await house.CommandAsync(token, session, command, id)).JsonAsync();
        return id;
    }

    private async Task<JsonNode> ItemAsync(Guid item) =>
        (await (await house.SendAsync(HttpMethod.Get, $"/api/sessions/{house.Session}", house.HostToken)).JsonAsync())["items"]!.AsArray().Single(one => (Guid)one!["id"]! == item)!;

    private async Task<List<JsonNode>> OrdersAsync() =>
        [.. (await (await house.SendAsync(HttpMethod.Get, "/api/erasures", house.AdminToken)).JsonAsync()).AsArray().Select(order => order!)];
}
