using Summit.Server.Tests.Registrations;
using Summit.Testing;

namespace Summit.Server.Tests.Privacy;

/// <summary>Somebody who registered, and whose answers are to go.</summary>
public sealed class ErasingARegistration(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Takes_the_answers_from_the_list_at_once_and_from_every_file()
    {
        var desk = await Desk.OpenAsync(house);
        var (name, other) = ($"Ana{Guid.NewGuid():N}", $"Boris{Guid.NewGuid():N}");
        var (person, _, state) = await desk.RegisterAsync(name);
        await desk.RegisterAsync(other);
        Assert.NotEmpty(Files.With(house.Data, name));

        Assert.False((bool)(await (await house.SendAsync(HttpMethod.Delete, $"/api/conferences/{desk.Conference}/people/{person}", desk.Host)).JsonAsync())["held"]!);

        await Wait.UntilAsync("the list has nothing of it", async () => !(await desk.ListAsync()).ToJsonString().Contains(name, StringComparison.Ordinal));
        var list = await desk.ListAsync();
        Assert.Equal((2, state), ((int)list["found"]!, (string)list["people"]!.AsArray().Single(one => (Guid)one!["person"]! == person)!["state"]!));
        await Wait.UntilAsync("the journal has nothing of it", async () =>
            (await (await desk.GetAsync("privacy")).JsonAsync())["orders"]!.AsArray().Single()!["done"] is not null);
        Assert.Empty(Files.With(house.Data, name));
        Assert.NotEmpty(Files.With(house.Data, other));
    }
}
