using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Summit.Server.Opening;
using Summit.Server.Privacy;

namespace Summit.Server.Tests.Privacy;

/// <summary>Somebody was a contact of a network's member, and another one is now.</summary>
public sealed class NamesOfThePast : IAsyncLifetime
{
    private readonly House _house = new();
    private readonly string _before = $"Vera{Guid.NewGuid():N}";
    private readonly string _came = $"Vesna{Guid.NewGuid():N}";
    private readonly string _now = $"Boris{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync()
    {
        await _house.InitializeAsync();
        var founded = await (await _house.SendAsync(HttpMethod.Post, "/api/networks", _house.AdminToken, new { title = "Network of cities", name = "NC" })).JsonAsync();
        var (network, secretary) = ($"/api/networks/{founded["id"]}", await _house.EnterAsync(LinksFile.SecretOf((string)founded["secretary"]!)));
        var (member, group) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await SendAsync(network, secretary, new { type = "record-member", member, name = "Sofia", kind = "city", country = "BG", status = "member", since = "2021" });
        await SendAsync(network, secretary, new { type = "contacts", member, contacts = new[] { new { name = _before } } });
        await SendAsync(network, secretary, new { type = "contacts", member, contacts = new[] { new { name = _now } } });
        await SendAsync(network, secretary, new { type = "set-group", group, kind = "forum", name = "Climate" });
        await SendAsync($"{network}/groups/{group}", secretary, new { type = "take-part", member, person = _came });
        await SendAsync($"{network}/groups/{group}", secretary, new { type = "leave", member });
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Go_a_year_after_they_were_replaced_and_not_before()
    {
        await GoToAsync(364);
        Assert.All(new[] { _before, _came, _now }, name => Assert.NotEmpty(Files.With(_house.Data, name)));
        await GoToAsync(366);
        Assert.All(new[] { _before, _came }, name => Assert.Empty(Files.With(_house.Data, name)));
        Assert.NotEmpty(Files.With(_house.Data, _now));
    }

    private async Task GoToAsync(int days)
    {
        _house.Time.Shift = TimeSpan.FromDays(days);
        await _house.Services.GetRequiredService<Erasures>().RoundAsync(Now.Cancelled);
    }

    private async Task SendAsync(string of, string token, object command)
    {
        var json = JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = Guid.CreateVersion7();
        await (await _house.SendAsync(HttpMethod.Post, $"{of}/commands", token, json)).JsonAsync();
    }
}
