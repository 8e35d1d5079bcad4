using System.Diagnostics;
using Summit.Server.Opening;
using Summit.Testing;

namespace Summit.Deploy.Tests;

/// <summary>An installation: a data folder, in PostgreSQL or not, with the program's commands and its server.</summary>
internal sealed class Place(string data, string? postgres) : IDisposable
{
    public string Data => data;

    private Dictionary<string, string?> Settings => new() { ["Summit__Postgres"] = postgres };

    /// <param name="postgres">A connection string, or null for a file in the folder.</param>
    public static Place New(string? postgres = null) => new(Directory.CreateTempSubdirectory("summit-place-").FullName, postgres);

    /// <summary>An empty database for each call.</summary>
    public static async Task<Place> NewAsync(PostgresProcess postgres)
    {
        var name = $"place_{Guid.NewGuid():N}";
        await Programs.RunAsync("env", $"PGPASSWORD={PostgresProcess.Password}", "createdb", "-h", "127.0.0.1", "-p", $"{postgres.Port}", "-U", "summit", name);
        return New(postgres.ConnectionString(name));
    }

    public Task<ServerProcess> ServeAsync(bool demonstration = false)
    {
        var settings = Settings;
        settings["Summit__Demo"] = demonstration ? "true" : "false";
        return ServerProcess.StartAsync(data, settings);
    }

    /// <summary>The last line that it printed.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (code, words) = await TryRunAsync(arguments);
        Assert.True(code == 0, words);
        return words.Trim().Split('\n')[^1];
    }

    public async Task<(int Code, string Words)> TryRunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [ServerProcess.BuiltServer, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Summit__Data"] = data;
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        using var run = Process.Start(start)!;
        var printed = run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complained = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (run.ExitCode, await complained + await printed);
    }

    public async Task<LinksFile> LinksAsync() =>
        (await LinksFile.LoadAsync(Path.Combine(data, LinksFile.Name), TestContext.Current.CancellationToken))!;

    public void Dispose() => Directory.Delete(data, recursive: true);
}
