using System.Globalization;
using Summit.Bench.Figures.Clusters;

namespace Summit.Bench.Figures;

/// <summary>Puts figures into docs/performance.md and docs/scale.md, between the marks meant for them, and the plots beside: nothing is copied by hand.</summary>
public static class Report
{
    /// <summary>With less than this share of the processors gone to others, a figure is the machine's own.</summary>
    private const double Quiet = 0.1;

    /// <param name="docs">The folder with the pages.</param>
    public static void Write(IReadOnlyList<Part> parts, string docs)
    {
        ArgumentNullException.ThrowIfNull(parts);
        WritePerformance([.. parts.Where(part => part.Name != "cluster")], docs);
        WriteScale([.. parts.Where(part => part.Name == "cluster")], Path.Combine(docs, "scale.md"));
    }

    private static void WritePerformance(IReadOnlyList<Part> parts, string docs)
    {
        if (parts.Count > 0)
        {
            var page = Path.Combine(docs, "performance.md");
            var text = File.ReadAllText(page);
            text = Replace(text, "figures", [.. Circumstances(parts), "", .. Figure.Table(parts.SelectMany(part => part.Figures))]);
            text = Replace(text, "growth", Growth(parts, Path.Combine(docs, "performance")));
            File.WriteAllText(page, text);
        }
    }

    private static void WriteScale(IReadOnlyList<Part> parts, string page)
    {
        if (parts.Count > 0)
        {
            var figures = parts.SelectMany(part => part.Figures).ToList();
            var text = Replace(File.ReadAllText(page), "measured", [.. Circumstances(parts), "", .. Figure.Table(figures)]);
            File.WriteAllText(page, Replace(text, "model", new ScaleModel(figures).Lines()));
        }
    }

    private static IEnumerable<string> Circumstances(IReadOnlyList<Part> parts)
    {
        var machine = parts[0].Machine;
        yield return string.Create(CultureInfo.InvariantCulture, $"{machine.Cores} cores ({machine.Cpu}), {machine.Os}, {machine.Runtime}, everything on the loopback address.");
        yield return "";
        yield return "| part | taken | seconds | processors' time others had |";
        yield return "|---|---|---:|---:|";
        foreach (var part in parts)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"| {part.Name} | {part.Machine.At:yyyy-MM-dd HH:mm} UTC | {part.Seconds:N0} | {part.Others:P0} |");
        }

        if (parts.Any(part => part.Others > Quiet))
        {
            yield return "";
            yield return "**Others were at work on the same processors during some of these parts: their figures have to be taken again.**";
        }
    }

    private static IEnumerable<string> Growth(IReadOnlyList<Part> parts, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var curves in parts.SelectMany(part => part.Curves).GroupBy(curve => curve.By))
        {
            File.WriteAllText(Path.Combine(folder, $"{curves.Key}.svg"), Plot.Draw([.. curves]));
            yield return $"![Cost by {curves.Key}](performance/{curves.Key}.svg)";
            yield return "";
            foreach (var curve in curves)
            {
                yield return $"* {Plot.Sentence(curve)}.";
            }

            yield return "";
        }
    }

    private static string Replace(string page, string mark, IEnumerable<string> lines)
    {
        var (start, end) = ($"<!-- {mark}: written by the bench -->\n", $"<!-- /{mark} -->");
        var (from, to) = (page.IndexOf(start, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        return from >= 0 && to > from
            ? $"{page[..(from + start.Length)]}\n{string.Join('\n', lines).TrimEnd()}\n\n{page[to..]}"
            : throw new InvalidDataException($"The page has no place for the {mark}.");
    }
}
