using System.Net;
using Summit.Testing;

namespace Summit.Storage.Postgres.Tests;

/// <summary>The server as a process, told where PostgreSQL is.</summary>
public sealed class AServerOnPostgres(PatientCluster cluster) : IClassFixture<PatientCluster>
{
    [Fact]
    public async Task Keeps_everything_there_and_goes_on_after_a_restart_of_either()
    {
        var database = await cluster.CreateDatabaseAsync();
        var settings = new Dictionary<string, string?> { ["Summit__Postgres"] = database.ConnectionString, ["Summit__Demo"] = "true" };
        await using var server = await ServerProcess.StartAsync(settings: settings);
        var records = await CountAsync(database);
        Assert.True(records > 0, "Nothing was written.");
        Assert.False(File.Exists(Path.Combine(server.Data, "summit.db")));

        await cluster.StopAsync("immediate");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(server, "/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, "/health/live"));
        await cluster.StartAsync();
        await Wait.UntilAsync("the server is ready again", async () => await AskAsync(server, "/health/ready") == HttpStatusCode.OK);

        await server.KillAsync();
        await server.StartAgainAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, "/health/ready"));
        Assert.Equal(records, await CountAsync(database));
        Assert.DoesNotContain(server.Output, line => line.Contains(PostgresProcess.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Holds_none_of_the_words_that_people_had_erased_in_no_row_and_after_a_full_vacuum_in_no_file()
    {
        var database = await cluster.CreateDatabaseAsync();
        await using var server = await ServerProcess.StartAsync(
            settings: new Dictionary<string, string?> { ["Summit__Postgres"] = database.ConnectionString, ["Summit__Demo"] = "false" });
        var story = new ErasureStory(server);
        await story.BeginAsync();
        Assert.True(await RowsAsync(story.Mark) > 0);
        Assert.True(await RowsAsync(story.Named) > 0);

        await story.EraseAsync();

        Assert.Empty(await story.PagesWithAsync(story.Mark, story.Named));
        await Wait.UntilAsync("no row holds them", async () => await RowsAsync(story.Mark) + await RowsAsync(story.Named) == 0);
        Assert.True(await RowsAsync(story.Stays) > 0);
        await database.ExecuteAsync("CREATE EXTENSION pgstattuple");
        await Wait.UntilAsync("no dead row is left", async () => await database.ScalarAsync<long>("SELECT dead_tuple_count FROM pgstattuple('summit.records')") == 0);

        // What lies in free space goes when the tables are written anew, as docs/privacy.md tells operators.
        await server.StopAsync();
        await database.ExecuteAsync("VACUUM FULL summit.records");
        await database.ExecuteAsync("VACUUM FULL summit.snapshots");
        await database.ExecuteAsync("CHECKPOINT");
        Assert.Empty(await cluster.TableFilesWithAsync(story.Mark));
        Assert.Empty(await cluster.TableFilesWithAsync(story.Named));
        Assert.NotEmpty(await cluster.TableFilesWithAsync(story.Stays));

        Task<long> RowsAsync(string word) => database.ScalarAsync<long>(
            $"SELECT (SELECT count(*) FROM summit.records WHERE position('{word}'::bytea IN data) > 0) + (SELECT count(*) FROM summit.snapshots WHERE position('{word}'::bytea IN data) > 0)");
    }

    private static Task<long> CountAsync(TestDatabase database) => database.ScalarAsync<long>("SELECT count(*) FROM summit.records");

    private static async Task<HttpStatusCode> AskAsync(ServerProcess server, string path)
    {
        using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
