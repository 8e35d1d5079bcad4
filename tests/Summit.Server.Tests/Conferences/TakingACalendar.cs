using System.Net;
using System.Text;

namespace Summit.Server.Tests.Conferences;

/// <summary>Calendars as RFC 5545 has them; an independent parser reads them in clients/js/test.</summary>
public sealed class TakingACalendar(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Folds_lines_at_75_octets_and_splits_no_letter()
    {
        var title = string.Concat(Enumerable.Repeat("Зелен преход; вода, енергия\\🚲 ", 4)).Trim();
        var session = await ScheduleAsync(title);

        var text = await GetAsync($"/{session}.ics");

        var lines = text.Split("\r\n");
        Assert.DoesNotContain(lines, line => line.Contains('\n', StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain("\uFFFD", text, StringComparison.Ordinal);
        var escaped = title.Replace("\\", @"\\", StringComparison.Ordinal).Replace(";", @"\;", StringComparison.Ordinal).Replace(",", @"\,", StringComparison.Ordinal);
        Assert.Contains($"SUMMARY:{escaped}\r\n", text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_the_conference_and_its_sessions_and_follows_what_is_rescheduled()
    {
        var session = await ScheduleAsync("Trade");
        await (await house.CommandAsync(house.HostToken, session, new { type = "reschedule", starts = "2027-02-25T10:00:00+02:00", ends = "2027-02-25T11:00:00+02:00" })).JsonAsync();

        var text = await GetAsync("/programme.ics");

        Assert.Contains($"UID:{house.Conference}\r\n", text, StringComparison.Ordinal);
        Assert.Contains($"UID:{session}\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20270225T080000Z\r\nDTEND:20270225T090000Z\r\nSUMMARY:Trade\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_the_meeting_to_nobody()
    {
        await (await house.SendAsync(HttpMethod.Post, $"/api/conferences/{house.Conference}/commands", house.HostToken, new
        {
            type = "describe",
            id = Guid.CreateVersion7(),
            title = "Summit of cities",
            starts = "2027-02-24T07:00:00Z",
            ends = "2027-02-25T16:00:00Z",
            timeZone = "Europe/Sofia",
            languages = new[] { "en" },
            place = "NDK, Sofia",
            meeting = new { url = "https://meet.example/7", note = "Passcode 7" },
        })).JsonAsync();

        var text = await GetAsync("/programme.ics");

        Assert.Contains(@"LOCATION:NDK\, Sofia", text, StringComparison.Ordinal);
        Assert.DoesNotContain("meet.example", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Passcode", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_without_a_code_that_leads_somewhere()
    {
        await (await house.GetAsync("/api/calendars/222222/programme.ics")).RefusedAsync(HttpStatusCode.NotFound, "join.unknown-code");
        await (await house.GetAsync("/api/calendars/O0O0O0/programme.ics")).RefusedAsync(HttpStatusCode.BadRequest, "lobby.code-malformed");
        await (await house.GetAsync($"/api/calendars/{house.Code}/{Guid.CreateVersion7()}.ics")).RefusedAsync(HttpStatusCode.NotFound, "programme.unknown");
        await (await house.GetAsync($"/api/calendars/{house.Code}/all.ics")).RefusedAsync(HttpStatusCode.NotFound, "request.unknown");
    }

    private async Task<Guid> ScheduleAsync(string title)
    {
        var session = Guid.CreateVersion7();
        await (await house.SendAsync(
            HttpMethod.Post, $"/api/conferences/{house.Conference}/sessions", house.HostToken,
            new { id = session, title, starts = "2027-02-24T08:00:00Z", ends = "2027-02-24T09:30:00Z", lang = "bg" })).JsonAsync();
        return session;
    }

    private async Task<string> GetAsync(string path)
    {
        var answer = await house.GetAsync($"/api/calendars/{house.Code}{path}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsStringAsync(Now.Cancelled);
    }
}
