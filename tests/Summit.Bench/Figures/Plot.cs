using System.Globalization;
using System.Text;

namespace Summit.Bench.Figures;

/// <summary>Curves over the same number of things, side by side, both axes logarithmic, as an SVG that fits light pages and dark ones.</summary>
public static class Plot
{
    private const int Width = 300;
    private const int Height = 250;
    private const int Left = 58;
    private const int Right = 26;
    private const int Top = 44;
    private const int Bottom = 46;

    private const string Style = """
          <style>
            text { font: 12px system-ui, sans-serif; fill: #1f2328; }
            .title { font-weight: 600; }
            .paper { fill: #ffffff; }
            .grid { stroke: #d8dee4; }
            .fit { stroke: #8c959f; stroke-dasharray: 4 4; }
            .curve { stroke: #0969da; stroke-width: 2; fill: none; }
            .point { fill: #0969da; }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3; }
              .paper { fill: #0d1117; }
              .grid { stroke: #30363d; }
              .fit { stroke: #8b949e; }
              .curve { stroke: #58a6ff; }
              .point { fill: #58a6ff; }
            }
          </style>

        """;

    public static string Draw(IReadOnlyList<Curve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var svg = new StringBuilder();
        var width = Width * curves.Count;
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {Height}" width="{width}" height="{Height}" role="img">""");
        svg.Append(CultureInfo.InvariantCulture, $"\n  <title>{string.Join("; ", curves.Select(Sentence))}</title>\n");
        svg.Append(Style);
        svg.Append(CultureInfo.InvariantCulture, $"  <rect class=\"paper\" width=\"{width}\" height=\"{Height}\"/>\n");
        for (var i = 0; i < curves.Count; i++)
        {
            DrawPanel(svg, curves[i], i * Width);
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>What a curve says, in words.</summary>
    public static string Sentence(Curve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var (first, last) = (curve.Points[0], curve.Points[^1]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{curve.What}: {Number(first.Cost)} {curve.Unit} with {first.Count:N0} {curve.By}, {Number(last.Cost)} {curve.Unit} with {last.Count:N0}, slope {curve.Slope:0.00}");
    }

    private static void DrawPanel(StringBuilder svg, Curve curve, int at)
    {
        var x = new Axis(curve.Points.Select(point => point.Count), at + Left, at + Width - Right);
        var y = new Axis(curve.Points.Select(point => point.Cost), Height - Bottom, Top);
        svg.Append(CultureInfo.InvariantCulture, $"  <text class=\"title\" x=\"{at + Left}\" y=\"18\">{curve.What}, {curve.Unit}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"  <text x=\"{at + Left}\" y=\"34\">slope {curve.Slope:0.00}</text>\n");
        foreach (var tick in x.Ticks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"  <line class=\"grid\" x1=\"{x[tick]:0.#}\" x2=\"{x[tick]:0.#}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"  <text x=\"{x[tick]:0.#}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{tick:N0}</text>\n");
        }

        foreach (var tick in y.Ticks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"  <line class=\"grid\" x1=\"{at + Left}\" x2=\"{at + Width - Right}\" y1=\"{y[tick]:0.#}\" y2=\"{y[tick]:0.#}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"  <text x=\"{at + Left - 6}\" y=\"{y[tick] + 4:0.#}\" text-anchor=\"end\">{Number(tick)}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"  <text x=\"{at + ((Left + Width - Right) / 2)}\" y=\"{Height - 10}\" text-anchor=\"middle\">{curve.By}</text>\n");
        var (from, to) = (curve.Points[0].Count, curve.Points[^1].Count);
        svg.Append(CultureInfo.InvariantCulture, $"  <line class=\"fit\" x1=\"{x[from]:0.#}\" y1=\"{y[curve.Fitted(from)]:0.#}\" x2=\"{x[to]:0.#}\" y2=\"{y[curve.Fitted(to)]:0.#}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"  <polyline class=\"curve\" points=\"{string.Join(' ', curve.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{x[point.Count]:0.#},{y[point.Cost]:0.#}")))}\"/>\n");
        foreach (var point in curve.Points)
        {
            svg.Append(CultureInfo.InvariantCulture, $"  <circle class=\"point\" cx=\"{x[point.Count]:0.#}\" cy=\"{y[point.Cost]:0.#}\" r=\"4\"/>\n");
        }
    }

    private static string Number(double value) => value.ToString(value >= 10 ? "N0" : value >= 0.1 ? "0.##" : "0.####", CultureInfo.InvariantCulture);

    /// <summary>Whole powers of ten that hold all values, two at the least, so that little noise looks little.</summary>
    private sealed class Axis
    {
        private readonly double _low;
        private readonly double _high;
        private readonly int _from;
        private readonly int _to;

        public Axis(IEnumerable<double> values, int from, int to)
        {
            var all = values.ToList();
            (_from, _to) = (from, to);
            _low = Math.Floor(Math.Log10(all.Min()));
            _high = Math.Max(_low + 2, Math.Ceiling(Math.Log10(all.Max())));
        }

        public IEnumerable<double> Ticks => Enumerable.Range((int)_low, (int)(_high - _low) + 1).Select(power => Math.Pow(10, power));

        public double this[double value] => _from + ((_to - _from) * (Math.Log10(value) - _low) / (_high - _low));
    }
}
