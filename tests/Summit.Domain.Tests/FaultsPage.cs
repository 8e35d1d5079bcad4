using System.Reflection;
using System.Text.RegularExpressions;

namespace Summit.Domain.Tests;

/// <summary>Holds one assembly's section of docs/faults.md and its <c>*Faults</c> classes together. Other test projects link this file.</summary>
public abstract class FaultsPage(Assembly assembly)
{
    private sealed record Row(string Code, string Kind, string Message, string When);

    [Fact]
    public void Lists_every_code_of_the_assembly_once_and_no_other()
    {
        var rows = Section();
        Assert.NotEmpty(rows);
        Assert.Equal(Faults().Select(fault => fault.Code).Distinct().Order(), rows.Select(row => row.Code).Order());
    }

    [Fact]
    public void Says_kind_and_message_as_the_code_does()
    {
        var rows = Section().ToDictionary(row => row.Code);
        Assert.All(Faults(), fault =>
        {
            var row = rows[fault.Code];
            Assert.Equal(fault.Kind.ToString(), row.Kind);
            Assert.Matches($"^{Regex.Escape(row.Message).Replace("…", ".+", StringComparison.Ordinal)}$", fault.Message);
            Assert.True(row.When.Length > 0, $"{row.Code} has no word on when it comes.");
        });
    }

    [Fact]
    public void Gives_each_code_one_kind_and_a_name_in_the_usual_form()
    {
        Assert.All(Faults().GroupBy(fault => fault.Code), same => Assert.Single(same.Select(fault => fault.Kind).Distinct()));
        Assert.All(Faults(), fault => Assert.Matches("^[a-z]+\\.[a-z]+(-[a-z]+)*$", fault.Code));
        Assert.All(Faults(), fault => Assert.EndsWith(".", fault.Message, StringComparison.Ordinal));
    }

    private List<Fault> Faults() => [.. assembly.GetTypes()
        .Where(type => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Faults", StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(method => method.ReturnType == typeof(Fault))
        .Select(method => (Fault)method.Invoke(null, [.. method.GetParameters().Select(Sample)])!)];

    private static object? Sample(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? "something" : Activator.CreateInstance(parameter.ParameterType);

    private List<Row> Section() => [.. Repository.Read("docs/faults.md")
        .Split("\n## ").Single(section => section.StartsWith(assembly.GetName().Name + "\n", StringComparison.Ordinal))
        .Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(cells => new Row(cells[1].Trim('`'), cells[2], cells[3], cells[4]))];
}

public sealed class FaultsPageOfTheDomain() : FaultsPage(typeof(Fault).Assembly);

public sealed class FaultsPageAsAWhole
{
    [Fact]
    public void Says_the_same_of_a_code_wherever_it_stands()
    {
        var rows = Repository.Read("docs/faults.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToList();
        Assert.All(rows, cells => Assert.True(Enum.TryParse<FaultKind>(cells[2], out _), $"{cells[1]} is of no kind."));
        Assert.All(rows.GroupBy(cells => cells[1]), same => Assert.Single(same.Select(cells => (cells[2], cells[3])).Distinct()));
    }

    [Fact]
    public void Names_every_kind_and_its_status()
    {
        var page = Repository.Read("docs/faults.md");
        Assert.All(
            new[] { (FaultKind.Invalid, "400"), (FaultKind.Forbidden, "403"), (FaultKind.NotFound, "404"), (FaultKind.Conflict, "409"), (FaultKind.Busy, "429, 503") },
            pair => Assert.Contains($"| {pair.Item1} | {pair.Item2} |", page, StringComparison.Ordinal));
    }
}
