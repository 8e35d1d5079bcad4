using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Summit.Server.Access;

namespace Summit.Server.Tests.Access;

/// <summary>Servers of one store sign with the same keys, however they start.</summary>
public sealed class SharingKeys
{
    [Fact]
    public async Task Two_that_both_found_none_end_with_the_same_one()
    {
        using var store = new BothLookFirst();
        await using var first = Server(store);
        await using var second = Server(store);

        var signed = await Task.WhenAll(Task.Run(() => Protector(first).Protect("first"), Cancel), Task.Run(() => Protector(second).Protect("second"), Cancel));

        Assert.Equal("first", Protector(second).Unprotect(signed[0]));
        Assert.Equal("second", Protector(first).Unprotect(signed[1]));
        Assert.Null(store.Find("key 2"));
    }

    [Fact]
    public async Task One_that_comes_later_reads_what_was_signed_before()
    {
        var store = new MemoryAgreements();
        await using var first = Server(store);
        var signed = Protector(first).Protect("first");
        await using var later = Server(store);

        Assert.Equal("first", Protector(later).Unprotect(signed));
    }

    [Fact]
    public async Task A_further_key_takes_the_next_number()
    {
        var store = new MemoryAgreements();
        await using var server = Server(store);
        var keys = server.GetRequiredService<IKeyManager>();
        var made = new[] { keys.CreateNewKey(Now, Later).KeyId };
        Assert.Equal(made, keys.GetAllKeys().Select(key => key.KeyId));

        Guid[] both = [.. made, keys.CreateNewKey(Later, Later.AddDays(90)).KeyId];

        Assert.Equal(both, keys.GetAllKeys().Select(key => key.KeyId));
    }

    private static DateTimeOffset Now { get; } = DateTimeOffset.UtcNow;

    private static DateTimeOffset Later { get; } = Now.AddDays(90);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static ServiceProvider Server(MemoryAgreements store)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("Summit");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new SharedKeys(store));
        return services.BuildServiceProvider();
    }

    private static IDataProtector Protector(IServiceProvider server) => server.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    /// <summary>Lets nobody make a first key before two have seen that there is none.</summary>
    private sealed class BothLookFirst : MemoryAgreements, IDisposable
    {
        private readonly Barrier _looked = new(2);
        private int _looks;

        public void Dispose() => _looked.Dispose();

        public override string? Find(string name)
        {
            var found = base.Find(name);
            if (Interlocked.Increment(ref _looks) <= 2)
            {
                Assert.True(_looked.SignalAndWait(TimeSpan.FromSeconds(30)), "Only one of them has looked.");
            }

            return found;
        }
    }
}
