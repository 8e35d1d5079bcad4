using Summit.Engine;

namespace Summit.Storage.Sqlite;

/// <summary>Files in a folder beside the journal's, each named by its id alone: nothing that a client said becomes part of a path.</summary>
/// <param name="folder">There already, for its owner's eyes.</param>
public sealed class FilesInFolder(string folder) : IFiles
{
    public async Task KeepAsync(Guid id, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        // Under another name until it is whole and on the disk.
        var unfinished = Path.Combine(folder, $"{Guid.NewGuid():N}.new");
        try
        {
            await using (var to = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                await to.WriteAsync(content, cancellationToken);
                to.Flush(flushToDisk: true);
            }

            File.Move(unfinished, PathOf(id), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"A file could not be kept: {e.Message}", e);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public async Task<byte[]?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(id), cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"A file could not be read: {e.Message}", e);
        }
    }

    public Task DropAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(PathOf(id));
            return Task.CompletedTask;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"A file could not be let go: {e.Message}", e);
        }
    }

    private string PathOf(Guid id) => Path.Combine(folder, id.ToString("N"));
}
