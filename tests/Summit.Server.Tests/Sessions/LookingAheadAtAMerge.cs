using System.Net;

namespace Summit.Server.Tests.Sessions;

public sealed class LookingAheadAtAMerge(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Tells_a_moderator_the_support_that_the_merge_then_has()
    {
        var (one, two) = (await AskAsync(), await AskAsync());
        var both = await house.JoinAsync();
        await SupportAsync(both, one);
        await SupportAsync(both, two);
        await ShownAsync(await SupportAsync(await house.JoinAsync(), two));

        Assert.Equal(2, (int)(await (await LookAsync(house.HostToken, $"{one}", $"{two}")).JsonAsync())["support"]!);
        var merged = await (await house.CommandAsync(house.HostToken, house.Session, new { type = "merge", item = one, into = two })).JsonAsync();
        await ShownAsync((long)merged["seq"]!);
        var frame = await (await house.SendAsync(HttpMethod.Get, $"/api/sessions/{house.Session}", house.HostToken)).JsonAsync();
        Assert.Equal(2, (int)frame["items"]!.AsArray().Single(item => (Guid)item!["id"]! == two)!["support"]!);
        await (await LookAsync(house.HostToken, $"{one}", $"{two}")).RefusedAsync(HttpStatusCode.Conflict, "item.wrong-state");
    }

    [Fact]
    public async Task Is_refused_to_others_and_for_what_is_not_there()
    {
        var item = await AskAsync();
        var nobody = Guid.CreateVersion7();
        await (await LookAsync(await house.JoinAsync(), $"{item}", $"{item}")).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await LookAsync(null, $"{item}", $"{item}")).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        await (await LookAsync(house.HostToken, $"{item}", $"{nobody}")).RefusedAsync(HttpStatusCode.NotFound, "item.unknown");
        await (await LookAsync(house.HostToken, $"{item}", $"{nobody}", nobody)).RefusedAsync(HttpStatusCode.NotFound, "session.unknown");
        await (await LookAsync(house.HostToken, $"{item}", "nobody")).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await LookAsync(house.HostToken, "nobody", $"{item}")).RefusedAsync(HttpStatusCode.NotFound, "request.unknown");
    }

    private Task<HttpResponseMessage> LookAsync(string? token, string item, string into, Guid? session = null) =>
        house.SendAsync(HttpMethod.Get, $"/api/sessions/{session ?? house.Session}/items/{item}/united-support?into={into}", token);

    private async Task<Guid> AskAsync()
    {
        var id = Guid.CreateVersion7();
        await (await house.CommandAsync(await house.JoinAsync(), house.Session, new { type = "ask", text = "How was it paid for?" }, id)).JsonAsync();
        return id;
    }

    private async Task<long> SupportAsync(string token, Guid item) =>
        (long)(await (await house.CommandAsync(token, house.Session, new { type = "support", item, on = true })).JsonAsync())["seq"]!;

    /// <summary>A room shows an event a moment after it is answered; who asks for what comes after it waits for that moment.</summary>
    private async Task ShownAsync(long seq) => await (await house.SendAsync(HttpMethod.Get, $"/api/sessions/{house.Session}?since={seq}", house.HostToken)).JsonAsync();
}
