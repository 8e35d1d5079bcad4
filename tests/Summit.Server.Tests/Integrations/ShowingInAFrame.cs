using System.Net;

namespace Summit.Server.Tests.Integrations;

/// <summary>What the server lets browsers do with its pages; whether they do it tests with a browser say.</summary>
public sealed class ShowingInAFrame(House house) : IClassFixture<House>
{
    private const string Nobody = "frame-ancestors 'self'";

    [Fact]
    public async Task Is_allowed_for_the_pages_of_this_conference_alone()
    {
        var (other, otherCode, otherHost) = await house.PlanAsync("Another summit");
        var elsewhere = Guid.CreateVersion7();
        await house.ScheduleAsync(other, otherHost, elsewhere);
        Assert.Equal(Nobody, await AncestorsAsync($"/j/{house.Code}"));
        var kept = await (await AllowAsync("city.example", "portal.example:8443")).JsonAsync();
        Assert.Equal(["https://city.example", "https://portal.example:8443"], kept["hosts"]!.AsArray().Select(host => (string)host!));

        const string Both = "frame-ancestors 'self' https://city.example https://portal.example:8443";
        foreach (var path in new[] { $"/j/{house.Code}", $"/j/{house.Code.ToLowerInvariant()}", $"/c/{house.Session}", $"/s?embed&in={house.Code}", $"/s/{house.Session}?in={house.Code}" })
        {
            Assert.Equal(Both, await AncestorsAsync(path));
        }

        foreach (var path in new[] { "/", "/c", "/h", "/m", "/a", "/my", $"/h?in={house.Code}", "/s?embed", "/s?in=", $"/s?in={house.Code}&in={house.Code}", $"/j/{otherCode}", $"/c/{elsewhere}", $"/s?in={otherCode}", $"/c/{Guid.Empty}", "/c/nonsense", "/j/", "/api/conference" })
        {
            Assert.Equal(Nobody, await AncestorsAsync(path));
        }

        await AllowAsync();
        Assert.Equal(Nobody, await AncestorsAsync($"/j/{house.Code}"));
        var audit = await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{house.Conference}/audit?kind=integration.hosts-allowed", house.HostToken)).JsonAsync();
        Assert.Equal(2, (int)audit["total"]!);
    }

    [Fact]
    public async Task Is_decided_by_who_runs_the_conference_and_for_hosts_alone()
    {
        var (_, secret) = await house.IssueAsync("moderator", "Petra");
        var moderator = await house.EnterAsync(secret);
        await (await house.SendAsync(HttpMethod.Put, Frames, moderator, new { hosts = new[] { "city.example" } })).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.SendAsync(HttpMethod.Get, Frames, moderator)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await house.SendAsync(HttpMethod.Get, Frames, null)).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{Guid.Empty}/frames", house.AdminToken)).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
        await (await house.SendAsync(HttpMethod.Put, $"/api/conferences/{Guid.Empty}/frames", house.AdminToken, new { hosts = Array.Empty<string>() })).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
        await (await AllowAsync("*")).RefusedAsync(HttpStatusCode.BadRequest, "integration.host");
        await (await AllowAsync("city.example; script-src *")).RefusedAsync(HttpStatusCode.BadRequest, "integration.host");
        await (await house.SendAsync(HttpMethod.Put, Frames, house.HostToken, new { })).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
    }

    private string Frames => $"/api/conferences/{house.Conference}/frames";

    private Task<HttpResponseMessage> AllowAsync(params string[] hosts) => house.SendAsync(HttpMethod.Put, Frames, house.HostToken, new { hosts });

    private async Task<string> AncestorsAsync(string path)
    {
        using var answer = await house.GetAsync(path);
        return Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Split("; ")[^1];
    }
}
