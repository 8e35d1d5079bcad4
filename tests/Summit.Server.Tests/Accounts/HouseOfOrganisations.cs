using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Summit.Testing;

namespace Summit.Server.Tests.Accounts;

/// <summary>A house where the accounts of Sofia and of Tirana sign in, each at a provider of its own; Tirana's people become known by it.</summary>
public sealed class HouseOfOrganisations : IAsyncLifetime
{
    public HouseOfOrganisations()
    {
        // The same provider under an address that is not what it calls itself.
        var mirror = Sofia.Settings("mirror", "Sofia by another name", "sofia.example");
        mirror["Summit:Organisations:mirror:Issuer"] = Sofia.Issuer.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        House = new House
        {
            Settings = new(
            [
                .. Sofia.Settings("sofia", "City of Sofia", "sofia.example, archive.sofia.example"),
                .. Tirana.Settings("tirana", "Bashkia Tiranë", "tirana.example"),
                KeyValuePair.Create<string, string?>("Summit:Organisations:tirana:Enrol", "true"),
                .. mirror,
                // People reach the house at another address than it listens at.
                KeyValuePair.Create<string, string?>("Summit:Address", "https://summit.example/"),
            ]),
        };
    }

    public OpenIdProvider Sofia { get; } = new() { Redirects = ["https://summit.example/api/sign-in/sofia/callback", "https://summit.example/api/sign-in/mirror/callback"] };

    public OpenIdProvider Tirana { get; } = new() { Redirects = ["https://summit.example/api/sign-in/tirana/callback"] };

    public House House { get; }

    public async ValueTask InitializeAsync()
    {
        await Sofia.StartAsync();
        await Tirana.StartAsync();
        await House.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await Sofia.DisposeAsync();
        await Tirana.DisposeAsync();
    }
}

/// <summary>A browser on its way to an organisation and back.</summary>
internal sealed class Traveller(House house) : IDisposable
{
    private readonly HttpClient _house = house.Visitor();
    private readonly HttpClient _world = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>All the way: out, in there under this name, back, and in here.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string organisation, string login)
    {
        await ComeBackAsync(organisation, login);
        return await FinishAsync();
    }

    /// <summary>All the way: out, in there under this name, back, and the account linked to the person of the token.</summary>
    public async Task<HttpResponseMessage> LinkAsync(string organisation, string login, string? token)
    {
        await ComeBackAsync(organisation, login);
        return await LinkAsync(token);
    }

    public Task<HttpResponseMessage> LinkAsync(string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/sign-in/link");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return _house.SendAsync(request, Now.Cancelled);
    }

    public async Task<JsonNode> SignedInAsync(string organisation, string login) => await (await SignInAsync(organisation, login)).JsonAsync();

    /// <summary>Where the house sends who wants to come in by this organisation.</summary>
    public async Task<Uri> LeaveAsync(string organisation) => Redirected(await _house.GetAsync($"/api/sign-in/{organisation}", Now.Cancelled));

    /// <summary>Where the organisation sends who has logged in there.</summary>
    public Task<Uri> LogInAsync(Uri there, string login) => OpenIdProvider.LogInAsync(_world, there, login);

    /// <summary>Where the house sends who comes back.</summary>
    public async Task<string> ComeBackAsync(Uri back) => Redirected(await _house.GetAsync(back.PathAndQuery, Now.Cancelled)).OriginalString;

    public Task<HttpResponseMessage> FinishAsync() => _house.PostAsync("/api/sign-in", null, Now.Cancelled);

    private async Task ComeBackAsync(string organisation, string login) =>
        Assert.Equal("/me?sign-in=back", await ComeBackAsync(await LogInAsync(await LeaveAsync(organisation), login)));

    /// <summary>As it stands in the address of an answer.</summary>
    public static string StateOf(Uri back) => back.Query.TrimStart('?').Split('&').Single(part => part.StartsWith("state=", StringComparison.Ordinal))["state=".Length..];

    public void Dispose()
    {
        _house.Dispose();
        _world.Dispose();
    }

    private static Uri Redirected(HttpResponseMessage answer)
    {
        Assert.True(answer.Headers.Location is not null, $"{(int)answer.StatusCode} and no redirect");
        return answer.Headers.Location;
    }
}
