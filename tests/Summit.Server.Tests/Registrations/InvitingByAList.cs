using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Summit.Server.Tests.Registrations;

/// <summary>People invited by a table, as spreadsheets and hands write them.</summary>
public sealed class InvitingByAList(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Is_looked_at_first_and_imported_then()
    {
        var desk = await Desk.OpenAsync(house);
        const string List = "Name,E-mail,City,Room\r\nAna,ana@tirana.example,Tirana,7\r\nIlir,ilir@tirana.example,,\r\n";
        var preview = await ReportAsync(desk, List);
        Assert.Equal((2, 2, 0, 0), Numbers(preview));
        Assert.Equal("Room", (string)Assert.Single(preview["ignored"]!.AsArray())!);
        Assert.Equal(("Ana", "ana@tirana.example", "Tirana"), ((string)preview["first"]![0]!["name"]!, (string)preview["first"]![0]!["mail"]!, (string)preview["first"]![0]!["city"]!));
        Assert.Equal(0, (int)(await desk.ListAsync())["found"]!);

        var import = Guid.CreateVersion7();
        Assert.Equal((2, 2, 0, 2), Numbers(await ReportAsync(desk, List, import)));
        Assert.Equal(2, (int)(await desk.ListAsync("?state=invited"))["found"]!);
        // The same import again invites nobody twice.
        Assert.Equal((2, 0, 2, 0), Numbers(await ReportAsync(desk, List, import)));
        Assert.Equal(2, (int)(await desk.ListAsync())["found"]!);
    }

    [Fact]
    public async Task Names_each_bad_row_by_its_line_and_takes_the_others()
    {
        var desk = await Desk.OpenAsync(house);
        await desk.RegisterAsync("Petra");
        var report = await ReportAsync(
            desk,
            """
            name;mail;city
            Ana;ana@tirana.example;Tirana
            "Ilir
            of two lines";ilir@tirana.example;Tirana

            Nobody;;Tirana
            Wrong;wrong(at)tirana.example;Tirana
            Again;ANA@tirana.example;Tirana
            Petra;petra@city.example;Tirana
            More;more@tirana.example;Tirana;and more
            Long;long@tirana.example;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            "Open;open@tirana.example;Tirana
            """,
            Guid.CreateVersion7());
        Assert.Equal((9, 2, 7, 2), Numbers(report));
        Assert.Equal(
            [(6, "list.mail-missing"), (7, "registration.mail"), (8, "list.doubled"), (9, "list.registered"), (10, "list.cells"), (11, "text.too-long"), (12, "list.quotes")],
            report["bad"]!.AsArray().Select(row => ((int)row!["line"]!, (string)row["code"]!)));
        Assert.Contains("line 2 already", (string)report["bad"]![2]!["message"]!, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Dialects => new()
    {
        { "comma", "mail,name\nana@tirana.example,\"Kola, Ana\"" },
        { "semicolon", "mail;name\r\nana@tirana.example;Kola, Ana\r\n" },
        { "tab", "mail\tname\rana@tirana.example\tKola, Ana" },
        { "quotes", "\"mail\",\"name\"\n\"ana@tirana.example\",\"Kola, Ana\"" },
        { "words of another language", "Име;Имейл\nKola, Ana;ana@tirana.example" },
        { "blank lines before and after", "\n\nmail;name\n\nana@tirana.example;Kola, Ana\n\n\n" },
    };

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Is_read_in_every_dialect_and_with_every_mark_of_order(string dialect, string list)
    {
        var desk = await Desk.OpenAsync(house);
        foreach (var encoding in new Encoding[] { new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var report = await (await SendAsync(desk, [.. encoding.Preamble, .. encoding.GetBytes(list)])).JsonAsync();
            Assert.True((string?)report["first"]?[0]?["name"] == "Kola, Ana", $"{dialect}: {report.ToJsonString()}");
        }
    }

    [Fact]
    public async Task Keeps_quotation_marks_that_were_doubled_and_those_within_a_word()
    {
        var desk = await Desk.OpenAsync(house);
        var report = await ReportAsync(desk, "mail,name,city\na@city.example,\"Ana \"\"the\"\" first\",5\"\nb@city.example,\"\",\"Tirana\"");
        Assert.Equal(("Ana \"the\" first", "5\""), ((string)report["first"]![0]!["name"]!, (string)report["first"]![0]!["city"]!));
        Assert.Null(report["first"]![1]!["name"]);
    }

    [Fact]
    public async Task Is_refused_whole_when_it_cannot_be_read()
    {
        var desk = await Desk.OpenAsync(house);
        // "Име" in Windows-1251.
        await (await SendAsync(desk, [0xC8, 0xEC, 0xE5, (byte)',', .. "mail\nx,ana@city.example"u8])).RefusedAsync(HttpStatusCode.BadRequest, "list.encoding");
        await (await SendAsync(desk, [])).RefusedAsync(HttpStatusCode.BadRequest, "list.no-mail-column");
        await (await SendAsync(desk, "name,city\nAna,Tirana"u8.ToArray())).RefusedAsync(HttpStatusCode.BadRequest, "list.no-mail-column");
        await (await SendAsync(desk, new byte[(4 * 1024 * 1024) + 1])).RefusedAsync(HttpStatusCode.BadRequest, "list.too-large");
        await (await SendAsync(desk, Encoding.UTF8.GetBytes(Rows(20_001)))).RefusedAsync(HttpStatusCode.BadRequest, "list.too-large");
        await (await SendAsync(desk, "mail\nana@city.example"u8.ToArray(), "?import=" + Guid.NewGuid())).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await SendAsync(desk, "mail\nana@city.example"u8.ToArray(), "?lang=English")).RefusedAsync(HttpStatusCode.BadRequest, "text.lang-malformed");
    }

    [Fact]
    public async Task Is_for_who_runs_the_conference_and_has_set_a_form()
    {
        var desk = await Desk.OpenAsync(house);
        foreach (var token in new[] { await house.JoinAsync(), house.HostToken })
        {
            await (await SendAsync(desk with { Host = token }, "mail\nana@city.example"u8.ToArray())).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        }

        var (conference, _, host) = await house.PlanAsync("Without a form");
        await (await SendAsync(new Desk(house, conference, host, ""), "mail\nana@city.example"u8.ToArray())).RefusedAsync(HttpStatusCode.NotFound, "registration.none");
    }

    [Fact]
    public async Task Takes_ten_thousand_at_once()
    {
        var desk = await Desk.OpenAsync(house);
        var clock = Stopwatch.StartNew();
        var report = await ReportAsync(desk, Rows(10_000), Guid.CreateVersion7());
        TestContext.Current.TestOutputHelper?.WriteLine($"{clock.Elapsed.TotalSeconds:F2} s");
        Assert.Equal((10_000, 10_000, 0, 10_000), Numbers(report));
        Assert.Equal(10_000, (int)(await desk.ListAsync())["counts"]!["invited"]!);
    }

    [Fact]
    public async Task Lets_the_invited_register_by_their_own_link()
    {
        var desk = await Desk.OpenAsync(house, new { type = "set-form", fields = Desk.Fields, approval = true });
        await ReportAsync(desk, "name,mail\nAna,ana@city.example", Guid.CreateVersion7());
        var person = (Guid)(await desk.ListAsync())["people"]![0]!["person"]!;
        var keys = (Server.Registrations.RegistrationKeys)house.Services.GetService(typeof(Server.Registrations.RegistrationKeys))!;
        var key = keys.Of(new Domain.ConferenceId(desk.Conference), new Domain.ParticipantId(person));
        Assert.Equal("invited", (string)(await (await desk.MineAsync(key)).JsonAsync())["state"]!);
        Assert.Equal("approved", (string)(await (await desk.TryRegisterAsync("Ana", key: key)).JsonAsync())["registration"]!["state"]!);
    }

    private static string Rows(int count) => Enumerable.Range(0, count).Aggregate(
        new StringBuilder("name,mail,city\r\n"), (list, number) => list.Append(CultureInfo.InvariantCulture, $"Person {number},person{number}@city.example,Tirana\r\n")).ToString();

    private static (int Rows, int Good, int Bad, int Imported) Numbers(JsonNode report) =>
        ((int)report["rows"]!, (int)report["good"]!, (int)report["badRows"]!, (int)report["imported"]!);

    private static async Task<JsonNode> ReportAsync(Desk desk, string list, Guid? import = null) =>
        await (await SendAsync(desk, Encoding.UTF8.GetBytes(list), import is null ? "" : $"?import={import}")).JsonAsync();

    private static Task<HttpResponseMessage> SendAsync(Desk desk, byte[] list, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/conferences/{desk.Conference}/invitations{query}") { Content = new ByteArrayContent(list) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", desk.Host);
        return desk.House.Client.SendAsync(request, Now.Cancelled);
    }
}
