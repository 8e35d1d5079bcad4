using System.Net;
using System.Web;
using Summit.Server.Tests.People;
using Summit.Testing;

namespace Summit.Server.Tests.Accounts;

/// <summary>What somebody brings back who has tampered with it, and what a provider says that lies.</summary>
public sealed class ComingBackWithSomethingWrong(HouseOfOrganisations houses) : IClassFixture<HouseOfOrganisations>
{
    private const string Refused = "/me?sign-in=failed";
    private const string Elena = "e-1|elena@sofia.example|verified|Elena";
    private readonly House _house = houses.House;

    [Fact]
    public async Task Comes_from_one_page_and_to_one_page_whatever_the_request_says()
    {
        using var browser = new Traveller(_house);
        var there = await browser.LeaveAsync("sofia?returnUrl=https://evil.example&redirect_uri=https://evil.example&ReturnUrl=//evil.example");
        // The provider has had the rest by a call of the server's own: there is nothing on the way to be changed. It insists on PKCE.
        Assert.Equal(["client_id", "request_uri"], HttpUtility.ParseQueryString(there.Query).AllKeys.Order());
        var back = await browser.LogInAsync(there, Elena);
        Assert.Equal("https://summit.example/api/sign-in/sofia/callback", back.GetLeftPart(UriPartial.Path));
        Assert.Equal("/me?sign-in=back", await browser.ComeBackAsync(back));
    }

    [Theory]
    [InlineData("audience")]
    [InlineData("expired")]
    [InlineData("issuer")]
    [InlineData("nonce")]
    [InlineData("signature")]
    public async Task Is_refused_for_an_id_token_with_a_wrong(string part)
    {
        using var browser = new Traveller(_house);
        Assert.Equal(Refused, await browser.ComeBackAsync(await browser.LogInAsync(await browser.LeaveAsync("sofia"), $"w-{part}|elena@sofia.example|verified|Elena|{part}")));
        await (await browser.FinishAsync()).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.over");
    }

    [Fact]
    public async Task Is_refused_for_a_provider_that_calls_itself_by_another_name_than_the_operator_does()
    {
        await _house.AddAsync("Elena", mail: "mirror@sofia.example");
        using var browser = new Traveller(_house);
        Assert.Equal(Refused, await browser.ComeBackAsync(await browser.LogInAsync(await browser.LeaveAsync("mirror"), "m-1|mirror@sofia.example|verified|Elena")));
    }

    [Fact]
    public async Task Is_refused_in_another_browser_than_it_was_begun_in()
    {
        await _house.AddAsync("Elena", mail: "elena@sofia.example");
        using var attacker = new Traveller(_house);
        var back = await attacker.LogInAsync(await attacker.LeaveAsync("sofia"), Elena);
        using var victim = new Traveller(_house);
        Assert.Equal(Refused, await victim.ComeBackAsync(back));
        await victim.LeaveAsync("sofia");
        Assert.Equal(Refused, await victim.ComeBackAsync(back));
        await (await victim.FinishAsync()).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.over");
        // Where it was begun it holds, once.
        Assert.Equal("/me?sign-in=back", await attacker.ComeBackAsync(back));
        Assert.Equal(Refused, await attacker.ComeBackAsync(back));
    }

    [Fact]
    public async Task Is_refused_with_the_code_of_another_sign_in()
    {
        using var attacker = new Traveller(_house);
        var stolen = HttpUtility.ParseQueryString((await attacker.LogInAsync(await attacker.LeaveAsync("sofia"), Elena)).Query)["code"];
        using var browser = new Traveller(_house);
        var back = new UriBuilder(await browser.LogInAsync(await browser.LeaveAsync("sofia"), Elena));
        var answer = HttpUtility.ParseQueryString(back.Query);
        answer["code"] = stolen;
        back.Query = answer.ToString();
        Assert.Equal(Refused, await browser.ComeBackAsync(back.Uri));
    }

    [Fact]
    public async Task Is_refused_at_the_door_of_another_organisation()
    {
        using var browser = new Traveller(_house);
        var back = await browser.LogInAsync(await browser.LeaveAsync("sofia"), Elena);
        Assert.Equal(Refused, await browser.ComeBackAsync(new Uri($"https://summit.example/api/sign-in/tirana/callback{back.Query}")));
    }

    [Fact]
    public async Task Is_refused_without_a_state_and_with_one_that_was_made_up()
    {
        using var browser = new Traveller(_house);
        await browser.LeaveAsync("sofia");
        foreach (var answer in new[] { "", "?code=x", "?code=x&state=made-up", "?error=server_error&error_description=%3Cscript%3E" })
        {
            Assert.Equal(Refused, await browser.ComeBackAsync(new Uri($"https://summit.example/api/sign-in/sofia/callback{answer}")));
        }
    }

    [Fact]
    public async Task Says_so_when_the_person_has_thought_better_of_it()
    {
        using var browser = new Traveller(_house);
        var state = Traveller.StateOf(await browser.LogInAsync(await browser.LeaveAsync("sofia"), Elena));
        Assert.Equal("/me?sign-in=declined", await browser.ComeBackAsync(new Uri($"https://summit.example/api/sign-in/sofia/callback?error=access_denied&state={state}")));
    }

    [Fact]
    public async Task Finds_no_organisation_that_is_not_set()
    {
        await (await _house.GetAsync("/api/sign-in/plovdiv")).RefusedAsync(HttpStatusCode.NotFound, "sign-in.organisation");
        await (await _house.GetAsync("/api/sign-in/Bearer")).RefusedAsync(HttpStatusCode.NotFound, "sign-in.organisation");
        var listed = await (await _house.GetAsync("/api/sign-in")).JsonAsync();
        Assert.Equal(["Bashkia Tiranë", "City of Sofia", "Sofia by another name"], listed.AsArray().Select(one => (string)one!["name"]!));
        Assert.DoesNotContain("kept between", listed.ToJsonString(), StringComparison.Ordinal);
    }
}

/// <summary>A provider that is away, and one that comes back with another key.</summary>
public sealed class AProviderInTrouble(HouseOfOrganisations houses) : IClassFixture<HouseOfOrganisations>
{
    private const string Elena = "e-1|elena@sofia.example|verified|Elena";

    [Fact]
    public async Task Refuses_while_it_is_down_and_is_believed_again_with_its_new_key()
    {
        await houses.House.AddAsync("Elena", mail: "elena@sofia.example");
        using var before = new Traveller(houses.House);
        await before.SignedInAsync("sofia", Elena);

        using var meanwhile = new Traveller(houses.House);
        var back = await meanwhile.LogInAsync(await meanwhile.LeaveAsync("sofia"), Elena);
        await houses.Sofia.StopAsync();
        Assert.Equal("/me?sign-in=failed", await meanwhile.ComeBackAsync(back));
        Assert.Equal("/me?sign-in=failed", (await meanwhile.LeaveAsync("sofia")).OriginalString);

        // What the unknown key refuses makes the server ask for the keys of now.
        await houses.Sofia.StartAsync();
        await Wait.UntilAsync("the new key is known", ComesInAsync);
    }

    private async Task<bool> ComesInAsync()
    {
        using var browser = new Traveller(houses.House);
        return await browser.ComeBackAsync(await browser.LogInAsync(await browser.LeaveAsync("sofia"), Elena)) == "/me?sign-in=back"
            && (await browser.FinishAsync()).IsSuccessStatusCode;
    }
}
