using System.Net;
using System.Text.Json;

namespace Summit.Server.Tests.Conferences;

/// <summary>What a conference is, where its sessions are held and when, over HTTP.</summary>
public sealed class KeepingAProgramme(House house) : IClassFixture<House>
{
    private static readonly object Described = new
    {
        type = "describe",
        title = "Summit of cities",
        starts = "2027-02-24T07:00:00Z",
        ends = "2027-02-25T16:00:00Z",
        timeZone = "Europe/Sofia",
        languages = new[] { "en" },
        place = "NDK",
        meeting = new { url = "https://meet.example/7", note = "Passcode 7" },
        contact = new { name = "Elena", mail = "elena@sofia.example" },
        tracks = new[] { "Innovation" },
    };

    [Fact]
    public async Task Shows_place_meeting_and_speakers_to_those_alone_who_have_joined()
    {
        var speaker = Guid.CreateVersion7();
        await DoAsync(Described);
        await DoAsync(new { type = "set-speaker", speaker, name = "Ana", function = "Mayor of Tirana" });
        await DoAsync(new { type = "place", session = house.Session, room = "Hall 1", track = "Innovation", speakers = new[] { speaker } });

        var shown = await (await ShowAsync(await house.JoinAsync())).JsonAsync();

        Assert.Equal(("NDK", "https://meet.example/7", "Elena"), ((string)shown["place"]!, (string)shown["meeting"]!["url"]!, (string)shown["contact"]!["name"]!));
        var session = shown["sessions"]!.AsArray().Single(session => (Guid)session!["id"]! == house.Session)!;
        Assert.Equal(("Hall 1", "Innovation", speaker), ((string)session["room"]!, (string)session["track"]!, (Guid)session["speakers"]![0]!));
        Assert.Null(shown["overlaps"]);
        await (await house.GetAsync($"/api/conferences/{house.Conference}")).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        var (other, _, otherHost) = await house.PlanAsync("Another");
        await (await ShowAsync(otherHost)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{other}", house.HostToken)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
    }

    [Fact]
    public async Task Finds_for_its_host_what_cannot_both_be_held()
    {
        var other = Guid.CreateVersion7();
        await (await house.ScheduleAsync(house.Conference, house.HostToken, other)).JsonAsync();
        await DoAsync(new { type = "place", session = house.Session, room = "Hall 2" });
        await DoAsync(new { type = "place", session = other, room = "hall 2" });

        var overlap = Assert.Single((await (await ShowAsync(house.HostToken)).JsonAsync())["overlaps"]!.AsArray())!;

        Assert.Equal("hall 2", (string)overlap["room"]!, ignoreCase: true);
        Assert.Equal([house.Session, other], new[] { (Guid)overlap["one"]!, (Guid)overlap["other"]! }.OrderBy(id => id));
    }

    [Fact]
    public async Task Follows_a_session_that_is_rescheduled()
    {
        var session = Guid.CreateVersion7();
        await (await house.ScheduleAsync(house.Conference, house.HostToken, session)).JsonAsync();
        var (change, id) = (new { type = "reschedule", title = "Later", starts = "2027-02-25T08:00:00Z", ends = "2027-02-25T09:00:00Z" }, Guid.CreateVersion7());

        var first = await (await house.CommandAsync(house.HostToken, session, change, id)).JsonAsync();
        var again = await (await house.CommandAsync(house.HostToken, session, change, id)).JsonAsync();

        Assert.Equal((long)first["seq"]!, (long)again["seq"]!);
        var where = await (await house.SendAsync(HttpMethod.Get, "/api/conference", house.HostToken)).JsonAsync();
        var entry = where["sessions"]!.AsArray().Single(entry => (Guid)entry!["id"]! == session)!;
        Assert.Equal(("Later", "2027-02-25T08:00:00+00:00"), ((string)entry["title"]!, (string)entry["starts"]!));
        await (await house.CommandAsync(house.HostToken, session, new { type = "reschedule", ends = "2001-01-01T00:00:00Z" }))
            .RefusedAsync(HttpStatusCode.BadRequest, "session.times-reversed");
        Assert.Equal(where.ToJsonString(), (await (await house.SendAsync(HttpMethod.Get, "/api/conference", house.HostToken)).JsonAsync()).ToJsonString());
    }

    [Fact]
    public async Task Is_changed_by_its_host_alone()
    {
        var (_, moderator) = await house.IssueAsync("moderator", "Petra");
        foreach (var token in new[] { await house.JoinAsync(), await house.EnterAsync(moderator), (await house.PlanAsync("Another")).HostToken })
        {
            await (await CommandAsync(token, Described)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        }

        await (await CommandAsync(house.HostToken, new { type = "describe" })).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await CommandAsync(house.HostToken, new { type = "issue-link", link = Guid.CreateVersion7(), role = "host", label = "Mine", hash = new string('a', 64) }))
            .RefusedAsync(HttpStatusCode.BadRequest, "command.unknown");
        await (await CommandAsync(house.HostToken, new { type = "place", session = Guid.CreateVersion7() })).RefusedAsync(HttpStatusCode.NotFound, "programme.unknown");
    }

    private Task<HttpResponseMessage> ShowAsync(string token) => house.SendAsync(HttpMethod.Get, $"/api/conferences/{house.Conference}", token);

    private async Task DoAsync(object command) => await (await CommandAsync(house.HostToken, command)).JsonAsync();

    private Task<HttpResponseMessage> CommandAsync(string token, object command)
    {
        var json = JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = Guid.CreateVersion7();
        return house.SendAsync(HttpMethod.Post, $"/api/conferences/{house.Conference}/commands", token, json);
    }
}
