using System.Text.RegularExpressions;

namespace Summit.Deploy.Tests;

/// <summary>The instructions of deploy/Dockerfile, a line each, stage by stage.</summary>
internal sealed class Dockerfile
{
    private readonly List<List<(string Word, string Text)>> _stages = [];

    public Dockerfile(string text)
    {
        var lines = string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith('#'))).Replace("\\\n", " ", StringComparison.Ordinal);
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ', 2)))
        {
            if (line[0] == "FROM")
            {
                _stages.Add([]);
            }

            if (_stages.Count > 0)
            {
                _stages[^1].Add((line[0], line[1].Trim()));
            }
        }
    }

    public static Dockerfile OfTheServer { get; } = new(Repository.Read("deploy/Dockerfile"));

    public IReadOnlyList<(string Word, string Text)> Last => _stages[^1];

    /// <summary>The stage that is named so.</summary>
    public IReadOnlyList<(string Word, string Text)> Stage(string name) =>
        _stages.Single(stage => stage[0].Text.EndsWith($" AS {name}", StringComparison.Ordinal));

    /// <summary>What the last stage sets for the server.</summary>
    public IReadOnlyDictionary<string, string> Environment() => Last.Where(line => line.Word == "ENV")
        .SelectMany(line => Regex.Split(line.Text, " +")).Select(setting => setting.Split('=', 2)).ToDictionary(setting => setting[0], setting => setting[1]);
}
