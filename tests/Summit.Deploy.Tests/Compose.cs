using Summit.Testing;

namespace Summit.Deploy.Tests;

/// <summary>The programs that read a compose file: Docker's plugin, and the older one of its own that Debian has.</summary>
internal static class Compose
{
    private static readonly string[][] Known = [["docker", "compose"], ["docker-compose"]];

    /// <summary>Those of this machine; without any the test is skipped.</summary>
    public static async Task<IReadOnlyList<string[]>> ProgramsAsync()
    {
        var there = new List<string[]>();
        foreach (var program in Known)
        {
            if (IsOnPath(program[0]) && (await RunAsync(program, "version")).Code == 0)
            {
                there.Add(program);
            }
        }

        Assert.SkipWhen(there.Count == 0, "Neither docker compose nor docker-compose is here.");
        return there;
    }

    public static Task<(int Code, string Words)> RunAsync(string[] program, params string[] arguments) =>
        Programs.TryRunAsync(program[0], [.. program[1..], .. arguments]);

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
