using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>The host's page of other programs: keys made, used and revoked, addresses told what happens.</summary>
public sealed class OtherPrograms(Hall hall) : BrowserTest(hall)
{
    public static TheoryData<ColorScheme, int> Screens => new() { { ColorScheme.Light, 390 }, { ColorScheme.Dark, 390 }, { ColorScheme.Light, 1440 }, { ColorScheme.Dark, 1440 } };

    [Fact]
    public async Task Get_a_key_that_works_until_it_is_revoked()
    {
        var venue = await House.PlanAsync("Read by a portal");
        var host = await DeskAsync();
        await host.OpenAsync(venue, venue.Host);
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "Other programs" }).ClickAsync();

        // By the keyboard alone: name, no end, for people besides reading.
        await host.Page.GetByLabel("For which program").FocusAsync();
        await host.Page.Keyboard.TypeAsync("City portal");
        await host.Page.GetByLabel("People: ").FocusAsync();
        await host.PressAsync("Space", "Tab", "Enter");
        var key = await host.Page.GetByTestId("once").GetByRole(AriaRole.Textbox).InputValueAsync();
        Assert.StartsWith("summit_", key, StringComparison.Ordinal);
        var row = host.Page.GetByTestId("keys").GetByRole(AriaRole.Listitem).Filter(new() { HasText = "City portal" });
        await Expect(row).ToContainTextAsync("reads, looks after registrations");
        await Expect(row).ToContainTextAsync("never used");
        await Expect(host.Page.GetByLabel("Read: ")).ToBeCheckedAsync();
        await Expect(host.Page.GetByLabel("People: ")).Not.ToBeCheckedAsync();

        Assert.Equal(HttpStatusCode.OK, await UseAsync(venue, key));
        await host.Page.ReloadAsync();
        await Expect(row).ToContainTextAsync("last used on");
        await Expect(host.Page.GetByTestId("once")).ToHaveCountAsync(0);

        await host.Button("Revoke City portal").ClickAsync();
        await Expect(row).ToContainTextAsync("Revoked");
        Assert.Equal(HttpStatusCode.Unauthorized, await UseAsync(venue, key));

        // Nothing that it may do is no key; a day that is over the server refuses, and what was typed stays.
        await host.Page.GetByLabel("Read: ").UncheckAsync();
        await Expect(host.Button("Make a key")).ToBeDisabledAsync();
        await host.Page.GetByLabel("Read: ").CheckAsync();
        await host.Page.GetByLabel("For which program").FillAsync("Too late");
        await host.Page.GetByLabel("Until (may be left out)").FillAsync("2020-01-01");
        host.MayFindNothing = true;
        await host.Button("Make a key").ClickAsync();
        await Expect(host.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("an end that lies ahead");
        await Expect(host.Page.GetByLabel("For which program")).ToHaveValueAsync("Too late");

        await host.Page.GotoAsync(new Uri(venue.House.Address, "/h/audit").ToString());
        await Expect(host.Page.GetByTestId("audit")).ToContainTextAsync("revoked the key “City portal”");
    }

    [Fact]
    public async Task Are_told_what_happens_and_a_host_sees_how_it_goes()
    {
        var venue = await House.PlanAsync("Told to a portal");
        var status = 200;
        using var receiver = Receive(() => status, out var address);
        var host = await DeskAsync();
        host.MayFindNothing = true;
        await host.OpenAsync(venue, venue.Host);
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "Other programs" }).ClickAsync();
        await host.Page.GetByLabel("Address").FillAsync("http://city.example/hook");
        await host.Page.GetByLabel("A session is paused").CheckAsync();
        await host.Button("Add a webhook").ClickAsync();
        await Expect(host.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("begins with https://");
        await host.Page.GetByLabel("Address").FillAsync(address);
        await host.Button("Add a webhook").ClickAsync();
        Assert.StartsWith("whsec_", await host.Page.GetByLabel("Secret of the signatures").InputValueAsync(), StringComparison.Ordinal);

        var hook = host.Page.GetByTestId("hook");
        await host.Button("Send a test").PressAsync("Enter");
        await Expect(hook.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Test" })).ToContainTextAsync("delivered");
        status = 410;
        await venue.SendAsync(venue.Desk, new { type = "pause", id = Guid.CreateVersion7() });
        await Expect(hook.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "A session is paused" })).ToContainTextAsync("failed");
        await host.Page.ReloadAsync();
        await Expect(hook).ToContainTextAsync("Switched off: it answered 410.");
        status = 200;
        await host.Button("Switch on").ClickAsync();
        await Expect(hook).Not.ToContainTextAsync("Switched off");
        await hook.Locator("summary").ClickAsync();
        await host.Button("Send again").ClickAsync();
        await Expect(hook.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "A session is paused" })).ToContainTextAsync("delivered");
        await host.Button("Drop the webhook").ClickAsync();
        await Expect(hook).ToHaveCountAsync(0);
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Hold_for_everybody_on_every_screen(ColorScheme scheme, int width)
    {
        var venue = await House.PlanAsync($"Programs {scheme} {width}");
        var visitor = await ArriveAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "bg-BG",
        });
        await visitor.OpenAsync(venue, venue.Host);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Други програми" }).ClickAsync();
        await visitor.Page.GetByLabel("За коя програма").FillAsync("Порталът на общината с дълго име");
        await visitor.Button("Създаване на ключ").ClickAsync();
        await Expect(visitor.Page.GetByTestId("once")).ToBeVisibleAsync();
        await visitor.Page.GetByLabel("Адрес").FillAsync("https://portal.obshtina.example/a-rather-long-path/that-goes-on/and-on?key=0123456789012345678901234567890123456789");
        await visitor.Page.GetByLabel("Нещо излиза на сцената").CheckAsync();
        await visitor.Button("Добавяне на уебкука").ClickAsync();
        await visitor.Button("Изпращане на проба").ClickAsync();
        await Expect(visitor.Page.GetByTestId("hook").GetByRole(AriaRole.Listitem)).ToContainTextAsync("няма връзка");
        await Axe.FindsNothingAsync(visitor, "programs");
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        await visitor.Page.GetByTestId("hook").EvaluateAsync("card => card.scrollIntoView()");
        await KeepAsync(visitor, $"programs-{width}");
    }

    /// <summary>Answers whatever comes with a status of now.</summary>
    private static HttpListener Receive(Func<int> status, out string address)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        address = $"http://{free.LocalEndpoint}/";
        free.Stop();
        var listener = new HttpListener { Prefixes = { address } };
        listener.Start();
        _ = AnswerAsync();
        return listener;

        async Task AnswerAsync()
        {
            while (listener.IsListening)
            {
                try
                {
                    var asked = await listener.GetContextAsync();
                    asked.Response.StatusCode = status();
                    asked.Response.Close();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }

    private static async Task<HttpStatusCode> UseAsync(Venue venue, string key)
    {
        using var http = new HttpClient { BaseAddress = venue.House.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/conferences/{venue.Conference}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
