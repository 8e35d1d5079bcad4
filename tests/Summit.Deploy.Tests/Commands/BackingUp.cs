using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Summit.Domain;
using Summit.Server.Opening;
using Summit.Testing;

namespace Summit.Deploy.Tests.Commands;

/// <summary>`backup` beside a server that takes questions, and `restore` where nothing is.</summary>
public sealed class BackingUp : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("summit-backups-").FullName;
    private static readonly byte[] Pdf = "%PDF-1.7\n%%EOF\n"u8.ToArray();

    private PostgresProcess _postgres = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_folder, "backup");

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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keeps_what_was_answered_before_it_began_though_people_go_on_asking(bool inPostgres)
    {
        using var lost = await PlaceAsync(inPostgres);
        Guest guest;
        Guid before;
        Uri document;
        await using (var server = await lost.ServeAsync(demonstration: true))
        {
            var code = (await lost.LinksAsync()).Conferences[0].Code;
            guest = await Guest.JoinAsync(server.Address, code);
            before = await guest.AskAsync(server.Address, "Is this kept?");
            document = await HandOutAsync(server, await lost.LinksAsync());
            using var enough = new CancellationTokenSource();
            var asking = Task.Run(
                async () =>
                {
                    while (!enough.IsCancellationRequested)
                    {
                        await (await Guest.JoinAsync(server.Address, code)).AskAsync(server.Address, "And this?");
                    }
                },
                Cancelled);
            await lost.RunAsync("backup", Folder);
            await enough.CancelAsync();
            await asking;
            await server.KillAsync();
        }

        using var found = await PlaceAsync(inPostgres);
        await found.RunAsync("restore", Folder);
        await using var again = await found.ServeAsync();

        // With the token of before: the keys came along.
        Assert.Contains(before, await guest.SeesAsync(again.Address));
        Assert.True(await Guest.MayEnterAsync(again.Address, (await lost.LinksAsync()).AdminSecret));
        Assert.Equal(Pdf, await again.Http.GetByteArrayAsync(document, Cancelled));
        var next = await guest.AskAsync(again.Address, "Does it go on?");
        await Wait.UntilAsync("the next question is seen", async () => (await guest.SeesAsync(again.Address)).Contains(next));
    }

    /// <summary>Returns where everybody fetches it.</summary>
    private static async Task<Uri> HandOutAsync(ServerProcess server, LinksFile links)
    {
        var (conference, secret) = (links.Conferences[0], links.Conferences[0].Links.Single(link => link.Role == Role.Host).Secret);
        using var entered = await server.Http.PostAsJsonAsync(new Uri("/api/enter", UriKind.Relative), new { secret }, Cancelled);
        var token = (string)JsonNode.Parse(await entered.Content.ReadAsStringAsync(Cancelled))!["token"]!;
        var document = new Uri($"/api/conferences/{conference.Id.Value}/documents/{Guid.CreateVersion7()}", UriKind.Relative);
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri($"{document}?title=Minutes&date=2026-01-05", UriKind.Relative)) { Content = new ByteArrayContent(Pdf) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Http.SendAsync(request, Cancelled);
        answer.EnsureSuccessStatusCode();
        return document;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_never_put_over_something_else(bool inPostgres)
    {
        using var place = await PlaceAsync(inPostgres);
        await using (await place.ServeAsync())
        {
        }

        await place.RunAsync("backup", Folder);
        await place.RunAsync("export", Path.Combine(_folder, "before"));

        var (code, words) = await place.TryRunAsync("restore", Folder);

        Assert.Equal(1, code);
        Assert.Contains("Stop", words, StringComparison.Ordinal);
        await place.RunAsync("export", Path.Combine(_folder, "after"));
        Assert.Equal(await BytesAsync("before"), await BytesAsync("after"));
    }

    [Fact]
    public async Task Is_refused_when_it_is_damaged_and_when_it_is_of_the_other_store()
    {
        using var place = Place.New();
        await using (await place.ServeAsync())
        {
        }

        await place.RunAsync("backup", Folder);
        using var elsewhere = await PlaceAsync(inPostgres: true);
        Assert.Contains("other store", (await elsewhere.TryRunAsync("restore", Folder)).Words, StringComparison.Ordinal);

        var journal = Path.Combine(Folder, "summit.db");
        var bytes = await File.ReadAllBytesAsync(journal, Cancelled);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(journal, bytes, Cancelled);
        using var empty = Place.New();
        Assert.Contains("damaged", (await empty.TryRunAsync("restore", Folder)).Words, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(empty.Data));
    }

    [Fact]
    public async Task Says_which_records_are_damaged()
    {
        using var place = Place.New();
        await using (await place.ServeAsync())
        {
        }

        await Programs.RunAsync("sqlite3", Path.Combine(place.Data, "summit.db"), "UPDATE records SET data = x'7b7d' WHERE position = 1");

        var (code, words) = await place.TryRunAsync("backup", Folder);

        Assert.Equal(1, code);
        Assert.Contains("lobby/00000000-0000-0000-0000-000000000000 version 1", words, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    private Task<byte[]> BytesAsync(string name) => File.ReadAllBytesAsync(Path.Combine(_folder, name), Cancelled);

    private async Task<Place> PlaceAsync(bool inPostgres) => inPostgres ? await Place.NewAsync(_postgres) : Place.New();
}
