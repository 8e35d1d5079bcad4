using Summit.Server.Opening;
using Summit.Testing;

namespace Summit.Deploy.Tests.Commands;

/// <summary>`admin-link`: a way in for whoever has the machine.</summary>
public sealed class LosingTheAdministratorsLink
{
    [Fact]
    public async Task Is_mended_on_the_machine_and_the_lost_one_is_worth_nothing()
    {
        using var place = Place.New();
        var server = await place.ServeAsync();
        await using (server)
        {
            var lost = (await place.LinksAsync()).AdminSecret;
            Assert.True(await Guest.MayEnterAsync(server.Address, lost));
            File.Delete(Path.Combine(place.Data, LinksFile.Name));

            var link = await place.RunAsync("admin-link");

            Assert.Contains("/a#", link, StringComparison.Ordinal);
            // The server hears of it from the journal.
            await Wait.UntilAsync("the new link works", () => Guest.MayEnterAsync(server.Address, LinksFile.SecretOf(link)));
            Assert.False(await Guest.MayEnterAsync(server.Address, lost));
        }
    }

    [Fact]
    public async Task Leaves_the_new_one_where_the_old_one_was()
    {
        using var place = Place.New();
        await using (await place.ServeAsync(demonstration: true))
        {
        }

        var before = await place.LinksAsync();
        var link = await place.RunAsync("admin-link");
        var after = await place.LinksAsync();
        Assert.Equal(link, after.Admin);
        Assert.Equal(before.Conferences.Count, after.Conferences.Count);

        await using var server = await place.ServeAsync(demonstration: true);
        Assert.Contains(server.Output, line => line.Contains(LinksFile.SecretOf(link), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Makes_none_where_nothing_is()
    {
        using var place = Place.New();
        var (code, words) = await place.TryRunAsync("admin-link");
        Assert.Equal(1, code);
        Assert.Contains("no journal", words, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Data));
    }

    [Fact]
    public async Task Is_explained_to_whoever_misspells_it()
    {
        using var place = Place.New();
        var (code, words) = await place.TryRunAsync("adminlink");
        Assert.Equal(2, code);
        Assert.Contains("Summit.Server admin-link", words, StringComparison.Ordinal);
    }
}
