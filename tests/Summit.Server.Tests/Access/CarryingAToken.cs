using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Summit.Domain;
using Summit.Server.Access;

namespace Summit.Server.Tests.Access;

public sealed class CarryingAToken(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Is_asked_for_where_it_is_needed() =>
        await (await WhereAsync(null)).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");

    [Theory]
    [InlineData("nonsense")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJyb2xlIjoiQWRtaW4ifQ.")]
    public async Task Is_refused_when_it_is_not_ours(string token) =>
        await (await WhereAsync(token)).RefusedAsync(HttpStatusCode.Unauthorized, "access.invalid");

    [Fact]
    public async Task Is_refused_when_a_character_was_changed()
    {
        var token = await house.JoinAsync();
        var at = token.Length / 2;

        await (await WhereAsync(token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..])).RefusedAsync(HttpStatusCode.Unauthorized, "access.invalid");
        Assert.Equal(HttpStatusCode.OK, (await WhereAsync(token)).StatusCode);
    }

    [Fact]
    public async Task Is_refused_when_it_has_run_out()
    {
        var bearer = Participant(house.Time.GetUtcNow() - TimeSpan.FromSeconds(2));

        await (await WhereAsync(Tokens.Issue(bearer))).RefusedAsync(HttpStatusCode.Unauthorized, "access.expired");
    }

    [Fact]
    public async Task Is_refused_when_it_names_a_conference_that_is_not_there()
    {
        var bearer = Participant(house.Time.GetUtcNow() + TimeSpan.FromHours(1));
        var stray = bearer with { Actor = bearer.Actor with { Conference = new ConferenceId(Guid.CreateVersion7()) } };

        Assert.Equal(HttpStatusCode.OK, (await WhereAsync(Tokens.Issue(bearer))).StatusCode);
        await (await WhereAsync(Tokens.Issue(stray))).RefusedAsync(HttpStatusCode.Unauthorized, "access.revoked");
    }

    [Fact]
    public async Task Counts_in_the_query_on_the_live_door_alone()
    {
        var token = await house.JoinAsync();

        await (await house.GetAsync($"/api/conference?access_token={token}")).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        Assert.NotEqual(HttpStatusCode.Unauthorized, (await house.GetAsync($"/live?access_token={token}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await house.GetAsync("/live?access_token=nonsense")).StatusCode);
    }

    [Fact]
    public void Says_the_same_before_and_after_it_was_made()
    {
        var bearer = Participant(DateTimeOffset.FromUnixTimeSeconds(2_000_000_000)) with { Link = new LinkId(Guid.CreateVersion7()) };

        Assert.Equal(bearer, Bearer.Of(bearer.ToPrincipal("Test")));
        Assert.Null(Bearer.Of(new System.Security.Claims.ClaimsPrincipal()));
    }

    private Tokens Tokens => house.Services.GetRequiredService<Tokens>();

    private Bearer Participant(DateTimeOffset expires) => new(
        new Actor(new ParticipantId(Guid.CreateVersion7()), Role.Participant, new ConferenceId(house.Conference), "Ана", "Скопје"), null, expires);

    private Task<HttpResponseMessage> WhereAsync(string? token) => house.SendAsync(HttpMethod.Get, "/api/conference", token);
}
