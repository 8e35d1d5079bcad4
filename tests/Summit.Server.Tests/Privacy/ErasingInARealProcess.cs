using Summit.Testing;

namespace Summit.Server.Tests.Privacy;

/// <summary>Everything that people can ask to be erased, in a server of its own on SQLite, and after an older backup of it was restored.</summary>
public sealed class ErasingInARealProcess
{
    [Fact]
    public async Task Leaves_no_word_on_any_page_nor_in_any_file_and_again_after_a_backup_of_before()
    {
        await using var server = await ServerProcess.StartAsync(settings: new Dictionary<string, string?> { ["Summit__Demo"] = "false" });
        var story = new ErasureStory(server);
        await story.BeginAsync();
        Assert.NotEmpty(await story.PagesWithAsync(story.Mark));
        Assert.NotEmpty(await story.PagesWithAsync(story.Named));
        await server.StopAsync();
        var backup = Directory.GetFiles(server.Data).ToDictionary(file => file, File.ReadAllBytes);
        await server.StartAgainAsync();

        await story.EraseAsync();

        await GoneAsync(server, story, story.Mark, story.Named);
        var orders = await story.OrdersAsync();
        Assert.DoesNotContain(story.Mark, orders.ToJsonString(), StringComparison.Ordinal);

        // The disk is lost; the backup is of before anybody asked.
        await server.StopAsync();
        Directory.GetFiles(server.Data).ToList().ForEach(File.Delete);
        foreach (var (file, bytes) in backup)
        {
            await File.WriteAllBytesAsync(file, bytes, Now.Cancelled);
        }

        await server.StartAgainAsync();
        Assert.NotEmpty(await story.PagesWithAsync(story.Mark));
        await story.OrderAgainAsync(orders);
        await GoneAsync(server, story, story.Mark);
    }

    [Fact]
    public async Task Goes_on_where_a_kill_cut_it_short()
    {
        await using var server = await ServerProcess.StartAsync(settings: new Dictionary<string, string?> { ["Summit__Demo"] = "false" });
        var story = new ErasureStory(server);
        await story.BeginAsync();
        await story.AskAsync();
        for (var kills = 0; kills < 3; kills++)
        {
            await server.KillAsync();
            await server.StartAgainAsync();
        }

        await story.ProvenAsync();
        await GoneAsync(server, story, story.Mark, story.Named);
    }

    private static async Task GoneAsync(ServerProcess server, ErasureStory story, params string[] words)
    {
        Assert.Empty(await story.PagesWithAsync(words));
        foreach (var word in words)
        {
            await Wait.UntilAsync($"no file holds {word}", () => Files.With(server.Data, word).Count == 0);
        }

        Assert.NotEmpty(Files.With(server.Data, story.Stays));
        Assert.NotEmpty(await story.PagesWithAsync(story.Stays));
    }
}
