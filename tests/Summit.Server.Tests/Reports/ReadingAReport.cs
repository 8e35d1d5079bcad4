using System.Net;
using System.Text;

namespace Summit.Server.Tests.Reports;

/// <summary>What became of a conference, as JSON and as a table.</summary>
public sealed class ReadingAReport(House house) : IClassFixture<House>
{
    private string Report => $"/api/conferences/{house.Conference}/report";

    [Fact]
    public async Task Names_who_answered_by_the_label_of_the_link()
    {
        var (_, secret) = await house.IssueAsync("moderator", "Second desk");
        var moderator = await house.EnterAsync(secret);
        var participant = await house.JoinAsync();
        var item = Guid.CreateVersion7();
        await (await house.CommandAsync(participant, house.Session, new { type = "ask", text = "How did you pay?" }, item)).JsonAsync();
        await (await house.CommandAsync(moderator, house.Session, new { type = "answer", item, text = "By a loan." })).JsonAsync();

        var report = await (await house.SendAsync(HttpMethod.Get, $"{Report}?session={house.Session}", moderator)).JsonAsync();

        var session = Assert.Single(report["sessions"]!.AsArray())!;
        var reported = session["items"]!.AsArray().Single(one => (Guid)one!["id"]! == item)!;
        Assert.Equal(("answered", "By a loan.", "Second desk"), ((string)reported["state"]!, (string)reported["answer"]!, (string)reported["by"]!));
        Assert.Contains(session["timeline"]!.AsArray(), moment => (string)moment!["kind"]! == "answered" && (Guid)moment["item"]! == item);
        Assert.True((int)report["participation"]!["people"]! >= 1);
    }

    [Fact]
    public async Task Saves_a_table_that_runs_nothing_and_keeps_every_letter()
    {
        var participant = await house.JoinAsync();
        foreach (var text in new[] { "=HYPERLINK(\"http://evil.example\")", "  @SUM(1)", "Колко, \"струва\"?\nИ кога?" })
        {
            await (await house.CommandAsync(participant, house.Session, new { type = "ask", text })).JsonAsync();
        }

        var answer = await house.SendAsync(HttpMethod.Get, $"{Report}.csv", house.HostToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Now.Cancelled);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("report.csv", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        var table = Encoding.UTF8.GetString(bytes.AsSpan(3));
        Assert.StartsWith("session,kind,title,text,", table, StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\"", table, StringComparison.Ordinal);
        Assert.Contains("'@SUM(1)", table, StringComparison.Ordinal);
        Assert.Contains("\"Колко, \"\"струва\"\"?\nИ кога?\"", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_by_country_who_comes_from_a_member_of_the_network()
    {
        var founded = await (await house.SendAsync(HttpMethod.Post, "/api/networks", house.AdminToken, new { title = "Balkan Cities Network", name = $"B{Guid.NewGuid():N}" })).JsonAsync();
        foreach (var command in new object[]
        {
            new { type = "record-member", id = Guid.CreateVersion7(), member = Guid.CreateVersion7(), name = "Skopje", kind = "city", country = "MK", status = "member", since = "2022" },
            new { type = "record-summit", id = Guid.CreateVersion7(), summit = Guid.CreateVersion7(), title = "Here", place = "Sofia", starts = "2027", conference = house.Conference },
        })
        {
            await (await house.SendAsync(HttpMethod.Post, $"/api/networks/{founded["id"]}/commands", house.AdminToken, command)).JsonAsync();
        }

        foreach (var city in new[] { "Skopje", "skopje", "Atlantis" })
        {
            await (await house.CommandAsync(await house.JoinAsync("Somebody", city), house.Session, new { type = "comment", text = $"From {city}" })).JsonAsync();
        }

        var participation = (await (await house.SendAsync(HttpMethod.Get, Report, house.HostToken)).JsonAsync())["participation"]!;
        var country = Assert.Single(participation["countries"]!.AsArray())!;
        Assert.Equal(("MK", 2), ((string)country["country"]!, (int)country["people"]!));
        Assert.Null(participation["cities"]!.AsArray().Single(city => (string)city!["city"]! == "Atlantis")!["country"]);
        var table = await (await house.SendAsync(HttpMethod.Get, $"{Report}.csv", house.HostToken)).Content.ReadAsStringAsync(Now.Cancelled);
        Assert.Contains(",skopje,MK,", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_for_moderators_hosts_and_the_administrator()
    {
        var (_, moderator) = await house.IssueAsync("moderator", "Petra");
        var (_, stage) = await house.IssueAsync("stage", "Hall");
        foreach (var path in new[] { Report, $"{Report}.csv" })
        {
            foreach (var token in new[] { house.HostToken, house.AdminToken, await house.EnterAsync(moderator) })
            {
                Assert.Equal(HttpStatusCode.OK, (await house.SendAsync(HttpMethod.Get, path, token)).StatusCode);
            }

            foreach (var token in new[] { await house.JoinAsync(), await house.EnterAsync(stage), (await house.PlanAsync("Another")).HostToken })
            {
                await (await house.SendAsync(HttpMethod.Get, path, token)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            }

            await (await house.GetAsync(path)).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
            await (await house.SendAsync(HttpMethod.Get, $"{path}?session={Guid.CreateVersion7()}", house.HostToken)).RefusedAsync(HttpStatusCode.NotFound, "programme.unknown");
            await (await house.SendAsync(HttpMethod.Get, path.Replace($"{house.Conference}", $"{Guid.CreateVersion7()}", StringComparison.Ordinal), house.AdminToken))
                .RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
        }
    }
}
