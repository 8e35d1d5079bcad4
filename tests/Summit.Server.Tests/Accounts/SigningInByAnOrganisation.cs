using System.Net;
using Summit.Server.Tests.People;

namespace Summit.Server.Tests.Accounts;

/// <summary>Somebody comes in by the account they have at their city, which a real provider vouches for.</summary>
public sealed class SigningInByAnOrganisation(HouseOfOrganisations houses) : IClassFixture<HouseOfOrganisations>
{
    private readonly House _house = houses.House;

    [Fact]
    public async Task Leads_to_the_person_with_that_address_and_is_theirs_to_end()
    {
        var id = await _house.AddAsync("Elena Petrova", mail: "elena@sofia.example");
        using var browser = new Traveller(_house);

        var access = await browser.SignedInAsync("sofia", "s-1|Elena@Sofia.example|verified|E. Petrova");

        Assert.Equal(("person", id), ((string)access["role"]!, (Guid)access["person"]!));
        var token = (string)access["token"]!;
        var me = await _house.MeAsync(token);
        Assert.Equal("Elena Petrova", (string)me["card"]!["name"]!);
        Assert.Equal("City of Sofia", (string)Assert.Single(me["signIns"]!.AsArray())!["organisation"]!);
        Assert.Equal("City of Sofia", (string)Assert.Single(me["accounts"]!.AsArray())!["organisation"]!);
        Assert.Equal("moderator", (string)(await (await _house.TryEnterAsync(token, new { conference = _house.Conference })).JsonAsync())["role"]!);
        var kinds = (await (await _house.SendAsync(HttpMethod.Get, "/api/me/audit", token)).JsonAsync()).ToJsonString();
        Assert.Contains("participant.account-linked", kinds, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", kinds, StringComparison.Ordinal);

        await _house.TellAsync(token, null, new { type = "sign-out-everywhere" }).DoneAsync();
        await (await _house.SendAsync(HttpMethod.Get, "/api/me", token)).RefusedAsync(HttpStatusCode.Unauthorized, "access.signed-out");
    }

    [Fact]
    public async Task Goes_by_the_account_once_that_is_linked_whatever_becomes_of_the_address()
    {
        var id = await _house.AddAsync("Ivan", mail: "ivan@sofia.example");
        using var browser = new Traveller(_house);
        await browser.SignedInAsync("sofia", "s-2|ivan@sofia.example|verified|Ivan");

        using var later = new Traveller(_house);
        Assert.Equal(id, (Guid)(await later.SignedInAsync("sofia", "s-2|ivan.ivanov@sofia.example|unverified|Ivan"))["person"]!);
        // The address has passed to a colleague, who must not come in as Ivan.
        using var colleague = new Traveller(_house);
        await (await colleague.SignInAsync("sofia", "s-3|ivan@sofia.example|verified|Another")).RefusedAsync(HttpStatusCode.Conflict, "participant.account-other");
        // Nor must the same subject of another organisation.
        using var stranger = new Traveller(_house);
        Assert.NotEqual(id, (Guid)(await stranger.SignedInAsync("tirana", "s-2|s2@tirana.example|verified|Stranger"))["person"]!);
    }

    [Theory]
    [InlineData("u-1|maria@sofia.example|unverified|Maria", HttpStatusCode.Forbidden, "sign-in.unverified")]
    [InlineData("u-2||verified|Maria", HttpStatusCode.Forbidden, "sign-in.unverified")]
    [InlineData("u-3|maria@tirana.example|verified|Maria", HttpStatusCode.Forbidden, "sign-in.other-domain")]
    [InlineData("u-4|maria@evil.sofia.example|verified|Maria", HttpStatusCode.Forbidden, "sign-in.other-domain")]
    [InlineData("u-5|maria@sofia.example@evil.example|verified|Maria", HttpStatusCode.Forbidden, "sign-in.other-domain")]
    [InlineData("u-6|nobody@sofia.example|verified|Nobody", HttpStatusCode.NotFound, "sign-in.nobody")]
    public async Task Is_refused_with_a_word_on_what_to_do(string login, HttpStatusCode status, string code)
    {
        await _house.AddAsync("Maria", mail: "maria@sofia.example");
        using var browser = new Traveller(_house);
        await (await browser.SignInAsync("sofia", login)).RefusedAsync(status, code);
        await (await browser.FinishAsync()).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.over");
    }

    [Fact]
    public async Task Makes_known_whom_the_operator_lets_in_and_knows_them_again()
    {
        using var browser = new Traveller(_house);
        var first = await browser.SignedInAsync("tirana", "t-1|ilir@tirana.example|verified|Ilir Hoxha");
        Assert.Equal("Ilir Hoxha", (string)(await _house.MeAsync((string)first["token"]!))["card"]!["name"]!);
        using var again = new Traveller(_house);
        Assert.Equal((Guid)first["person"]!, (Guid)(await again.SignedInAsync("tirana", "t-1|ilir@tirana.example|verified|Ilir Hoxha"))["person"]!);
        // An organiser who adds them later gives the role to the same person.
        Assert.Equal((Guid)first["person"]!, await _house.AddAsync("Ilir", mail: "ilir@tirana.example"));
    }

    [Fact]
    public async Task Makes_somebody_new_of_whoever_had_themselves_erased_and_comes_again()
    {
        using var browser = new Traveller(_house);
        var first = await browser.SignedInAsync("tirana", "t-9|besa@tirana.example|verified|Besa");
        await (await _house.SendAsync(HttpMethod.Delete, "/api/me", (string)first["token"]!)).JsonAsync();
        using var again = new Traveller(_house);
        var second = await again.SignedInAsync("tirana", "t-9|besa@tirana.example|verified|Besa Anew");
        Assert.NotEqual((Guid)first["person"]!, (Guid)second["person"]!);
        Assert.Equal("Besa Anew", (string)(await _house.MeAsync((string)second["token"]!))["card"]!["name"]!);
    }

    [Fact]
    public async Task Leads_to_nobody_by_an_address_that_two_people_share()
    {
        await _house.AddAsync("Petar", mail: "office@sofia.example");
        var (_, token) = await _house.PersonAsync("Pavel");
        await _house.TellAsync(token, null, new { type = "describe", name = "Pavel", mail = "office@sofia.example" }).DoneAsync();
        using var browser = new Traveller(_house);
        await (await browser.SignInAsync("sofia", "o-1|office@sofia.example|verified|Office")).RefusedAsync(HttpStatusCode.NotFound, "sign-in.nobody");
    }

    [Fact]
    public async Task Ends_the_links_that_others_may_have_kept_when_the_account_is_linked()
    {
        var id = await _house.AddAsync("Vera", mail: "vera@sofia.example");
        var secret = await _house.LinkAsync(id);
        var kept = await _house.EnterAsync(secret);
        using var browser = new Traveller(_house);
        var token = (string)(await browser.SignedInAsync("sofia", "v-1|vera@sofia.example|verified|Vera"))["token"]!;
        await (await _house.SendAsync(HttpMethod.Get, "/api/me", kept)).RefusedAsync(HttpStatusCode.Unauthorized, "access.signed-out");
        await (await _house.PostAsync("/api/enter", new { secret })).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");

        // The organiser unlinks the account: what it let in ends, and the next one can take its place.
        var listed = await (await _house.SendAsync(HttpMethod.Get, $"/api/people?conference={_house.Conference}&search=Vera", _house.HostToken)).JsonAsync();
        var account = (Guid)listed["people"]![0]!["accounts"]![0]!["id"]!;
        await _house.TellAsync(_house.HostToken, id, new { type = "unlink-account", account }).DoneAsync();
        await (await _house.SendAsync(HttpMethod.Get, "/api/me", token)).RefusedAsync(HttpStatusCode.Unauthorized, "access.signed-out");
        using var anew = new Traveller(_house);
        Assert.Equal(id, (Guid)(await anew.SignedInAsync("sofia", "v-2|vera@sofia.example|verified|Vera"))["person"]!);
    }

    [Fact]
    public async Task Is_open_to_who_came_by_a_link_once_the_account_is_linked_from_within()
    {
        const string Zora = "z-1|zora@home.example|unverified|Zora";
        var (id, token) = await _house.PersonAsync("Zora");
        using var browser = new Traveller(_house);
        await (await browser.LinkAsync(token)).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.over");
        Assert.Equal(HttpStatusCode.NoContent, (await browser.LinkAsync("sofia", Zora, token)).StatusCode);
        await (await browser.LinkAsync(token)).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.over");
        Assert.Equal("City of Sofia", (string)Assert.Single((await _house.MeAsync(token))["accounts"]!.AsArray())!["organisation"]!);
        using var later = new Traveller(_house);
        Assert.Equal(id, (Guid)(await later.SignedInAsync("sofia", Zora))["person"]!);

        // The same once more changes nothing, another one waits for the first to go, and nobody takes it over.
        Assert.Equal(HttpStatusCode.NoContent, (await LinkAsync(Zora, token)).StatusCode);
        await (await LinkAsync("z-2|zora@home.example|unverified|Zora", token)).RefusedAsync(HttpStatusCode.Conflict, "participant.account-second");
        var (_, other) = await _house.PersonAsync("Zdravko");
        await (await LinkAsync(Zora, other)).RefusedAsync(HttpStatusCode.Conflict, "sign-in.taken");
        // Whoever came by the link of a role is nobody in particular.
        await (await LinkAsync("z-3|host@home.example|unverified|Host", _house.HostToken)).RefusedAsync(HttpStatusCode.Unauthorized, "access.no-person");
        await (await LinkAsync("z-3|host@home.example|unverified|Host", null)).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");

        async Task<HttpResponseMessage> LinkAsync(string login, string? by)
        {
            using var anew = new Traveller(_house);
            return await anew.LinkAsync("sofia", login, by);
        }
    }

    [Fact]
    public async Task Is_one_sign_in_however_often_the_page_asks()
    {
        await _house.AddAsync("Boris", mail: "boris@sofia.example");
        using var browser = new Traveller(_house);
        var back = await browser.LogInAsync(await browser.LeaveAsync("sofia"), "b-1|boris@sofia.example|verified|Boris");
        await browser.ComeBackAsync(back);
        var answers = await Task.WhenAll(browser.FinishAsync(), browser.FinishAsync());
        Assert.Single((await _house.MeAsync((string)(await answers[0].JsonAsync())["token"]!))["signIns"]!.AsArray());
        await answers[1].JsonAsync();
        await (await browser.FinishAsync()).RefusedAsync(HttpStatusCode.Forbidden, "sign-in.over");
    }
}
