using System.Net;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests.Access;

public sealed class EnteringWithALink(House house) : IClassFixture<House>
{
    [Theory]
    [InlineData("moderator")]
    [InlineData("stage")]
    [InlineData("host")]
    public async Task Gives_its_role_in_its_conference(string role)
    {
        var (_, secret) = await house.IssueAsync(role, "Petra");

        var access = await (await house.PostAsync("/api/enter", new { secret, name = "Petra" })).JsonAsync();

        Assert.Equal(role, (string)access["role"]!);
        Assert.Equal(house.Conference, (Guid)access["conference"]!["id"]!);
        Assert.Equal(house.Session, (Guid)Assert.Single(access["sessions"]!.AsArray())!["id"]!);
    }

    [Fact]
    public async Task Makes_the_same_person_of_the_same_name_and_another_of_another()
    {
        var (_, secret) = await house.IssueAsync("moderator", "Shared");
        async Task<string> PersonAsync(string? name) =>
            (string)(await (await house.PostAsync("/api/enter", new { secret, name })).JsonAsync())["person"]!;

        Assert.Equal(await PersonAsync("Petra"), await PersonAsync(" Petra "));
        Assert.NotEqual(await PersonAsync("Petra"), await PersonAsync("Ilir"));
    }

    [Fact]
    public async Task Lasts_no_longer_than_the_link()
    {
        var expires = house.Time.GetUtcNow() + TimeSpan.FromHours(3);
        var (_, secret) = await house.IssueAsync("moderator", "For the morning", expires);

        var access = await (await house.PostAsync("/api/enter", new { secret })).JsonAsync();

        Assert.Equal(expires, (DateTimeOffset)access["expires"]!, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Shows_the_administrator_no_conference()
    {
        var links = await Server.Opening.LinksFile.LoadAsync(house.LinksPath, Cancelled);

        var access = await (await house.PostAsync("/api/enter", new { secret = links!.AdminSecret })).JsonAsync();

        Assert.Equal("admin", (string)access["role"]!);
        Assert.Null(access["conference"]);
        Assert.Empty(access["sessions"]!.AsArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Is_refused_with_a_secret_of_no_link(string secret) =>
        await (await house.PostAsync("/api/enter", new { secret })).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");

    [Fact]
    public async Task Is_refused_once_the_link_has_expired_or_was_revoked()
    {
        var (id, secret) = await house.IssueAsync("moderator", "Revoked");
        Assert.Equal(HttpStatusCode.NoContent, (await house.SendAsync(HttpMethod.Delete, $"/api/conferences/{house.Conference}/links/{id}", house.HostToken)).StatusCode);
        await (await house.PostAsync("/api/enter", new { secret })).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");

        var (_, expired) = await house.IssueAsync("moderator", "Expired", house.Time.GetUtcNow() - TimeSpan.FromSeconds(1));
        await (await house.PostAsync("/api/enter", new { secret = expired })).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");
    }
}
