using Summit.Contracts;
using Summit.Engine;

namespace Summit.Storage.Sqlite.Tests;

public sealed class FilesInFolderContract : FilesContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("summit-files-").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_folder_that_refuses_is_told_as_a_store_that_is_away()
    {
        // A folder in the place of the file: no right of any user gets past that.
        var id = Guid.CreateVersion7();
        Directory.CreateDirectory(Path.Combine(_folder, id.ToString("N"), "in the way"));
        var files = new FilesInFolder(_folder);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => files.KeepAsync(id, "text"u8.ToArray(), Cancel));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => files.FindAsync(id, Cancel));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => files.DropAsync(id, Cancel));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    protected override Task<IFiles> OpenAsync() => Task.FromResult<IFiles>(new FilesInFolder(_folder));
}
