using Summit.Contracts;

namespace Summit.Engine.Tests;

/// <summary>The journal the engine is tested with keeps the same promises as the real ones.</summary>
public sealed class MemoryJournalContract : JournalContract
{
    private readonly MemoryJournal _journal = new();

    protected override Task<IJournal> OpenAsync() => Task.FromResult<IJournal>(_journal.OpenAnother());
}
