using System.Text.Json;

namespace Summit.Bench.Wire;

/// <summary>Follows a session until disposed, resuming where it was whenever the line goes.</summary>
public sealed class Follower : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _following;
    private int _resumed;

    public Follower(string name, Uri server, Pass pass, Guid session)
    {
        Name = name;
        _following = Task.Run(() => FollowAsync(server, pass, session, _stop.Token));
    }

    public string Name { get; }

    public Picture Picture { get; } = new();

    /// <summary>How many times it went on after the line had gone.</summary>
    public int Resumed => Volatile.Read(ref _resumed);

    /// <summary>Whether its picture has come to an event. Throws what ended the following, if something did.</summary>
    public async Task<bool> HasReachedAsync(long seq)
    {
        if (_following.IsCompleted)
        {
            await _following;
        }

        return Picture.Seq >= seq;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _following;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // As asked.
        }

        _stop.Dispose();
    }

    private async Task FollowAsync(Uri server, Pass pass, Guid session, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var connection = await LiveConnection.OpenAsync(server, pass.Token, cancellationToken);
                var frames = await connection.StreamAsync("Follow", [session, Picture.Seq], cancellationToken);
                await foreach (var frame in frames.ReadAllAsync(cancellationToken))
                {
                    ThrowIfFinal(frame);
                    Picture.Apply(frame);
                }
            }
            catch (LineLostException)
            {
                // The reason to have `since`.
            }

            Interlocked.Increment(ref _resumed);
            await Pause.BeforeTryingAgainAsync(cancellationToken);
        }
    }

    private void ThrowIfFinal(JsonElement frame)
    {
        if (frame.TryGetProperty("fault", out var fault) && !(fault.TryGetProperty("retry", out var retry) && retry.GetBoolean()))
        {
            throw new InvalidOperationException($"{Name} was refused the session: {fault}");
        }
    }
}
