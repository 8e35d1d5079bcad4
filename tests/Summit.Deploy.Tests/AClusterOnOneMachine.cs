using Summit.Testing;

namespace Summit.Deploy.Tests;

/// <summary>`make cluster`: what it starts belongs together, and all of it goes with it.</summary>
public sealed class AClusterOnOneMachine
{
    [Fact]
    public async Task Takes_a_question_at_one_server_and_shows_it_at_another_and_leaves_nothing_behind()
    {
        await using var cluster = ClusterProcess.Start();
        await cluster.StandsAsync();
        Assert.Equal(3, cluster.Servers.Count);

        var guest = await Guest.JoinAsync(cluster.Servers[0], cluster.Code);
        var question = await guest.AskAsync(cluster.Servers[0], "Is it one Summit?");
        await Wait.UntilAsync("the third server shows the question", async () => (await guest.SeesAsync(cluster.Servers[2])).Contains(question));

        Assert.True(cluster.Programs().Count >= 5, "Three servers, Redis and PostgreSQL should run.");
        Assert.Equal(0, await cluster.EndAsync(ClusterProcess.Interrupt));
        AssertNothingIsLeft(cluster);
    }

    [Fact]
    public async Task Goes_whole_when_one_of_its_programs_does()
    {
        const int Kill = 9;
        await using var cluster = ClusterProcess.Start();
        await cluster.StandsAsync();

        ClusterProcess.Send(cluster.IdOfServer(2), Kill);

        Assert.Equal(1, await cluster.EndedAsync());
        Assert.Contains("server 2 ended (SIGKILL)", cluster.Output, StringComparison.Ordinal);
        AssertNothingIsLeft(cluster);
    }

    [Fact]
    public async Task Goes_whole_when_it_is_told_to_before_it_stands()
    {
        await using var cluster = ClusterProcess.Start();
        await Wait.UntilAsync("its first program runs", () => cluster.Programs().Count > 0);

        Assert.Equal(0, await cluster.EndAsync(ClusterProcess.Terminate));
        AssertNothingIsLeft(cluster);
    }

    private static void AssertNothingIsLeft(ClusterProcess cluster)
    {
        Assert.Empty(cluster.Programs());
        Assert.Empty(cluster.Files);
    }
}
