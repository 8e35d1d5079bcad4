using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>The host's page of other programs: keys made, used and revoked, addresses told what happens, pages that show it.</summary>
public sealed class OtherPrograms(Hall hall) : BrowserTest(hall)
{
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
        using var receiver = Serve("127.0.0.1", () => (status, ""), out var address);
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

    /// <param name="blocked">Site data of frames from elsewhere is blocked, as browsers can be set to.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Show_the_door_and_the_session_in_a_frame_where_the_host_allows_it(bool blocked)
    {
        var venue = await House.PlanAsync($"Framed {blocked}");
        var page = "";
        using var city = Serve("localhost", () => (200, page), out var origin);
        using var stranger = Serve("localhost", () => (200, page), out var strange);
        var host = await DeskAsync();
        await host.OpenAsync(venue, venue.Host);
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "Other programs" }).ClickAsync();
        var frames = host.Page.GetByRole(AriaRole.Region, new() { Name = "Embedding" });
        await host.Page.GetByLabel("Hosts, each on a line of its own").FillAsync($"city.example\n{origin}");
        await frames.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(frames.GetByRole(AriaRole.Status).First).ToContainTextAsync("Saved.");
        page = await host.Page.GetByLabel("Snippet for those who take part").InputValueAsync();

        var reader = await ArriveAsync(new());
        // A worker for reloads without a network is another thing that a browser may keep from a frame.
        reader.MayFindNothing = true;
        if (blocked)
        {
            await reader.Page.AddInitScriptAsync(
                "if (top !== self) for (const name of ['localStorage', 'sessionStorage', 'caches']) Object.defineProperty(self, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });");
        }

        await reader.Page.GotoAsync(origin);
        var frame = reader.Page.FrameLocator("iframe");
        await Expect(frame.GetByLabel("Code")).ToHaveValueAsync(venue.Code);
        await frame.GetByLabel("Name").FillAsync("Ana");
        await frame.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await frame.GetByLabel("Your question").FillAsync("Asked in a frame?");
        await frame.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(frame.GetByText("Asked in a frame?").First).ToBeVisibleAsync();
        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Moderator);
        await Expect(desk.Card("inbox", "Asked in a frame?")).ToBeVisibleAsync();

        // The same page at a host that is not in the list, and other pages of the house at one that is.
        await IsRefusedAsync(reader, strange);
        page = page.Replace($"/j/{venue.Code}", "/h", StringComparison.Ordinal);
        await IsRefusedAsync(reader, origin);
    }

    [Fact]
    public async Task Show_the_stage_in_a_frame_by_a_link_of_its_own()
    {
        var venue = await House.PlanAsync("Staged in a frame");
        var page = "";
        using var city = Serve("localhost", () => (200, page), out var origin);
        var host = await DeskAsync();
        await host.OpenAsync(venue, venue.Host);
        await host.Page.GetByRole(AriaRole.Link, new() { Name = "Other programs" }).ClickAsync();
        await host.Page.GetByLabel("Hosts, each on a line of its own").FillAsync(origin);
        await host.Button("Save").ClickAsync();
        await host.Button("Make a snippet of the stage").ClickAsync();
        page = await host.Page.GetByLabel("Snippet of the stage").InputValueAsync();
        var item = Guid.CreateVersion7();
        await venue.SendAsync(venue.Desk, new { type = "ask", text = "Seen from the last row?", id = item });
        await venue.SendAsync(venue.Desk, new { type = "stage", item, id = Guid.CreateVersion7() });

        var reader = await ArriveAsync(new());
        await reader.Page.GotoAsync(origin);
        await Expect(reader.Page.FrameLocator("iframe").GetByText("Seen from the last row?")).ToBeVisibleAsync();

        // Something that is no host stays in its field, and what was allowed before stays.
        host.MayFindNothing = true;
        await host.Page.GetByLabel("Hosts, each on a line of its own").FillAsync("*.example");
        await host.Button("Save").ClickAsync();
        await Expect(host.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("without asterisks");
        await host.Page.ReloadAsync();
        await Expect(host.Page.GetByLabel("Hosts, each on a line of its own")).ToHaveValueAsync(origin);
    }

    [Fact]
    public async Task Hold_for_everybody_on_every_screen()
    {
        var venue = await House.PlanAsync("Programs on every screen");
        var visitor = await BulgarianPhoneAsync();
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
        await visitor.Page.GetByLabel("Хостове, всеки на свой ред").FillAsync("община.бг");
        await visitor.Button("Запазване").ClickAsync();
        await visitor.Button("Създаване на код за сцената").ClickAsync();
        await Expect(visitor.Page.GetByLabel("Код за сцената")).ToBeVisibleAsync();
        await visitor.Page.GetByTestId("hook").EvaluateAsync("card => card.scrollIntoView()");
        await HoldsOnEveryScreenAsync(visitor, "programs");
        await visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Вграждане" }).EvaluateAsync("part => part.scrollIntoView()");
        await HoldsOnEveryScreenAsync(visitor, "frames");
    }

    /// <summary>Answers whatever comes with a status and a page of now.</summary>
    private static HttpListener Serve(string host, Func<(int Status, string Page)> say, out string origin)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        origin = string.Create(CultureInfo.InvariantCulture, $"http://{host}:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();
        var listener = new HttpListener { Prefixes = { $"{origin}/" } };
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
                    (asked.Response.StatusCode, var page) = say();
                    asked.Response.ContentType = "text/html; charset=utf-8";
                    asked.Response.Close(Encoding.UTF8.GetBytes(page), willBlock: false);
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }

    /// <summary>The frame of this page stays empty, in a browser whose complaint is wanted.</summary>
    private async Task IsRefusedAsync(Visitor reader, string origin)
    {
        await using var context = await reader.Context.Browser!.NewContextAsync();
        var page = await context.NewPageAsync();
        var refused = page.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal) });
        await page.GotoAsync(origin);
        Assert.Contains(House.Address.Authority, (await refused).Text, StringComparison.Ordinal);
        await Expect(page.FrameLocator("iframe").GetByRole(AriaRole.Main)).ToHaveCountAsync(0);
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
