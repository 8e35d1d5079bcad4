using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Summit.Server.Accounts;

namespace Summit.Server.Tests.Accounts;

/// <summary>What an operator is told before the server starts, and for whose addresses an organisation's word counts.</summary>
public sealed class SettingAnOrganisation(HouseOfOrganisations houses) : IClassFixture<HouseOfOrganisations>
{
    [Fact]
    public void Has_nobody_read_the_keys_before_their_database_was_reached() =>
        Assert.DoesNotContain(houses.House.Services.GetServices<IHostedService>(), service => service.GetType().Name == "DataProtectionHostedService");

    [Theory]
    [InlineData("sofia", null, null, null)]
    [InlineData("sofia", "Issuer", "http://127.0.0.1:8080", null)]
    [InlineData("sofia", "Issuer", "http://login.sofia.example", "Issuer")]
    [InlineData("sofia", "Issuer", "", "Issuer")]
    [InlineData("sofia", "Name", "", "Name")]
    [InlineData("sofia", "ClientId", "", "ClientId")]
    [InlineData("sofia", "MailDomains", " , ", "MailDomains")]
    [InlineData("City of Sofia", null, null, "small letters")]
    [InlineData("../callback", null, null, "small letters")]
    public void Is_refused_with_the_name_of_what_is_missing(string key, string? setting, string? value, string? complaint)
    {
        var settings = new Dictionary<string, string?>
        {
            [$"Summit:Organisations:{key}:Name"] = "City of Sofia",
            [$"Summit:Organisations:{key}:Issuer"] = "https://login.sofia.example",
            [$"Summit:Organisations:{key}:ClientId"] = "summit",
            [$"Summit:Organisations:{key}:MailDomains"] = "sofia.example",
        };
        if (setting is not null)
        {
            settings[$"Summit:Organisations:{key}:{setting}"] = value;
        }

        var fault = Assert.Single(Organisations.Of(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).All).Fault;
        Assert.Equal(complaint is null, fault is null);
        Assert.Contains(complaint ?? "", fault ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("elena@sofia.example", true)]
    [InlineData("elena@Archive.Sofia.example", true)]
    [InlineData("elena@sofia.example.evil", false)]
    [InlineData("elena@evil.sofia.example", false)]
    [InlineData("sofia.example", false)]
    [InlineData("@sofia.example", false)]
    [InlineData("", false)]
    public void Counts_for_its_own_domains_alone(string mail, bool counts) =>
        Assert.Equal(counts, new Organisation { MailDomains = "sofia.example, archive.sofia.example" }.SpeaksFor(mail));
}
