using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Engine;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests.Conferences;

public sealed class RunningAConference(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Begins_with_a_code_that_works_and_a_link_for_the_host()
    {
        var (id, code, host) = await house.PlanAsync("Youth forum");

        Assert.True(Lobby.IsCode(code));
        var joined = await (await house.TryJoinAsync(code)).JsonAsync();
        Assert.Equal(id, (Guid)joined["conference"]!["id"]!);
        var session = Guid.CreateVersion7();
        var scheduled = await (await house.ScheduleAsync(id, host, session)).JsonAsync();
        Assert.Equal(session, (Guid)scheduled["id"]!);
        Assert.Equal("Green transformation", (string)scheduled["title"]!);
        Assert.Equal(HttpStatusCode.OK, (await house.CommandAsync(host, session, new { type = "open" })).StatusCode);
    }

    [Fact]
    public async Task Is_planned_once_however_often_the_request_is_sent()
    {
        var id = Guid.CreateVersion7();

        var one = await (await PlanAsync(house.AdminToken, House.Plan("Once", id))).JsonAsync();
        var other = await (await PlanAsync(house.AdminToken, House.Plan("Once", id))).JsonAsync();

        Assert.Equal(id, (Guid)one["id"]!);
        Assert.Equal((string)one["code"]!, (string)other["code"]!);
    }

    [Fact]
    public async Task Takes_another_code_when_the_first_is_taken()
    {
        var desk = house.Services.GetRequiredService<Server.Conferences.Desk>();
        var engine = house.Services.GetRequiredService<IEngine>();
        var admin = new Domain.Actor(default, Domain.Role.Admin, default, null, null);
        var wanted = Request(Guid.CreateVersion7());
        // What the same id would get on an installation of its own.
        await using var elsewhere = new House();
        await elsewhere.InitializeAsync();
        var (first, _) = await elsewhere.Services.GetRequiredService<Server.Conferences.Desk>().PlanAsync(admin, wanted, Cancelled);
        var squatter = new Domain.ConferenceId(Guid.CreateVersion7());
        Assert.Null((await engine.SendAsync(Lobby.Only, new CommandEnvelope(Guid.CreateVersion7(), admin, new OpenDoor(first, squatter)), Cancelled)).Fault);

        var (code, fault) = await desk.PlanAsync(admin, wanted, Cancelled);

        Assert.Null(fault);
        Assert.NotEqual(first, code);
        Assert.Equal(wanted.Id.Value, (Guid)(await (await house.TryJoinAsync(code)).JsonAsync())["conference"]!["id"]!);
    }

    [Theory]
    [InlineData("title", "", "conference.title")]
    [InlineData("timeZone", "Moon/Tranquility", "conference.time-zone")]
    [InlineData("ends", "2001-01-01T00:00:00Z", "conference.times-reversed")]
    [InlineData("starts", "tomorrow", "command.malformed")]
    [InlineData("title", null, "command.malformed")]
    [InlineData("id", "00000000-0000-0000-0000-000000000000", "command.malformed")]
    public async Task Is_refused_when_it_cannot_be_held(string member, string? value, string code)
    {
        var plan = System.Text.Json.JsonSerializer.SerializeToNode(House.Plan("Nowhere"))!.AsObject();
        plan[member] = value;
        plan.Remove(member == "id" ? "" : "id");
        var doors = house.Services.GetRequiredService<Server.Conferences.ConferenceDirectory>().Conferences.Count();

        await (await PlanAsync(house.AdminToken, plan)).RefusedAsync(HttpStatusCode.BadRequest, code);

        Assert.Equal(doors, house.Services.GetRequiredService<Server.Conferences.ConferenceDirectory>().Conferences.Count());
    }

    [Fact]
    public async Task Keeps_its_sessions_to_itself()
    {
        var (other, _, host) = await house.PlanAsync("Another");

        await (await house.ScheduleAsync(other, host, house.Session)).RefusedAsync(HttpStatusCode.Conflict, "session.exists");
        await (await house.CommandAsync(host, house.Session, new { type = "pause" })).RefusedAsync(HttpStatusCode.NotFound, "session.unknown");
    }

    [Fact]
    public async Task Schedules_a_session_once_and_refuses_a_bad_one()
    {
        var session = Guid.CreateVersion7();

        await (await house.ScheduleAsync(house.Conference, house.HostToken, session, new { review = true, maxLength = 200 })).JsonAsync();
        await (await house.ScheduleAsync(house.Conference, house.HostToken, session)).JsonAsync();
        await (await house.ScheduleAsync(house.Conference, house.HostToken, Guid.NewGuid())).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await house.ScheduleAsync(house.Conference, house.HostToken, Guid.CreateVersion7(), new { maxLength = 0 }))
            .RefusedAsync(HttpStatusCode.BadRequest, "policy.out-of-bounds");

        var where = await (await house.SendAsync(HttpMethod.Get, "/api/conference", house.HostToken)).JsonAsync();
        Assert.Single(where["sessions"]!.AsArray(), entry => (Guid)entry!["id"]! == session);
        var (state, _) = await house.Services.GetRequiredService<Replay>().LoadAsync<Session>(session, Cancelled);
        Assert.True(state.Policies.Review);
        Assert.Equal(200, state.Policies.MaxLength);
    }

    [Fact]
    public async Task Lists_its_links_without_a_secret()
    {
        var (id, secret) = await house.IssueAsync("moderator", " Petra\u200b ");

        var answer = await house.SendAsync(HttpMethod.Get, $"/api/conferences/{house.Conference}/links", house.HostToken);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);

        var link = Assert.Single(JsonNode.Parse(text)!.AsArray(), entry => (Guid)entry!["id"]! == id)!;
        Assert.Equal("Petra", (string)link["label"]!);
        Assert.Equal("moderator", (string)link["role"]!);
        Assert.False((bool)link["revoked"]!);
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Conferences.RoleSecret.Hash(secret), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("participant", "Petra")]
    [InlineData("admin", "Petra")]
    [InlineData("moderator", "")]
    public async Task Issues_links_for_moderators_hosts_and_stages_alone(string role, string label) =>
        await (await house.SendAsync(HttpMethod.Post, $"/api/conferences/{house.Conference}/links", house.HostToken, new { role, label }))
            .RefusedAsync(HttpStatusCode.BadRequest, "link.malformed");

    [Fact]
    public async Task Is_closed_to_everybody_else()
    {
        var (_, moderator) = await house.IssueAsync("moderator", "Petra");
        var (_, stage) = await house.IssueAsync("stage", "Hall");
        var (_, _, otherHost) = await house.PlanAsync("Another");
        string?[] strangers = [await house.JoinAsync(), await house.EnterAsync(moderator), await house.EnterAsync(stage), otherHost];
        var conference = $"/api/conferences/{house.Conference}";

        foreach (var token in strangers)
        {
            await (await PlanAsync(token, House.Plan("Mine now"))).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await house.ScheduleAsync(house.Conference, token!, Guid.CreateVersion7())).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await house.SendAsync(HttpMethod.Get, $"{conference}/links", token)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await house.SendAsync(HttpMethod.Post, $"{conference}/links", token, new { role = "host", label = "Me" }))
                .RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await house.SendAsync(HttpMethod.Delete, $"{conference}/links/{Guid.CreateVersion7()}", token)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await house.SendAsync(HttpMethod.Delete, conference, token)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        }

        await (await PlanAsync(null, House.Plan("Mine now"))).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        await (await PlanAsync(house.HostToken, House.Plan("Mine now"))).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
    }

    [Fact]
    public async Task Ends_with_its_code_its_links_and_its_tokens()
    {
        var (id, code, host) = await house.PlanAsync("Short");
        var participant = (string)(await (await house.TryJoinAsync(code)).JsonAsync())["token"]!;

        Assert.Equal(HttpStatusCode.NoContent, (await house.SendAsync(HttpMethod.Delete, $"/api/conferences/{id}", house.AdminToken)).StatusCode);

        await (await house.TryJoinAsync(code)).RefusedAsync(HttpStatusCode.NotFound, "join.unknown-code");
        await (await house.SendAsync(HttpMethod.Get, "/api/conference", participant)).RefusedAsync(HttpStatusCode.Unauthorized, "access.revoked");
        await (await house.SendAsync(HttpMethod.Get, "/api/conference", host)).RefusedAsync(HttpStatusCode.Unauthorized, "access.revoked");
        await (await house.SendAsync(HttpMethod.Delete, $"/api/conferences/{id}", house.AdminToken)).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
        await (await house.ScheduleAsync(id, house.AdminToken, Guid.CreateVersion7())).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
    }

    [Fact]
    public async Task Can_be_ended_by_its_own_host()
    {
        var (id, code, host) = await house.PlanAsync("Shorter");

        Assert.Equal(HttpStatusCode.NoContent, (await house.SendAsync(HttpMethod.Delete, $"/api/conferences/{id}", host)).StatusCode);

        await (await house.TryJoinAsync(code)).RefusedAsync(HttpStatusCode.NotFound, "join.unknown-code");
    }

    [Fact]
    public void Gives_the_steps_of_a_request_ids_that_never_change()
    {
        var of = Guid.Parse("019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11");

        // Pinned: commands with these ids lie in journals.
        Assert.Equal(Guid.Parse("1669129e-ea8d-864a-a9fd-1f7768bf4383"), Server.Conferences.DerivedId.Of(of, "plan"));
        Assert.NotEqual(Server.Conferences.DerivedId.Of(of, "plan"), Server.Conferences.DerivedId.Of(of, "issue"));
        Assert.Equal(8, Server.Conferences.DerivedId.Of(of, "plan").Version);
    }

    private static Server.Conferences.NewConference Request(Guid id) => new(
        new Domain.ConferenceId(id), "Second choice", null, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "Europe/Sofia", ["en"]);

    private Task<HttpResponseMessage> PlanAsync(string? token, object plan) => house.SendAsync(HttpMethod.Post, "/api/conferences", token, plan);
}
