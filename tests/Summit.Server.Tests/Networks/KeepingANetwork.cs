using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Summit.Server.Opening;

namespace Summit.Server.Tests.Networks;

/// <summary>The records of a network over HTTP: who may see and change what, and how refusals look.</summary>
public sealed class KeepingANetwork(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Begins_with_a_link_for_its_secretary()
    {
        var (id, secretary) = await FoundAsync("First");

        var shown = await ShowAsync(id);
        Assert.Equal(("First", "B40", "2021-11-30"), ((string)shown["title"]!, (string)shown["name"]!, (string)shown["founded"]!));
        Assert.False((bool)shown["keeps"]!);
        Assert.True((bool)(await ShowAsync(id, secretary))["keeps"]!);
        var listed = (await (await house.GetAsync("/api/networks")).JsonAsync()).AsArray();
        Assert.Single(listed, network => (Guid)network!["id"]! == id);
    }

    [Fact]
    public async Task Is_founded_once_however_often_it_is_asked_for_and_by_the_administrator_alone()
    {
        var id = Guid.CreateVersion7();
        var request = new { id, title = "Once", name = "O" };

        await (await PostAsync("", house.AdminToken, request)).JsonAsync();
        await (await PostAsync("", house.AdminToken, request)).JsonAsync();

        Assert.Equal(1, (int)(await ShowAsync(id))["seq"]! - 2);
        await (await PostAsync("", house.HostToken, request)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await PostAsync("", house.AdminToken, new { title = "", name = "O" })).RefusedAsync(HttpStatusCode.BadRequest, "text.empty");
        await (await PostAsync("", house.AdminToken, new { title = "T", name = "O", founded = "soon" })).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await PostAsync("", house.AdminToken, new { id = Guid.NewGuid(), title = "T", name = "O" })).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await house.PostAsync("/api/networks", request)).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
    }

    [Fact]
    public async Task Leads_a_candidate_in_by_vote_and_tells_everybody_how()
    {
        var (id, secretary) = await FoundAsync("Road");
        var sofia = await RecordAsync(id, secretary, "Sofia");
        var varna = Guid.CreateVersion7();
        await DoAsync(id, secretary, new { type = "apply", member = varna, name = "Varna", kind = "city", country = "BG", on = "2025-03" });
        await (await CommandAsync(id, secretary, new { type = "admit", member = varna, on = "2025-05-20", vote = new { yes = 1, no = 0, abstain = 0 } }))
            .RefusedAsync(HttpStatusCode.Conflict, "member.no-decision");
        var document = new { title = "Decision 512", url = "https://varna.example/512" };
        await DoAsync(id, secretary, new { type = "decision", member = varna, on = "2025-04-16", document });
        await DoAsync(id, secretary, new { type = "support", member = varna, by = "NAMRB", on = "2025-04" });
        await DoAsync(id, secretary, new { type = "admit", member = varna, on = "2025-05-20", vote = new { yes = 1, no = 0, abstain = 0 } });
        await DoAsync(id, secretary, new { type = "hand-over", to = sofia, on = "2025-02-25" });

        var shown = await ShowAsync(id);
        var member = Assert.Single(shown["members"]!.AsArray(), member => (Guid)member!["id"]! == varna)!;
        Assert.Equal(("member", "2025-05-20"), ((string)member["status"]!, (string)member["since"]!));
        Assert.Equal(["applied", "decided", "supported", "admitted"], member["steps"]!.AsArray().Select(step => (string)step!["kind"]!));
        Assert.Equal("https://varna.example/512", (string)member["steps"]![1]!["document"]!["url"]!);
        Assert.Equal(sofia, (Guid)Assert.Single(shown["terms"]!.AsArray())!["holder"]!);
    }

    [Fact]
    public async Task Passes_the_rights_of_the_presidency_on_with_it()
    {
        var (id, secretary) = await FoundAsync("Presidency");
        var (sofia, tirana) = (await RecordAsync(id, secretary, "Sofia"), await RecordAsync(id, secretary, "Tirana"));
        var (ofSofia, ofTirana) = (await EnterAsync(id, secretary, sofia), await EnterAsync(id, secretary, tirana));
        await DoAsync(id, secretary, new { type = "hand-over", to = tirana, on = "2024-01-31" });
        var describe = new { type = "describe", title = "Presidency", name = "P" };
        await DoAsync(id, ofTirana, describe);
        await (await CommandAsync(id, ofSofia, describe)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");

        await DoAsync(id, ofTirana, new { type = "hand-over", to = sofia, on = "2025-02-25" });

        await DoAsync(id, ofSofia, describe);
        await (await CommandAsync(id, ofTirana, describe)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        Assert.True((bool)(await ShowAsync(id, ofSofia))["keeps"]!);
        Assert.False((bool)(await ShowAsync(id, ofSofia))["issues"]!);
        await (await PostAsync($"/{id}/links", ofSofia, new { role = "secretary", label = "Mine" })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await GetAsync($"/{id}/links", ofSofia)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
    }

    [Fact]
    public async Task Shows_contacts_and_reasons_to_those_they_are_meant_for()
    {
        var (id, secretary) = await FoundAsync("Contacts");
        var (sofia, observer, declined) = (await RecordAsync(id, secretary, "Sofia"), await RecordAsync(id, secretary, "Bank", "observer"), Guid.CreateVersion7());
        await DoAsync(id, secretary, new { type = "contacts", member = sofia, contacts = new[] { new { name = "Elena", mail = "elena@sofia.example" } } });
        await DoAsync(id, secretary, new { type = "apply", member = declined, name = "Ruse", kind = "city", country = "BG", on = "2025-03" });
        await DoAsync(id, secretary, new { type = "decline", member = declined, on = "2025-04", reason = "Between us." });
        await DoAsync(id, secretary, new { type = "apply", member = observer, name = "Bank", kind = "institution", country = "GB", on = "2025-03" });
        await DoAsync(id, secretary, new { type = "decline", member = observer, on = "2025-04", reason = "Between us." });
        var summit = Guid.CreateVersion7();
        await DoAsync(id, secretary, new { type = "record-summit", summit, title = "Here", place = "Sofia", starts = "2025", conference = house.Conference });

        foreach (var token in new[] { null, await EnterAsync(id, secretary, observer), await house.JoinAsync() })
        {
            var text = (await ShowAsync(id, token)).ToJsonString();
            Assert.DoesNotContain("elena@", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Between us.", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Ruse", text, StringComparison.Ordinal);
            Assert.DoesNotContain("declined", text, StringComparison.Ordinal);
            Assert.DoesNotContain($"{house.Conference}", text, StringComparison.Ordinal);
        }

        // Its summit leads to the conference once that has a page for everybody.
        await (await house.SendAsync(
            HttpMethod.Post, $"/api/conferences/{house.Conference}/commands", house.HostToken, new { type = "publish", id = Guid.CreateVersion7() })).JsonAsync();
        Assert.Contains($"{house.Conference}", (await ShowAsync(id, null)).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("elena@", (await ShowAsync(id, await EnterAsync(id, secretary, sofia))).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("elena@", (await ShowAsync(id, house.HostToken)).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Between us.", (await ShowAsync(id, secretary)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_closed_to_everybody_else()
    {
        var (id, secretary) = await FoundAsync("Closed");
        var (_, other) = await FoundAsync("Another");
        var member = await EnterAsync(id, secretary, await RecordAsync(id, secretary, "Sofia"));
        var (_, moderator) = await house.IssueAsync("moderator", "Petra");
        foreach (var token in new[] { other, member, house.HostToken, await house.EnterAsync(moderator), await house.JoinAsync() })
        {
            await (await CommandAsync(id, token, new { type = "describe", title = "Mine", name = "M" })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await PostAsync($"/{id}/links", token, new { role = "secretary", label = "Mine" })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await GetAsync($"/{id}/links", token)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await house.SendAsync(HttpMethod.Delete, $"/api/networks/{id}", token)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        }

        await (await house.SendAsync(HttpMethod.Delete, $"/api/networks/{id}", secretary)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await CommandAsync(id, null, new { type = "describe", title = "Mine", name = "M" })).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        // And the other way about.
        await (await house.CommandAsync(secretary, house.Session, new { type = "pause" })).RefusedAsync(HttpStatusCode.NotFound, "session.unknown");
        await (await house.SendAsync(HttpMethod.Get, "/api/conference", secretary)).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
    }

    [Fact]
    public async Task Refuses_what_is_no_command_of_a_network()
    {
        var (id, secretary) = await FoundAsync("Malformed");
        await (await CommandAsync(id, secretary, new { type = "ask", text = "Why?" })).RefusedAsync(HttpStatusCode.BadRequest, "command.unknown");
        await (await CommandAsync(id, secretary, new { type = "describe" })).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await CommandAsync(id, secretary, new { type = "apply", member = Guid.CreateVersion7(), name = "V", kind = "village", country = "BG", on = "2025" }))
            .RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await CommandAsync(id, secretary, new { type = "apply", member = Guid.CreateVersion7(), name = "V", kind = "city", country = "BG", on = "3.2025" }))
            .RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await CommandAsync(id, secretary, new { type = "back", member = Guid.CreateVersion7() }, Guid.NewGuid())).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await CommandAsync(id, secretary, new { type = "back", member = Guid.CreateVersion7() })).RefusedAsync(HttpStatusCode.NotFound, "member.unknown");
        await (await CommandAsync(id, secretary, new { type = "describe", title = new string('a', 201), name = "M" }))
            .RefusedAsync(HttpStatusCode.BadRequest, "text.too-long");
        await (await CommandAsync(Guid.CreateVersion7(), secretary, new { type = "take-handover-back" })).RefusedAsync(HttpStatusCode.NotFound, "network.unknown");
        await (await house.GetAsync($"/api/networks/{Guid.CreateVersion7()}")).RefusedAsync(HttpStatusCode.NotFound, "network.unknown");
    }

    [Fact]
    public async Task Takes_the_same_command_again_without_doing_it_twice()
    {
        var (id, secretary) = await FoundAsync("Again");
        var (command, key) = (new { type = "describe", title = "Again", name = "A" }, Guid.CreateVersion7());

        var first = await (await CommandAsync(id, secretary, command, key)).JsonAsync();
        var second = await (await CommandAsync(id, secretary, command, key)).JsonAsync();

        Assert.Equal((long)first["seq"]!, (long)second["seq"]!);
    }

    [Fact]
    public async Task Ends_for_a_link_that_is_revoked_and_for_all_when_the_network_goes()
    {
        var (id, secretary) = await FoundAsync("Gone");
        var issued = await (await PostAsync($"/{id}/links", secretary, new { role = "secretary", label = "Second desk" })).JsonAsync();
        var secret = LinksFile.SecretOf((string)issued["link"]!);
        var second = await house.EnterAsync(secret);
        var listed = await (await GetAsync($"/{id}/links", second)).JsonAsync();
        Assert.Equal(["Secretary", "Second desk"], listed.AsArray().Select(link => (string)link!["label"]!));
        Assert.DoesNotContain(secret, listed.ToJsonString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await house.SendAsync(HttpMethod.Delete, $"/api/networks/{id}/links/{issued["id"]}", secretary)).StatusCode);

        await (await GetAsync($"/{id}", second)).RefusedAsync(HttpStatusCode.Unauthorized, "access.revoked");
        await (await house.PostAsync("/api/enter", new { secret })).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");
        Assert.Equal(HttpStatusCode.NoContent, (await house.SendAsync(HttpMethod.Delete, $"/api/networks/{id}", house.AdminToken)).StatusCode);
        await (await GetAsync($"/{id}", null)).RefusedAsync(HttpStatusCode.NotFound, "network.unknown");
        await (await GetAsync($"/{id}", secretary)).RefusedAsync(HttpStatusCode.Unauthorized, "access.revoked");
        await (await house.SendAsync(HttpMethod.Delete, $"/api/networks/{id}", house.AdminToken)).RefusedAsync(HttpStatusCode.NotFound, "network.unknown");
    }

    private async Task<(Guid Id, string Secretary)> FoundAsync(string title)
    {
        var founded = await (await PostAsync("", house.AdminToken, new { title, name = "B40", about = "Equal votes.", founded = "2021-11-30" })).JsonAsync();
        return ((Guid)founded["id"]!, await house.EnterAsync(LinksFile.SecretOf((string)founded["secretary"]!)));
    }

    private async Task<Guid> RecordAsync(Guid network, string token, string name, string status = "member")
    {
        var member = Guid.CreateVersion7();
        await DoAsync(network, token, new { type = "record-member", member, name, kind = "city", country = "BG", status, since = "2021" });
        return member;
    }

    private async Task<string> EnterAsync(Guid network, string secretary, Guid member) => await house.EnterAsync(LinksFile.SecretOf(
        (string)(await (await PostAsync($"/{network}/links", secretary, new { role = "member", label = "Mayor's office", member })).JsonAsync())["link"]!));

    private async Task<JsonNode> ShowAsync(Guid network, string? token = null) => await (await GetAsync($"/{network}", token)).JsonAsync();

    private async Task DoAsync(Guid network, string token, object command) => await (await CommandAsync(network, token, command)).JsonAsync();

    private Task<HttpResponseMessage> CommandAsync(Guid network, string? token, object command, Guid? id = null)
    {
        var json = JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = id ?? Guid.CreateVersion7();
        return PostAsync($"/{network}/commands", token, json);
    }

    private Task<HttpResponseMessage> GetAsync(string path, string? token) => house.SendAsync(HttpMethod.Get, $"/api/networks{path}", token);

    private Task<HttpResponseMessage> PostAsync(string path, string? token, object body) => house.SendAsync(HttpMethod.Post, $"/api/networks{path}", token, body);
}
