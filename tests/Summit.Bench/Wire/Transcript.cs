using System.Diagnostics;

namespace Summit.Bench.Wire;

/// <summary>One command, from when it was first sent. Times as <see cref="Stopwatch.GetTimestamp"/> has them.</summary>
public sealed class Utterance(Guid session, Guid command)
{
    private long _answered;

    public Guid Session => session;

    public Guid Command => command;

    public long Sent { get; } = Stopwatch.GetTimestamp();

    /// <summary>0 while there is no answer.</summary>
    public long Answered => Volatile.Read(ref _answered);

    /// <summary>What the answer says; to be read once there is one.</summary>
    public long Seq { get; private set; }

    internal void Answer(long seq)
    {
        Seq = seq;
        Volatile.Write(ref _answered, Stopwatch.GetTimestamp());
    }
}

/// <summary>Everything that was sent, and when it was answered. Thread-safe.</summary>
public sealed class Transcript
{
    private readonly Lock _gate = new();
    private readonly List<Utterance> _all = [];

    public IReadOnlyList<Utterance> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>Sends a command until it is answered.</summary>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<long> SendAsync(LiveClient by, Guid session, Guid id, object command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        var utterance = new Utterance(session, id);
        lock (_gate)
        {
            _all.Add(utterance);
        }

        var answer = await by.SendAsync(session, command, cancellationToken);
        if (answer.Fault is { } fault)
        {
            throw new InvalidOperationException($"{command} was refused: {fault}");
        }

        utterance.Answer(answer.Seq);
        return answer.Seq;
    }
}
