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

    /// <summary>A phone of somebody who reads Bulgarian, whose words are longer, and who wants nothing to move.</summary>
    protected Task<Visitor> BulgarianPhoneAsync() =>
        ArriveAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, ReducedMotion = ReducedMotion.Reduce, Locale = "bg-BG" });

    protected async Task<Visitor> ArriveAsync(BrowserNewContextOptions options)
    {
        var visitor = await Visitor.ArriveAsync(Browser, options);
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>
    /// What stands on a page now is for everybody, on a phone and on a desk, light and dark: axe finds nothing, and nothing is wider than the
    /// screen. Keeps how it looks.
    /// </summary>
    protected static Task HoldsOnEveryScreenAsync(Visitor visitor, string name) => OnBothAsync(visitor, async device =>
    {
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        await InBothAsync(visitor, async theme =>
        {
            await Axe.FindsNothingAsync(visitor, $"{name}, {device}, {theme}");
            await PictureAsync(visitor, $"{name}-{device}-{theme}");
        });
    });

    /// <summary>Keeps how a page looks on a phone and on a desk.</summary>
    protected static Task KeepOnBothAsync(Visitor visitor, string name) => OnBothAsync(visitor, device => KeepAsync(visitor, $"{name}-{device}"));

    /// <summary>Keeps how a page looks, light and dark, beside the pictures of failures: for people to look at.</summary>
    protected static Task KeepAsync(Visitor visitor, string name) => InBothAsync(visitor, theme => PictureAsync(visitor, $"{name}-{theme}"));

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

    private static async Task OnBothAsync(Visitor visitor, Func<string, Task> look)
    {
        var size = visitor.Page.ViewportSize!;
        await visitor.Page.SetViewportSizeAsync(390, 844);
        await look("phone");
        await visitor.Page.SetViewportSizeAsync(1440, 900);
        await look("desk");
        await visitor.Page.SetViewportSizeAsync(size.Width, size.Height);
    }

    private static async Task InBothAsync(Visitor visitor, Func<string, Task> look)
    {
        foreach (var (scheme, theme) in new[] { (ColorScheme.Light, "light"), (ColorScheme.Dark, "dark") })
        {
            await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
            await look(theme);
        }

        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private static Task<byte[]> PictureAsync(Visitor visitor, string name) => visitor.Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Places.Failures, $"{name}.png"),
        Animations = ScreenshotAnimations.Disabled,
        Caret = ScreenshotCaret.Hide,
    });
}
