using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Summit.Server.Opening;

namespace Summit.Server.Tests.People;

/// <summary>What an organiser and a person do in a house, as a page of theirs would.</summary>
internal static class PeopleOfAHouse
{
    public static object InConference(this House house, string role = "moderator", Guid? session = null) =>
        new { @in = new { conference = house.Conference, session }, role };

    public static async Task<Guid> AddAsync(this House house, string name, object? role = null, string? mail = null, string? token = null) =>
        (Guid)(await (await house.TryAddAsync(name, role, mail, token)).JsonAsync())["id"]!;

    public static Task<HttpResponseMessage> TryAddAsync(this House house, string name, object? role = null, string? mail = null, string? token = null, Guid? id = null) =>
        house.SendAsync(
            HttpMethod.Post, "/api/people", token ?? house.HostToken,
            new { id = id ?? Guid.CreateVersion7(), name, role = role ?? house.InConference(), mail, city = "Sofia", languages = new[] { "bg", "en" } });

    /// <summary>The secret of a new personal link.</summary>
    public static async Task<string> LinkAsync(this House house, Guid person, string? token = null)
    {
        var issued = await (await house.SendAsync(HttpMethod.Post, $"/api/people/{person}/links", token ?? house.HostToken, new { })).JsonAsync();
        return LinksFile.SecretOf((string)issued["link"]!);
    }

    /// <summary>The token of a new person signed in by a link of the host's.</summary>
    public static async Task<(Guid Id, string Token)> PersonAsync(this House house, string name = "Elena", object? role = null)
    {
        var id = await house.AddAsync(name, role);
        return (id, await house.EnterAsync(await house.LinkAsync(id)));
    }

    public static Task<HttpResponseMessage> TryEnterAsync(this House house, string token, object place) =>
        house.SendAsync(HttpMethod.Post, "/api/me/enter", token, place);

    public static async Task<string> EnterPlaceAsync(this House house, string token, object place) =>
        (string)(await (await house.TryEnterAsync(token, place)).JsonAsync())["token"]!;

    public static async Task<JsonNode> MeAsync(this House house, string token) =>
        await (await house.SendAsync(HttpMethod.Get, "/api/me", token)).JsonAsync();

    /// <param name="person">Null for the own record.</param>
    public static Task<HttpResponseMessage> TellAsync(this House house, string token, Guid? person, object command)
    {
        var json = JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = Guid.CreateVersion7();
        return house.SendAsync(HttpMethod.Post, person is null ? "/api/me/commands" : $"/api/people/{person}/commands", token, json);
    }

    public static async Task DoneAsync(this Task<HttpResponseMessage> answer)
    {
        var answered = await answer;
        Assert.True(answered.StatusCode == HttpStatusCode.OK, await answered.Content.ReadAsStringAsync(Now.Cancelled));
    }
}
