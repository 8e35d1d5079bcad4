using Summit.Contracts;
using Summit.Engine;

namespace Summit.Storage.Sqlite.Tests;

public sealed class SqliteJournalContract : JournalContract
{
    private readonly TestFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override async Task<IJournal> OpenAsync() => await _folder.OpenAsync();
}
