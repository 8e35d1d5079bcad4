using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Summit.Server.Opening;
using Summit.Server.Privacy;
using Summit.Testing;

namespace Summit.Server.Tests.Privacy;

/// <summary>What was kept for as many days as the host has set goes by itself, each kind on its day.</summary>
public sealed class KeepingForDays : IAsyncLifetime
{
    private static readonly DateTimeOffset Ends = new(2027, 2, 25, 14, 0, 0, TimeSpan.Zero);

    private readonly House _house = new();
    private readonly string _name = $"Ana{Guid.NewGuid():N}";
    private readonly string _declined = $"declined-{Guid.NewGuid():N}";
    private readonly string _answered = $"answered-{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync()
    {
        await _house.InitializeAsync();
        var ana = await _house.JoinAsync(_name, "Tirana");
        var (declined, answered) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await CommandAsync(ana, new { type = "ask", text = _declined }, declined);
        await CommandAsync(ana, new { type = "ask", text = _answered }, answered);
        await CommandAsync(_house.HostToken, new { type = "decline", item = declined, reason = "unclear" });
        await CommandAsync(_house.HostToken, new { type = "answer", item = answered });
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Takes_each_kind_on_its_day_and_not_before()
    {
        await SetAsync(_house.HostToken, new { type = "retention", retention = new { names = 30, setAside = 60, everything = 90 } });
        foreach (var (days, left) in new[] { (29, new[] { _name, _declined, _answered }), (31, [_declined, _answered]), (61, [_answered]), (91, []) })
        {
            await GoToAsync(Ends.AddDays(days));
            Assert.Equal(left, new[] { _name, _declined, _answered }.Where(word => Files.With(_house.Data, word).Count > 0));
        }

        var report = await (await _house.SendAsync(HttpMethod.Get, $"/api/conferences/{_house.Conference}/report", await AdministratorAsync())).JsonAsync();
        var session = Assert.Single(report["sessions"]!.AsArray())!;
        Assert.Equal(["declined", "answered"], session["items"]!.AsArray().Select(item => (string)item!["state"]!));
        Assert.Equal(1, (int)session["participation"]!["people"]!);
        var orders = (await PrivacyAsync())["orders"]!.AsArray();
        Assert.Equal(["names", "set-aside", "everything"], orders.Select(order => (string)order!["what"]!));
        Assert.All(orders, order => Assert.NotNull(order!["done"]));
    }

    [Fact]
    public async Task Waits_for_a_legal_hold_to_be_released_and_keeps_without_days_for_ever()
    {
        await SetAsync(_house.HostToken, new { type = "retention", retention = new { names = 0 } });
        await SetAsync(_house.HostToken, new { type = "hold", reason = "A dispute" });
        await GoToAsync(Ends.AddDays(500));
        Assert.NotEmpty(Files.With(_house.Data, _name));
        Assert.True((bool)(await PrivacyAsync())["held"]!);

        await SetAsync(await AdministratorAsync(), new { type = "release" });
        await Wait.UntilAsync("the names are gone", async () => (await PrivacyAsync())["orders"]!.AsArray().Any(order => order!["done"] is not null));
        Assert.Empty(Files.With(_house.Data, _name));
        Assert.NotEmpty(Files.With(_house.Data, _answered));
    }

    [Fact]
    public async Task Reaches_a_conference_that_is_out_of_service()
    {
        await SetAsync(_house.HostToken, new { type = "retention", retention = new { everything = 10 } });
        Assert.True((await _house.SendAsync(HttpMethod.Delete, $"/api/conferences/{_house.Conference}", _house.HostToken)).IsSuccessStatusCode);
        await GoToAsync(Ends.AddDays(10));
        Assert.Empty(Files.With(_house.Data, _answered));
    }

    private async Task GoToAsync(DateTimeOffset time)
    {
        _house.Time.Shift = time - TimeProvider.System.GetUtcNow();
        await _house.Services.GetRequiredService<Erasures>().RoundAsync(Now.Cancelled);
    }

    /// <summary>Links outlive tokens.</summary>
    private async Task<string> AdministratorAsync() => await _house.EnterAsync((await LinksFile.LoadAsync(_house.LinksPath, Now.Cancelled))!.AdminSecret);

    private async Task<JsonNode> PrivacyAsync() =>
        await (await _house.SendAsync(HttpMethod.Get, $"/api/conferences/{_house.Conference}/privacy", await AdministratorAsync())).JsonAsync();

    private async Task CommandAsync(string token, object command, Guid? id = null) => await (await _house.CommandAsync(token, _house.Session, command, id)).JsonAsync();

    private async Task SetAsync(string token, object command)
    {
        var json = System.Text.Json.JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = Guid.CreateVersion7();
        await (await _house.SendAsync(HttpMethod.Post, $"/api/conferences/{_house.Conference}/commands", token, json)).JsonAsync();
    }
}
