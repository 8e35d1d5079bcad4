using System.Text.Json.Nodes;
using Summit.Testing;

namespace Summit.Server.Tests.Accounts;

/// <summary>A house where the accounts of Sofia and of Tirana sign in, each at a provider of its own; Tirana's people become known by it.</summary>
public sealed class HouseOfOrganisations : IAsyncLifetime
{
    public HouseOfOrganisations()
    {
        House = new House
        {
            Settings = new(
            [
                .. Sofia.Settings("sofia", "City of Sofia", "sofia.example, archive.sofia.example"),
                .. Tirana.Settings("tirana", "Bashkia Tiranë", "tirana.example"),
                KeyValuePair.Create<string, string?>("Summit:Organisations:tirana:Enrol", "true"),
            ]),
        };
    }

    public OpenIdProvider Sofia { get; } = new() { Redirects = ["http://localhost/api/sign-in/sofia/callback"] };

    public OpenIdProvider Tirana { get; } = new() { Redirects = ["http://localhost/api/sign-in/tirana/callback"] };

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
        Assert.Equal("/me?sign-in=back", await ComeBackAsync(await LogInAsync(await LeaveAsync(organisation), login)));
        return await FinishAsync();
    }

    public async Task<JsonNode> SignedInAsync(string organisation, string login) => await (await SignInAsync(organisation, login)).JsonAsync();

    /// <summary>Where the house sends who wants to come in by this organisation.</summary>
    public async Task<Uri> LeaveAsync(string organisation) => Redirected(await _house.GetAsync($"/api/sign-in/{organisation}", Now.Cancelled));

    /// <summary>Where the organisation sends who has logged in there.</summary>
    public async Task<Uri> LogInAsync(Uri there, string login)
    {
        var form = Redirected(await _world.GetAsync(there, Now.Cancelled), there);
        using var entered = new FormUrlEncodedContent([new("prompt", "login"), new("login", login), new("password", "any")]);
        var at = Redirected(await _world.PostAsync(form, entered, Now.Cancelled), form);
        return Redirected(await _world.GetAsync(at, Now.Cancelled), at);
    }

    /// <summary>Where the house sends who comes back.</summary>
    public async Task<string> ComeBackAsync(Uri back) => Redirected(await _house.GetAsync(back, Now.Cancelled)).OriginalString;

    public Task<HttpResponseMessage> FinishAsync() => _house.PostAsync("/api/sign-in", null, Now.Cancelled);

    /// <summary>As it stands in the address of an answer.</summary>
    public static string StateOf(Uri back) => back.Query.TrimStart('?').Split('&').Single(part => part.StartsWith("state=", StringComparison.Ordinal))["state=".Length..];

    public void Dispose()
    {
        _house.Dispose();
        _world.Dispose();
    }

    private static Uri Redirected(HttpResponseMessage answer, Uri? from = null)
    {
        Assert.True(answer.Headers.Location is not null, $"{(int)answer.StatusCode} and no redirect");
        return from is null ? answer.Headers.Location : new Uri(from, answer.Headers.Location);
    }
}
