using System.Text.Json.Nodes;

namespace Summit.Deploy.Tests;

/// <summary>docker-compose.yml says of each part all that keeps it in its place.</summary>
public sealed class TheComposeFile
{
    private static readonly JsonNode File = Yaml.Read("docker-compose.yml").Single();

    private static JsonObject Services => File["services"]!.AsObject();

    private static IEnumerable<JsonNode> Servers => Services.Where(service => service.Key.StartsWith("server", StringComparison.Ordinal)).Select(service => service.Value!);

    [Fact]
    public async Task Is_read_by_the_programs_that_it_is_for()
    {
        foreach (var program in await Compose.ProgramsAsync())
        {
            var (code, words) = await Compose.RunAsync(program, "-f", Repository.PathOf("docker-compose.yml"), "config");
            Assert.True(code == 0, $"{string.Join(' ', program)}: {words}");
            Assert.All(Services.Names(), name => Assert.Contains($"\n  {name}:\n", words, StringComparison.Ordinal));
            Assert.Contains("server1:8080 server2:8080 server3:8080", words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Has_three_servers_a_database_their_register_and_a_proxy()
    {
        Assert.Equal(["postgres", "proxy", "redis", "server1", "server2", "server3"], Services.Names().Order());
        Assert.Equal("server1:8080 server2:8080 server3:8080", (string)Services["proxy"]!["environment"]!["SUMMIT_SERVERS"]!);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("proxy")]
    [InlineData("redis")]
    [InlineData("server1")]
    [InlineData("server2")]
    [InlineData("server3")]
    public void Bounds_each_part_and_lets_it_end_in_peace(string name)
    {
        var service = Services[name]!;
        Assert.True((bool)service["read_only"]!);
        Assert.Equal(["ALL"], service["cap_drop"].Strings());
        Assert.Contains("no-new-privileges:true", service["security_opt"].Strings());
        Assert.Equal("unless-stopped", (string)service["restart"]!);
        Assert.NotNull(service["deploy"]!["resources"]!["limits"]!["memory"]);
        Assert.NotNull(service["deploy"]!["resources"]!["limits"]!["cpus"]);
        Assert.NotNull(service["stop_grace_period"]);

        // That of a server comes with its image.
        Assert.True(service["healthcheck"] is not null || (string)service["image"]! == "summit");
    }

    [Fact]
    public void Takes_images_by_names_without_a_host()
    {
        Assert.All(Services, service => Assert.Matches("^[a-z]+(:[0-9.]+)?$", (string)service.Value!["image"]!));
    }

    [Fact]
    public void Lets_nobody_in_but_through_the_proxy()
    {
        Assert.Equal(["proxy"], Services.Where(service => service.Value!["ports"] is not null).Select(service => service.Key));
        Assert.True((bool)File["networks"]!["inside"]!["internal"]!);
        Assert.All(Services.Where(service => service.Key != "proxy"), service => Assert.Equal(["inside"], service.Value!["networks"].Strings()));
    }

    [Fact]
    public void Keeps_what_lasts_in_named_volumes()
    {
        var used = Services.SelectMany(service => service.Value!["volumes"].Strings())
            .Select(volume => volume.Split(':')[0]).Where(volume => !volume.StartsWith('.'));
        Assert.Equal(File["volumes"].Names().Order(), used.Order());
    }

    [Fact]
    public void Hands_passwords_out_as_files_alone()
    {
        Assert.All(File["secrets"]!.AsObject(), secret => Assert.StartsWith("./secrets/", (string)secret.Value!["file"]!, StringComparison.Ordinal));
        Assert.All(Services, service => Assert.All(
            service.Value!["environment"]?.AsObject() ?? [],
            setting => Assert.True(
                !setting.Value!.ToString().Contains("assword", StringComparison.Ordinal) || setting.Key.EndsWith("_FILE", StringComparison.Ordinal), setting.Key)));
        Assert.Contains("/secrets/", Repository.Read(".gitignore").Split('\n'));
    }

    [Fact]
    public void Sets_what_servers_know_and_waits_for_what_they_need()
    {
        Assert.Equal(3, Servers.Count());
        Assert.All(Servers, server =>
        {
            KnownSettings.AssertKnown(server["environment"].Names());
            KnownSettings.AssertKnown(server["secrets"]!.AsArray().Select(secret => (string)secret!["target"]!));
            Assert.Equal(["postgres", "redis"], server["depends_on"].Names().Order());
        });
        Assert.All(Services.SelectMany(service => service.Value!["depends_on"]?.AsObject() ?? []), needed =>
        {
            Assert.Contains(needed.Key, Services.Names());
            Assert.Equal("service_healthy", (string)needed.Value!["condition"]!);
        });
    }
}
