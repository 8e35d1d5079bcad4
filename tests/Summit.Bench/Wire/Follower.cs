using System.Text.Json;

namespace Summit.Bench.Wire;

/// <summary>Follows a session until disposed, resuming where it was whenever the line goes.</summary>
public sealed class Follower : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Doors _doors;
    private readonly Task _following;
    private LiveConnection? _connection;
    private Uri? _wanted;
    private int _resumed;

    /// <param name="others">Where it goes on when it loses the server.</param>
    public Follower(string name, Uri server, Pass pass, Guid session, params IReadOnlyList<Uri> others)
    {
        Name = name;
        _doors = new Doors(server, others);
        _following = Task.Run(() => FollowAsync(pass, session, _stop.Token));
    }

    public string Name { get; }

    public Picture Picture { get; } = new();

    /// <summary>The server it is at, or tries.</summary>
    public Uri Server => _doors.Current;

    /// <summary>How many times it went on after the line had gone.</summary>
    public int Resumed => Volatile.Read(ref _resumed);

    /// <summary>Leaves the server it is at and goes on at another.</summary>
    public void GoTo(Uri server)
    {
        Volatile.Write(ref _wanted, server);
        Volatile.Read(ref _connection)?.HangUp();
    }

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

    private async Task FollowAsync(Pass pass, Guid session, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var connection = await LiveConnection.OpenAsync(_doors.Current, pass.Token, cancellationToken);
                Volatile.Write(ref _connection, connection);
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

            if (Interlocked.Exchange(ref _wanted, null) is { } wanted)
            {
                _doors.GoTo(wanted);
            }
            else
            {
                _doors.Next();
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
