namespace Summit.Testing;

/// <summary>Waits for something to become true, and says what was awaited when it does not.</summary>
public static class Wait
{
    /// <summary>For what takes milliseconds; a machine that builds and tests at once may take a thousand times as long.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(60);

    /// <exception cref="TimeoutException">It did not become true within the limit.</exception>
    public static async Task UntilAsync(string what, Func<Task<bool>> condition, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var stop = new CancellationTokenSource(limit ?? Limit);
        try
        {
            while (!await condition())
            {
                await timer.WaitForNextTickAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited in vain for: {what}.");
        }
    }

    /// <exception cref="TimeoutException">It did not become true within the limit.</exception>
    public static Task UntilAsync(string what, Func<bool> condition, TimeSpan? limit = null) =>
        UntilAsync(what, () => Task.FromResult(condition()), limit);
}
