using System.Net;
using System.Text.Json.Nodes;
using Summit.Server.Opening;

namespace Summit.Server.Tests.People;

/// <summary>The people of a conference or a network, as who runs it sees and changes them.</summary>
public sealed class OrganisingPeople(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Lists_those_with_a_role_by_name_and_finds_them()
    {
        var (conference, _, host) = await house.PlanAsync("Listed");
        var moderator = new { @in = new { conference }, role = "moderator" };
        foreach (var name in new[] { "Živa Novak", "Élena Petrova", "ana Ilieva" })
        {
            await house.AddAsync(name, moderator, token: host);
        }

        var gone = await house.AddAsync("Gone", moderator, token: host);
        await house.TellAsync(host, gone, new { type = "take-role", role = moderator }).DoneAsync();
        await house.AddAsync("Of another conference");

        Assert.Equal(["ana Ilieva", "Élena Petrova", "Živa Novak"], await NamesAsync(conference, host));
        Assert.Equal(["Élena Petrova"], await NamesAsync(conference, host, "&search=elena%20SOFIA"));
        Assert.Equal(["Živa Novak"], await NamesAsync(conference, host, "&skip=2"));
        Assert.Empty(await NamesAsync(conference, host, "&search=nobody"));
    }

    [Fact]
    public async Task Is_for_who_runs_the_place()
    {
        var (_, moderator) = await house.IssueAsync("moderator", "Petra");
        var (_, _, otherHost) = await house.PlanAsync("Another");
        var id = await house.AddAsync("Elena");
        foreach (var token in new[] { await house.EnterAsync(moderator), otherHost, await house.JoinAsync() })
        {
            await (await house.SendAsync(HttpMethod.Get, $"/api/people?conference={house.Conference}", token)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await house.TryAddAsync("Mine", token: token)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await house.SendAsync(HttpMethod.Post, $"/api/people/{id}/links", token, new { })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await house.TellAsync(token, id, new { type = "sign-out-everywhere" })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await house.TellAsync(token, id, new { type = "give-role", role = house.InConference("host") })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        }

        await (await house.SendAsync(HttpMethod.Get, "/api/people", house.HostToken)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.GetAsync($"/api/people?conference={house.Conference}")).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
    }

    [Fact]
    public async Task Adds_once_however_often_it_is_asked_for()
    {
        var id = Guid.CreateVersion7();
        var first = (Guid)(await (await house.TryAddAsync("Once", id: id)).JsonAsync())["id"]!;
        var second = (Guid)(await (await house.TryAddAsync("Once", id: id)).JsonAsync())["id"]!;

        Assert.Equal(first, second);
        // Whoever chose the id of a person could become somebody who is there.
        Assert.NotEqual(id, first);
        await (await house.TryAddAsync("Once", id: Guid.NewGuid())).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await house.TryAddAsync("")).RefusedAsync(HttpStatusCode.BadRequest, "text.empty");
        await (await house.TryAddAsync("E", mail: "nobody")).RefusedAsync(HttpStatusCode.BadRequest, "participant.mail");
        await (await house.TryAddAsync("E", house.InConference("stage"))).RefusedAsync(HttpStatusCode.BadRequest, "participant.role");
        await (await house.TryAddAsync("E", house.InConference("moderator", Guid.CreateVersion7()))).RefusedAsync(HttpStatusCode.NotFound, "programme.unknown");
        await (await house.TellAsync(house.HostToken, Guid.CreateVersion7(), new { type = "sign-out-everywhere" })).RefusedAsync(HttpStatusCode.NotFound, "participant.unknown");
    }

    [Fact]
    public async Task Finds_who_is_there_by_the_mail_address_and_gives_the_role_to_them()
    {
        var elena = await house.AddAsync("Elena", mail: "Elena@Sofia.example");
        var (conference, _, host) = await house.PlanAsync("Known");
        var role = new { @in = new { conference }, role = "host" };

        var added = await (await house.TryAddAsync("E. Petrova", role, "elena@sofia.EXAMPLE", host)).JsonAsync();

        Assert.Equal((elena, true), ((Guid)added["id"]!, (bool)added["known"]!));
        var shown = Assert.Single((await PageAsync(conference, host))["people"]!.AsArray())!;
        Assert.Equal("Elena", (string)shown["card"]!["name"]!);
        Assert.False((bool)shown["governed"]!);
        Assert.Null(shown["links"]);
        Assert.Equal("host", (string)Assert.Single(shown["roles"]!.AsArray())!["role"]!);
        // Neither organiser comes into the other's place by a link for her; the administrator may.
        await (await house.SendAsync(HttpMethod.Post, $"/api/people/{elena}/links", host, new { })).RefusedAsync(HttpStatusCode.Forbidden, "participant.elsewhere");
        await (await house.SendAsync(HttpMethod.Post, $"/api/people/{elena}/links", house.HostToken, new { })).RefusedAsync(HttpStatusCode.Forbidden, "participant.elsewhere");
        Assert.Equal(HttpStatusCode.OK, (await house.SendAsync(HttpMethod.Post, $"/api/people/{elena}/links", house.AdminToken, new { })).StatusCode);
    }

    [Fact]
    public async Task Leaves_an_address_that_several_share_to_nobody()
    {
        var (conference, _, host) = await house.PlanAsync("Shared");
        var role = new { @in = new { conference }, role = "participant" };
        var first = await house.AddAsync("One", role, "office@shared.example", host);
        var second = await house.AddAsync("Two", role, token: host);
        await house.TellAsync(host, second, new { type = "describe", name = "Two", mail = "office@shared.example" }).DoneAsync();

        var third = await house.AddAsync("Three", role, "office@shared.example", host);

        Assert.Equal(3, new[] { first, second, third }.Distinct().Count());
    }

    [Fact]
    public async Task Ends_the_links_of_another_organiser_when_a_role_with_power_is_given()
    {
        var elena = await house.AddAsync("Elena", mail: "elena@power.example");
        var secret = await house.LinkAsync(elena);
        var (network, secretary) = await FoundAsync();

        await (await house.TryAddAsync("Elena", new { @in = new { network }, role = "secretary" }, "elena@power.example", secretary)).JsonAsync();

        await (await house.PostAsync("/api/enter", new { secret })).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");
    }

    [Fact]
    public async Task Lets_a_member_of_a_network_speak_for_it()
    {
        var (network, secretary) = await FoundAsync();
        var member = Guid.CreateVersion7();
        var record = new { type = "record-member", id = Guid.CreateVersion7(), member, name = "Sofia", kind = "city", country = "BG", status = "member", since = "2021" };
        await house.SendAsync(HttpMethod.Post, $"/api/networks/{network}/commands", secretary, record).DoneAsync();
        var role = new { @in = new { network }, role = "member", member };
        var id = await house.AddAsync("Elena", role, token: secretary);
        var token = await house.EnterAsync(await house.LinkAsync(id, secretary));

        Assert.Equal("Sofia", (string)(await house.MeAsync(token))["roles"]![0]!["member"]!["name"]!);
        var ofSofia = await house.EnterPlaceAsync(token, new { network });
        var page = await (await house.SendAsync(HttpMethod.Get, $"/api/networks/{network}", ofSofia)).JsonAsync();
        Assert.NotNull(Assert.Single(page["members"]!.AsArray())!["contacts"]);
        await (await house.TryAddAsync("X", new { @in = new { network }, role = "member", member = Guid.CreateVersion7() }, token: secretary))
            .RefusedAsync(HttpStatusCode.NotFound, "member.unknown");
        await (await house.TryAddAsync("X", new { @in = new { network, group = Guid.CreateVersion7() }, role = "coordinator" }, token: secretary))
            .RefusedAsync(HttpStatusCode.NotFound, "group.unknown");
    }

    private async Task<(Guid Id, string Secretary)> FoundAsync()
    {
        var founded = await (await house.SendAsync(HttpMethod.Post, "/api/networks", house.AdminToken, new { title = "Balkan Cities", name = "B40" })).JsonAsync();
        return ((Guid)founded["id"]!, await house.EnterAsync(LinksFile.SecretOf((string)founded["secretary"]!)));
    }

    private async Task<JsonNode> PageAsync(Guid conference, string token, string query = "") =>
        await (await house.SendAsync(HttpMethod.Get, $"/api/people?conference={conference}{query}", token)).JsonAsync();

    private async Task<IEnumerable<string>> NamesAsync(Guid conference, string token, string query = "") =>
        (await PageAsync(conference, token, query))["people"]!.AsArray().Select(person => (string)person!["card"]!["name"]!);
}
