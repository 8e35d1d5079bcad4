using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Summit.Server.Mail;
using Summit.Server.Tests.Registrations;
using Summit.Testing;

namespace Summit.Server.Tests.Mail;

/// <summary>Letters to those who register, by a mail server that works and one that does not.</summary>
public sealed class SendingLetters : IAsyncLifetime
{
    private readonly SmtpServer _mail = new();
    private readonly House _house;
    private Desk _desk = null!;

    public SendingLetters()
    {
        _mail.Start();
        _house = new House
        {
            Furnish = services => services
                .Replace(ServiceDescriptor.Singleton(new MailSettings { Host = "127.0.0.1", Port = _mail.Port, From = "City of Sofia <summit@sofia.example>" }))
                .Replace(ServiceDescriptor.Singleton(new Pauses(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200)))),
        };
    }

    public async ValueTask InitializeAsync()
    {
        await _house.InitializeAsync();
        _desk = await Desk.OpenAsync(_house);
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Fact]
    public async Task Says_that_one_has_a_place_with_link_code_and_dates()
    {
        var (person, key, _) = await _desk.RegisterAsync("Ana");
        var letter = ParsedLetter.Of(await OnlyLetterAsync());
        Assert.Equal("You are registered: Summit of cities", letter["Subject"]);
        Assert.Equal(("ana@city.example", "City of Sofia <summit@sofia.example>"), (letter["To"], letter["From"].Replace("\"", "", StringComparison.Ordinal)));
        Assert.Matches($"^<[0-9]+\\.{_desk.Conference:N}@.+>$", letter["Message-ID"]);
        Assert.Contains("Good day Ana,", letter.Plain, StringComparison.Ordinal);
        Assert.Contains("24 February 2027, 09:00 (Europe/Sofia)", letter.Plain, StringComparison.Ordinal);
        var link = letter.Plain.Split('\n').Single(line => line.StartsWith("http", StringComparison.Ordinal));
        Assert.Contains($"<a href=\"{link}\">", letter.Page, StringComparison.Ordinal);
        // Encrypted anew, but the same person's.
        Assert.Equal(person, (Guid)(await (await _desk.MineAsync(link.Split('#')[1])).JsonAsync())["person"]!);
        Assert.Contains((string)(await (await _desk.MineAsync(key)).JsonAsync())["code"]!, letter.Plain, StringComparison.Ordinal);
        Assert.Contains("BEGIN:VEVENT", letter.Parts.Single(part => part.Type.StartsWith("text/calendar", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
        Assert.Contains(letter.Parts, part => part.Type.StartsWith("image/png", StringComparison.Ordinal));
        await NothingWaitsAsync();
    }

    [Fact]
    public async Task Is_in_the_language_of_who_registers_and_executes_nothing()
    {
        const string Name = "<script>alert(1)</script> {link} Елена";
        await RegisterAsync(Name, "elena@sofia.example", "bg-BG");
        var letter = ParsedLetter.Of(await OnlyLetterAsync());
        Assert.Equal("Регистрирани сте: Summit of cities", letter["Subject"]);
        Assert.Contains($"Здравейте, {Name},", letter.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", letter.Page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", letter.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_no_header_that_somebody_wrote()
    {
        // Every door cleans lines; whatever comes through is still one header.
        await (await _house.SendAsync(HttpMethod.Post, $"/api/conferences/{_desk.Conference}/commands", _desk.Host, new
        {
            type = "describe",
            id = Guid.CreateVersion7(),
            title = "Summit\r\nBcc: all@city.example",
            starts = "2027-02-24T07:00:00Z",
            ends = "2027-02-25T16:00:00Z",
            timeZone = "Europe/Sofia",
            languages = new[] { "en" },
        })).JsonAsync();
        await RegisterAsync("Ana\r\nBcc: all@city.example", "ana@city.example", "en");
        var taken = await OnlyLetterAsync();
        var letter = ParsedLetter.Of(taken);
        Assert.DoesNotContain("BCC", letter.Headers.Keys);
        Assert.Equal("You are registered: Summit Bcc: all@city.example", letter["Subject"]);
        Assert.Contains("ana@city.example", taken.To, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_every_step_of_a_registration_with_the_last_one_alone()
    {
        await (await _desk.CommandAsync(new { type = "set-form", fields = Desk.Fields, approval = true })).JsonAsync();
        var (person, _, _) = await _desk.RegisterAsync("Ana");
        await LettersAsync(1);
        await (await _desk.CommandAsync(new { type = "decline", person, note = "One from each city" })).JsonAsync();
        await LettersAsync(2);
        await (await _desk.CommandAsync(new { type = "approve", person })).JsonAsync();
        await LettersAsync(3);
        await (await _desk.CommandAsync(new { type = "cancel", person })).JsonAsync();
        var letters = (await LettersAsync(4)).Select(ParsedLetter.Of).ToList();
        Assert.Equal(["We have your registration", "Your registration", "You are registered", "Cancelled"], letters.Select(letter => letter["Subject"].Split(':')[0]));
        Assert.Contains("The organiser writes: One from each city", letters[1].Plain, StringComparison.Ordinal);
        Assert.Equal(4, letters.Select(letter => letter["Message-ID"]).Distinct().Count());
    }

    [Fact]
    public async Task Waits_out_a_mail_server_that_is_down_and_tells_the_organiser()
    {
        await _mail.StopAsync();
        await _desk.RegisterAsync("Ana");
        await _desk.RegisterAsync("Ilir");
        await Wait.UntilAsync("the organiser sees what waits", async () => (string?)(await MailAsync())["trouble"] == "no connection");
        Assert.Equal((true, 2), ((bool)(await MailAsync())["setUp"]!, (int)(await MailAsync())["waiting"]!));
        Assert.Equal("waiting", (string)(await _desk.ListAsync())["people"]![0]!["mail"]!);
        _mail.Start();
        await LettersAsync(2);
        await NothingWaitsAsync();
        Assert.Null((await MailAsync())["trouble"]);
    }

    public static TheoryData<string, string, string> Troubles => new()
    {
        { "RCPT", "451 4.3.0 Come back later", "451 4.3.0 Come back later" },
        { "MAIL", "421 4.3.2 Going down", "421 4.3.2 Going down" },
        { "DATA", "", "no connection" },
        { ".", "", "no connection" },
        { ".", "452 4.3.1 Disk full", "452 4.3.1 Disk full" },
        { "MAIL", "550 5.7.1 Not in that name", "550 5.7.1 Not in that name" },
        { ".", "554 5.7.1 Looks like spam", "554 5.7.1 Looks like spam" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Tries_again_whatever_the_mail_server_says_of_itself(string at, string says, string seen)
    {
        _mail.Trouble = line => line.StartsWith(at, StringComparison.Ordinal) ? says : null;
        await _desk.RegisterAsync("Ana");
        await Wait.UntilAsync($"the organiser sees {seen}", async () => (string?)(await MailAsync())["trouble"] == seen);
        Assert.Empty(_mail.Letters);
        _mail.Trouble = _ => null;
        await OnlyLetterAsync();
        await NothingWaitsAsync();
    }

    [Fact]
    public async Task Ends_with_an_address_that_is_refused_for_good_and_goes_on_with_the_others()
    {
        _mail.Trouble = line => line.StartsWith("RCPT TO:<nobody@", StringComparison.Ordinal) ? "550 5.1.1 No such mailbox" : null;
        await _desk.RegisterAsync("Nobody");
        await _desk.RegisterAsync("Ana");
        Assert.Contains("ana@city.example", (await OnlyLetterAsync()).To, StringComparison.Ordinal);
        await NothingWaitsAsync();
        var refused = (await _desk.ListAsync("?find=nobody"))["people"]![0]!;
        Assert.Equal(("refused", "550 5.1.1 No such mailbox"), ((string)refused["mail"]!, (string)refused["why"]!));

        _mail.Trouble = _ => null;
        await (await _desk.CommandAsync(new { type = "send-again", person = (Guid)refused["person"]! })).JsonAsync();
        await LettersAsync(2);
    }

    [Fact]
    public async Task Does_not_let_one_letter_hold_up_the_others()
    {
        _mail.Trouble = line => line.StartsWith("RCPT TO:<slow@", StringComparison.Ordinal) ? "450 4.2.0 Greylisted" : null;
        await _desk.RegisterAsync("Slow");
        await _desk.RegisterAsync("Ana");
        await _desk.RegisterAsync("Ilir");
        await LettersAsync(2);
        _mail.Trouble = _ => null;
        Assert.Contains("slow@", (await LettersAsync(3))[2].To, StringComparison.Ordinal);
    }

    private async Task RegisterAsync(string name, string mail, string lang) => await (await _house.PostAsync(
        $"/api/conferences/{_desk.Conference}/registration", new { id = Guid.CreateVersion7(), answers = new { name, mail }, lang })).JsonAsync();

    private async Task<JsonNode> MailAsync() => (await _desk.ListAsync())["mail"]!;

    private Task NothingWaitsAsync() => Wait.UntilAsync("nothing waits any more", async () => (int)(await MailAsync())["waiting"]! == 0);

    private async Task<TakenLetter> OnlyLetterAsync() => Assert.Single(await LettersAsync(1));

    private async Task<List<TakenLetter>> LettersAsync(int count)
    {
        await Wait.UntilAsync($"{count} letters have arrived", () => _mail.Letters.Count >= count);
        return [.. _mail.Letters];
    }
}
