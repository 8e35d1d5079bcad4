using System.Diagnostics;

namespace Summit.Bench.Figures.Clusters;

/// <summary>As fast as it goes, by some callers at once.</summary>
internal static class Rate
{
    /// <returns>How often it was done.</returns>
    public static async Task<int> CountAsync(int callers, TimeSpan length, Func<int, Task> act)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < length; count++)
            {
                await act(caller);
            }

            return count;
        })));
        return counts.Sum();
    }
}
