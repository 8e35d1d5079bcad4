using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Summit.Testing;

namespace Summit.Server.Tests.Integrations;

/// <summary>A program with a key of its own, over HTTP, as docs/protocol.md says it.</summary>
public sealed class UsingAKey(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Sees_what_everybody_sees_who_has_joined_when_it_is_to_read()
    {
        var (_, key) = await IssueAsync("City portal", "read");
        Assert.StartsWith("summit_", key, StringComparison.Ordinal);
        var pending = Guid.CreateVersion7();
        await house.CommandAsync(house.HostToken, house.Session, new { type = "policies", policies = new { review = true } });
        await house.CommandAsync(await house.JoinAsync(), house.Session, new { type = "ask", text = "Not reviewed yet" }, pending);
        await (await house.CommandAsync(house.HostToken, house.Session, new { type = "ask", text = "Where do the trams go?" })).JsonAsync();
        await house.CommandAsync(house.HostToken, house.Session, new { type = "policies", policies = new { review = false } });

        var items = new JsonArray();
        await Wait.UntilAsync("the question shows", async () =>
        {
            items = (await (await GetAsync(key, $"/api/sessions/{house.Session}")).JsonAsync())["items"]!.AsArray();
            return items.Any(item => (string?)item!["text"] == "Where do the trams go?");
        });
        Assert.DoesNotContain(items, item => (Guid)item!["id"]! == pending);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(key, $"/api/conferences/{house.Conference}")).StatusCode);

        await (await house.CommandAsync(key, house.Session, new { type = "ask", text = "By a program" })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.CommandAsync(key, house.Session, new { type = "close" })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await GetAsync(key, $"/api/conferences/{house.Conference}/registrations")).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await GetAsync(key, $"/api/conferences/{house.Conference}/report")).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await GetAsync(key, $"/api/conferences/{house.Conference}/keys")).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        var (other, _, _) = await house.PlanAsync("Another summit");
        await (await GetAsync(key, $"/api/conferences/{other}")).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.SendAsync(HttpMethod.Delete, "/api/my-data", key)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
    }

    [Fact]
    public async Task Moderates_under_its_own_name_in_the_audit_and_the_report()
    {
        var (_, key) = await IssueAsync("Moderation bot", "moderate");
        var item = Guid.CreateVersion7();
        await house.CommandAsync(await house.JoinAsync(), house.Session, new { type = "ask", text = "Who pays for it?" }, item);
        Assert.Equal(HttpStatusCode.OK, (await house.CommandAsync(key, house.Session, new { type = "stage", item })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await house.CommandAsync(key, house.Session, new { type = "answer", item, text = "The region." })).StatusCode);
        await (await house.CommandAsync(key, house.Session, new { type = "policies", policies = new { review = true } })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");

        var audit = await (await GetAsync(house.HostToken, $"/api/conferences/{house.Conference}/audit?kind=session.item-staged")).JsonAsync();
        Assert.Equal("Moderation bot", (string)Assert.Single(audit["entries"]!.AsArray(), entry => (string?)entry!["what"] == "Who pays for it?")!["by"]!["name"]!);
        var report = await (await GetAsync(key, $"/api/conferences/{house.Conference}/report")).JsonAsync();
        var told = report["sessions"]![0]!["items"]!.AsArray().Single(one => (Guid)one!["id"]! == item)!;
        Assert.Equal(("Moderation bot", "The region."), ((string)told["by"]!, (string)told["answer"]!));
    }

    [Fact]
    public async Task Looks_after_registrations_and_sees_no_session_when_it_is_for_people()
    {
        var (_, key) = await IssueAsync("Registration desk", "people");
        await house.SendAsync(HttpMethod.Post, $"/api/conferences/{house.Conference}/registration/commands", house.HostToken, new
        {
            type = "set-form",
            id = Guid.CreateVersion7(),
            approval = true,
            fields = new object[] { new { key = "name", kind = "line", label = "", required = true }, new { key = "mail", kind = "mail", label = "", required = true } },
        });
        var registered = await (await house.PostAsync($"/api/conferences/{house.Conference}/registration", new
        {
            id = Guid.CreateVersion7(),
            answers = new { name = "Ana", mail = "ana@tirana.example" },
            lang = "en",
        })).JsonAsync();
        var person = (Guid)registered["registration"]!["person"]!;
        Assert.Equal(HttpStatusCode.OK, (await RegistrationAsync(key, new { type = "approve", person, id = Guid.CreateVersion7() })).StatusCode);
        var list = await (await GetAsync(key, $"/api/conferences/{house.Conference}/registrations")).JsonAsync();
        Assert.Equal("approved", (string)Assert.Single(list["people"]!.AsArray())!["state"]!);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(key, $"/api/conferences/{house.Conference}/door")).StatusCode);

        await (await RegistrationAsync(key, new { type = "set-form", id = Guid.CreateVersion7(), fields = Array.Empty<object>() })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await GetAsync(key, $"/api/sessions/{house.Session}")).RefusedAsync(HttpStatusCode.NotFound, "session.unknown");
        await (await GetAsync(key, $"/api/conferences/{house.Conference}")).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
    }

    [Fact]
    public async Task Is_seen_in_the_list_with_the_day_of_its_last_use_and_ends_when_it_is_revoked()
    {
        var (id, key) = await IssueAsync("Used today", "read");
        Assert.Null((await ListedAsync(id))["used"]);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(key, $"/api/sessions/{house.Session}")).StatusCode);
        var listed = await ListedAsync(id);
        Assert.Equal(house.Time.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), (string)listed["used"]!);
        Assert.DoesNotContain(key, listed.ToJsonString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await house.SendAsync(HttpMethod.Delete, $"{Keys}/{id}", house.HostToken)).StatusCode);
        await (await GetAsync(key, $"/api/sessions/{house.Session}")).RefusedAsync(HttpStatusCode.Unauthorized, "access.revoked");
        Assert.True((bool)(await ListedAsync(id))["revoked"]!);
        var audit = await (await GetAsync(house.HostToken, $"/api/conferences/{house.Conference}/audit?kind=integration")).JsonAsync();
        Assert.Contains(audit["entries"]!.AsArray(), entry => (string)entry!["kind"]! == "integration.key-revoked" && (string)entry["what"]! == "Used today");
    }

    [Fact]
    public async Task Ends_at_its_end()
    {
        var (_, key) = await IssueAsync("For an hour", "read", house.Time.GetUtcNow().AddHours(1));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(key, $"/api/sessions/{house.Session}")).StatusCode);
        house.Time.Shift = TimeSpan.FromHours(2);
        try
        {
            await (await GetAsync(key, $"/api/sessions/{house.Session}")).RefusedAsync(HttpStatusCode.Unauthorized, "access.expired");
        }
        finally
        {
            house.Time.Shift = TimeSpan.Zero;
        }
    }

    [Theory]
    [InlineData("summit_")]
    [InlineData("summit_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("SUMMIT_nonsense")]
    public async Task Is_refused_with_one_that_nobody_made(string key) =>
        await (await GetAsync(key, $"/api/sessions/{house.Session}")).RefusedAsync(HttpStatusCode.Unauthorized, "access.invalid");

    [Fact]
    public async Task Is_made_and_listed_by_who_runs_the_conference_alone_and_as_it_should_be()
    {
        var (_, secret) = await house.IssueAsync("moderator", "Petra");
        var moderator = await house.EnterAsync(secret);
        var good = new { name = "Portal", scopes = new[] { "read" } };
        await (await house.SendAsync(HttpMethod.Post, Keys, moderator, good)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.SendAsync(HttpMethod.Get, Keys, moderator)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.SendAsync(HttpMethod.Delete, $"{Keys}/{Guid.CreateVersion7()}", moderator)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.SendAsync(HttpMethod.Post, Keys, null, good)).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        await (await house.SendAsync(HttpMethod.Post, Keys, house.HostToken, new { name = "", scopes = new[] { "read" } })).RefusedAsync(HttpStatusCode.BadRequest, "key.malformed");
        await (await house.SendAsync(HttpMethod.Post, Keys, house.HostToken, new { name = "Portal", scopes = Array.Empty<string>() })).RefusedAsync(HttpStatusCode.BadRequest, "key.malformed");
        await (await house.SendAsync(HttpMethod.Post, Keys, house.HostToken, new { name = "Portal", scopes = new[] { "everything" } })).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await house.SendAsync(HttpMethod.Delete, $"{Keys}/{Guid.CreateVersion7()}", house.HostToken)).RefusedAsync(HttpStatusCode.NotFound, "key.unknown");
        var nowhere = $"/api/conferences/{Guid.CreateVersion7()}/keys";
        await (await house.SendAsync(HttpMethod.Post, nowhere, house.AdminToken, good)).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
        await (await house.SendAsync(HttpMethod.Get, nowhere, house.AdminToken)).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
    }

    private string Keys => $"/api/conferences/{house.Conference}/keys";

    private async Task<(Guid Id, string Key)> IssueAsync(string name, string scope, DateTimeOffset? expires = null)
    {
        var issued = await (await house.SendAsync(HttpMethod.Post, Keys, house.HostToken, new { name, scopes = new[] { scope }, expires })).JsonAsync();
        return ((Guid)issued["id"]!, (string)issued["key"]!);
    }

    private async Task<JsonNode> ListedAsync(Guid id) =>
        (await (await GetAsync(house.HostToken, Keys)).Content.ReadFromJsonAsync<JsonArray>(Now.Cancelled))!.Single(key => (Guid)key!["id"]! == id)!;

    private Task<HttpResponseMessage> GetAsync(string token, string path) => house.SendAsync(HttpMethod.Get, path, token);

    private Task<HttpResponseMessage> RegistrationAsync(string token, object command) =>
        house.SendAsync(HttpMethod.Post, $"/api/conferences/{house.Conference}/registration/commands", token, command);
}
