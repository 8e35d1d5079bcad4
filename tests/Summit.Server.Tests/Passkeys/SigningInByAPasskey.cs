using System.Net;
using System.Text.Json.Nodes;
using Summit.Server.Tests.People;

namespace Summit.Server.Tests.Passkeys;

/// <summary>A device's own lock lets its person in, and nothing that was overheard, made up or meant for another address.</summary>
public sealed class SigningInByAPasskey(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Knows_the_person_without_being_told_who_comes()
    {
        var (id, token) = await house.PersonAsync();
        using var device = await AddedAsync(token);

        var access = await (await SignInAsync(device.Sign(await AskAsync()))).JsonAsync();

        Assert.Equal(("person", id), ((string)access["role"]!, (Guid)access["person"]!));
        var me = await house.MeAsync((string)access["token"]!);
        var passkey = (Guid)Assert.Single(me["passkeys"]!.AsArray())!["id"]!;
        Assert.Equal(passkey, (Guid)me["signIns"]!.AsArray().Single(one => (bool)one!["here"]!)!["passkey"]!);
        Assert.Contains("participant.passkey-added", (await (await house.SendAsync(HttpMethod.Get, "/api/me/audit", token)).JsonAsync()).ToJsonString(), StringComparison.Ordinal);

        await house.TellAsync(token, null, new { type = "sign-out-everywhere" }).DoneAsync();
        await (await house.SendAsync(HttpMethod.Get, "/api/me", (string)access["token"]!)).RefusedAsync(HttpStatusCode.Unauthorized, "access.signed-out");
    }

    [Fact]
    public async Task Ends_when_the_passkey_is_removed()
    {
        var (_, token) = await house.PersonAsync();
        using var device = await AddedAsync(token);
        var came = (string)(await (await SignInAsync(device.Sign(await AskAsync()))).JsonAsync())["token"]!;
        var passkey = (Guid)(await house.MeAsync(token))["passkeys"]![0]!["id"]!;

        await house.TellAsync(token, null, new { type = "remove-passkey", passkey }).DoneAsync();

        await (await house.SendAsync(HttpMethod.Get, "/api/me", came)).RefusedAsync(HttpStatusCode.Unauthorized, "access.signed-out");
        await (await SignInAsync(device.Sign(await AskAsync()))).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.passkey");
        await (await house.TellAsync(token, null, new { type = "remove-passkey", passkey })).RefusedAsync(HttpStatusCode.NotFound, "participant.passkey-unknown");
    }

    [Fact]
    public async Task Takes_each_answer_once_and_no_answer_to_another_question()
    {
        var (_, token) = await house.PersonAsync();
        using var device = await AddedAsync(token);
        var answer = device.Sign(await AskAsync());
        await (await SignInAsync(answer)).JsonAsync();
        await (await SignInAsync(answer)).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.over");
        await house.TellAsync(token, null, new { type = "sign-out-everywhere" }).DoneAsync();
        await (await SignInAsync(answer)).RefusedAsync(HttpStatusCode.Unauthorized, "access.signed-out");

        var other = device.Sign(await AskAsync());
        other["state"] = (string)(await AskAsync())["state"]!;
        await (await SignInAsync(other)).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.passkey");
        other["state"] = "made up";
        await (await SignInAsync(other)).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.over");
        using var late = await AddedAsync((await house.PersonAsync("Late")).Token);
        await (await SignInAsync(late.Sign(await AddQuestionAsync((await house.PersonAsync("Later")).Token)))).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.over");
    }

    [Theory]
    [InlineData("https://evil.example", "localhost", true)]
    [InlineData("http://evil.localhost", "localhost", true)]
    [InlineData("https://localhost", "localhost", true)]
    [InlineData("http://localhost", "evil.example", true)]
    [InlineData("http://localhost", "localhost", false)]
    public async Task Is_refused_for_another_page_another_domain_and_a_device_nobody_has_unlocked(string origin, string domain, bool unlocked)
    {
        var (_, token) = await house.PersonAsync();
        using var device = await AddedAsync(token);
        (device.Origin, device.Domain, device.Unlocked) = (origin, domain, unlocked);
        await (await SignInAsync(device.Sign(await AskAsync()))).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.passkey");
        await (await AddAsync(token, device.Make(await AddQuestionAsync(token)))).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.passkey");
    }

    [Fact]
    public async Task Is_refused_for_a_signature_of_another_device_and_for_a_person_it_was_not_made_for()
    {
        var (_, elena) = await house.PersonAsync();
        var (_, ilir) = await house.PersonAsync("Ilir");
        using var hers = await AddedAsync(elena);
        using var his = await AddedAsync(ilir);
        var question = await AskAsync();
        var (own, forged) = (his.Sign(question), hers.Sign(question));
        forged["credential"]!["response"]!["signature"] = (string)own["credential"]!["response"]!["signature"]!;
        await (await SignInAsync(forged)).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.passkey");
        var swapped = hers.Sign(question);
        swapped["credential"]!["response"]!["userHandle"] = (string)own["credential"]!["response"]!["userHandle"]!;
        await (await SignInAsync(swapped)).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.passkey");
        foreach (var nothing in new JsonNode[] { new JsonObject(), JsonValue.Create("x"), new JsonArray() })
        {
            await (await SignInAsync(new JsonObject { ["state"] = (string)question["state"]!, ["credential"] = nothing })).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.passkey");
        }
    }

    [Fact]
    public async Task Notices_a_copy_of_a_device_that_counts()
    {
        var (_, token) = await house.PersonAsync();
        using var device = await AddedAsync(token, counter: 7);
        device.Counter = 8;
        await (await SignInAsync(device.Sign(await AskAsync()))).JsonAsync();
        await (await SignInAsync(device.Sign(await AskAsync()))).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.passkey");
        device.Counter = 9;
        await (await SignInAsync(device.Sign(await AskAsync()))).JsonAsync();
    }

    [Fact]
    public async Task Is_added_by_who_is_signed_in_and_to_nobody_else()
    {
        var (_, elena) = await house.PersonAsync();
        var (_, ilir) = await house.PersonAsync("Ilir");
        using var device = new Device();
        var answer = device.Make(await AddQuestionAsync(elena));
        await (await AddAsync(ilir, answer)).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.passkey");
        await AddAsync(elena, answer).DoneWithoutWordsAsync();
        await (await AddAsync(elena, answer)).RefusedAsync(HttpStatusCode.Conflict, "participant.passkey-exists");
        foreach (var token in new[] { house.HostToken, await house.JoinAsync() })
        {
            await (await house.SendAsync(HttpMethod.Post, "/api/me/passkeys/question", token, new { })).RefusedAsync(HttpStatusCode.Unauthorized, "access.no-person");
            await (await AddAsync(token, answer)).RefusedAsync(HttpStatusCode.Unauthorized, "access.no-person");
        }
    }

    private async Task<Device> AddedAsync(string token, uint counter = 0)
    {
        var device = new Device { Counter = counter };
        await AddAsync(token, device.Make(await AddQuestionAsync(token))).DoneWithoutWordsAsync();
        return device;
    }

    private async Task<JsonNode> AskAsync() => await (await house.PostAsync("/api/sign-in/passkey/question", new { })).JsonAsync();

    private Task<HttpResponseMessage> SignInAsync(JsonNode answer) => house.PostAsync("/api/sign-in/passkey", answer);

    private async Task<JsonNode> AddQuestionAsync(string token) =>
        await (await house.SendAsync(HttpMethod.Post, "/api/me/passkeys/question", token, new { })).JsonAsync();

    private Task<HttpResponseMessage> AddAsync(string token, JsonNode answer) => house.SendAsync(HttpMethod.Post, "/api/me/passkeys", token, answer);
}

internal static class Wordless
{
    public static async Task DoneWithoutWordsAsync(this Task<HttpResponseMessage> answer) => Assert.Equal(HttpStatusCode.NoContent, (await answer).StatusCode);
}
