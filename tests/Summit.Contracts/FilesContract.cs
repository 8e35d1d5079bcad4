using Summit.Engine;

namespace Summit.Contracts;

/// <summary>What every <see cref="IFiles"/> promises. Each test gets a store of its own.</summary>
public abstract class FilesContract : IAsyncLifetime
{
    private readonly Guid _id = Guid.CreateVersion7();

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>This test's store, as another process would open it: each call gives one more.</summary>
    protected abstract Task<IFiles> OpenAsync();

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_was_kept_is_found_byte_for_byte_also_when_the_store_is_opened_again()
    {
        var content = new byte[3 * 1024 * 1024];
        Random.Shared.NextBytes(content);
        var files = await OpenAsync();
        Assert.Null(await files.FindAsync(_id, Cancel));
        await files.KeepAsync(_id, content, Cancel);
        Assert.Equal(content, await (await OpenAsync()).FindAsync(_id, Cancel));
        Assert.Null(await files.FindAsync(Guid.CreateVersion7(), Cancel));
    }

    [Fact]
    public async Task The_same_id_again_puts_the_new_in_place_of_the_old()
    {
        var files = await OpenAsync();
        await files.KeepAsync(_id, "a longer one"u8.ToArray(), Cancel);
        await files.KeepAsync(_id, "new"u8.ToArray(), Cancel);
        Assert.Equal("new"u8.ToArray(), await files.FindAsync(_id, Cancel));
        await files.KeepAsync(_id, Array.Empty<byte>(), Cancel);
        Assert.Empty((await files.FindAsync(_id, Cancel))!);
    }

    [Fact]
    public async Task What_was_let_go_is_gone_and_may_be_let_go_again()
    {
        var files = await OpenAsync();
        await files.KeepAsync(_id, "text"u8.ToArray(), Cancel);
        await files.DropAsync(_id, Cancel);
        await files.DropAsync(_id, Cancel);
        Assert.Null(await (await OpenAsync()).FindAsync(_id, Cancel));
    }
}
