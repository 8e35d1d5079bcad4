using System.Diagnostics;

namespace Summit.Bench.Wire;

/// <summary>What the hub answered to a command.</summary>
/// <param name="Seq">0 with a fault.</param>
/// <param name="Fault">The code of a refusal for good.</param>
public sealed record Answer(long Seq, string? Fault);

/// <summary>One person at one device: sends each command until it is answered, over as many lines as that takes.</summary>
/// <param name="others">Where it goes on when it loses the server.</param>
public sealed class LiveClient(Uri server, Pass pass, params IReadOnlyList<Uri> others) : IAsyncDisposable
{
    /// <summary>Long enough for a server on a busy machine to be started again; after that something is wrong.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Doors _doors = new(server, others);
    private readonly SemaphoreSlim _opening = new(1);
    private LiveConnection? _connection;
    private int _repeated;
    private int _slowed;
    private string _trouble = "";

    public Pass Pass => pass;

    /// <summary>How many times a command was sent once more because the line went before the answer came.</summary>
    public int Repeated => Volatile.Read(ref _repeated);

    /// <summary>How many times a command was sent once more because the server asked for patience.</summary>
    public int Slowed => Volatile.Read(ref _slowed);

    /// <summary>Sends a command with an id of its own, again and again with the same id until there is an answer.</summary>
    /// <param name="command">Serializes to the command's object, with <c>type</c> and <c>id</c>.</param>
    /// <exception cref="TimeoutException">There was none in two minutes; the message has the last reason.</exception>
    public async Task<Answer> SendAsync(Guid session, object command, CancellationToken cancellationToken)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            if (await TryAsync(session, command, cancellationToken) is { } answer)
            {
                return answer;
            }

            if (since.Elapsed > Patience)
            {
                throw new TimeoutException($"No answer to {command}: {_trouble}");
            }

            await Pause.BeforeTryingAgainAsync(cancellationToken);
        }
    }

    /// <summary>Sends a command once.</summary>
    /// <returns>Null if it is not known whether it took effect, or if it was not its time.</returns>
    public async Task<Answer?> TryAsync(Guid session, object command, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await ConnectAsync(cancellationToken);
            var result = await connection.InvokeAsync("Send", [session, command], cancellationToken);
            if (!result.TryGetProperty("fault", out var fault))
            {
                return new Answer(result.GetProperty("seq").GetInt64(), null);
            }

            if (!fault.TryGetProperty("retry", out var retry) || !retry.GetBoolean())
            {
                return new Answer(0, fault.GetProperty("code").GetString());
            }

            Interlocked.Increment(ref _slowed);
            _trouble = fault.ToString();
            return null;
        }
        catch (LineLostException e)
        {
            _trouble = e.Message;
            Interlocked.Increment(ref _repeated);
            return null;
        }
    }

    /// <exception cref="LineLostException">Not now.</exception>
    public async Task<LiveConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_connection is { IsLost: true } lost)
            {
                _connection = null;
                _doors.Next();
                await lost.DisposeAsync();
            }

            return _connection ??= await LiveConnection.OpenAsync(_doors.Current, pass.Token, cancellationToken);
        }
        catch (LineLostException)
        {
            _doors.Next();
            throw;
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }

        _opening.Dispose();
    }
}
