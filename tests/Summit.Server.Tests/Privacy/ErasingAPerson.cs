using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Summit.Server.Privacy;
using Summit.Testing;

namespace Summit.Server.Tests.Privacy;

/// <summary>Somebody wants the own words gone: at once from every picture, soon from every file.</summary>
public sealed class ErasingAPerson(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Takes_the_words_from_every_picture_and_every_file_and_leaves_the_rest()
    {
        var who = await ArriveAsync();
        await DeleteAsync("/api/my-data", who.Token, held: false);

        // At once, for who asks next, whoever that is.
        var moderator = await ModeratorAsync();
        foreach (var path in new[] { $"/api/sessions/{house.Session}", Report, $"{Report}.csv" })
        {
            var text = await (await house.SendAsync(HttpMethod.Get, path, moderator)).Content.ReadAsStringAsync(Now.Cancelled);
            Assert.DoesNotContain(who.Mark, text, StringComparison.Ordinal);
        }

        var item = await ItemAsync(who.Item, moderator);
        Assert.Equal(("request", "answered", 1, ""), ((string)item["erased"]!, (string)item["state"]!, (int)item["support"]!, (string)item["text"]!));
        Assert.Equal(who.Reply, (Guid)(await ItemAsync(who.Reply, moderator))["id"]!);

        await DoneAsync(who.Person);
        Assert.Empty(FilesWith(who.Mark));
        var order = (await PrivacyAsync(house.HostToken))["orders"]!.AsArray().Single(one => (Guid?)one!["person"] == who.Person)!;
        // Asked, corrected, noted, answered.
        Assert.Equal(4, (int)order["records"]!);
    }

    [Fact]
    public async Task Ends_what_the_token_opens_and_is_done_once()
    {
        var who = await ArriveAsync();
        await DeleteAsync("/api/my-data", who.Token, held: false);
        await DeleteAsync("/api/my-data", who.Token, held: false);
        await (await house.CommandAsync(who.Token, house.Session, new { type = "ask", text = "Again?" })).RefusedAsync(HttpStatusCode.Forbidden, "person.erased");
        await (await house.SendAsync(HttpMethod.Get, $"/api/sessions/{house.Session}", who.Token)).RefusedAsync(HttpStatusCode.Forbidden, "person.erased");
        // Joining again is another person, who begins anew.
        await (await house.CommandAsync(await house.JoinAsync(), house.Session, new { type = "ask", text = "Again?" })).JsonAsync();
    }

    [Fact]
    public async Task Is_stopped_by_a_legal_hold_and_goes_on_after_it()
    {
        await using var other = new House();
        await other.InitializeAsync();
        var who = await new ErasingAPerson(other).ArriveAsync();
        await SetAsync(other, new { type = "hold", reason = "Audit of 2027" });
        Assert.Equal("Audit of 2027", (string)(await new ErasingAPerson(other).PrivacyAsync(other.HostToken))["hold"]!["reason"]!);
        await new ErasingAPerson(other).DeleteAsync("/api/my-data", who.Token, held: true);
        await other.Services.GetRequiredService<Erasures>().RoundAsync(Now.Cancelled);

        var shown = await (await other.SendAsync(HttpMethod.Get, $"/api/sessions/{other.Session}", other.HostToken)).Content.ReadAsStringAsync(Now.Cancelled);
        Assert.DoesNotContain(who.Mark, shown, StringComparison.Ordinal);
        Assert.NotEmpty(new ErasingAPerson(other).FilesWith(who.Mark));

        await SetAsync(other, new { type = "release" });
        await new ErasingAPerson(other).DoneAsync(who.Person);
        Assert.Empty(new ErasingAPerson(other).FilesWith(who.Mark));
    }

    [Fact]
    public async Task Can_be_done_by_a_host_for_whoever_wrote_something()
    {
        var who = await ArriveAsync();
        await DeleteAsync($"/api/conferences/{house.Conference}/sessions/{house.Session}/items/{who.Item}/author", house.HostToken, held: false);
        await DoneAsync(who.Person);
        Assert.Empty(FilesWith(who.Mark));
    }

    [Fact]
    public async Task Is_refused_to_others()
    {
        var (who, other) = (await ArriveAsync(), await house.JoinAsync());
        var item = $"/api/conferences/{house.Conference}/sessions/{house.Session}/items/{who.Item}/author";
        foreach (var path in new[] { $"/api/conferences/{house.Conference}/people/{who.Person}", item })
        {
            await (await house.SendAsync(HttpMethod.Delete, path, other)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await house.SendAsync(HttpMethod.Delete, path, null)).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        }

        await (await house.SendAsync(HttpMethod.Delete, item.Replace($"{who.Item}", $"{Guid.NewGuid()}", StringComparison.Ordinal), house.HostToken)).RefusedAsync(HttpStatusCode.NotFound, "item.unknown");
        await (await house.SendAsync(HttpMethod.Delete, "/api/my-data", house.AdminToken)).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
        var seen = await PrivacyAsync(other);
        Assert.Null(seen["orders"]);
        Assert.False((bool)seen["held"]!);
    }

    [Fact]
    public async Task Is_preceded_by_a_file_of_all_that_is_held()
    {
        var who = await ArriveAsync();
        var theirs = await house.JoinAsync("Boris", "Sofia");
        var liked = Guid.CreateVersion7();
        await (await house.CommandAsync(theirs, house.Session, new { type = "ask", text = "Who pays?" }, liked)).JsonAsync();
        await (await house.CommandAsync(who.Token, house.Session, new { type = "support", item = liked, on = true })).JsonAsync();
        await (await house.CommandAsync(who.Token, house.Session, new { type = "report", item = liked, why = "Rude" })).JsonAsync();

        var data = await (await house.SendAsync(HttpMethod.Get, "/api/my-data", who.Token)).JsonAsync();
        var session = Assert.Single(data["sessions"]!.AsArray())!;
        var item = Assert.Single(session["items"]!.AsArray())!;
        Assert.Equal((who.Person, who.Mark), ((Guid)data["person"]!, (string)data["name"]!));
        Assert.Equal(["published", "answered"], item["life"]!.AsArray().Select(step => (string)step!["state"]!));
        Assert.Contains(who.Mark, (string)item["life"]![1]!["answer"]!, StringComparison.Ordinal);
        Assert.Contains(who.Mark, (string)item["firstText"]!, StringComparison.Ordinal);
        Assert.Equal(
            ["session.item-posted.v1", "session.item-supported.v1", "session.item-reported.v1"], session["did"]!.AsArray().Select(act => (string)act!["what"]!));
        Assert.Equal(("Who pays?", "Rude"), ((string)session["did"]![1]!["about"]!, (string)session["did"]![2]!["data"]!["why"]!));
        // Others have no part in it.
        Assert.DoesNotContain(who.Mark, (await (await house.SendAsync(HttpMethod.Get, "/api/my-data", theirs)).JsonAsync()).ToJsonString(), StringComparison.Ordinal);

        await DeleteAsync("/api/my-data", who.Token, held: false);
        await DoneAsync(who.Person);
        Assert.DoesNotContain(who.Mark, ((JsonArray)(await (await house.SendAsync(HttpMethod.Get, "/api/my-data", who.Token)).JsonAsync())["sessions"]!).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_an_asker_why_a_question_was_declined_and_what_another_was_merged_into()
    {
        var (asker, other) = (await house.JoinAsync("Ana", "Tirana"), await house.JoinAsync("Boris", "Sofia"));
        var moderator = await ModeratorAsync();
        var (declined, merged, into) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var (who, id, text) in new[] { (asker, declined, "When is lunch?"), (asker, merged, "Who pays for the trees?"), (other, into, "What do trees cost, and who pays?") })
        {
            await (await house.CommandAsync(who, house.Session, new { type = "ask", text }, id)).JsonAsync();
        }

        await (await house.CommandAsync(moderator, house.Session, new { type = "decline", item = declined, reason = "off-topic", note = "At noon." })).JsonAsync();
        await (await house.CommandAsync(moderator, house.Session, new { type = "merge", item = merged, into })).JsonAsync();

        var data = await (await house.SendAsync(HttpMethod.Get, "/api/my-data", asker)).JsonAsync();
        var items = data["sessions"]!.AsArray().Single()!["items"]!.AsArray();
        Assert.Equal(("off-topic", "At noon."), ((string)items[0]!["reason"]!["code"]!, (string)items[0]!["reason"]!["note"]!));
        Assert.Equal("What do trees cost, and who pays?", (string)items[1]!["intoText"]!);
        Assert.Null(items[0]!["intoText"]);
        Assert.Null(items[1]!["reason"]);
    }

    private string Report => $"/api/conferences/{house.Conference}/report";

    /// <summary>Somebody whose name stands in all that was written by and about them.</summary>
    private async Task<(string Token, Guid Person, string Mark, Guid Item, Guid Reply)> ArriveAsync()
    {
        var mark = $"Ana{Guid.NewGuid():N}";
        var joined = await (await house.TryJoinAsync(house.Code, mark, "Tirana")).JsonAsync();
        var token = (string)joined["token"]!;
        var (item, reply, moderator, other) = (Guid.CreateVersion7(), Guid.CreateVersion7(), await ModeratorAsync(), await house.JoinAsync("Boris"));
        await (await house.CommandAsync(token, house.Session, new { type = "ask", text = $"What does {mark} ask?" }, item)).JsonAsync();
        await (await house.CommandAsync(other, house.Session, new { type = "support", item, on = true })).JsonAsync();
        await (await house.CommandAsync(other, house.Session, new { type = "comment", text = "Well asked.", replyTo = item }, reply)).JsonAsync();
        await (await house.CommandAsync(moderator, house.Session, new { type = "correct", item, text = $"What does {mark} ask here?" })).JsonAsync();
        await (await house.CommandAsync(moderator, house.Session, new { type = "note", item, text = $"{mark} again." })).JsonAsync();
        await (await house.CommandAsync(moderator, house.Session, new { type = "answer", item, text = $"{mark} asks why." })).JsonAsync();
        return (token, (Guid)joined["person"]!, mark, item, reply);
    }

    private async Task<string> ModeratorAsync() => await house.EnterAsync((await house.IssueAsync("moderator", "Desk")).Secret);

    private async Task<JsonNode> ItemAsync(Guid item, string token) =>
        (await (await house.SendAsync(HttpMethod.Get, $"/api/sessions/{house.Session}", token)).JsonAsync())["items"]!.AsArray().Single(one => (Guid)one!["id"]! == item)!;

    private async Task DeleteAsync(string path, string token, bool held) =>
        Assert.Equal(held, (bool)(await (await house.SendAsync(HttpMethod.Delete, path, token)).JsonAsync())["held"]!);

    private async Task<JsonNode> PrivacyAsync(string token) => await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{house.Conference}/privacy", token)).JsonAsync();

    private Task DoneAsync(Guid person) => Wait.UntilAsync(
        "the journal holds nothing of it", async () => (await PrivacyAsync(house.HostToken))["orders"]!.AsArray().Any(order => (Guid?)order!["person"] == person && order["done"] is not null));

    private static async Task SetAsync(House house, object command)
    {
        var json = System.Text.Json.JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = Guid.CreateVersion7();
        await (await house.SendAsync(HttpMethod.Post, $"/api/conferences/{house.Conference}/commands", house.HostToken, json)).JsonAsync();
    }

    private List<string> FilesWith(string mark) => Files.With(house.Data, mark);
}

internal static class Files
{
    /// <summary>Files of a folder in which these letters stand anywhere, as UTF-8.</summary>
    public static List<string> With(string folder, string letters) => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(letters)) >= 0;
    })];
}
