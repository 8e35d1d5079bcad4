using System.Net.Http.Headers;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>What is around the live hour: who comes, who may do what, what was done.</summary>
public sealed partial class Pictures
{
    private static readonly (string Name, string City, string Function, string Lunch)[] Registered =
    [
        ("Arben Hoxha", "Tirana", "Deputy mayor", "fish"), ("Biljana Ristova", "Skopje", "Head of the climate office", "vegetables"),
        ("Γιώργος Παππάς", "Athens", "City architect", "fish"), ("Мария Колева", "Plovdiv", "Chief expert, transport", "vegetables"),
        ("Tomaž Kranjc", "Maribor", "Water company", "fish"), ("Zeynep Aydın", "İstanbul", "Adviser to the mayor", "fish"),
    ];

    private static readonly (string Name, string City, string Function, string Role)[] Known =
    [
        ("Елена Петрова", "Sofia", "Programme of the summit", "host"), ("Ivo Marinov", "Sofia", "Moderator, plenary hall", "moderator"),
        ("Nataša Jovanović", "Beograd", "Moderator, green transformation", "moderator"),
    ];

    private static readonly (string Title, string Date)[] HandedOut = [("Draft declaration of the mayors", "2025-02-10"), ("Travel and hotels", "2025-01-20")];

    /// <summary>A form of one's own, those who have filled it in, those who help, and what is handed out.</summary>
    private static async Task FillAsync(Venue venue)
    {
        var (house, host) = (venue.House, await venue.House.EnterAsync(venue.Host));
        var registration = $"/api/conferences/{venue.Conference}/registration";
        await house.CallAsync(HttpMethod.Post, $"{registration}/commands", host, new
        {
            type = "set-form",
            id = Guid.CreateVersion7(),
            approval = true,
            capacity = 200,
            waitingList = true,
            fields = new object[]
            {
                new { key = "name", kind = "line", label = "", required = true }, new { key = "mail", kind = "mail", label = "", required = true },
                new { key = "city", kind = "line", label = "" }, new { key = "function", kind = "line", label = "" },
                new { key = "f1", kind = "choice", label = "Lunch", options = new[] { "fish", "vegetables" }, deleteAfter = "2030-01-31" },
            },
        });
        foreach (var (name, city, function, lunch) in Registered)
        {
            var mail = $"person{Array.FindIndex(Registered, one => one.Name == name)}@city.example";
            await house.CallAsync(HttpMethod.Post, registration, null, new { id = Guid.CreateVersion7(), lang = "en", answers = new { name, mail, city, function, f1 = lunch } });
        }

        foreach (var (name, city, function, role) in Known)
        {
            await house.CallAsync(HttpMethod.Post, "/api/people", host, new { id = Guid.CreateVersion7(), name, city, function, role = new { @in = new { conference = venue.Conference }, role } });
        }

        await house.CallAsync(HttpMethod.Post, $"/api/conferences/{venue.Conference}/keys", host, new { name = "Screens in the lobby", scopes = new[] { "read" } });
        foreach (var (title, date) in HandedOut)
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Put, $"/api/conferences/{venue.Conference}/documents/{Guid.CreateVersion7()}?title={Uri.EscapeDataString(title)}&date={date}")
            {
                Content = new ByteArrayContent(ADocumentHandedOut.Pdf) { Headers = { ContentType = new("application/octet-stream") } },
                Headers = { Authorization = new AuthenticationHeaderValue("Bearer", host) },
            };
            using var answer = await house.Server.Http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
    }

    private async Task TakeOrganisersAsync(Venue venue, Visitor visitor, string device)
    {
        await GoAsync($"/e/{venue.Conference}/register", "registration-form");
        await TakeAsync(visitor, "register", device);
        await visitor.OpenAsync(venue, venue.Host);
        await Expect(visitor.Page.GetByTestId("host-session").First).ToBeVisibleAsync();
        await GoAsync("/h/programme", "plan-documents");
        await TakeAsync(visitor, "plan", device);
        await GoAsync("/h/registration", "registrant");
        await TakeAsync(visitor, "registrations", device);
        await GoAsync("/h/people", "person");
        await TakeAsync(visitor, "people", device);
        await GoAsync("/h/audit", "audit");
        await TakeAsync(visitor, "audit", device);
        await GoAsync("/h/programs", "keys");
        await TakeAsync(visitor, "programs", device);
        await GoAsync($"/r/{venue.Session}?replay", "replay-counts");
        await visitor.Page.GetByRole(AriaRole.Slider).PressAsync("End");
        await Expect(visitor.Page.GetByTestId("then").First).ToBeVisibleAsync();
        await TakeAsync(visitor, "replay", device);

        async Task GoAsync(string path, string shown)
        {
            await visitor.Page.GotoAsync(new Uri(venue.House.Address, path).ToString());
            await Expect(visitor.Page.GetByTestId(shown).First).ToBeVisibleAsync();
        }
    }
}
