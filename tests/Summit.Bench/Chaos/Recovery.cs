using System.Diagnostics;
using Summit.Bench.Figures;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Bench.Chaos;

/// <summary>How soon those who were at a killed server, or needed a cell that lived there, were served again elsewhere.</summary>
/// <param name="Followers">Seconds from the kill until each had seen something that was sent after it.</param>
/// <param name="Commands">Seconds until each command was answered that was under way at the kill or sent in the seconds after it.</param>
internal sealed record Recovery(List<double> Followers, List<double> Commands)
{
    /// <summary>What is sent later finds everything in order again, and would only flatter the figures.</summary>
    private static readonly TimeSpan Affected = TimeSpan.FromSeconds(3);

    /// <summary>Not the bar, but what no machine may take, busy as it is.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<Recovery> MeasureAsync(Hall hall, ServerProcess server, Func<Task> kill)
    {
        var left = hall.Followers.Where(follower => follower.Server == server.Address).ToList();
        var began = Stopwatch.GetTimestamp();
        await kill();
        var target = 0L;
        await Wait.UntilAsync("the session answers a command that was sent after the kill", () => (target = FirstAfter(hall, began)) > 0, Limit);
        var back = new List<double>();
        await Wait.UntilAsync("the followers of the killed server are live again", () =>
        {
            var now = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var lost = left.RemoveAll(follower => follower.Picture.Seq >= target);
            back.AddRange(Enumerable.Repeat(now, lost));
            return left.Count == 0;
        }, Limit);
        var commands = new List<double>();
        await Wait.UntilAsync("the commands of that time are answered", () =>
        {
            var sent = hall.Transcript.All.Where(one => IsAffected(one, began)).ToList();
            commands = [.. sent.Where(one => one.Answered > 0).Select(one => Stopwatch.GetElapsedTime(Math.Max(one.Sent, began), one.Answered).TotalSeconds)];
            return commands.Count == sent.Count && Stopwatch.GetElapsedTime(began) > Affected;
        }, Limit);
        return new Recovery(back, commands);
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Followers.Count} followers live elsewhere within {Figure.Percentile(Followers, 0.95):N1} s (p95), {Followers.DefaultIfEmpty().Max():N1} s the last; {Commands.Count} commands within {Figure.Percentile(Commands, 0.95):N1} s (p95), {Commands.DefaultIfEmpty().Max():N1} s the last");

    private static bool IsAffected(Utterance one, long began) =>
        (one.Answered == 0 || one.Answered > began) && one.Sent < began + (long)(Affected.TotalSeconds * Stopwatch.Frequency);

    private static long FirstAfter(Hall hall, long began) => hall.Transcript.All
        .Where(one => one.Session == hall.Venue.Session && one.Sent > began && one.Answered > 0)
        .Select(one => one.Seq)
        .DefaultIfEmpty()
        .Min();
}
