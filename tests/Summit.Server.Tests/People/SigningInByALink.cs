using System.Net;
using Summit.Server.People;

namespace Summit.Server.Tests.People;

/// <summary>A person comes in by the own link, and from there wherever they have a role.</summary>
public sealed class SigningInByALink(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Shows_the_person_what_is_theirs()
    {
        var id = await house.AddAsync("Elena Petrova", mail: "elena.p@sofia.example");
        var secret = await house.LinkAsync(id);

        var access = await (await house.PostAsync("/api/enter", new { secret })).JsonAsync();

        Assert.Equal(("person", id), ((string)access["role"]!, (Guid)access["person"]!));
        Assert.Null(access["conference"]);
        var me = await house.MeAsync((string)access["token"]!);
        Assert.Equal(("Elena Petrova", "elena.p@sofia.example"), ((string)me["card"]!["name"]!, (string)me["card"]!["mail"]!));
        Assert.Equal(("moderator", house.Conference), ((string)me["roles"]![0]!["role"]!, (Guid)me["roles"]![0]!["conference"]!["id"]!));
        Assert.True((bool)Assert.Single(me["signIns"]!.AsArray())!["here"]!);
        Assert.False((bool)Assert.Single(me["links"]!.AsArray())!["own"]!);
        Assert.DoesNotContain(secret, me.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leads_into_the_place_of_a_role_with_the_rights_of_that_role()
    {
        var (_, token) = await house.PersonAsync();

        await (await house.CommandAsync(token, house.Session, new { type = "pause" })).RefusedAsync(HttpStatusCode.NotFound, "session.unknown");
        var moderator = await house.EnterPlaceAsync(token, new { conference = house.Conference });
        await house.CommandAsync(moderator, house.Session, new { type = "pause" }).DoneAsync();
        await house.CommandAsync(moderator, house.Session, new { type = "open" }).DoneAsync();
        await (await house.CommandAsync(moderator, house.Session, new { type = "policies", policies = new { review = true } }))
            .RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
    }

    [Fact]
    public async Task Takes_the_strongest_role_there_unless_another_is_asked_for()
    {
        var (id, token) = await house.PersonAsync();
        await house.TellAsync(house.HostToken, id, new { type = "give-role", role = house.InConference("host") }).DoneAsync();

        Assert.Equal("host", (string)(await (await house.TryEnterAsync(token, new { conference = house.Conference })).JsonAsync())["role"]!);
        var asked = new { conference = house.Conference, role = "moderator" };
        Assert.Equal("moderator", (string)(await (await house.TryEnterAsync(token, asked)).JsonAsync())["role"]!);
        await (await house.TryEnterAsync(token, new { conference = house.Conference, role = "participant" })).RefusedAsync(HttpStatusCode.NotFound, "participant.role-unknown");
        await (await house.TryEnterAsync(token, new { conference = Guid.CreateVersion7() })).RefusedAsync(HttpStatusCode.NotFound, "participant.role-unknown");
        await (await house.TryEnterAsync(token, new { })).RefusedAsync(HttpStatusCode.BadRequest, "participant.role");
    }

    [Fact]
    public async Task Makes_the_same_person_of_every_device()
    {
        var id = await house.AddAsync("Elena", house.InConference("participant"));
        var secret = await house.LinkAsync(id);
        var phone = await house.EnterPlaceAsync(await house.EnterAsync(secret), new { conference = house.Conference });
        var laptop = await house.EnterPlaceAsync(await house.EnterAsync(secret), new { conference = house.Conference });
        var question = Guid.CreateVersion7();

        await house.CommandAsync(phone, house.Session, new { type = "ask", text = "Whose is this?" }, question).DoneAsync();

        await (await house.CommandAsync(laptop, house.Session, new { type = "support", item = question, on = true })).RefusedAsync(HttpStatusCode.Forbidden, "item.own");
        var picture = await (await house.SendAsync(HttpMethod.Get, $"/api/sessions/{house.Session}", laptop)).JsonAsync();
        Assert.Contains(picture["mine"]!.AsArray(), mine => (bool)mine!["own"]! && (Guid)mine["id"]! == question);
    }

    [Fact]
    public async Task Lets_a_moderator_of_one_session_into_that_one_alone()
    {
        var other = Guid.CreateVersion7();
        Assert.True((await house.ScheduleAsync(house.Conference, house.HostToken, other)).IsSuccessStatusCode);
        var (_, token) = await house.PersonAsync("Ilir", house.InConference("moderator", house.Session));

        var access = await (await house.TryEnterAsync(token, new { conference = house.Conference })).JsonAsync();
        var moderator = (string)access["token"]!;

        Assert.Equal(house.Session, (Guid)Assert.Single(access["sessions"]!.AsArray())!["id"]!);
        await house.CommandAsync(moderator, house.Session, new { type = "pause" }).DoneAsync();
        await house.CommandAsync(moderator, house.Session, new { type = "open" }).DoneAsync();
        await (await house.CommandAsync(moderator, other, new { type = "open" })).RefusedAsync(HttpStatusCode.NotFound, "session.unknown");
        await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{house.Conference}/report", moderator)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        Assert.Equal(HttpStatusCode.OK, (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{house.Conference}/report?session={house.Session}", moderator)).StatusCode);
    }

    [Fact]
    public async Task Joins_by_a_code_as_who_one_is()
    {
        var (id, token) = await house.PersonAsync();
        var (conference, code, host) = await house.PlanAsync("Another");

        var joined = await (await house.SendAsync(HttpMethod.Post, "/api/join", token, new { code })).JsonAsync();

        Assert.Equal((id, "participant"), ((Guid)joined["person"]!, (string)joined["role"]!));
        Assert.Contains((await house.MeAsync(token))["roles"]!.AsArray(), role => (Guid?)role!["conference"]!["id"] == conference);
        var listed = await (await house.SendAsync(HttpMethod.Get, $"/api/people?conference={conference}", host)).JsonAsync();
        Assert.Equal(id, (Guid)Assert.Single(listed["people"]!.AsArray())!["id"]!);
        await (await house.SendAsync(HttpMethod.Post, "/api/join", token, new { code = "222222" })).RefusedAsync(HttpStatusCode.NotFound, "join.unknown-code");
    }

    [Fact]
    public async Task Is_refused_for_every_other_secret()
    {
        var id = await house.AddAsync("Elena");
        var secret = await house.LinkAsync(id);
        var forged = PersonalSecret.New(new Domain.ParticipantId(id));
        var nobody = PersonalSecret.New(new Domain.ParticipantId(Guid.CreateVersion7()));
        foreach (var wrong in new[] { forged, nobody, secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A'), secret[..60], secret + "AAAA", new string('*', 64), new string(' ', 64) })
        {
            await (await house.PostAsync("/api/enter", new { secret = wrong })).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");
        }
    }

    [Fact]
    public async Task Is_not_what_came_by_a_code_or_a_role_s_link()
    {
        foreach (var token in new[] { await house.JoinAsync(), house.HostToken, house.AdminToken })
        {
            await (await house.SendAsync(HttpMethod.Get, "/api/me", token)).RefusedAsync(HttpStatusCode.Unauthorized, "access.no-person");
            await (await house.TryEnterAsync(token, new { conference = house.Conference })).RefusedAsync(HttpStatusCode.Unauthorized, "access.no-person");
            await (await house.TellAsync(token, null, new { type = "describe", name = "Somebody" })).RefusedAsync(HttpStatusCode.NotFound, "participant.unknown");
        }

        await (await house.GetAsync("/api/me")).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
    }

    [Fact]
    public async Task Changes_what_is_known_of_oneself_and_shows_it_at_once()
    {
        var (_, token) = await house.PersonAsync();

        await house.TellAsync(token, null, new { type = "describe", name = "Elena Ivanova", city = "Plovdiv", function = "Mayor", languages = new[] { "bg" } }).DoneAsync();

        Assert.Equal(("Elena Ivanova", "Mayor"), ((string)(await house.MeAsync(token))["card"]!["name"]!, (string)(await house.MeAsync(token))["card"]!["function"]!));
        await (await house.TellAsync(token, null, new { type = "describe", name = "" })).RefusedAsync(HttpStatusCode.BadRequest, "text.empty");
        await (await house.TellAsync(token, null, new { type = "describe" })).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await house.TellAsync(token, null, new { type = "add-person", name = "Me" })).RefusedAsync(HttpStatusCode.BadRequest, "command.unknown");
        await (await house.TellAsync(token, null, new { type = "give-role", role = house.InConference("host") })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
    }
}
