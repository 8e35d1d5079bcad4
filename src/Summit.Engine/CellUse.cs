namespace Summit.Engine;

internal enum Entry
{
    Open,

    /// <summary>Too many commands are under way.</summary>
    Full,

    /// <summary>The cell takes nothing any more.</summary>
    Closed,
}

/// <summary>Counts who uses a cell, so that it is put away only when nobody does, and never between looking and closing. Thread-safe.</summary>
internal sealed class CellUse(int maxCommands)
{
    /// <summary>So far below zero that entries which come too late never lift it above.</summary>
    private const int Closed = int.MinValue / 2;

    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Commands and holders.</summary>
    private int _users;
    private int _commands;
    private volatile bool _closing;

    public Entry TryEnter()
    {
        if (Interlocked.Increment(ref _commands) > maxCommands)
        {
            LeaveCommand();
            return Entry.Full;
        }

        if (!TryHold())
        {
            LeaveCommand();
            return Entry.Closed;
        }

        return Entry.Open;
    }

    public void Leave()
    {
        Release();
        LeaveCommand();
    }

    /// <summary>Keeps the cell awake without a command.</summary>
    public bool TryHold()
    {
        if (Interlocked.Increment(ref _users) > 0 && !_closing)
        {
            return true;
        }

        Release();
        return false;
    }

    public void Release() => Interlocked.Decrement(ref _users);

    /// <summary>Closes if there is neither a command nor a holder.</summary>
    public bool TryClose() => Interlocked.CompareExchange(ref _users, Closed, 0) == 0;

    /// <summary>Lets nobody in any more and completes when the last command has left. Holders are not waited for: they may be as slow as they like.</summary>
    public Task CloseAsync()
    {
        _closing = true;
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _commands) == 0 ? Task.CompletedTask : _idle.Task;
    }

    private void LeaveCommand()
    {
        if (Interlocked.Decrement(ref _commands) == 0 && _closing)
        {
            _idle.TrySetResult();
        }
    }
}
