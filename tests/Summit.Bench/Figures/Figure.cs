using System.Globalization;

namespace Summit.Bench.Figures;

/// <summary>One line of the table.</summary>
/// <param name="Line">Groups what belongs together: fan-out, votes, ...</param>
/// <param name="Summit">The median of <paramref name="Runs"/>.</param>
/// <param name="Beside">The same of what it is measured beside, if there is such a thing.</param>
/// <param name="Bar">What was set out to be reached, in words.</param>
/// <param name="Met">Null where there is no bar.</param>
public sealed record Figure(
    string Line, string What, string Unit, double Summit, double? Beside, string? Bar, bool? Met, IReadOnlyList<double> Runs)
{
    /// <summary>Summit's figure over the other's.</summary>
    public double? Ratio => Beside is > 0 and var beside ? Summit / beside : null;

    /// <summary>The medians of two series that were taken in turns.</summary>
    /// <param name="bar">What the ratio has to be.</param>
    public static Figure Of(
        string line, string what, string unit, IReadOnlyList<double> summit, IReadOnlyList<double>? beside = null,
        (string Text, Func<double, double?, bool> Holds)? bar = null)
    {
        var figure = new Figure(line, what, unit, Median(summit), beside is null ? null : Median(beside), bar?.Text, null, summit);
        return figure with { Met = bar?.Holds(figure.Summit, figure.Ratio) };
    }

    public static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>The value that the given share of all stays below. Sorts in place.</summary>
    public static double Percentile(List<double> values, double share)
    {
        values.Sort();
        return values.Count == 0 ? double.NaN : values[Math.Min(values.Count - 1, (int)(values.Count * share))];
    }

    public static IEnumerable<string> Table(IEnumerable<Figure> figures) =>
    [
        "| | | Summit | beside | ratio | bar |",
        "|---|---|---:|---:|---:|---|",
        .. figures.Select(figure => string.Create(
            CultureInfo.InvariantCulture,
            $"| {figure.Line} | {figure.What} | {Show(figure.Summit)} {figure.Unit} | {Show(figure.Beside)} | {Show(figure.Ratio)} | {figure.Bar}{Verdict(figure.Met)} |")),
    ];

    private static string Verdict(bool? met) => met switch { true => ": met", false => ": **missed**", null => "" };

    private static string Show(double? value) => value switch
    {
        null => "",
        >= 1_000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("N1", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("N2", CultureInfo.InvariantCulture),
    };
}
