using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Summit.Domain.Tests;

/// <summary>Holds the tables of docs/protocol.md and the commands together.</summary>
internal static partial class ProtocolPage
{
    /// <param name="from">The heading that the table stands under.</param>
    /// <param name="to">The next heading; left out, the end of the page.</param>
    public static void Holds<TCommand>(string from, string? to = null)
    {
        var page = Repository.Read("docs/protocol.md");
        var start = page.IndexOf(from, StringComparison.Ordinal);
        var table = to is null ? page[start..] : page[start..page.IndexOf(to, StringComparison.Ordinal)];
        var rows = table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line =>
        {
            var cells = line.Split('|');
            // Behind a colon stand the values of a member, not members; a note in brackets explains.
            var members = Note().Replace(cells[2], "").Split(':')[0];
            return Quoted().Matches(cells[1]).Select(name => (
                Name: name.Groups[1].Value,
                Members: Quoted().Matches(members).Select(member => member.Groups[1].Value + member.Groups[2].Value).ToList()));
        }).ToDictionary(row => row.Name, row => row.Members);
        var code = typeof(TCommand).GetCustomAttributes<JsonDerivedTypeAttribute>().ToDictionary(
            derived => (string)derived.TypeDiscriminator!,
            derived => derived.DerivedType.GetConstructors().Single(constructor => !constructor.GetParameters().Any(parameter => parameter.ParameterType == derived.DerivedType)).GetParameters()
                .Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!) + (parameter.HasDefaultValue ? "?" : "")).ToList());
        Assert.Equal(code.Keys.Order(), rows.Keys.Order());
        Assert.All(code, command => Assert.Equal(command.Value.Order(), rows[command.Key].Order()));
    }

    [GeneratedRegex("`([A-Za-z-]+)`(\\??)")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Note();
}
