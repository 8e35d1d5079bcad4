using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Summit.Domain;
using Summit.Server.Access;
using Summit.Server.Integrations;

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
    public async Task Is_refused_when_it_has_run_out_though_it_was_good_a_moment_ago()
    {
        var token = await house.JoinAsync();
        Assert.Equal(HttpStatusCode.OK, (await WhereAsync(token)).StatusCode);
        house.Time.Shift = TimeSpan.FromDays(400);
        try
        {
            await (await WhereAsync(token)).RefusedAsync(HttpStatusCode.Unauthorized, "access.expired");
        }
        finally
        {
            house.Time.Shift = TimeSpan.Zero;
        }
    }

    [Fact]
    public void Is_read_once_while_it_is_known_and_again_when_many_others_came_since()
    {
        var reader = new CountingReader();
        var known = new KnownTokens(reader, house.Services.GetRequiredService<ApiKeys>());
        var first = Say(known, "first");
        Assert.Equal("first", first.Actor.Name);
        Assert.Same(first, Say(known, "first"));
        Assert.Equal(1, reader.Reads);

        // Heard of again and again, it stays known however many come.
        for (var i = 0; i < KnownTokens.Most * 3; i++)
        {
            Say(known, $"another {i}");
            Say(known, "first");
        }

        Assert.Equal((KnownTokens.Most * 3) + 1, reader.Reads);
        Say(known, "another 0");
        Assert.Equal((KnownTokens.Most * 3) + 2, reader.Reads);
        Assert.Null(known.Unprotect("garbled"));
        Assert.Null(known.Unprotect("garbled"));
        Assert.Equal((KnownTokens.Most * 3) + 4, reader.Reads);

        static Bearer Say(KnownTokens known, string token) => Bearer.Of(known.Unprotect(token)!.Principal)!;
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

    /// <summary>Tokens that are the name of their bearer, in clear.</summary>
    private sealed class CountingReader : ISecureDataFormat<AuthenticationTicket>
    {
        public int Reads { get; private set; }

        public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, null);

        public AuthenticationTicket? Unprotect(string? protectedText, string? purpose)
        {
            Reads++;
            var actor = new Actor(new ParticipantId(Guid.CreateVersion7()), Role.Participant, new ConferenceId(Guid.CreateVersion7()), protectedText, null);
            return protectedText == "garbled" ? null : new(new Bearer(actor, null, DateTimeOffset.UnixEpoch).ToPrincipal("Test"), "Test");
        }

        public string Protect(AuthenticationTicket data) => throw new NotSupportedException();

        public string Protect(AuthenticationTicket data, string? purpose) => throw new NotSupportedException();
    }

    private Task<HttpResponseMessage> WhereAsync(string? token) => house.SendAsync(HttpMethod.Get, "/api/conference", token);
}
