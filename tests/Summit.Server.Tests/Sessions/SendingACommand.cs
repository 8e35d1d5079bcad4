using System.Net;
using System.Net.Http.Headers;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests.Sessions;

public sealed class SendingACommand(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Is_answered_with_the_number_it_led_to_and_the_same_again()
    {
        var token = await house.JoinAsync();
        var id = Guid.CreateVersion7();

        var one = await (await house.CommandAsync(token, house.Session, new { type = "ask", text = "How was it paid for?" }, id)).JsonAsync();
        var other = await (await house.CommandAsync(token, house.Session, new { type = "ask", text = "How was it paid for?" }, id)).JsonAsync();

        Assert.True((long)one["seq"]! > 0);
        Assert.Equal((long)one["seq"]!, (long)other["seq"]!);
    }

    [Fact]
    public async Task Is_refused_by_the_rules_in_their_words()
    {
        var token = await house.JoinAsync();

        await (await house.CommandAsync(token, house.Session, new { type = "ask", text = " \u200b " })).RefusedAsync(HttpStatusCode.BadRequest, "text.empty");
        await (await house.CommandAsync(token, house.Session, new { type = "stage", item = Guid.CreateVersion7() }))
            .RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.CommandAsync(token, house.Session, new { type = "support", item = Guid.CreateVersion7(), on = true }))
            .RefusedAsync(HttpStatusCode.NotFound, "item.unknown");
        await (await house.CommandAsync(house.HostToken, house.Session, new { type = "back", item = Guid.CreateVersion7() }))
            .RefusedAsync(HttpStatusCode.NotFound, "item.unknown");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"open"}""")]
    [InlineData("""{"type":"open","id":null}""")]
    [InlineData("""{"type":"open","id":17}""")]
    [InlineData("""{"type":"open","id":"00000000-0000-0000-0000-000000000000"}""")]
    [InlineData("""{"type":"open","id":"a2b2f0c4-1111-4222-8333-444455556666"}""")]
    [InlineData("""{"type":"open","id":"019a9c5e-7b1a-7c3e-cf00-2b6d5a1f0c11"}""")]
    [InlineData("""{"type":"open","id":"{019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11}"}""")]
    [InlineData("""{"type":17,"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11"}""")]
    [InlineData("""{"type":"\ud800","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11"}""")]
    [InlineData("""{"type":"ask","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11"}""")]
    [InlineData("""{"type":"ask","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","text":null}""")]
    [InlineData("""{"type":"ask","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","text":["a"]}""")]
    [InlineData("""{"type":"ask","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","text":"\ud800"}""")]
    [InlineData("""{"type":"ask","type":"open","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","text":"a"}""")]
    [InlineData("""{"type":"ask","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","text":"a","text":"b"}""")]
    [InlineData("""{"type":"policies","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","policies":{"anonymous":2}}""")]
    [InlineData("""{"type":"ask","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","text":"a","x":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}""")]
    public async Task Is_refused_when_the_server_cannot_read_it(string body) =>
        await (await SendAsync(house.HostToken, body)).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");

    [Theory]
    [InlineData("nonsense")]
    [InlineData("schedule")]
    [InlineData("issue-link")]
    [InlineData("Summit.Domain.Sessions.OpenSession")]
    public async Task Is_refused_when_no_session_can_do_it(string type) =>
        await (await SendAsync(house.HostToken, $$"""{"type":"{{type}}","id":"{{Guid.CreateVersion7()}}"}""")).RefusedAsync(HttpStatusCode.BadRequest, "command.unknown");

    [Fact]
    public async Task Is_refused_for_a_session_that_is_not_there_or_not_ours()
    {
        var (other, _, host) = await house.PlanAsync("Another");
        var session = Guid.CreateVersion7();
        await (await house.ScheduleAsync(other, host, session)).JsonAsync();
        var token = await house.JoinAsync();

        await (await house.CommandAsync(token, session, new { type = "ask", text = "Hello?" })).RefusedAsync(HttpStatusCode.NotFound, "session.unknown");
        await (await house.CommandAsync(house.HostToken, session, new { type = "open" })).RefusedAsync(HttpStatusCode.NotFound, "session.unknown");
        await (await house.CommandAsync(house.HostToken, Guid.CreateVersion7(), new { type = "open" })).RefusedAsync(HttpStatusCode.NotFound, "session.unknown");
        await (await house.CommandAsync(house.AdminToken, house.Session, new { type = "pause" })).RefusedAsync(HttpStatusCode.NotFound, "session.unknown");
    }

    [Fact]
    public async Task Is_for_people_with_a_token_and_for_json()
    {
        await (await SendAsync(null, "{}")).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        await (await SendAsync(house.HostToken, "{}", "text/plain")).RefusedAsync(HttpStatusCode.UnsupportedMediaType, "request.media-type");
    }

    [Fact]
    public async Task Is_put_off_when_one_person_sends_a_great_many_and_goes_on_for_the_others()
    {
        var loud = await house.JoinAsync("Loud");
        var other = await house.JoinAsync("Quiet");

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => SendAsync(loud, "{}")));

        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.BadRequest), 30, 200);
        await answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).RefusedAsync(HttpStatusCode.TooManyRequests, "limit.rate");
        await (await house.CommandAsync(other, house.Session, new { type = "ask", text = "May I?" })).JsonAsync();
    }

    private Task<HttpResponseMessage> SendAsync(string? token, string body, string type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/sessions/{house.Session}/commands") { Content = new StringContent(body, null, type) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return house.Client.SendAsync(request, Cancelled);
    }
}
