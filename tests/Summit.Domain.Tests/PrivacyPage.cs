using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Summit.Domain.Tests;

/// <summary>Holds the table of docs/privacy.md and the events together: each word that can be stored is said to be somebody's, or nobody's.</summary>
public sealed partial class PrivacyPage
{
    private static readonly List<(string Events, string Personal, string Free)> Rows =
        [.. Repository.Read("docs/privacy.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')).Select(cells => (cells[1], cells[2], cells[3]))];

    [Fact]
    public void Names_every_event_once()
    {
        var events = typeof(IEvent).Assembly.GetTypes().Select(type => type.GetCustomAttribute<EventNameAttribute>()?.Name).OfType<string>().Order(StringComparer.Ordinal);
        Assert.Equal(events, Rows.SelectMany(row => Quoted(row.Events)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Says_of_every_member_that_can_hold_words_whether_they_are_somebody_s()
    {
        foreach (var (events, personal, free) in Rows)
        {
            foreach (var name in Quoted(events))
            {
                var type = typeof(IEvent).Assembly.GetTypes().Single(type => type.GetCustomAttribute<EventNameAttribute>()?.Name == name);
                var words = type.GetProperties().Where(member => HoldsWords(member.PropertyType, [])).Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name)).Order(StringComparer.Ordinal);
                var said = Quoted(personal).Concat(Quoted(free)).Order(StringComparer.Ordinal);
                Assert.True(words.SequenceEqual(said), $"docs/privacy.md says of {name}: {string.Join(", ", said)}; it holds {string.Join(", ", words)}");
            }
        }
    }

    private static bool HoldsWords(Type type, HashSet<Type> seen) =>
        type == typeof(string)
        || (type != typeof(PartialDate) && type.Namespace?.StartsWith("Summit", StringComparison.Ordinal) == true && !type.IsEnum && seen.Add(type)
            && type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Any(member => HoldsWords(member.PropertyType, seen)))
        || (type.IsGenericType && (type.IsAssignableTo(typeof(IEnumerable)) || Nullable.GetUnderlyingType(type) is not null) && type.GetGenericArguments().Any(inner => HoldsWords(inner, seen)));

    private static IEnumerable<string> Quoted(string cell) => Name().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
