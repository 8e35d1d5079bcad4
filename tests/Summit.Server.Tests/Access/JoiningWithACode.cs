using System.Net;
using System.Text.Json.Nodes;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests.Access;

public sealed class JoiningWithACode(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Gives_a_token_and_says_what_there_is()
    {
        var access = await (await house.TryJoinAsync(house.Code, " Ana \u202e", "Tirana")).JsonAsync();

        Assert.Equal("participant", (string)access["role"]!);
        Assert.Equal("Summit of cities", (string)access["conference"]!["title"]!);
        Assert.Equal(DateTimeOffset.Parse("2027-02-25T14:00:00Z", null), (DateTimeOffset)access["conference"]!["ends"]!);
        Assert.EndsWith("+00:00", (string)access["conference"]!["ends"]!, StringComparison.Ordinal);
        Assert.Equal(house.Session, (Guid)Assert.Single(access["sessions"]!.AsArray())!["id"]!);
        Assert.True((DateTimeOffset)access["expires"]! >= (DateTimeOffset)access["conference"]!["ends"]! + TimeSpan.FromDays(30));
        var where = await (await house.SendAsync(HttpMethod.Get, "/api/conference", (string)access["token"]!)).JsonAsync();
        Assert.True(JsonNode.DeepEquals(access["sessions"], where["sessions"]));
        Assert.True(JsonNode.DeepEquals(access["conference"], where["conference"]));
    }

    [Fact]
    public async Task Forgives_lower_case_and_blanks()
    {
        var code = house.Code.ToLowerInvariant();

        await (await house.TryJoinAsync($" {code[..3]} {code[3..]} ")).JsonAsync();
        await (await house.TryJoinAsync($"{code[..3]}-{code[3..]}")).JsonAsync();
    }

    [Fact]
    public async Task Makes_everybody_a_person_of_their_own()
    {
        var one = await (await house.TryJoinAsync(house.Code, "Ana")).JsonAsync();
        var other = await (await house.TryJoinAsync(house.Code, "Ana")).JsonAsync();

        Assert.NotEqual((string)one["person"]!, (string)other["person"]!);
    }

    [Theory]
    [InlineData("ABC", "lobby.code-malformed", HttpStatusCode.BadRequest)]
    [InlineData("AAAAA0", "lobby.code-malformed", HttpStatusCode.BadRequest)]
    [InlineData("222222", "join.unknown-code", HttpStatusCode.NotFound)]
    public async Task Is_refused_with_a_wrong_code(string code, string fault, HttpStatusCode status) =>
        await (await house.TryJoinAsync(code)).RefusedAsync(status, fault);

    [Fact]
    public async Task Is_refused_with_a_name_no_list_can_show()
    {
        await (await house.TryJoinAsync(house.Code, new string('ж', 81))).RefusedAsync(HttpStatusCode.BadRequest, "text.too-long");
        await (await house.TryJoinAsync(house.Code, "Ana", new string('ж', 61))).RefusedAsync(HttpStatusCode.BadRequest, "text.too-long");
        // One character to the eye, a page to the server.
        await (await house.TryJoinAsync(house.Code, string.Concat(Enumerable.Repeat("👩\u200d", 2_000)) + "👩"))
            .RefusedAsync(HttpStatusCode.BadRequest, "text.too-long");
        await (await house.TryJoinAsync(house.Code, new string('ж', 80), new string('ж', 60))).JsonAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"name":"Ana"}""")]
    [InlineData("""{"code":null}""")]
    [InlineData("""{"code":17}""")]
    [InlineData("""{"code":"\ud800"}""")]
    public async Task Is_refused_when_the_server_cannot_read_it(string body)
    {
        using var content = new StringContent(body, null, "application/json");

        await (await house.Client.PostAsync("/api/join", content, Cancelled)).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
    }

    [Fact]
    public async Task Takes_json_alone()
    {
        using var form = new FormUrlEncodedContent([new("code", house.Code)]);
        await (await house.Client.PostAsync("/api/join", form, Cancelled)).RefusedAsync(HttpStatusCode.UnsupportedMediaType, "request.media-type");
    }

    [Fact]
    public async Task Works_for_a_thousand_phones_behind_one_address_while_one_of_them_guesses()
    {
        const string Router = "192.0.2.1";
        await (await house.TryJoinAsync(house.Code, address: Router)).JsonAsync();
        for (var guess = 0; guess < 60; guess++)
        {
            _ = house.TryJoinAsync(Code(guess), address: Router);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(phone => house.TryJoinAsync(house.Code, $"{phone}", address: Router)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Is_slowed_and_then_put_off_for_an_address_that_guesses()
    {
        var answers = await Task.WhenAll(Enumerable.Range(100, 80).Select(guess => house.TryJoinAsync(Code(guess), address: "192.0.2.2")));

        var putOff = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(putOff);
        await putOff[0].RefusedAsync(HttpStatusCode.TooManyRequests, "join.slow-down");
        await (await house.TryJoinAsync(house.Code, address: "192.0.2.3")).JsonAsync();
    }

    /// <summary>Codes that lead nowhere: a thousand out of 887 million.</summary>
    private static string Code(int number) => $"ZZZ{"23456789AB"[number / 100]}{"23456789AB"[number / 10 % 10]}{"23456789AB"[number % 10]}";
}
