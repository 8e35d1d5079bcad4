namespace Summit.Browser.Tests.Setting;

/// <summary>A test with visitors, none of whom may have anything to complain about at its end.</summary>
public abstract class BrowserTest(Hall hall) : IAsyncDisposable
{
    private readonly List<Visitor> _visitors = [];
    private readonly List<House> _houses = [];

    protected Hall Hall { get; } = hall;

    /// <summary>The one that all tests share, unless a test needs one of its own.</summary>
    protected IBrowser Browser { get; set; } = hall.Browser;

    /// <summary>The server that all tests share.</summary>
    protected House House => Hall.House;

    /// <summary>A server of the test's own, which outlives its visitors.</summary>
    protected async Task<House> AnotherHouseAsync(bool demonstration = false, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var house = await House.StartAsync(demonstration, settings);
        _houses.Add(house);
        return house;
    }

    /// <summary>Three servers that are one, of the test's own.</summary>
    protected async Task<House> ClusterAsync()
    {
        var house = await House.StartClusterAsync();
        _houses.Add(house);
        return house;
    }

    /// <summary>A phone of the usual size.</summary>
    protected Task<Visitor> PhoneAsync(ColorScheme scheme = ColorScheme.Light, int width = 390, int height = 844) =>
        ArriveAsync(new() { ViewportSize = new() { Width = width, Height = height }, HasTouch = true, IsMobile = true, ColorScheme = scheme });

    /// <summary>A desk of the usual size; with 1920 x 1080 a projector.</summary>
    protected Task<Visitor> DeskAsync(ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900) =>
        ArriveAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });

    protected Task<Visitor> ProjectorAsync(ColorScheme scheme = ColorScheme.Light) => DeskAsync(scheme, 1920, 1080);

    protected async Task<Visitor> ArriveAsync(BrowserNewContextOptions options)
    {
        var visitor = await Visitor.ArriveAsync(Browser, options);
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>Keeps how a page looks on a phone and on a desk.</summary>
    protected static async Task KeepOnBothAsync(Visitor visitor, string name)
    {
        var size = visitor.Page.ViewportSize!;
        await visitor.Page.SetViewportSizeAsync(390, 844);
        await KeepAsync(visitor, $"{name}-phone");
        await visitor.Page.SetViewportSizeAsync(1440, 900);
        await KeepAsync(visitor, $"{name}-desk");
        await visitor.Page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>Keeps how a page looks, light and dark, beside the pictures of failures: for people to look at.</summary>
    protected static async Task KeepAsync(Visitor visitor, string name)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var theme = scheme == ColorScheme.Dark ? "dark" : "light";
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
            await visitor.Page.ScreenshotAsync(new()
            {
                Path = Path.Combine(Places.Failures, $"{name}-{theme}.png"),
                Animations = ScreenshotAnimations.Disabled,
                Caret = ScreenshotCaret.Hide,
            });
        }

        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    /// <summary>Fails if a page wrote an error to its console or threw one. After a failure the pages are kept as pictures.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        var complaints = _visitors.SelectMany(visitor => visitor.Complaints).ToList();
        foreach (var (number, visitor) in _visitors.Index())
        {
            if (failed)
            {
                var name = $"{TestContext.Current.TestClass?.TestClassSimpleName}.{TestContext.Current.TestMethod?.MethodName}-{number}.png";
                await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Places.Failures, name) });
            }

            await visitor.DisposeAsync();
        }

        foreach (var house in _houses)
        {
            await house.DisposeAsync();
        }

        if (Browser != Hall.Browser)
        {
            await Browser.DisposeAsync();
        }

        Assert.True(complaints.Count == 0, string.Join(Environment.NewLine, complaints));
    }
}
