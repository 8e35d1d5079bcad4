using Summit.Testing;

namespace Summit.Server.Tests;

public sealed class ARealProcess
{
    [Fact]
    public async Task Is_there_again_at_the_same_address_after_a_kill_and_stops_cleanly()
    {
        await using var server = await ServerProcess.StartAsync(settings: new Dictionary<string, string?> { ["Summit__Demo"] = "false" });
        var address = server.Address;

        await server.KillAsync();
        Assert.True(server.HasExited);
        await server.StartAgainAsync();

        Assert.Equal(address, server.Address);
        Assert.Equal(0, await server.StopAsync());
    }
}
