using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Summit.Server.Tests.Documents;

/// <summary>Files of a conference: what is taken, what is not, and how it comes back.</summary>
public sealed class HandingOutDocuments(House house) : IClassFixture<House>
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    public static TheoryData<string, string> Refused => new()
    {
        { "nothing", "document.not-taken" }, { "text", "document.not-taken" }, { "page", "document.not-taken" }, { "program", "document.not-taken" },
        { "pdf without an end", "document.not-taken" }, { "archive of nothing known", "document.not-taken" }, { "cut archive", "document.not-taken" },
        { "label without its part", "document.not-taken" }, { "other open document", "document.not-taken" }, { "encrypted", "document.not-taken" },
        { "way up", "document.not-taken" }, { "way from the root", "document.not-taken" }, { "way of windows", "document.not-taken" }, { "drive", "document.not-taken" },
        { "one name twice", "document.not-taken" }, { "macros", "document.macros" }, { "macros by label", "document.macros" }, { "basic", "document.macros" },
        { "program within", "document.macros" }, { "bomb", "document.bomb" }, { "bomb that lies", "document.bomb" }, { "part that lies", "document.not-taken" }, { "bomb of many parts", "document.bomb" },
    };

    [Theory]
    [InlineData("pdf", "application/pdf")]
    [InlineData("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation")]
    [InlineData("odt", "application/vnd.oasis.opendocument.text")]
    [InlineData("ods", "application/vnd.oasis.opendocument.spreadsheet")]
    [InlineData("odp", "application/vnd.oasis.opendocument.presentation")]
    public async Task Comes_back_byte_for_byte_as_a_file_that_no_browser_runs(string kind, string type)
    {
        var (conference, _, host) = await house.PlanAsync("Documents");
        var document = Guid.CreateVersion7();
        var content = Sample(kind);
        await (await AddAsync(conference, host, document, content, "Решение 12/2026: \"проект\"")).JsonAsync();
        // What is not published is nobody's yet, the host's list aside.
        await (await FetchAsync(conference, document)).RefusedAsync(HttpStatusCode.NotFound, "document.unknown");
        Assert.Null((await ReportAsync(conference, host))!.AsArray().Single()!["link"]);
        await PublishAsync(conference, host);

        var answer = await FetchAsync(conference, document);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync(Now.Cancelled));
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(("attachment", $"Решение 12-2026- -проект-.{kind}"), (answer.Content.Headers.ContentDisposition?.DispositionType, answer.Content.Headers.ContentDisposition?.FileNameStar));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("sandbox; default-src 'none'; frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        var listed = (await (await house.GetAsync($"/api/conferences/{conference}/programme")).JsonAsync())["documents"]!.AsArray().Single()!;
        Assert.Equal((document, kind, "2026-09-01", content.Length), ((Guid)listed["id"]!, (string)listed["kind"]!, (string)listed["date"]!, (int)listed["size"]!));

        var reported = (await ReportAsync(conference, host))!.AsArray().Single()!;
        Assert.Equal((document, kind, "2026-09-01", content.Length), ((Guid)reported["id"]!, (string)reported["kind"]!, (string)reported["date"]!, (int)reported["size"]!));
        Assert.EndsWith(PathOf(conference, document), (string)reported["link"]!, StringComparison.Ordinal);
        Assert.True(Uri.IsWellFormedUriString((string)reported["link"]!, UriKind.Absolute));

        Assert.Equal(HttpStatusCode.NoContent, (await house.SendAsync(HttpMethod.Delete, PathOf(conference, document), host)).StatusCode);
        await (await FetchAsync(conference, document)).RefusedAsync(HttpStatusCode.NotFound, "document.unknown");
        Assert.Empty(Kept(document));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Is_refused_for_what_it_is(string what, string code)
    {
        var document = Guid.CreateVersion7();
        await (await AddAsync(house.Conference, house.HostToken, document, Sample(what))).RefusedAsync(HttpStatusCode.BadRequest, code);
        Assert.Empty(Kept(document));
    }

    [Fact]
    public async Task Is_refused_when_it_is_too_large_or_too_much()
    {
        var (conference, _, host) = await house.PlanAsync("Full");
        var large = new byte[(20 * 1024 * 1024) + 1];
        Pdf.CopyTo(large, 0);
        Pdf.CopyTo(large, large.Length - Pdf.Length);
        var document = Guid.CreateVersion7();
        await (await AddAsync(conference, host, document, large)).RefusedAsync(HttpStatusCode.BadRequest, "document.too-large");
        Assert.Empty(Kept(document));
        for (var one = 0; one < 50; one++)
        {
            house.Time.Shift += TimeSpan.FromSeconds(1);
            await (await AddAsync(conference, host, Guid.CreateVersion7(), Pdf)).JsonAsync();
        }

        await (await AddAsync(conference, host, document, Pdf)).RefusedAsync(HttpStatusCode.Conflict, "document.too-many");
        Assert.Empty(Kept(document));
    }

    [Fact]
    public async Task Is_for_the_host_of_that_conference_and_says_what_it_is()
    {
        var (other, _, host) = await house.PlanAsync("Another");
        var document = Guid.CreateVersion7();
        await (await AddAsync(house.Conference, await house.JoinAsync(), document, Pdf)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await AddAsync(house.Conference, host, document, Pdf)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await AddAsync(other, null, document, Pdf)).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        await (await AddAsync(Guid.CreateVersion7(), house.AdminToken, document, Pdf)).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
        await (await AddAsync(other, host, document, Pdf, " ")).RefusedAsync(HttpStatusCode.BadRequest, "text.empty");
        await (await AddAsync(other, host, document, Pdf, new string('a', 121))).RefusedAsync(HttpStatusCode.BadRequest, "text.too-long");
        await (await AddAsync(other, host, Guid.NewGuid(), Pdf)).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await AddAsync(other, host, document, Pdf, "Minutes", "soon")).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await house.SendAsync(HttpMethod.Delete, PathOf(other, document), host)).RefusedAsync(HttpStatusCode.NotFound, "document.unknown");
        Assert.Empty(Kept(document));
    }

    [Fact]
    public async Task Is_not_written_over_by_who_knows_its_id()
    {
        var (conference, _, host) = await house.PlanAsync("Mine");
        var (_, _, stranger) = await house.PlanAsync("Stranger");
        var document = Guid.CreateVersion7();
        await (await AddAsync(conference, host, document, Pdf)).JsonAsync();
        await (await AddAsync(conference, host, document, Pdf)).JsonAsync();
        await PublishAsync(conference, host);

        await (await AddAsync(conference, host, document, Sample("docx"))).JsonAsync();
        await (await AddAsync(conference, stranger, document, Sample("docx"))).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");

        Assert.Equal(Pdf, await (await FetchAsync(conference, document)).Content.ReadAsByteArrayAsync(Now.Cancelled));
    }

    private static string PathOf(Guid conference, Guid document) => $"/api/conferences/{conference}/documents/{document}";

    private string[] Kept(Guid document) => Directory.GetFiles(Path.Combine(Path.GetDirectoryName(house.LinksPath)!, "files"), $"{document:N}*");

    private Task<HttpResponseMessage> FetchAsync(Guid conference, Guid document) => house.GetAsync(PathOf(conference, document));

    private async Task<System.Text.Json.Nodes.JsonNode?> ReportAsync(Guid conference, string host) =>
        (await (await house.SendAsync(HttpMethod.Get, $"/api/conferences/{conference}/report", host)).JsonAsync())["documents"];

    private async Task PublishAsync(Guid conference, string host) =>
        await (await house.SendAsync(HttpMethod.Post, $"/api/conferences/{conference}/commands", host, new { type = "publish", id = Guid.CreateVersion7() })).JsonAsync();

    private Task<HttpResponseMessage> AddAsync(Guid conference, string? token, Guid document, byte[] content, string title = "Minutes", string date = "2026-09-01")
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"{PathOf(conference, document)}?title={Uri.EscapeDataString(title)}&date={date}") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return house.Client.SendAsync(request, Now.Cancelled);
    }

    private static byte[] Sample(string what) => what switch
    {
        "pdf" => Pdf,
        "docx" => Word(),
        "xlsx" => OpenXml("spreadsheetml.sheet.main+xml", "xl/workbook.xml"),
        "pptx" => OpenXml("presentationml.presentation.main+xml", "ppt/presentation.xml"),
        "odt" => Odf("text"),
        "ods" => Odf("spreadsheet"),
        "odp" => Odf("presentation"),
        "nothing" => [],
        "text" => "Minutes of the meeting"u8.ToArray(),
        "page" => "<html><script>alert(1)</script>"u8.ToArray(),
        "program" => [0x7F, (byte)'E', (byte)'L', (byte)'F', .. new byte[100]],
        "pdf without an end" => [.. Pdf, .. new byte[2_000]],
        "archive of nothing known" => Zip(("readme.txt", "text"u8.ToArray())),
        "cut archive" => Word()[..^30],
        "label without its part" => OpenXml("wordprocessingml.document.main+xml", "xl/workbook.xml"),
        "other open document" => Odf("graphics"),
        "encrypted" => Patched(Word(), (6, 1), (8, 1)),
        "way up" => Word(("../../evil.docx", [])),
        "way from the root" => Word(("/etc/passwd", [])),
        "way of windows" => Word((@"..\evil.docx", [])),
        "drive" => Word(("C:evil.docx", [])),
        "one name twice" => Word(("WORD/document.xml", [])),
        "macros" => Word(("word/vbaProject.bin", [])),
        "macros by label" => OpenXml("wordprocessingml.document.main+xml application/vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml"),
        "basic" => Odf("text", ("Basic/Standard/Module1.xml", [])),
        "program within" => Word(("word/embeddings/oleObject1.bin", [])),
        "bomb" => Word(("word/media/image1.png", new byte[201 * 1024 * 1024])),
        "bomb that lies" => Patched(Word(("word/media/image1.png", new byte[201 * 1024 * 1024])), (22, 4), (24, 4)),
        "part that lies" => Patched(Word(("word/media/image1.png", new byte[1024 * 1024])), (22, 4), (24, 4)),
        "bomb of many parts" => Word([.. Enumerable.Range(0, 5_001).Select(part => ($"word/{part}.xml", Array.Empty<byte>()))]),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "No such sample."),
    };

    private static byte[] Word(params (string Name, byte[] Content)[] more) => OpenXml("wordprocessingml.document.main+xml", "word/document.xml", more);

    private static byte[] OpenXml(string type, string part, params (string Name, byte[] Content)[] more) => Zip(
    [
        ("[Content_Types].xml", Encoding.UTF8.GetBytes($"""<Types><Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{type}"/></Types>""")),
        (part, "<document/>"u8.ToArray()),
        .. more,
    ]);

    private static byte[] Odf(string kind, params (string Name, byte[] Content)[] more) => Zip(
        [("mimetype", Encoding.ASCII.GetBytes($"application/vnd.oasis.opendocument.{kind}")), ("META-INF/manifest.xml", "<manifest/>"u8.ToArray()), .. more]);

    private static byte[] Zip(params (string Name, byte[] Content)[] parts)
    {
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var to = zip.CreateEntry(name).Open();
                to.Write(content);
            }
        }

        return archive.ToArray();
    }

    /// <summary>The last part's headers with another value where each of them has it.</summary>
    private static byte[] Patched(byte[] archive, (int At, byte Value) local, (int At, byte Value) central)
    {
        archive[archive.AsSpan().LastIndexOf("PK\u0003\u0004"u8) + local.At] = local.Value;
        var there = archive.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + central.At;
        archive[there] = central.Value;
        if (central.At == 24)
        {
            archive.AsSpan(there + 1, 3).Clear();
        }

        return archive;
    }
}
