using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Summit.Domain;
using Summit.Server.Access;
using Summit.Testing;

namespace Summit.Server.Tests.Access;

public sealed class RevokingALink(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Ends_what_is_open_and_refuses_what_comes_at_once()
    {
        var gate = house.Services.GetRequiredService<Gate>();
        var (id, secret) = await house.IssueAsync("moderator", "Petra");
        var (_, other) = await house.IssueAsync("moderator", "Ilir");
        var token = await house.EnterAsync(secret);
        var bearer = Bearer(Role.Moderator, new LinkId(id), house.Time.GetUtcNow() + TimeSpan.FromDays(1));
        var ended = gate.Ended(bearer);
        Assert.False(ended.IsCancellationRequested);
        // Used before, the token is known; that must not keep it good.
        Assert.Equal(HttpStatusCode.OK, (await house.SendAsync(HttpMethod.Get, "/api/conference", token)).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await RevokeAsync(id)).StatusCode);

        await (await house.SendAsync(HttpMethod.Get, "/api/conference", token)).RefusedAsync(HttpStatusCode.Unauthorized, "access.revoked");
        await (await house.CommandAsync(token, house.Session, new { type = "pause" })).RefusedAsync(HttpStatusCode.Unauthorized, "access.revoked");
        await Wait.UntilAsync("the streams of the link end", () => ended.IsCancellationRequested, TimeSpan.FromSeconds(1));
        Assert.Equal(AccessFaults.Revoked, gate.Check(bearer));
        Assert.True(gate.Ended(bearer).IsCancellationRequested || !gate.IsGood(bearer));
        Assert.Equal(HttpStatusCode.OK, (await house.SendAsync(HttpMethod.Get, "/api/conference", await house.EnterAsync(other))).StatusCode);
    }

    [Fact]
    public async Task Is_done_once_and_for_links_that_are_there()
    {
        var (id, _) = await house.IssueAsync("stage", "Hall 1");

        Assert.Equal(HttpStatusCode.NoContent, (await RevokeAsync(id)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await RevokeAsync(id)).StatusCode);
        await (await RevokeAsync(Guid.CreateVersion7())).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");
    }

    [Fact]
    public async Task Comes_by_itself_when_the_time_is_up()
    {
        var gate = house.Services.GetRequiredService<Gate>();
        var expires = DateTimeOffset.FromUnixTimeSeconds(house.Time.GetUtcNow().ToUnixTimeSeconds() + 2);
        var bearer = Bearer(Role.Participant, null, expires);
        var ended = gate.Ended(bearer);
        Assert.True(gate.IsGood(bearer));

        await Wait.UntilAsync("the token has run out", () => ended.IsCancellationRequested);

        Assert.Equal(AccessFaults.Expired, gate.Check(bearer));
    }

    private Bearer Bearer(Role role, LinkId? link, DateTimeOffset expires) =>
        new(new Actor(new ParticipantId(Guid.CreateVersion7()), role, new ConferenceId(house.Conference), null, null), link, expires);

    private Task<HttpResponseMessage> RevokeAsync(Guid id) =>
        house.SendAsync(HttpMethod.Delete, $"/api/conferences/{house.Conference}/links/{id}", house.HostToken);
}
