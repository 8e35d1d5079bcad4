using System.Reflection;
using System.Text.RegularExpressions;

namespace Summit.Domain.Tests;

/// <summary>Holds docs/faults.md and the code together: a section for each assembly that refuses anything.</summary>
public sealed partial class FaultsPage
{
    private sealed record Row(string Code, string Kind, string Message, string When);

    public static TheoryData<string> Assemblies =>
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)!).Where(name => Written(name).Count > 0).Order()];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Says_of_each_code_what_the_assembly_says_and_names_no_other(string assembly)
    {
        var written = Written(assembly).ToHashSet();
        var page = Section(assembly).Select(row => row with { When = "" }).ToHashSet();
        Assert.True(written.IsSubsetOf(page), "docs/faults.md lacks:\n" + string.Join('\n', written.Except(page).Select(row => $"| `{row.Code}` | {row.Kind} | {row.Message} | (when) |")));
        Assert.True(page.IsSubsetOf(written), "docs/faults.md has, and the code has not: " + string.Join(", ", page.Except(written).Select(row => row.Code)));
        Assert.Equal(page.Count, Section(assembly).Count);
    }

    [Fact]
    public void Has_no_section_of_an_assembly_that_is_not_there() =>
        Assert.Equal(Assemblies.Select(assembly => assembly.Data).Order(), Heading().Matches(Page()).Select(heading => heading.Groups[1].Value).Order());

    [Fact]
    public void Says_when_each_comes() => Assert.All(Rows(Page()), row => Assert.True(row.When.Length > 0, $"{row.Code} has no word on when it comes."));

    [Fact]
    public void Says_the_same_of_a_code_wherever_it_stands() =>
        Assert.All(Rows(Page()).GroupBy(row => row.Code), same => Assert.Single(same.Select(row => (row.Kind, row.Message)).Distinct()));

    [Fact]
    public void Names_every_kind_and_its_status()
    {
        var statuses = new[] { (FaultKind.Invalid, "400"), (FaultKind.Forbidden, "403"), (FaultKind.NotFound, "404"), (FaultKind.Conflict, "409"), (FaultKind.Busy, "429, 503") };
        Assert.Equal(Enum.GetValues<FaultKind>(), statuses.Select(status => status.Item1));
        Assert.All(statuses, status => Assert.Contains($"| {status.Item1} | {status.Item2} |", Page(), StringComparison.Ordinal));
    }

    [Fact]
    public void Misses_none_that_the_domain_can_make()
    {
        // The look at the source above is only as good as its pattern; here the code itself is asked.
        var rows = Section("Summit.Domain").ToDictionary(row => row.Code);
        var faults = Faults();
        Assert.Equal(rows.Keys.Order(), faults.Select(fault => fault.Code).Order());
        Assert.All(faults, fault =>
        {
            Assert.Equal(fault.Kind.ToString(), rows[fault.Code].Kind);
            Assert.Matches($"^{Regex.Escape(rows[fault.Code].Message).Replace("…", ".+", StringComparison.Ordinal)}$", fault.Message);
            Assert.Matches("^[a-z]+\\.[a-z]+(-[a-z]+)*$", fault.Code);
            Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
        });
    }

    private static string Page() => Repository.Read("docs/faults.md");

    private static List<Row> Section(string assembly) =>
        Rows(Page().Split("\n## ").FirstOrDefault(section => section.StartsWith(assembly + "\n", StringComparison.Ordinal)) ?? "");

    private static List<Row> Rows(string text) => [.. text.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(cells => new Row(cells[1].Trim('`'), cells[2], cells[3], cells[4]))];

    private static List<Row> Written(string assembly) => [.. Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "src", assembly), "*.cs", SearchOption.AllDirectories)
        .SelectMany(file => Made().Matches(File.ReadAllText(file)))
        .Select(made => new Row(made.Groups["code"].Value, made.Groups["kind"].Value, Varies().Replace(made.Groups["message"].Value, "…"), ""))];

    private static List<Fault> Faults() => [.. typeof(Fault).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Faults", StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(method => method.ReturnType == typeof(Fault))
        .Select(method => (Fault)method.Invoke(null, [.. method.GetParameters().Select(parameter => parameter.ParameterType == typeof(int) ? 7 : (object)"something")])!)];

    [GeneratedRegex("""FaultKind\.(?<kind>\w+),\s*"(?<code>[^"]+)",\s*\$?"(?<message>[^"]+)"\)""")]
    private static partial Regex Made();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Varies();

    [GeneratedRegex(@"^## (Summit\..+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
