using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Summit.Domain;
using Summit.Server.Opening;
using Summit.Testing;

namespace Summit.Deploy.Tests.Commands;

/// <summary>`export` and `import` between two stores, of either kind.</summary>
public sealed class MovingAJournal : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("summit-moving-").FullName;
    private PostgresProcess _postgres = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresProcess.CreateAsync();
        await _postgres.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Goes_from_a_file_to_PostgreSQL_and_back_and_comes_home_the_same()
    {
        using var first = Place.New();
        await using (var server = await first.ServeAsync(demonstration: true))
        {
            // While it runs.
            await first.RunAsync("export", FileOf("first"));
        }

        using var second = await Place.NewAsync(_postgres);
        await second.RunAsync("import", FileOf("first"));
        await second.RunAsync("export", FileOf("second"));
        using var third = Place.New();
        await third.RunAsync("import", FileOf("second"));
        await third.RunAsync("export", FileOf("third"));

        var bytes = await File.ReadAllBytesAsync(FileOf("first"), Cancelled);
        Assert.True(bytes.Length > 100_000, "The demonstration should be in it.");
        Assert.Equal(bytes, await File.ReadAllBytesAsync(FileOf("second"), Cancelled));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(FileOf("third"), Cancelled));

        var links = await first.LinksAsync();
        await using var moved = await second.ServeAsync();
        Assert.True(await Guest.MayEnterAsync(moved.Address, links.AdminSecret), "Links are in the journal.");
        var guest = await Guest.JoinAsync(moved.Address, links.Conferences[0].Code);
        var question = await guest.AskAsync(moved.Address, "Are we there?");
        await Wait.UntilAsync("the question is seen", async () => (await guest.SeesAsync(moved.Address)).Contains(question));
    }

    [Fact]
    public async Task Brings_one_conference_into_a_house_that_has_others()
    {
        using var from = Place.New();
        LinksFile links;
        await using (var source = await from.ServeAsync(demonstration: true))
        {
            links = await from.LinksAsync();
            await SetFormAsync(source, links);
        }

        await from.RunAsync("export", FileOf("conference"), links.Conferences[0].Code);
        using var to = await Place.NewAsync(_postgres);
        await using (await to.ServeAsync())
        {
        }

        await to.RunAsync("import", FileOf("conference"));
        var before = await to.RunAsync("export", FileOf("once"));
        await to.RunAsync("import", FileOf("conference"));
        Assert.Equal(before.Split(' ')[0], (await to.RunAsync("export", FileOf("twice"))).Split(' ')[0]);

        await using var server = await to.ServeAsync();
        await Guest.JoinAsync(server.Address, links.Conferences[0].Code);
        Assert.True(await Guest.MayEnterAsync(server.Address, links.Conferences[0].Links[0].Secret));
        var form = await GetAsync(server, $"/api/conferences/{links.Conferences[0].Id.Value}/registration");
        Assert.Equal(["name", "mail"], form["fields"]!.AsArray().Select(field => (string)field!["key"]!));
        Assert.True(await Guest.MayEnterAsync(server.Address, (await to.LinksAsync()).AdminSecret));
        Assert.False(await Guest.MayEnterAsync(server.Address, links.AdminSecret), "The other house's administrator stays there.");
        await Assert.ThrowsAnyAsync<Exception>(() => Guest.JoinAsync(server.Address, links.Conferences[1].Code));
    }

    [Fact]
    public async Task Brings_a_network_with_its_groups_and_the_conferences_of_its_summits()
    {
        using var from = Place.New();
        string network;
        await using (var server = await from.ServeAsync(demonstration: true))
        {
            network = await NetworkOfAsync(server, "B40");
        }

        await from.RunAsync("export", FileOf("network"), network);
        using var to = await Place.NewAsync(_postgres);
        await to.RunAsync("import", FileOf("network"));
        await to.RunAsync("export", FileOf("again"), network);
        Assert.Equal(await File.ReadAllBytesAsync(FileOf("network"), Cancelled), await File.ReadAllBytesAsync(FileOf("again"), Cancelled));

        await using var other = await to.ServeAsync();
        Assert.Equal(network, await NetworkOfAsync(other, "B40"));
        var group = (string)(await GetAsync(other, $"/api/networks/{network}"))["groups"]![0]!["id"]!;
        Assert.NotEmpty((await GetAsync(other, $"/api/networks/{network}/groups/{group}"))["members"]!.AsArray());
        await Guest.JoinAsync(other.Address, (await from.LinksAsync()).Conferences.Single(conference => conference.Title.Contains("B40", StringComparison.Ordinal)).Code);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public async Task Is_refused_whole_when_the_file_was_cut(double kept)
    {
        using var from = Place.New();
        await using (await from.ServeAsync())
        {
        }

        await from.RunAsync("export", FileOf("whole"));
        var bytes = await File.ReadAllBytesAsync(FileOf("whole"), Cancelled);
        await File.WriteAllBytesAsync(FileOf("cut"), bytes[..(int)(bytes.Length * kept)], Cancelled);
        using var to = Place.New();

        var (code, words) = await to.TryRunAsync("import", FileOf("cut"));

        Assert.Equal(1, code);
        Assert.StartsWith("import: Line ", words, StringComparison.Ordinal);
        Assert.StartsWith("0 records", await to.RunAsync("export", FileOf("nothing")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_where_another_house_stands()
    {
        using var from = Place.New();
        await using (await from.ServeAsync())
        {
        }

        using var to = Place.New();
        await using (await to.ServeAsync())
        {
        }

        await from.RunAsync("export", FileOf("from"));
        await to.RunAsync("export", FileOf("before"));

        var (code, words) = await to.TryRunAsync("import", FileOf("from"));

        Assert.Equal(1, code);
        Assert.Contains("is there already", words, StringComparison.Ordinal);
        await to.RunAsync("export", FileOf("after"));
        Assert.Equal(await File.ReadAllBytesAsync(FileOf("before"), Cancelled), await File.ReadAllBytesAsync(FileOf("after"), Cancelled));
    }

    private static async Task SetFormAsync(ServerProcess server, LinksFile links)
    {
        var secret = links.Conferences[0].Links.Single(link => link.Role == Role.Host).Secret;
        using var entered = await server.Http.PostAsJsonAsync(new Uri("/api/enter", UriKind.Relative), new { secret }, Cancelled);
        var token = (string)JsonNode.Parse(await entered.Content.ReadAsStringAsync(Cancelled))!["token"]!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/conferences/{links.Conferences[0].Id.Value}/registration/commands", UriKind.Relative))
        {
            Content = JsonContent.Create(new
            {
                type = "set-form",
                id = Guid.CreateVersion7(),
                fields = new[] { new { key = "name", kind = "line", label = "", required = true }, new { key = "mail", kind = "mail", label = "", required = true } },
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Http.SendAsync(request, Cancelled);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<JsonNode> GetAsync(ServerProcess server, string path) =>
        JsonNode.Parse(await server.Http.GetStringAsync(new Uri(path, UriKind.Relative), Cancelled))!;

    private static async Task<string> NetworkOfAsync(ServerProcess server, string name)
    {
        var networks = (await GetAsync(server, "/api/networks")).AsArray();
        return (string)networks.Single(network => network!.ToJsonString().Contains(name, StringComparison.Ordinal))!["id"]!;
    }

    private string FileOf(string name) => Path.Combine(_folder, name + ".jsonl");
}
