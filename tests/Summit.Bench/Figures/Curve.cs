namespace Summit.Bench.Figures;

/// <summary>How a cost depends on a number of things, as a plot shows it.</summary>
/// <param name="By">What there is more and more of: followers, items, sessions.</param>
/// <param name="What">The cost.</param>
/// <param name="Points">By rising number, each the median of its rounds.</param>
public sealed record Curve(string By, string What, string Unit, IReadOnlyList<Point> Points)
{
    /// <summary>The exponent: 0 is a cost that does not grow, 1 one that doubles when the number does. Least squares through the logarithms.</summary>
    public double Slope
    {
        get
        {
            var (meanX, meanY) = Mean;
            return Points.Sum(point => (Math.Log(point.Count) - meanX) * (Math.Log(point.Cost) - meanY)) / Points.Sum(point => Math.Pow(Math.Log(point.Count) - meanX, 2));
        }
    }

    private (double X, double Y) Mean => (Points.Average(point => Math.Log(point.Count)), Points.Average(point => Math.Log(point.Cost)));

    /// <summary>What the cost would be on the straight line through all points.</summary>
    public double Fitted(double count) => Math.Exp(Mean.Y + (Slope * (Math.Log(count) - Mean.X)));
}

public sealed record Point(double Count, double Cost);
