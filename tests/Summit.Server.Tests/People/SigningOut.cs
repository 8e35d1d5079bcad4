using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Summit.Domain;
using Summit.Domain.Participants;
using Summit.Engine;
using Summit.Server.People;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests.People;

/// <summary>What was open for somebody ends with the device, the role or the link.</summary>
public sealed class SigningOut(House house) : IClassFixture<House>
{
    [Fact]
    public async Task On_one_device_ends_that_one_and_no_other()
    {
        var id = await house.AddAsync("Elena");
        var secret = await house.LinkAsync(id);
        var (phone, laptop) = (await house.EnterAsync(secret), await house.EnterAsync(secret));
        var atThePhone = await house.EnterPlaceAsync(phone, new { conference = house.Conference });
        var signIn = (await house.MeAsync(phone))["signIns"]!.AsArray().Single(one => (bool)one!["here"]!)!["id"]!;

        await house.TellAsync(laptop, null, new { type = "sign-out", signIn = (Guid)signIn }).DoneAsync();

        await (await house.SendAsync(HttpMethod.Get, "/api/me", phone)).RefusedAsync(HttpStatusCode.Unauthorized, "access.signed-out");
        await (await house.CommandAsync(atThePhone, house.Session, new { type = "pause" })).RefusedAsync(HttpStatusCode.Unauthorized, "access.signed-out");
        Assert.Single((await house.MeAsync(laptop))["signIns"]!.AsArray());
        await (await house.TellAsync(laptop, null, new { type = "sign-out", signIn = (Guid)signIn })).RefusedAsync(HttpStatusCode.NotFound, "participant.sign-in-unknown");
        Assert.Equal(HttpStatusCode.OK, (await house.PostAsync("/api/enter", new { secret })).StatusCode);
    }

    [Fact]
    public async Task Everywhere_ends_what_is_open_at_once()
    {
        var (_, token) = await house.PersonAsync();
        using var phone = await FollowAsync(await house.EnterPlaceAsync(token, new { conference = house.Conference }));

        await house.TellAsync(token, null, new { type = "sign-out-everywhere" }).DoneAsync();

        Assert.Equal("access.signed-out", await LastWordAsync(phone));
        await (await house.SendAsync(HttpMethod.Get, "/api/me", token)).RefusedAsync(HttpStatusCode.Unauthorized, "access.signed-out");
    }

    [Fact]
    public async Task Ends_what_is_open_though_another_server_heard_it()
    {
        var (id, token) = await house.PersonAsync();
        using var phone = await FollowAsync(await house.EnterPlaceAsync(token, new { conference = house.Conference }));

        // Past this server's desk, as another server's command goes past it.
        var person = new ParticipantId(id);
        var reply = await house.Services.GetRequiredService<IEngine>().SendAsync(
            PeopleDirectory.Stream(person), new CommandEnvelope(Guid.CreateVersion7(), new Actor(person, Role.Person, default, null, null), new SignOutEverywhere()), Cancelled);
        Assert.Null(reply.Fault);

        Assert.Equal("access.signed-out", await LastWordAsync(phone));
    }

    [Fact]
    public async Task Is_not_needed_to_lose_a_role()
    {
        var (id, token) = await house.PersonAsync();
        var moderator = await house.EnterPlaceAsync(token, new { conference = house.Conference });
        using var desk = await FollowAsync(moderator);

        await house.TellAsync(house.HostToken, id, new { type = "take-role", role = house.InConference() }).DoneAsync();

        Assert.Equal("access.role-taken", await LastWordAsync(desk));
        await (await house.CommandAsync(moderator, house.Session, new { type = "pause" })).RefusedAsync(HttpStatusCode.Unauthorized, "access.role-taken");
        Assert.Empty((await house.MeAsync(token))["roles"]!.AsArray());
        await (await house.TryEnterAsync(token, new { conference = house.Conference })).RefusedAsync(HttpStatusCode.NotFound, "participant.role-unknown");
    }

    [Fact]
    public async Task Comes_with_a_link_that_is_revoked()
    {
        var id = await house.AddAsync("Elena");
        var secret = await house.LinkAsync(id);
        var token = await house.EnterAsync(secret);
        var own = await (await house.SendAsync(HttpMethod.Post, "/api/me/links", token, new { })).JsonAsync();
        var laptop = await house.EnterAsync(Server.Opening.LinksFile.SecretOf((string)own["link"]!));
        var first = (await house.MeAsync(token))["links"]!.AsArray().Single(link => !(bool)link!["own"]!)!["id"]!;

        await house.TellAsync(house.HostToken, id, new { type = "revoke-link", link = (Guid)first }).DoneAsync();

        await (await house.SendAsync(HttpMethod.Get, "/api/me", token)).RefusedAsync(HttpStatusCode.Unauthorized, "access.signed-out");
        await (await house.PostAsync("/api/enter", new { secret })).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");
        Assert.True((bool)Assert.Single((await house.MeAsync(laptop))["links"]!.AsArray())!["own"]!);
    }

    [Fact]
    public async Task Comes_by_itself_after_ninety_days()
    {
        await using var other = new House();
        await other.InitializeAsync();
        var (_, token) = await other.PersonAsync();
        other.Time.Shift = TimeSpan.FromDays(89);
        Assert.Equal(HttpStatusCode.OK, (await other.SendAsync(HttpMethod.Get, "/api/me", token)).StatusCode);
        other.Time.Shift = TimeSpan.FromDays(91);
        await (await other.SendAsync(HttpMethod.Get, "/api/me", token)).RefusedAsync(HttpStatusCode.Unauthorized, "access.expired");
    }

    private async Task<WebSocket> FollowAsync(string token)
    {
        var phone = await house.KnockAsync(token);
        await SayAsync(phone, new { protocol = "json", version = 1 });
        await SayAsync(phone, new { type = 4, invocationId = "1", target = "Follow", arguments = new object[] { house.Session, 0 } });
        await HearAsync(phone, "\"reset\"");
        return phone;
    }

    private static async Task<string> LastWordAsync(WebSocket phone)
    {
        var heard = await HearAsync(phone, "\"fault\"");
        using var json = JsonDocument.Parse(heard.Split('\u001e').First(message => message.Contains("\"fault\"", StringComparison.Ordinal)));
        return json.RootElement.GetProperty("item").GetProperty("fault").GetProperty("code").GetString()!;
    }

    /// <summary>Everything up to the message with this in it.</summary>
    private static async Task<string> HearAsync(WebSocket phone, string word)
    {
        var heard = new StringBuilder();
        var bytes = new byte[32 * 1024];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(heard.ToString() is var text && text.Contains(word, StringComparison.Ordinal) && text.EndsWith('\u001e')))
        {
            var part = await phone.ReceiveAsync(bytes.AsMemory(), limit.Token);
            Assert.Equal(WebSocketMessageType.Text, part.MessageType);
            heard.Append(Encoding.UTF8.GetString(bytes.AsSpan(0, part.Count)));
        }

        return heard.ToString();
    }

    private static Task SayAsync(WebSocket phone, object message) =>
        phone.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + '\u001e'), WebSocketMessageType.Text, true, Cancelled);
}
