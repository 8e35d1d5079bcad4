using Summit.Browser.Tests.Setting;
using Summit.Testing;

namespace Summit.Browser.Tests;

/// <summary>Whatever somebody writes stays text, inside its card, on the narrowest phone.</summary>
public sealed class TextOfEveryKind(Hall hall) : BrowserTest(hall)
{
    private const string Html = "<script>window.hacked = true</script><img src=x onerror=\"window.hacked = true\"><b>bold</b> & {{7*7}} ${7*7}";

    /// <summary>The members' scripts, others from both directions, and what breaks layouts.</summary>
    private static readonly (string Lang, string Text)[] Texts =
    [
        ("bg", "Как общините обменят опит, след като конференцията свърши?"),
        ("sr", "Како градови размењују искуства? Љубав, Његош, џеп."),
        ("sr-Latn", "Kako gradovi razmenjuju iskustva? Ljubav, Njegoš, džep."),
        ("hr", "Kako gradovi dijele ono što nauče? Đaci, žičara, ćuprija, šljiva."),
        ("bs", "Ko plaća održavanje žičare i đačkih autobusa u opštinama?"),
        ("cnr", "Kako se sjutra śedi u źenici? Śutra, iźesti."),
        ("mk", "Како градовите споделуваат искуства? Ѓорѓи, ќерка, ѕвезда, џеб."),
        ("el", "Πώς μοιράζονται οι πόλεις ό,τι μαθαίνουν;"),
        ("sq", "Si i ndajnë qytetet përvojat e tyre? Çështje, dëshirë."),
        ("ro", "Cum își împărtășesc orașele experiența? Știință și țară."),
        ("tr", "Şehirler öğrendiklerini nasıl paylaşıyor? İĞDIR ığdır."),
        ("sl", "Kako si mesta delijo izkušnje? Čas, šola, življenje."),
        ("ar", "كيف تتبادل المدن خبراتها مع بعضها (مثلاً: صوفيا)؟"),
        ("he", "איך הערים משתפות ניסיון? (לדוגמה: Sofia 2025)"),
        ("hi", "शहर अपने अनुभव कैसे साझा करते हैं?"),
        ("th", "เมืองต่างๆแบ่งปันประสบการณ์กันอย่างไรโดยไม่มีช่องว่างระหว่างคำเลยสักนิดเดียว"),
        ("en", "Family 👨‍👩‍👧‍👦, flags 🇧🇬🇦🇱🇬🇷, and 🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️🏔️"),
        ("en", "Marks that turn: \u202Egnorw si siht\u202C and \u2067isolated\u2069 and \u200Bzero\u200Dwidth\uFEFF"),
        ("en", "Stacked: Z̸̢̛̗̺͖̝̈́͗ȃ̷̡̖̥̓l̵̨͇̠̈́͝g̸̰̓͜o̷̝͋"),
        ("en", "https://example.org/" + string.Concat(Enumerable.Repeat("a-very-long-path/", 25))),
        ("de", string.Concat(Enumerable.Repeat("Donaudampfschiff", 32))[..500]),
        ("en", Html),
    ];

    /// <summary>One word of 500 letters in each alphabet of the members.</summary>
    public static TheoryData<string> LongWords => [.. new[] { "Развитие", "Qytetërim", "Ανάπτυξη", "Gelişme" }.Select(word => string.Concat(Enumerable.Repeat(word, 72))[..500])];

    private const string Holds = """
        () => {
          const card = document.querySelector('[data-testid=on-stage]');
          const { left, top, right, bottom } = card.getBoundingClientRect();
          return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
            && card.scrollHeight <= card.clientHeight + 1 && card.scrollWidth <= card.clientWidth + 1;
        }
        """;

    [Fact]
    public async Task Stays_inside_the_narrowest_phone_and_nothing_of_it_is_run()
    {
        var venue = await FillAsync(House);
        var phone = await PhoneAsync(width: 360, height: 740);
        await phone.JoinAsync(venue, new string('W', 80), Html[..60]);
        await phone.AskAsync(Texts[^2].Text);
        await Expect(phone.Item("Donaudampfschiff").First).ToBeVisibleAsync();
        foreach (var tab in new[] { "Questions", "Comments", "Proposals", "Mine" })
        {
            await phone.TurnToAsync(tab);
            await Expect(phone.Page.GetByRole(AriaRole.Tabpanel).GetByRole(AriaRole.Article).First).ToBeVisibleAsync();
            await FitsAsync(phone, tab);
        }

        await phone.TurnToAsync("Questions");
        await KeepAsync(phone, "texts-phone");
        await Expect(phone.Item("window.hacked").First).ToContainTextAsync(Html);
        await ShowsNoMarkupAsync(phone);

        var desk = await PhoneAsync(width: 360, height: 740);
        await desk.OpenAsync(venue, venue.Moderator);
        await Expect(desk.Card("inbox", "window.hacked").First).ToBeVisibleAsync();
        await FitsAsync(desk, "desk");
        await KeepAsync(desk, "texts-moderator-phone");
        await ShowsNoMarkupAsync(desk);
        await desk.OpenAsync(venue, venue.Host);
        await Expect(desk.Page.GetByTestId("host-session")).ToBeVisibleAsync();
        await FitsAsync(desk, "host");
    }

    [Theory]
    [MemberData(nameof(LongWords))]
    public async Task Breaks_a_word_of_five_hundred_letters_on_every_surface(string word)
    {
        var venue = await House.PlanAsync("Long words");
        await venue.DoAsync("stage", await venue.AskAsync(await venue.JoinAsync(word[..40], word[..40]), word));
        var (phone, desk, stage) = (await PhoneAsync(), await DeskAsync(), await ProjectorAsync());
        await phone.JoinAsync(venue);
        await desk.OpenAsync(venue, venue.Moderator);
        await stage.OpenAsync(venue, venue.Stage);
        await Expect(phone.OnStage).ToContainTextAsync(word);
        await FitsAsync(phone, "participant");
        await Expect(desk.Card("stage", word)).ToBeVisibleAsync();
        await FitsAsync(desk, "desk");
        await Expect(stage.OnStage).ToContainTextAsync(word);
        await Wait.UntilAsync("the stage holds all of it", () => stage.Page.EvaluateAsync<bool>(Holds));
    }

    /// <summary>A mark that turns the direction must not reach beyond the text it stands in, nor hide in it.</summary>
    [Fact]
    public async Task Cannot_turn_what_stands_around_it()
    {
        var venue = await House.PlanAsync("Marks");
        await venue.AskAsync(await venue.JoinAsync("Ana\u202E", "\u2067Tirana"), "Before \u202Eafter");
        await venue.AskAsync(await venue.JoinAsync("כהן", "ירושלים"), "مرحبا (Sofia) 2025!");
        var phone = await PhoneAsync();
        await phone.JoinAsync(venue);
        await Expect(phone.Item("Before after")).ToContainTextAsync("Ana · Tirana");
        Assert.DoesNotMatch("[\u202A-\u202E\u2066-\u2069]", await phone.Page.EvaluateAsync<string>("() => document.querySelector('main').textContent"));
        // Each text runs in its own direction, and the page in its own.
        var directions = await phone.Page.EvaluateAsync<string[]>("""
            () => ['Before', 'مرحبا'].map((start) => [...document.querySelectorAll('[data-testid=item] [dir=auto]')].find(({ textContent }) => textContent.startsWith(start)))
              .map((one) => one.matches(':dir(rtl)') ? 'rtl' : 'ltr').concat(getComputedStyle(document.body).direction)
            """);
        Assert.Equal(["ltr", "rtl", "ltr"], directions);
    }

    [Fact]
    public async Task Fits_the_stage_in_every_script_at_any_length()
    {
        var venue = await FillAsync(House);
        var stage = await ProjectorAsync();
        await stage.OpenAsync(venue, venue.Stage);
        var frame = await House.CallAsync(HttpMethod.Get, $"/api/sessions/{venue.Session}", venue.Desk, null);
        foreach (var item in frame["items"]!.AsArray().Where(item => (string?)item!["kind"] == "question"))
        {
            await venue.DoAsync("stage", (Guid)item!["id"]!);
            await Expect(stage.OnStage.Locator(".text")).ToHaveTextAsync((string)item["text"]!);
            // The letters have found their size once the card lies inside the screen and holds its text.
            await Wait.UntilAsync($"the stage holds all of \"{item["text"]}\"", () => stage.Page.EvaluateAsync<bool>(Holds));
        }

        await ShowsNoMarkupAsync(stage);
    }

    [Fact]
    public async Task Can_be_read_and_written_at_twice_its_size()
    {
        var venue = await FillAsync(House);
        var phone = await PhoneAsync(width: 360, height: 740);
        await phone.JoinAsync(venue, "Ana", "Tirana");
        await phone.Page.EvaluateAsync("() => { document.documentElement.style.fontSize = '200%' }");
        foreach (var tab in new[] { "Comments", "Proposals", "Mine", "Questions" })
        {
            await phone.TurnToAsync(tab);
            await FitsAsync(phone, $"{tab} at twice the size");
        }

        await phone.AskAsync("Written in large letters");
        await Expect(phone.Item("Written in large letters")).ToBeVisibleAsync();
        await FitsAsync(phone, "after asking");
    }

    /// <summary>1280 x 1024 at 400 %, as WCAG 1.4.10 has it.</summary>
    [Fact]
    public async Task Can_be_used_at_four_times_the_zoom()
    {
        var venue = await FillAsync(House);
        var desk = await DeskAsync(width: 320, height: 256);
        await desk.JoinAsync(venue, "Ana", "Tirana");
        await desk.AskAsync("Asked through a magnifying glass");
        await Expect(desk.Item("Asked through a magnifying glass")).ToBeVisibleAsync();
        var support = desk.Item("Как общините").GetByRole(AriaRole.Button, new() { Name = "Supported by 0 people" });
        await support.ClickAsync();
        await Expect(desk.Item("Как общините").GetByRole(AriaRole.Button, new() { Name = "Supported by 1 person" })).ToHaveAttributeAsync("aria-pressed", "true");
        await FitsAsync(desk, "participant at 400 %");

        await desk.OpenAsync(venue, venue.Moderator);
        await desk.Card("inbox", "Asked through").GetByRole(AriaRole.Button, new() { Name = "Queue" }).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Navigation).GetByText("Queue").ClickAsync();
        await Expect(desk.Card("queue", "Asked through")).ToBeVisibleAsync();
        await FitsAsync(desk, "desk at 400 %");
    }

    [Fact]
    public async Task Comes_without_motion_for_those_who_wish_none()
    {
        const string Watch = """
            () => {
              window.moved = [];
              document.addEventListener('animationstart', ({ target }) => moved.push(
                ...target.getAnimations().map((animation) => animation.effect.getComputedTiming().activeDuration)), true);
            }
            """;
        const float Seen = 50;
        var venue = await House.PlanAsync("Motion");
        var (still, moving) = (
            await ArriveAsync(new() { ReducedMotion = ReducedMotion.Reduce }), await ArriveAsync(new() { ReducedMotion = ReducedMotion.NoPreference }));
        foreach (var visitor in new[] { still, moving })
        {
            await visitor.OpenAsync(venue, venue.Stage);
            await Expect(visitor.Page.GetByTestId("stage-card")).ToBeVisibleAsync();
            await visitor.Page.EvaluateAsync(Watch);
        }

        await venue.DoAsync("stage", await venue.AskAsync(venue.Desk, "Does it move?"));
        await Expect(still.OnStage).ToBeVisibleAsync();
        await Expect(moving.OnStage).ToBeVisibleAsync();
        await Wait.UntilAsync(
            "the question comes in with a motion", async () => (await moving.Page.EvaluateAsync<float[]>("() => moved")).Any(duration => duration > Seen));
        Assert.DoesNotContain(await still.Page.EvaluateAsync<float[]>("() => moved"), duration => duration > Seen);
    }

    /// <summary>A session with all these texts, under a title that is one word.</summary>
    internal static async Task<Venue> FillAsync(House house)
    {
        var venue = await house.PlanAsync(string.Concat(Enumerable.Repeat("Развитие", 12)), new { maxOpen = 1000, perMinute = 1000 });
        var author = await venue.JoinAsync("Ивана", "Скопје");
        foreach (var (lang, text) in Texts)
        {
            await venue.AskAsync(author, text, lang);
        }

        await venue.SendAsync(author, new { type = "comment", id = Guid.CreateVersion7(), text = Texts[^2].Text });
        await venue.SendAsync(author, new { type = "comment", id = Guid.CreateVersion7(), text = Html });
        await venue.SendAsync(author, new { type = "propose", id = Guid.CreateVersion7(), title = new string('W', 100), text = Texts[^2].Text });
        await venue.SendAsync(author, new { type = "propose", id = Guid.CreateVersion7(), title = Html[..100], text = Html });
        return venue;
    }

    internal static async Task FitsAsync(Visitor visitor, string where)
    {
        var wide = await visitor.Page.EvaluateAsync<string[]>("""
            () => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              const outside = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1);
              return [`${document.documentElement.scrollWidth} of ${width}`, ...outside.map(({ outerHTML }) => outerHTML.slice(0, 120))];
            }
            """);
        Assert.True(wide.Length == 0, $"{where} is wider than the screen: {string.Join("\n  ", wide.Take(8))}");
    }

    private static async Task ShowsNoMarkupAsync(Visitor visitor)
    {
        Assert.False(await visitor.Page.EvaluateAsync<bool>("() => 'hacked' in window"));
        await Expect(visitor.Page.Locator("img[src=x], body script:not([src]), b")).ToHaveCountAsync(0);
    }
}
