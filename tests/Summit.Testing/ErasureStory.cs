using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Summit.Testing;

/// <summary>
/// People leave words in every part of a running server, and ask for them to go: a guest, a person with roles in two conferences and a network, a
/// speaker, somebody in a network's records. Where the words are kept is for a test to look.
/// </summary>
public sealed class ErasureStory(ServerProcess server)
{
    private static readonly string[] Languages = ["en"];

    private readonly Guid _session = Guid.CreateVersion7();
    private readonly Guid _speaker = Guid.CreateVersion7();
    private readonly Guid _group = Guid.CreateVersion7();
    private Guid _conference;
    private Guid _network;
    private string _host = "";
    private string _secretary = "";
    private string _guest = "";
    private string _person = "";

    /// <summary>In all that is somebody's with an id.</summary>
    public string Mark { get; } = $"Zorica{Guid.NewGuid():N}";

    /// <summary>In a network's records, where people have none.</summary>
    public string Named { get; } = $"Vesna{Guid.NewGuid():N}";

    /// <summary>What others wrote, and is to stay.</summary>
    public string Stays { get; } = $"Boris{Guid.NewGuid():N}";

    private string Admin { get; set; } = "";

    public async Task BeginAsync()
    {
        await SignInAsync();
        (_conference, _host, var code) = await PlanAsync("Summit of cities");
        await ToAsync($"conferences/{_conference}/sessions", _host, new { id = _session, title = "Trade", starts = "2027-02-24T08:00:00Z", ends = "2027-02-24T09:00:00Z", lang = "en" });
        await ToAsync($"sessions/{_session}/commands", _host, Command(new { type = "open" }));
        await NetworkAsync();
        await GuestAsync(code);
        await PersonAsync();
        await ToAsync($"conferences/{_conference}/commands", _host, Command(new { type = "set-speaker", speaker = _speaker, name = Mark, about = $"Born as {Mark}" }));
        await ToAsync($"conferences/{_conference}/commands", _host, Command(new { type = "place", session = _session, speakers = new[] { _speaker } }));
        await ToAsync($"conferences/{_conference}/commands", _host, Command(new { type = "publish" }));
    }

    /// <summary>Everybody asks; returns when all of it is proven.</summary>
    public async Task EraseAsync()
    {
        await AskAsync();
        await ProvenAsync();
    }

    /// <summary>Everybody asks; returns when all of it is ordered.</summary>
    public async Task AskAsync()
    {
        await SendAsync(HttpMethod.Delete, "my-data", _guest);
        await SendAsync(HttpMethod.Delete, "me", _person);
        await ToAsync($"conferences/{_conference}/commands", _host, Command(new { type = "erase-speaker", speaker = _speaker }));
        await ToAsync($"networks/{_network}/erased-names", _secretary, Command(new { name = Named }));
    }

    /// <summary>All that was ordered, but names in a network, whose proof is not listed.</summary>
    public Task ProvenAsync() => Wait.UntilAsync("all of it is proven", async () => (await OrdersAsync()) is { Count: > 0 } orders && orders.All(order => order!["done"] is not null));

    /// <summary>What is to be kept apart from backups.</summary>
    public async Task<JsonArray> OrdersAsync() => (await SendAsync(HttpMethod.Get, "erasures", Admin))!.AsArray();

    /// <summary>As an administrator does after a backup was restored; returns when all of it is proven again.</summary>
    public async Task OrderAgainAsync(JsonArray orders)
    {
        await SignInAsync();
        await ToAsync("erasures", Admin, orders);
        await ProvenAsync();
    }

    /// <summary>Pages and files handed out on which one of these words stands, whoever looks.</summary>
    public async Task<IReadOnlyList<string>> PagesWithAsync(params string[] words)
    {
        var conference = $"conferences/{_conference}";
        (string Path, string Token)[] pages =
        [
            ($"sessions/{_session}", _host), (conference, _host), ($"{conference}/programme", _host), ($"{conference}/report", _host), ($"{conference}/report.csv", _host), ($"{conference}/audit", _host),
            ($"people?conference={_conference}", _host), ($"people?network={_network}", _secretary), ($"calendars/{_conference}/programme.ics", _host),
            ($"networks/{_network}", _secretary), ($"networks/{_network}/groups/{_group}", _secretary), ($"networks/{_network}/audit", _secretary), ($"networks/{_network}/links", _secretary), ("erasures", Admin),
        ];
        var found = new List<string>();
        foreach (var (path, token) in pages)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/{path}") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            using var answer = await server.Http.SendAsync(request);
            var text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
            found.AddRange(words.Where(word => text.Contains(word, StringComparison.Ordinal)).Select(word => $"{path}: {word}"));
        }

        return found;
    }

    private async Task SignInAsync()
    {
        var links = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(server.Data, "links.json")))!;
        Admin = await EnterAsync((string)links["admin"]!);
    }

    private async Task<(Guid Id, string Host, string Code)> PlanAsync(string title)
    {
        var planned = await ToAsync("conferences", Admin, new { title, starts = "2027-02-24T07:00:00Z", ends = "2027-02-25T16:00:00Z", timeZone = "Europe/Sofia", languages = Languages });
        return ((Guid)planned!["id"]!, await EnterAsync((string)planned["host"]!), (string)planned["code"]!);
    }

    private async Task NetworkAsync()
    {
        var founded = await ToAsync("networks", Admin, new { title = "Network of cities", name = "NC" });
        (_network, _secretary) = ((Guid)founded!["id"]!, await EnterAsync((string)founded["secretary"]!));
        var member = Guid.CreateVersion7();
        foreach (var command in new object[]
        {
            new { type = "record-member", member, name = "Sofia", kind = "city", country = "BG", status = "member", since = "2021" },
            new { type = "contacts", member, contacts = new[] { new { name = $"{Named} before", mail = (string?)$"{Named}@sofia.example" } } },
            new { type = "contacts", member, contacts = new[] { new { name = Named, mail = (string?)null }, new { name = Stays, mail = (string?)null } } },
            new { type = "hand-over", to = member, on = "2025", president = Named },
            new { type = "set-group", group = _group, kind = "working-group", name = "Climate", coordinators = new[] { new { member, person = Named } } },
            new { type = "record-summit", summit = Guid.CreateVersion7(), title = "Fifth", place = "Sofia", starts = "2025-02-24", conference = _conference },
        })
        {
            await ToAsync($"networks/{_network}/commands", _secretary, Command(command));
        }

        await ToAsync($"networks/{_network}/groups/{_group}/commands", _secretary, Command(new { type = "take-part", member, person = Named }));
        await ToAsync($"networks/{_network}/links", _secretary, new { role = "member", label = $"For {Named}", member });
    }

    /// <summary>What they ask is corrected, noted, answered, supported, replied to, and handed in to a working group.</summary>
    private async Task GuestAsync(string code)
    {
        _guest = (string)(await ToAsync("join", null, new { code, name = Mark, city = "Prilep" }))!["token"]!;
        var other = (string)(await ToAsync("join", null, new { code, name = Stays }))!["token"]!;
        var item = Guid.CreateVersion7();
        await SayAsync(_guest, new { type = "propose", title = "A charter", text = $"{Mark} wants one." }, item);
        await SayAsync(other, new { type = "support", item, on = true });
        await SayAsync(other, new { type = "comment", text = $"{Stays} wants it too.", replyTo = item });
        foreach (var command in new object[]
        {
            new { type = "correct", item, title = "A charter", text = $"{Mark} wants one here." }, new { type = "note", item, text = $"{Mark} again." }, new { type = "label", item, labels = new[] { $"of {Mark}"[..30] } },
        })
        {
            await SayAsync(_host, command);
        }

        var task = Guid.CreateVersion7();
        await ToAsync($"sessions/{_session}/items/{item}/hand-in", _host, new { id = task, network = _network, group = _group });
        await ToAsync($"networks/{_network}/groups/{_group}/commands", _secretary, Command(new { type = "settle", task, state = "done", note = $"{Mark} has it." }));
        await SayAsync(_host, new { type = "follow-up", item, owner = "Sofia", due = "2027-06-01", note = $"Write to {Mark}." });
    }

    private async Task PersonAsync()
    {
        var (other, _, _) = await PlanAsync("Another summit");
        var added = await ToAsync("people", Admin, new { id = Guid.CreateVersion7(), name = Mark, city = "Prilep", mail = $"{Mark}@prilep.example", role = new { @in = new { conference = _conference }, role = "moderator" } });
        await ToAsync($"people/{added!["id"]}/commands", Admin, Command(new { type = "give-role", role = new { @in = new { conference = other }, role = "host" } }));
        await ToAsync($"people/{added["id"]}/commands", Admin, Command(new { type = "give-role", role = new { @in = new { network = _network }, role = "secretary" } }));
        _person = await EnterAsync((string)(await ToAsync($"people/{added["id"]}/links", Admin, new { }))!["link"]!);
        var here = (string)(await ToAsync("me/enter", _person, new { conference = _conference }))!["token"]!;
        await SayAsync(here, new { type = "ask", text = $"What does {Mark} ask?" });
    }

    private Task<JsonNode?> SayAsync(string token, object command, Guid? id = null) => ToAsync($"sessions/{_session}/commands", token, Command(command, id));

    private async Task<string> EnterAsync(string link) => (string)(await ToAsync("enter", null, new { secret = link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..] }))!["token"]!;

    private Task<JsonNode?> ToAsync(string path, string? token, object body) => SendAsync(HttpMethod.Post, path, token, body);

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return !answer.IsSuccessStatusCode ? throw new InvalidOperationException($"{method} {path}: {text}") : text.Length == 0 ? null : JsonNode.Parse(text);
    }

    private static JsonObject Command(object command, Guid? id = null)
    {
        var json = JsonSerializer.SerializeToNode(command)!.AsObject();
        json["id"] = id ?? Guid.CreateVersion7();
        return json;
    }
}
