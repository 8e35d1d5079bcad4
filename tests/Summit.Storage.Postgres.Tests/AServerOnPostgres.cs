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

    private static Task<long> CountAsync(TestDatabase database) => database.ScalarAsync<long>("SELECT count(*) FROM summit.records");

    private static async Task<HttpStatusCode> AskAsync(ServerProcess server, string path)
    {
        using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
