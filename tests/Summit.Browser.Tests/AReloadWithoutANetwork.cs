using Summit.Browser.Tests.Setting;
using Summit.Testing;

namespace Summit.Browser.Tests;

/// <summary>The app stays when the network does not: what it shows, what it keeps, and that nobody is held on what is old.</summary>
public sealed class AReloadWithoutANetwork(Hall hall) : BrowserTest(hall)
{
    private const string Before = "What everybody knew before the tunnel";
    private const string Typed = "Typed in the tunnel";

    private const string Kept = """
        async () => {
          const page = await caches.match('/');
          return page !== undefined && (await page.text()).includes('id="app"') && navigator.serviceWorker.controller?.state === 'activated';
        }
        """;

    [Fact]
    public async Task Shows_the_last_picture_as_old_and_sends_what_was_typed_once()
    {
        var house = await AnotherHouseAsync();
        var venue = await house.PlanAsync("A long tunnel");
        await venue.AskAsync(venue.Desk, Before);
        var phone = await CalmPhoneAsync();
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await Expect(phone.Item(Before)).ToBeVisibleAsync();
        await IsKeptAsync(phone);

        // Nobody answers any more, neither the page nor its worker.
        phone.MayLoseTheLine = true;
        await house.Server.KillAsync();
        await phone.Page.ReloadAsync();
        await Expect(phone.Item(Before)).ToBeVisibleAsync();
        await Expect(phone.Page.GetByText("This is how it was on")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(phone, "offline");

        await phone.AskAsync(Typed);
        await Expect(phone.Page.GetByTestId("posted")).ToHaveAttributeAsync("data-state", "waiting");
        await phone.Page.ReloadAsync();
        await Expect(phone.Page.GetByTestId("posted")).ToContainTextAsync(Typed);
        await Expect(phone.Page.GetByText("One thing waits")).ToBeVisibleAsync();

        await house.Server.StartAgainAsync();
        await venue.AskAsync(venue.Desk, "Asked later");
        await Expect(phone.Item(Typed)).ToBeVisibleAsync();
        await Expect(phone.Item("Asked later")).ToBeVisibleAsync();
        await Expect(phone.Page.GetByText("This is how it was on")).ToHaveCountAsync(0);
        await Expect(phone.Page.GetByTestId("posted")).ToHaveCountAsync(0);
        var picture = await house.CallAsync(HttpMethod.Get, $"/api/sessions/{venue.Session}", venue.Desk, null);
        Assert.Single(picture["items"]!.AsArray(), item => (string?)item!["text"] == Typed);
    }

    /// <summary>Not the server is away but the network of this one phone, and the browser knows it.</summary>
    [Fact]
    public async Task Shows_the_last_picture_while_the_browser_itself_is_offline()
    {
        var venue = await House.PlanAsync("A phone without a network");
        await venue.AskAsync(venue.Desk, Before);
        var phone = await CalmPhoneAsync();
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await Expect(phone.Item(Before)).ToBeVisibleAsync();
        await IsKeptAsync(phone);
        phone.MayLoseTheLine = true;
        await phone.Context.SetOfflineAsync(true);
        await phone.Page.ReloadAsync();
        await Expect(phone.Item(Before)).ToBeVisibleAsync();
        await Expect(phone.Page.GetByText("You are offline. This is how it was on")).ToBeVisibleAsync();
        // What comes after the first look was kept too.
        await phone.TurnToAsync("Mine");
        await Expect(phone.Page.GetByText("Nothing of yours yet")).ToBeVisibleAsync();
        await phone.TurnToAsync("Questions");
        await phone.AskAsync(Typed);
        await Expect(phone.Page.GetByTestId("posted")).ToHaveAttributeAsync("data-state", "waiting");
        await KeepAsync(phone, "offline-phone");
        // The way back keeps its words on a line, however much there is to say beside it.
        var retry = (await phone.Button("Try now").BoundingBoxAsync())!;
        Assert.True(retry.Width > retry.Height, $"The button is {retry.Width} x {retry.Height}.");
        await venue.AskAsync(venue.Desk, "Asked later");

        await phone.Context.SetOfflineAsync(false);
        await Expect(phone.Item("Asked later")).ToBeVisibleAsync();
        await Expect(phone.Item(Typed)).ToBeVisibleAsync();
        await Expect(phone.Page.GetByText("This is how it was on")).ToHaveCountAsync(0);
        var picture = await House.CallAsync(HttpMethod.Get, $"/api/sessions/{venue.Session}", venue.Desk, null);
        Assert.Single(picture["items"]!.AsArray(), item => (string?)item!["text"] == Typed);
    }

    [Fact]
    public async Task Keeps_the_app_and_no_word_of_a_session()
    {
        var venue = await House.PlanAsync("What is kept");
        await venue.AskAsync(venue.Desk, Before);
        var phone = await PhoneAsync();
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await IsKeptAsync(phone);
        await phone.Page.ReloadAsync();
        await Expect(phone.Item(Before)).ToBeVisibleAsync();
        var kept = await phone.Page.EvaluateAsync<string[]>("""
            async () => {
              const found = [];
              for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                  const answer = await cache.match(request);
                  found.push(`${new URL(request.url).pathname} ${[...request.headers].join()} ${await answer.text()}`);
                }
              }
              return found;
            }
            """);
        var token = await phone.Page.EvaluateAsync<string>("() => JSON.parse(localStorage['summit.access.participant']).token");
        Assert.NotEmpty(token);
        Assert.InRange(kept.Length, 6, 30);
        Assert.All(kept, one => Assert.Matches("^/( |assets/)", one));
        Assert.DoesNotContain(kept, one => one.Contains(token, StringComparison.Ordinal) || one.Contains(Before, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_never_a_reason_to_show_an_old_version()
    {
        var venue = await House.PlanAsync("A new version");
        var phone = await PhoneAsync();
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await IsKeptAsync(phone);
        // As if what was kept were of another version than the server's.
        await phone.Page.EvaluateAsync("""
            async () => {
              const cache = await caches.open('summit.shell');
              await cache.put('/', new Response('<p>Of yesterday</p>', { headers: { 'content-type': 'text/html' } }));
              await cache.put('/assets/yesterday.js', new Response(''));
            }
            """);

        await phone.Page.ReloadAsync();
        await Expect(phone.Page.GetByLabel("Your question")).ToBeVisibleAsync();
        await Wait.UntilAsync(
            "what is old is thrown away", () => phone.Page.EvaluateAsync<bool>("async () => (await caches.match('/assets/yesterday.js')) === undefined"));
        Assert.True(await phone.Page.EvaluateAsync<bool>(Kept));
    }

    [Fact]
    public async Task Of_a_page_that_was_never_seen_says_why_there_is_nothing()
    {
        var house = await AnotherHouseAsync();
        var venue = await house.PlanAsync("Never seen");
        var phone = await CalmPhoneAsync();
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await IsKeptAsync(phone);
        phone.MayLoseTheLine = true;
        await house.Server.KillAsync();
        await phone.Page.GotoAsync(new Uri(house.Address, $"/c/{Guid.CreateVersion7()}").ToString());
        await Expect(phone.Page.GetByText("The session shows itself as soon as the line is back.")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(phone, "offline, nothing kept");
    }

    private static Task IsKeptAsync(Visitor phone) => Wait.UntilAsync("the app is kept", () => phone.Page.EvaluateAsync<bool>(Kept));

    /// <summary>Without motion: what is still fading in has no contrast to check.</summary>
    private Task<Visitor> CalmPhoneAsync() =>
        ArriveAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, ReducedMotion = ReducedMotion.Reduce });
}
