using System.Text.Json.Nodes;

namespace Summit.Server.Tests.Registrations;

/// <summary>A conference of a house with a registration, as its organiser and the public reach it.</summary>
public sealed record Desk(House House, Guid Conference, string Host, string Code)
{
    public static readonly object[] Fields =
    [
        new { key = "name", kind = "line", label = "", required = true }, new { key = "mail", kind = "mail", label = "", required = true },
        new { key = "city", kind = "line", label = "" },
    ];

    private string Root => $"/api/conferences/{Conference}";

    /// <summary>A new conference, and the form that is given.</summary>
    public static async Task<Desk> OpenAsync(House house, object? form = null)
    {
        var (conference, code, host) = await house.PlanAsync("Summit of cities");
        var desk = new Desk(house, conference, host, code);
        await (await desk.CommandAsync(form ?? new { type = "set-form", fields = Fields })).JsonAsync();
        return desk;
    }

    public Task<HttpResponseMessage> CommandAsync(object command, string? token = null, Guid? id = null)
    {
        var json = System.Text.Json.JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = id ?? Guid.CreateVersion7();
        return House.SendAsync(HttpMethod.Post, $"{Root}/registration/commands", token ?? Host, json);
    }

    public Task<HttpResponseMessage> FormAsync() => House.GetAsync($"{Root}/registration");

    public Task<HttpResponseMessage> TryRegisterAsync(string name, string? mail = null, string? key = null, Guid? id = null) => House.PostAsync(
        $"{Root}/registration",
        new { id = id ?? Guid.CreateVersion7(), answers = new { name, mail = mail ?? $"{name.ToLowerInvariant()}@city.example", city = "Tirana" }, lang = "en", key });

    /// <summary>Who it is, and the part of the own link behind the mark.</summary>
    public async Task<(Guid Person, string Key, string State)> RegisterAsync(string name)
    {
        var answer = await (await TryRegisterAsync(name)).JsonAsync();
        return ((Guid)answer["registration"]!["person"]!, ((string)answer["link"]!).Split('#')[1], (string)answer["registration"]!["state"]!);
    }

    public Task<HttpResponseMessage> MineAsync(string key) => House.PostAsync($"{Root}/registration/mine", new { key });

    public Task<HttpResponseMessage> WithdrawAsync(string key) => House.PostAsync($"{Root}/registration/mine/withdraw", new { id = Guid.CreateVersion7(), key });

    public Task<HttpResponseMessage> GetAsync(string path, string? token = null) => House.SendAsync(HttpMethod.Get, $"{Root}/{path}", token ?? Host);

    public async Task<JsonNode> ListAsync(string query = "") => await (await GetAsync($"registrations{query}")).JsonAsync();
}
