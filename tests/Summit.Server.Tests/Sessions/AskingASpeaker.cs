using System.Net;
using System.Text.Json.Nodes;
using Summit.Testing;

namespace Summit.Server.Tests.Sessions;

/// <summary>A question to somebody who speaks in the session: the programme says who that is.</summary>
public sealed class AskingASpeaker(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Is_told_to_everybody_and_stands_in_report_and_table()
    {
        var speaker = await SpeakingAsync("Petra Petrova", house.Session);
        var asker = await house.JoinAsync();
        var item = Guid.CreateVersion7();
        // What somebody calls the speaker themselves is not heard.
        await (await house.CommandAsync(asker, house.Session, new { type = "ask", text = "How was it paid for?", to = speaker, name = "The thief" }, item)).JsonAsync();
        await (await house.CommandAsync(house.HostToken, house.Session, new { type = "stage", item })).JsonAsync();

        var (_, stage) = await house.IssueAsync("stage", "Hall");
        foreach (var token in new[] { asker, await house.JoinAsync("Boris"), house.HostToken, await house.EnterAsync(stage) })
        {
            Assert.Equal((speaker, "Petra Petrova"), To(await ItemAsync(item, token)));
        }

        var report = await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{house.Conference}/report", house.HostToken)).JsonAsync();
        Assert.Equal((speaker, "Petra Petrova"), To(report["sessions"]!.AsArray().SelectMany(session => session!["items"]!.AsArray()).Single(one => (Guid)one!["id"]! == item)!));
        var table = await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{house.Conference}/report.csv", house.HostToken)).Content.ReadAsStringAsync(Now.Cancelled);
        Assert.Contains(",asked of\r\n", table, StringComparison.Ordinal);
        Assert.Contains($"{item:D},,,Petra Petrova\r\n", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_for_who_does_not_speak_there()
    {
        var elsewhere = Guid.CreateVersion7();
        await (await house.ScheduleAsync(house.Conference, house.HostToken, elsewhere)).JsonAsync();
        var asker = await house.JoinAsync();
        foreach (var speaker in new[] { Guid.CreateVersion7(), await SpeakingAsync("Other session", elsewhere), await SpeakingAsync("No session") })
        {
            await (await house.CommandAsync(asker, house.Session, new { type = "ask", text = "Who are you?", to = speaker })).RefusedAsync(HttpStatusCode.Conflict, "item.not-speaking");
        }

        foreach (var nonsense in new object[] { "everybody", 7, new { id = Guid.Empty } })
        {
            await (await house.CommandAsync(asker, house.Session, new { type = "ask", text = "Who are you?", to = nonsense })).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        }

        await (await house.CommandAsync(asker, house.Session, new { type = "ask-speaker", text = "Who?", speaker = Guid.Empty, name = "Me" })).RefusedAsync(HttpStatusCode.BadRequest, "command.unknown");
    }

    [Fact]
    public async Task Keeps_the_name_of_then_and_its_answer_when_the_speaker_is_renamed_and_leaves()
    {
        var speaker = await SpeakingAsync("Dr Vera", house.Session);
        var asker = await house.JoinAsync();
        var (item, command) = (Guid.CreateVersion7(), new { type = "ask", text = "Still there?", to = speaker });
        var first = await (await house.CommandAsync(asker, house.Session, command, item)).JsonAsync();
        await DoAsync(new { type = "set-speaker", speaker, name = "Prof. Vera" });
        Assert.Equal((speaker, "Dr Vera"), To(await ItemAsync(item, asker)));
        await DoAsync(new { type = "drop-speaker", speaker });

        Assert.Equal((speaker, "Dr Vera"), To(await ItemAsync(item, asker)));
        // The phone that has not heard the answer sends it again; a new question finds nobody.
        Assert.Equal((long)first["seq"]!, (long)(await (await house.CommandAsync(asker, house.Session, command, item)).JsonAsync())["seq"]!);
        await (await house.CommandAsync(asker, house.Session, command)).RefusedAsync(HttpStatusCode.Conflict, "item.not-speaking");
    }

    private static (Guid, string) To(JsonNode item) => ((Guid)item["to"]!["speaker"]!, (string)item["to"]!["name"]!);

    private async Task<JsonNode> ItemAsync(Guid item, string token)
    {
        JsonNode? seen = null;
        await Wait.UntilAsync("the question shows", async () => (seen = (await (await house.SendAsync(HttpMethod.Get, $"/api/sessions/{house.Session}", token)).JsonAsync())["items"]!
            .AsArray().SingleOrDefault(one => (Guid)one!["id"]! == item)) is not null);
        return seen!;
    }

    private async Task<Guid> SpeakingAsync(string name, params Guid[] sessions)
    {
        var speaker = Guid.CreateVersion7();
        await DoAsync(new { type = "set-speaker", speaker, name });
        foreach (var session in sessions)
        {
            await DoAsync(new { type = "place", session, speakers = new[] { speaker } });
        }

        return speaker;
    }

    private async Task DoAsync(object command)
    {
        var json = System.Text.Json.JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = Guid.CreateVersion7();
        await (await house.SendAsync(HttpMethod.Post, $"/api/conferences/{house.Conference}/commands", house.HostToken, json)).JsonAsync();
    }
}
