using System.Net;
using System.Text.Json.Nodes;
using Summit.Testing;

namespace Summit.Server.Tests.Registrations;

/// <summary>By the own link into the conference, as the same person everywhere.</summary>
public sealed class ComingInAsRegistered(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Gives_the_same_person_on_every_device_with_name_and_city()
    {
        var desk = await Desk.OpenAsync(house);
        var session = Guid.CreateVersion7();
        await (await house.ScheduleAsync(desk.Conference, desk.Host, session)).JsonAsync();
        await (await house.CommandAsync(desk.Host, session, new { type = "open" })).JsonAsync();
        var (person, key, _) = await desk.RegisterAsync("Ana");
        var (phone, laptop) = (await EnterAsync(desk, key), await EnterAsync(desk, key));
        Assert.All([phone, laptop], access => Assert.Equal((person, "participant"), ((Guid)access["person"]!, (string)access["role"]!)));

        var id = Guid.CreateVersion7();
        await (await house.CommandAsync((string)phone["token"]!, session, new { type = "ask", text = "How?" }, id)).JsonAsync();
        JsonNode seen = null!;
        await Wait.UntilAsync("the question shows", async () =>
            (seen = await (await house.SendAsync(HttpMethod.Get, $"/api/sessions/{session}", (string)laptop["token"]!)).JsonAsync())["items"]!.AsArray().Count > 0);
        Assert.Equal(("Ana", "Tirana"), ((string)seen["items"]![0]!["author"]!["name"]!, (string)seen["items"]![0]!["author"]!["city"]!));
        await (await house.CommandAsync((string)laptop["token"]!, session, new { type = "withdraw", item = id })).JsonAsync();
    }

    [Fact]
    public async Task Needs_a_place_and_ends_with_it()
    {
        var desk = await Desk.OpenAsync(house, new { type = "set-form", fields = Desk.Fields, approval = true });
        var (person, key, _) = await desk.RegisterAsync("Ana");
        await (await TryEnterAsync(desk, key)).RefusedAsync(HttpStatusCode.Conflict, "registration.no-place");
        await (await TryEnterAsync(desk, "nonsense")).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");
        await (await desk.CommandAsync(new { type = "approve", person })).JsonAsync();
        var token = (string)(await EnterAsync(desk, key))["token"]!;
        await (await house.SendAsync(HttpMethod.Get, "/api/conference", token)).JsonAsync();

        await (await desk.CommandAsync(new { type = "decline", person })).JsonAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await house.SendAsync(HttpMethod.Get, "/api/conference", token)).StatusCode);
        await (await TryEnterAsync(desk, key)).RefusedAsync(HttpStatusCode.Conflict, "registration.no-place");

        await (await desk.CommandAsync(new { type = "approve", person })).JsonAsync();
        var again = (string)(await EnterAsync(desk, key))["token"]!;
        await (await house.SendAsync(HttpMethod.Get, "/api/conference", again)).JsonAsync();
        await (await desk.WithdrawAsync(key)).JsonAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await house.SendAsync(HttpMethod.Get, "/api/conference", again)).StatusCode);
    }

    [Fact]
    public async Task Goes_on_for_more_devices_than_there_may_be_links()
    {
        var desk = await Desk.OpenAsync(house);
        var (_, key, _) = await desk.RegisterAsync("Ana");
        var last = "";
        for (var device = 0; device < 22; device++)
        {
            last = (string)(await EnterAsync(desk, key))["token"]!;
        }

        await (await house.SendAsync(HttpMethod.Get, "/api/conference", last)).JsonAsync();
    }

    [Fact]
    public async Task Never_becomes_somebody_who_is_known_by_the_same_mail_address()
    {
        var desk = await Desk.OpenAsync(house);
        var role = new { @in = new { conference = desk.Conference }, role = "participant" };
        var known = await (await house.SendAsync(
            HttpMethod.Post, "/api/people", desk.Host, new { id = Guid.CreateVersion7(), name = "Petra", mail = "petra@city.example", role })).JsonAsync();
        var (person, key, _) = await desk.RegisterAsync("Petra");
        Assert.Equal(person, (Guid)(await EnterAsync(desk, key))["person"]!);
        Assert.NotEqual((Guid)known["id"]!, person);
    }

    [Fact]
    public async Task Shows_the_meeting_to_who_has_a_place_and_not_to_who_has_the_code()
    {
        var desk = await Desk.OpenAsync(house);
        await (await house.SendAsync(HttpMethod.Post, $"/api/conferences/{desk.Conference}/commands", desk.Host, new
        {
            type = "describe",
            id = Guid.CreateVersion7(),
            title = "Summit",
            starts = "2027-02-24T07:00:00Z",
            ends = "2027-02-25T16:00:00Z",
            timeZone = "Europe/Sofia",
            languages = new[] { "en" },
            meeting = new { url = "https://meet.example/7" },
        })).JsonAsync();
        var joined = (string)(await (await house.TryJoinAsync(desk.Code)).JsonAsync())["token"]!;
        var (_, key, _) = await desk.RegisterAsync("Ana");
        var registered = (string)(await EnterAsync(desk, key))["token"]!;
        foreach (var (token, seen) in new[] { (joined, false), (registered, true), (desk.Host, true) })
        {
            var page = await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{desk.Conference}", token)).JsonAsync();
            Assert.Equal(seen, page["meeting"] is not null);
        }
    }

    private static Task<HttpResponseMessage> TryEnterAsync(Desk desk, string key) =>
        desk.House.PostAsync($"/api/conferences/{desk.Conference}/registration/mine/enter", new { key });

    private static async Task<JsonNode> EnterAsync(Desk desk, string key) => await (await TryEnterAsync(desk, key)).JsonAsync();
}

/// <summary>Before a session opens.</summary>
public sealed class AskingInAdvance(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Is_for_who_has_a_place_now_and_seen_by_moderators_at_once()
    {
        var desk = await Desk.OpenAsync(house);
        var session = Guid.CreateVersion7();
        await (await house.ScheduleAsync(desk.Conference, desk.Host, session, new { advance = true, review = true })).JsonAsync();
        var (_, key, _) = await desk.RegisterAsync("Ana");
        var registered = (string)(await (await house.PostAsync($"/api/conferences/{desk.Conference}/registration/mine/enter", new { key })).JsonAsync())["token"]!;
        var joined = (string)(await (await house.TryJoinAsync(desk.Code)).JsonAsync())["token"]!;

        var id = Guid.CreateVersion7();
        await (await house.CommandAsync(registered, session, new { type = "ask", text = "How was it paid for?" }, id)).JsonAsync();
        await (await house.CommandAsync(joined, session, new { type = "ask", text = "Me too?" })).RefusedAsync(HttpStatusCode.Forbidden, "session.registered-only");

        JsonNode seen = null!;
        await Wait.UntilAsync("the moderators see it", async () =>
            (seen = await (await house.SendAsync(HttpMethod.Get, $"/api/sessions/{session}", desk.Host)).JsonAsync())["items"]!.AsArray().Count > 0);
        Assert.Equal((id, "pending"), ((Guid)seen["items"]![0]!["id"]!, (string)seen["items"]![0]!["state"]!));
        Assert.True((bool)seen["session"]!["policies"]!["advance"]!);

        await (await house.CommandAsync(desk.Host, session, new { type = "approve", item = id })).JsonAsync();
        await (await house.CommandAsync(desk.Host, session, new { type = "queue", item = id })).JsonAsync();
        await (await house.CommandAsync(desk.Host, session, new { type = "open" })).JsonAsync();
        await Wait.UntilAsync("the question is in the queue of the open session", async () =>
            (await (await house.SendAsync(HttpMethod.Get, $"/api/sessions/{session}", desk.Host)).JsonAsync()) is var opened
            && (string)opened["session"]!["state"]! == "open" && (string)opened["items"]![0]!["state"]! == "queued");
        await (await house.CommandAsync(joined, session, new { type = "ask", text = "Me too?" })).JsonAsync();
    }
}
