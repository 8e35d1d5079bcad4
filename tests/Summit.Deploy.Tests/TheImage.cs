using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Summit.Testing;

namespace Summit.Deploy.Tests;

/// <summary>
/// What deploy/Dockerfile makes, made without Docker: its publish command on the files that it copies, and the result started as the
/// image would be, by a user without rights on a root file system that is read-only.
/// </summary>
public sealed class TheImage : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("summit-image-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string App => Path.Combine(_folder, "app");

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Serves_from_a_read_only_root_file_system_as_nobody_in_particular()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can make a file system read-only.");
        await PublishAsync();
        // The stage of the web app is the build of the web app, which every other test has behind it.
        await Programs.RunAsync("cp", "-r", Path.Combine(Path.GetDirectoryName(ServerProcess.BuiltServer)!, "wwwroot"), App);
        Assert.False(File.Exists(Path.Combine(App, "Summit.Server")), "A launcher would tie the image to a processor.");

        var port = Programs.FreePort();
        using var server = StartReadOnly(port);
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await Wait.UntilAsync("the server is ready", async () =>
            {
                Assert.False(server.HasExited, await ReadLogAsync());
                return await IsHealthyAsync(port);
            });
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/", UriKind.Relative), Cancelled)).StatusCode);
            Assert.Equal(["files", "keys", "links.json", "summit.db", "summit.db-shm", "summit.db-wal"], Directory.EnumerateFileSystemEntries(Data).Select(Path.GetFileName).Order());
            Assert.DoesNotContain("\"LogLevel\":\"Error\"", await ReadLogAsync(), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(Cancelled);
        }
    }

    [Fact]
    public void Runs_without_rights_and_without_what_built_it()
    {
        var last = Dockerfile.OfTheServer.Last;
        Assert.Equal("10001:10001", last.Single(line => line.Word == "USER").Text);
        Assert.DoesNotContain(last, line => line.Text.Contains("sdk", StringComparison.OrdinalIgnoreCase));
        var entry = JsonNode.Parse(last.Single(line => line.Word == "ENTRYPOINT").Text).Strings();
        Assert.Equal(["dotnet", "/app/Summit.Server.dll"], entry);
        KnownSettings.AssertKnown(Dockerfile.OfTheServer.Environment().Keys);
    }

    /// <summary>Copies what the build stage copies, and runs what it runs.</summary>
    private async Task PublishAsync()
    {
        var sources = Path.Combine(_folder, "summit");
        Directory.CreateDirectory(sources);
        var build = Dockerfile.OfTheServer.Stage("build");
        foreach (var copy in build.Where(line => line.Word == "COPY").Select(line => line.Text.Split(' ')))
        {
            // Without what .dockerignore keeps back.
            var what = string.Join(' ', copy[..^1]);
            await ShellAsync(Repository.Root, $"tar --exclude=bin --exclude=obj --exclude=wwwroot -cf - {what} | tar -C {sources} -xf -");
        }

        var publish = build.Single(line => line.Word == "RUN" && line.Text.Contains("dotnet publish", StringComparison.Ordinal)).Text;
        await ShellAsync(sources, publish.Replace("-o /app", $"-o {App}", StringComparison.Ordinal));
    }

    /// <summary>In a mount namespace of its own, so that nobody else's files become read-only.</summary>
    private Process StartReadOnly(int port)
    {
        var environment = Dockerfile.OfTheServer.Environment().Select(setting =>
            $"{setting.Key}={setting.Value.Replace("8080", $"{port}", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal).Replace("/data", Data, StringComparison.Ordinal)}");
        var script = $$"""
            chmod 711 {{_folder}}
            install -d -m 0700 -o 10001 -g 10001 {{Data}}
            mount --make-rprivate /
            mount --bind {{Data}} {{Data}}
            mount --bind / /
            mount -o remount,ro,bind /
            cd {{Data}}
            ! touch {{_folder}}/writable 2> /dev/null
            exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all env -i "PATH=$PATH" {{string.Join(' ', environment)}} dotnet {{App}}/Summit.Server.dll
            """;
        var file = Path.Combine(_folder, "start");
        File.WriteAllText(file, script);
        File.WriteAllText(Path.Combine(_folder, "log"), "");
        // The log is opened outside: a file that is open for writing keeps its file system writable.
        return Process.Start(new ProcessStartInfo("bash", ["-c", $"exec unshare --mount bash -eu {file} > {_folder}/log 2>&1"]))!;
    }

    /// <summary>By the image's own check.</summary>
    private static async Task<bool> IsHealthyAsync(int port)
    {
        var check = Dockerfile.OfTheServer.Last.Single(line => line.Word == "HEALTHCHECK").Text;
        var command = JsonNode.Parse(check[check.IndexOf('[', StringComparison.Ordinal)..]).Strings().Select(part => part.Replace("8080", $"{port}", StringComparison.Ordinal)).ToList();
        return (await Programs.TryRunAsync(command[0], [.. command[1..]])).Code == 0;
    }

    private Task<string> ReadLogAsync() => File.ReadAllTextAsync(Path.Combine(_folder, "log"), Cancelled);

    private static Task ShellAsync(string folder, string script) => Programs.RunAsync("bash", "-euc", $"cd {folder} && {script}");
}
