using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Summit.Server.Opening;

namespace Summit.Server.Tests.WorkingGroups;

/// <summary>A working group over HTTP, from the coordinator's link to what another city made of a practice.</summary>
public sealed class RunningAWorkingGroup(House house) : IClassFixture<House>, IAsyncLifetime
{
    private readonly Guid _group = Guid.CreateVersion7();
    private Guid _network;
    private string _secretary = "";
    private Guid _sofia;
    private Guid _athens;
    private string _ofSofia = "";
    private string _ofAthens = "";
    private string _coordinator = "";

    public async ValueTask InitializeAsync()
    {
        var founded = await (await house.SendAsync(HttpMethod.Post, "/api/networks", house.AdminToken, new { title = "Balkan Cities Network", name = "B40" })).JsonAsync();
        _network = (Guid)founded["id"]!;
        _secretary = await house.EnterAsync(LinksFile.SecretOf((string)founded["secretary"]!));
        (_sofia, _athens) = (await RecordAsync("Sofia"), await RecordAsync("Athens"));
        await RecordsAsync(new { type = "set-group", group = _group, kind = "working-group", name = "Local climate action", coordinators = new[] { new { member = _athens } } });
        _ofSofia = await EnterAsync(new { role = "member", label = "Sofia", member = _sofia });
        _ofAthens = await EnterAsync(new { role = "member", label = "Athens", member = _athens });
        _coordinator = await EnterAsync(new { role = "coordinator", label = "Athens", group = _group });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Leads_a_practice_from_a_draft_to_the_city_that_adapts_it()
    {
        var practice = Guid.CreateVersion7();
        await DoAsync(_ofSofia, new { type = "take-part", member = _sofia, person = "Ana" });
        await DoAsync(_ofSofia, Write(practice));

        // Nobody outside sees the draft, nor who comes for Sofia.
        foreach (var token in new[] { null, _ofAthens, house.HostToken })
        {
            var outside = await ShowAsync(token);
            Assert.Empty(outside["practices"]!.AsArray());
            Assert.Null(outside["tasks"]);
            Assert.DoesNotContain("Ana", outside.ToJsonString(), StringComparison.Ordinal);
        }

        var inside = await ShowAsync(_coordinator);
        Assert.Equal(("draft", "Ana", true), ((string)inside["practices"]![0]!["state"]!, (string)inside["members"]![0]!["person"]!, (bool)inside["runs"]!));
        await (await CommandAsync(_coordinator, new { type = "publish", practice })).RefusedAsync(HttpStatusCode.Conflict, "practice.wrong-state");
        await DoAsync(_ofSofia, new { type = "submit", practice });
        await (await CommandAsync(_ofSofia, new { type = "publish", practice })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await DoAsync(_coordinator, new { type = "publish", practice });
        await (await CommandAsync(_coordinator, new { type = "validate", practice })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await DoAsync(_secretary, new { type = "validate", practice });
        await DoAsync(_ofAthens, new { type = "endorse", practice, member = _athens, on = true });
        await DoAsync(_ofAthens, new { type = "adapt", practice, member = _athens, changed = "Olive trees.", worked = "partly", since = "2026" });

        var shown = (await ShowAsync(null))["practices"]!.AsArray().Single()!;
        Assert.Equal(("validated", "Sofia"), ((string)shown["state"]!, Name(await ShowAsync(null), shown["member"]!)));
        Assert.Equal(_athens, (Guid)shown["endorsed"]![0]!);
        Assert.Equal(("Olive trees.", "partly", "2026"), ((string)shown["adapted"]![0]!["changed"]!, (string)shown["adapted"]![0]!["worked"]!, (string)shown["adapted"]![0]!["since"]!));
        Assert.Equal(("Temperature", "44", "36", "2025"), ((string)shown["evidence"]![0]!["indicator"]!, (string)shown["evidence"]![0]!["before"]!, (string)shown["evidence"]![0]!["after"]!, (string)shown["evidence"]![0]!["year"]!));
    }

    [Fact]
    public async Task Takes_what_was_proposed_at_a_summit_with_where_it_comes_from()
    {
        var (conference, _, host) = await house.PlanAsync("Fourth summit");
        var session = Guid.CreateVersion7();
        await house.ScheduleAsync(conference, host, session);
        await (await house.CommandAsync(host, session, new { type = "open" })).JsonAsync();
        var proposal = await PostAsync(host, session, new { type = "propose", title = "A charter of shade", text = "Let us write one." });
        var question = await PostAsync(host, session, new { type = "ask", text = "Who waters them?" });

        // Not a summit of the network yet.
        await (await HandInAsync(host, session, proposal)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        Assert.Empty((await GroupsOfAsync(conference, host)).AsArray());
        await RecordsAsync(new { type = "record-summit", summit = Guid.CreateVersion7(), title = "Fourth", place = "Sofia", starts = "2025-02-24", conference });
        Assert.Equal(_group, (Guid)Assert.Single((await GroupsOfAsync(conference, host)).AsArray())!["group"]!);

        await (await HandInAsync(host, session, question)).RefusedAsync(HttpStatusCode.Conflict, "item.wrong-kind");
        await (await HandInAsync(host, session, Guid.CreateVersion7())).RefusedAsync(HttpStatusCode.NotFound, "item.unknown");
        await (await HandInAsync(host, session, proposal, Guid.NewGuid())).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await house.SendAsync(HttpMethod.Post, $"/api/sessions/{session}/items/{proposal}/hand-in", host, new { id = Guid.CreateVersion7(), network = _network, group = Guid.CreateVersion7() }))
            .RefusedAsync(HttpStatusCode.NotFound, "group.unknown");
        await (await HandInAsync(house.HostToken, session, proposal)).RefusedAsync(HttpStatusCode.NotFound, "session.unknown");
        var once = Guid.CreateVersion7();
        await (await HandInAsync(host, session, proposal, once)).JsonAsync();
        await (await HandInAsync(host, session, proposal, once)).JsonAsync();
        await (await HandInAsync(host, session, proposal)).RefusedAsync(HttpStatusCode.Conflict, "task.exists");
        await (await house.CommandAsync(host, session, new { type = "follow-up", item = question, owner = "Athens", due = "2027-06-01" })).JsonAsync();
        await (await HandInAsync(host, session, question)).JsonAsync();

        Assert.Equal(new[] { proposal, question }.Order(), (await GroupsOfAsync(conference, host))[0]!["items"]!.AsArray().Select(item => (Guid)item!).Order());
        var tasks = (await ShowAsync(_coordinator))["tasks"]!.AsArray();
        var task = Assert.Single(tasks, task => (Guid)task!["id"]! == once)!;
        Assert.Equal(("A charter of shade\n\nLet us write one.", "open"), ((string)task["text"]!, (string)task["state"]!));
        Assert.Equal(("Fourth summit", "Green transformation"), ((string)task["from"]!["conferenceTitle"]!, (string)task["from"]!["sessionTitle"]!));
        var promised = Assert.Single(tasks, task => (Guid)task!["id"]! != once)!;
        Assert.Equal(("Athens", "2027-06-01"), ((string)promised["owner"]!, (string)promised["due"]!));
        await DoAsync(_coordinator, new { type = "settle", task = once, state = "done", note = "Signed." });
        Assert.Equal("Signed.", (string)(await ShowAsync(_coordinator))["tasks"]!.AsArray().Single(task => (Guid)task!["id"]! == once)!["note"]!);
    }

    [Fact]
    public async Task Knows_who_is_in_the_network_and_who_has_left()
    {
        await (await CommandAsync(_coordinator, new { type = "take-part", member = Guid.CreateVersion7() })).RefusedAsync(HttpStatusCode.NotFound, "member.unknown");
        await DoAsync(_coordinator, new { type = "take-part", member = _sofia });
        await RecordsAsync(new { type = "status", member = _sofia, status = "former", on = "2025" });
        await (await CommandAsync(_ofSofia, new { type = "leave", member = _sofia })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await CommandAsync(_coordinator, new { type = "endorse", practice = Guid.CreateVersion7(), member = _sofia, on = true })).RefusedAsync(HttpStatusCode.NotFound, "member.unknown");
        Assert.False((bool)(await ShowAsync(null))["cities"]!.AsArray().Single(city => (Guid)city!["id"]! == _sofia)!["in"]!);
        await DoAsync(_coordinator, new { type = "leave", member = _sofia });
    }

    [Fact]
    public async Task Is_there_for_as_long_as_its_network_has_it()
    {
        await DoAsync(_coordinator, new { type = "take-part", member = _sofia });
        await (await house.GetAsync($"/api/networks/{Guid.CreateVersion7()}/groups/{_group}")).RefusedAsync(HttpStatusCode.NotFound, "group.unknown");
        await RecordsAsync(new { type = "drop-group", group = _group });
        await (await house.GetAsync(Path)).RefusedAsync(HttpStatusCode.NotFound, "group.unknown");
        await (await CommandAsync(_secretary, new { type = "take-part", member = _athens })).RefusedAsync(HttpStatusCode.NotFound, "group.unknown");
        // The coordinator's link has ended with it.
        await (await CommandAsync(_coordinator, new { type = "take-part", member = _athens })).RefusedAsync(HttpStatusCode.Unauthorized, "access.revoked");
    }

    [Fact]
    public async Task Refuses_what_is_no_command_and_who_is_nobody_here()
    {
        var stranger = await house.JoinAsync();
        await (await CommandAsync(stranger, new { type = "take-part", member = _sofia })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.SendAsync(HttpMethod.Post, $"{Path}/commands", null, new { })).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        await (await CommandAsync(_coordinator, new { type = "hand-in" })).RefusedAsync(HttpStatusCode.BadRequest, "command.unknown");
        await (await CommandAsync(_coordinator, new { type = "settle", task = Guid.CreateVersion7(), state = "finished" })).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{house.Conference}/groups", stranger)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
    }

    private string Path => $"/api/networks/{_network}/groups/{_group}";

    private object Write(Guid practice) => new
    {
        type = "write",
        practice,
        member = _sofia,
        title = "Shade for bus stops",
        summary = "Trees beside every stop.",
        problem = "Too hot to wait.",
        done = "300 trees.",
        evidence = new[] { new { indicator = "Temperature", before = "44", after = "36", year = "2025" } },
    };

    private static string Name(JsonNode page, JsonNode member) =>
        (string)page["cities"]!.AsArray().Single(city => (Guid)city!["id"]! == (Guid)member)!["name"]!;

    private async Task<JsonNode> ShowAsync(string? token) => await (await house.SendAsync(HttpMethod.Get, Path, token)).JsonAsync();

    private async Task<JsonNode> GroupsOfAsync(Guid conference, string token) =>
        await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{conference}/groups", token)).JsonAsync();

    private Task<HttpResponseMessage> HandInAsync(string token, Guid session, Guid item, Guid? id = null) => house.SendAsync(
        HttpMethod.Post, $"/api/sessions/{session}/items/{item}/hand-in", token, new { id = id ?? Guid.CreateVersion7(), network = _network, group = _group });

    private async Task<Guid> PostAsync(string token, Guid session, object command)
    {
        var id = Guid.CreateVersion7();
        await (await house.CommandAsync(token, session, command, id)).JsonAsync();
        return id;
    }

    private async Task DoAsync(string token, object command) => await (await CommandAsync(token, command)).JsonAsync();

    private Task<HttpResponseMessage> CommandAsync(string token, object command) => SendAsync($"{Path}/commands", token, command);

    private async Task RecordsAsync(object command) => await (await SendAsync($"/api/networks/{_network}/commands", _secretary, command)).JsonAsync();

    private Task<HttpResponseMessage> SendAsync(string path, string token, object command)
    {
        var json = JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = Guid.CreateVersion7();
        return house.SendAsync(HttpMethod.Post, path, token, json);
    }

    private async Task<Guid> RecordAsync(string name)
    {
        var member = Guid.CreateVersion7();
        await RecordsAsync(new { type = "record-member", member, name, kind = "city", country = "BG", status = "member", since = "2021" });
        return member;
    }

    private async Task<string> EnterAsync(object link) => await house.EnterAsync(LinksFile.SecretOf(
        (string)(await (await house.SendAsync(HttpMethod.Post, $"/api/networks/{_network}/links", _secretary, link)).JsonAsync())["link"]!));
}
