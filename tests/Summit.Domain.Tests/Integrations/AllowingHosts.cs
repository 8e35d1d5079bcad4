using Summit.Domain.Integrations;

namespace Summit.Domain.Tests.Integrations;

public sealed class AllowingHosts : IntegrationTest
{
    [Theory]
    [InlineData("city.example", "https://city.example")]
    [InlineData(" HTTPS://City.Example/ ", "https://city.example")]
    [InlineData("city.example:443", "https://city.example")]
    [InlineData("city.example:8443", "https://city.example:8443")]
    [InlineData("община.бг", "https://xn--80abvuc1e.xn--90ae")]
    [InlineData("http://localhost:5173", "http://localhost:5173")]
    public void Keeps_each_as_browsers_take_it(string given, string kept)
    {
        When(Host, new AllowHosts([given, given]));
        Assert.Null(Fault);
        Assert.Equal([kept], Integration.Hosts);
        ThenASnapshotSaysTheSame();
        When(Host, new AllowHosts([given]));
        Then();
        Given(Host, new AllowHosts([]));
        Assert.Empty(Integration.Hosts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*.city.example")]
    [InlineData("https://*")]
    [InlineData("http://city.example")]
    [InlineData("ftp://city.example")]
    [InlineData("data:text/html,x")]
    [InlineData("city.example/page")]
    [InlineData("city.example?page")]
    [InlineData("city.example#part")]
    [InlineData("ana@city.example")]
    [InlineData("city.example; script-src *")]
    [InlineData("city.example 'unsafe-inline'")]
    [InlineData("city.example,other.example")]
    [InlineData("city.example:0x1")]
    [InlineData("https://[::1]")]
    [InlineData("https://")]
    public void Is_refused_what_is_no_host(string given)
    {
        When(Host, new AllowHosts(["city.example", given]));
        ThenRefused(IntegrationFaults.HostMalformed);
    }

    [Fact]
    public void Takes_as_many_as_a_header_can_bear()
    {
        When(Host, new AllowHosts([.. Enumerable.Range(1, 21).Select(number => $"city{number}.example")]));
        ThenRefused(IntegrationFaults.TooMany(20));
        When(Host, new AllowHosts([new string('x', 300)]));
        ThenRefused(IntegrationFaults.HostMalformed);
    }
}
