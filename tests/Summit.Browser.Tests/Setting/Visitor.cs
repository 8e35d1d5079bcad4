using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Summit.Browser.Tests.Setting;

/// <summary>Somebody with a device of their own: one page, with nothing kept from others.</summary>
public sealed partial class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();

    private Visitor(IBrowserContext context, IPage page)
    {
        (Context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>The line is cut on purpose: what the browser itself says about failed connections is no error of the page.</summary>
    public bool MayLoseTheLine { get; set; }

    /// <summary>Something is asked for on purpose that is not there: the browser notes every answer of that kind.</summary>
    public bool MayFindNothing { get; set; }

    /// <summary>What the page wrote to the console as errors, and threw.</summary>
    public IEnumerable<string> Complaints => _complaints
        .Where(text => !MayLoseTheLine || !LostLine().IsMatch(text))
        .Where(text => !MayFindNothing || !NotThere().IsMatch(text));

    public static async Task<Visitor> ArriveAsync(IBrowser browser, BrowserNewContextOptions options)
    {
        options.Locale ??= "en-GB";
        options.TimezoneId ??= "Europe/Sofia";
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Hall.Patience);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Types the code and the name as anybody would, and lands in the session.</summary>
    public async Task JoinAsync(Venue venue, string name = "", string city = "")
    {
        await Page.GotoAsync(new Uri(venue.House.NextDoor(), "/").ToString());
        await Page.GetByLabel("Code").FillAsync(venue.Code);
        await Page.GetByLabel("Name").FillAsync(name);
        await Page.GetByLabel("City").FillAsync(city);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Expect(Page.GetByLabel("Your question")).ToBeVisibleAsync();
    }

    /// <summary>Opens a role link as it was handed out.</summary>
    public Task OpenAsync(Venue venue, string link)
    {
        // The link holds the address the server thinks it has; the tests go where it really is.
        var path = new Uri(link).PathAndQuery;
        return Page.GotoAsync(new Uri(venue.House.NextDoor(), $"{path}#{House.SecretOf(link)}").ToString());
    }

    public async Task AskAsync(string text)
    {
        await Page.GetByLabel("Your question").FillAsync(text);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
    }

    /// <summary>Everything that shows this text and is drawn as one item.</summary>
    public ILocator Item(string text) => Page.GetByTestId("item").Filter(new() { HasText = text });

    /// <summary>An own item among "Mine".</summary>
    public ILocator Own(string text) => Page.GetByTestId("own").Filter(new() { HasText = text });

    public ILocator OnStage => Page.GetByTestId("on-stage");

    public ILocator Column(string name) => Page.GetByTestId($"column-{name}");

    /// <summary>An item in one column of the desk.</summary>
    public ILocator Card(string column, string text) => Column(column).GetByTestId("item").Filter(new() { HasText = text });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task TurnToAsync(string tab) => Page.GetByRole(AriaRole.Tab, new() { NameRegex = new Regex($"^{tab}") }).ClickAsync();

    public Task PressAsync(params IEnumerable<string> keys) => InTurn(keys, key => Page.Keyboard.PressAsync(key));

    public ValueTask DisposeAsync() => new(Context.CloseAsync());

    private static async Task InTurn(IEnumerable<string> keys, Func<string, Task> press)
    {
        foreach (var key in keys)
        {
            await press(key);
        }
    }

    // A server that has just come up may ask for patience.
    [GeneratedRegex("net::ERR_|WebSocket connection to |with a status of 503 ")]
    private static partial Regex LostLine();

    [GeneratedRegex(@"the server responded with a status of 40\d")]
    private static partial Regex NotThere();
}
