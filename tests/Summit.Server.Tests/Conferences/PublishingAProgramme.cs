using System.Net;
using System.Text.Json;

namespace Summit.Server.Tests.Conferences;

/// <summary>What somebody without a code may see of a conference.</summary>
public sealed class PublishingAProgramme(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Shows_everybody_the_last_version_without_code_and_meeting()
    {
        var (conference, code, host) = await house.PlanAsync("Open to all");
        var session = Guid.CreateVersion7();
        await (await house.ScheduleAsync(conference, host, session)).JsonAsync();
        var page = $"/api/conferences/{conference}/programme";
        await (await house.GetAsync(page)).RefusedAsync(HttpStatusCode.NotFound, "programme.unpublished");
        await (await house.GetAsync($"/api/calendars/{conference}/programme.ics")).RefusedAsync(HttpStatusCode.NotFound, "programme.unpublished");

        await DoAsync(conference, host, Described());
        await DoAsync(conference, host, new { type = "place", session, room = "Hall 1" });
        await DoAsync(conference, host, new { type = "publish" });
        await DoAsync(conference, host, new { type = "place", session, room = "Hall 2" });

        var answer = await house.GetAsync(page);
        var text = await answer.Content.ReadAsStringAsync(Now.Cancelled);
        var shown = JsonDocument.Parse(text).RootElement;
        Assert.Equal("Hall 1", shown.GetProperty("sessions")[0].GetProperty("room").GetString());
        Assert.Equal(1, shown.GetProperty("versions")[0].GetProperty("number").GetInt32());
        Assert.DoesNotContain(code, text, StringComparison.Ordinal);
        Assert.DoesNotContain("meet.example", text, StringComparison.Ordinal);

        var joined = await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{conference}", host)).JsonAsync();
        Assert.Equal("Hall 2", (string)joined["sessions"]![0]!["room"]!);
        var change = Assert.Single(joined["changes"]!.AsArray())!;
        Assert.Equal(("room", "Hall 1", "Hall 2"), ((string)change["kind"]!, (string)change["before"]!, (string)change["after"]!));
        await (await CommandAsync(conference, host, new { type = "publish" })).JsonAsync();
        await (await CommandAsync(conference, host, new { type = "publish" })).RefusedAsync(HttpStatusCode.Conflict, "programme.unchanged");
        Assert.Equal("Hall 2", (string)(await (await house.GetAsync(page)).JsonAsync())["sessions"]![0]!["room"]!);
    }

    [Fact]
    public async Task Hands_out_calendars_as_they_were_published()
    {
        var (conference, code, host) = await house.PlanAsync("Calendars for all");
        var session = Guid.CreateVersion7();
        await (await house.ScheduleAsync(conference, host, session)).JsonAsync();
        await DoAsync(conference, host, new { type = "publish" });
        await DoAsync(conference, host, new { type = "place", session, room = "Hall 2" });

        foreach (var path in new[] { "programme.ics", $"{session}.ics" })
        {
            var published = await (await house.GetAsync($"/api/calendars/{conference}/{path}")).Content.ReadAsStringAsync(Now.Cancelled);
            Assert.Contains($"UID:{session}", published, StringComparison.Ordinal);
            Assert.Contains($"/e/{conference}", published, StringComparison.Ordinal);
            Assert.DoesNotContain(code, published, StringComparison.Ordinal);
            Assert.DoesNotContain("Hall 2", published, StringComparison.Ordinal);
            Assert.Contains("Hall 2", await (await house.GetAsync($"/api/calendars/{code}/{path}")).Content.ReadAsStringAsync(Now.Cancelled), StringComparison.Ordinal);
        }

        await (await house.GetAsync($"/api/calendars/{Guid.CreateVersion7()}/programme.ics")).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
        await (await house.GetAsync($"/api/conferences/{Guid.CreateVersion7()}/programme")).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
    }

    [Fact]
    public async Task Is_for_its_host_alone()
    {
        var (_, moderator) = await house.IssueAsync("moderator", "Petra");
        foreach (var token in new[] { await house.JoinAsync(), await house.EnterAsync(moderator), (await house.PlanAsync("Another")).HostToken })
        {
            await (await CommandAsync(house.Conference, token, new { type = "publish" })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        }
    }

    private static object Described() => new
    {
        type = "describe",
        title = "Open to all",
        starts = "2027-02-24T07:00:00Z",
        ends = "2027-02-25T16:00:00Z",
        timeZone = "Europe/Sofia",
        languages = new[] { "en" },
        meeting = new { url = "https://meet.example/7" },
    };

    private async Task DoAsync(Guid conference, string token, object command) => await (await CommandAsync(conference, token, command)).JsonAsync();

    private Task<HttpResponseMessage> CommandAsync(Guid conference, string token, object command)
    {
        var json = JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = Guid.CreateVersion7();
        return house.SendAsync(HttpMethod.Post, $"/api/conferences/{conference}/commands", token, json);
    }
}
