using System.Text;
using System.Text.RegularExpressions;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>A document from the organiser's disk to that of somebody who passes by.</summary>
public sealed class ADocumentHandedOut(Hall hall) : BrowserTest(hall)
{
    internal static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    [Fact]
    public async Task Is_told_from_what_is_none_shown_once_published_and_taken_back()
    {
        var venue = await House.PlanAsync("Papers of a summit");
        var desk = await DeskAsync();
        await desk.OpenAsync(venue, venue.Host);
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Rooms, speakers, publishing" }).ClickAsync();
        await desk.Button("Hand out a document").PressAsync("Enter");
        await desk.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "minutes.pdf", MimeType = "application/pdf", Buffer = "MZ no minutes"u8.ToArray() });
        await desk.Page.GetByLabel("Title", new() { Exact = true }).FillAsync("Проект на решение");
        await desk.Page.GetByLabel("Date", new() { Exact = true }).FillAsync("2026-01-05");
        await Axe.FindsNothingAsync(desk, "handing out");
        desk.MayFindNothing = true;
        await desk.Button("Save").ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is no PDF");
        await desk.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "minutes.exe", MimeType = "text/plain", Buffer = Pdf });
        await desk.Button("Save").ClickAsync();
        await Expect(desk.Page.GetByTestId("plan-documents")).ToContainTextAsync("PDF, 1 kB");
        await Expect(desk.Page.GetByText("Everybody can fetch them once the programme is published.")).ToBeVisibleAsync();
        await KeepOnBothAsync(desk, "documents-plan");
        await desk.Button("Publish").ClickAsync();
        await Expect(desk.Page.GetByTestId("publishing")).ToContainTextAsync("version 1");

        var phone = await PhoneAsync();
        await phone.Page.GotoAsync(new Uri(House.Address, $"/e/{venue.Conference}").ToString());
        var link = phone.Page.GetByTestId("documents").GetByRole(AriaRole.Link);
        await Expect(link).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(phone, "documents");
        var download = await phone.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.Equal("Проект на решение.pdf", download.SuggestedFilename);
        Assert.Equal(Pdf, await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));

        // The report of the conference lists it; where it can be fetched stands in it for who reads it on paper or as data.
        await desk.Page.GotoAsync(new Uri(House.Address, "/r").ToString());
        var reported = desk.Page.GetByTestId("report-documents").GetByRole(AriaRole.Link, new() { Name = "Проект на решение" });
        await Expect(reported).ToHaveAttributeAsync("href", new Regex($"^http.*/api/conferences/{venue.Conference}/documents/"));
        await Axe.FindsNothingAsync(desk, "documents of a report");
        await KeepOnBothAsync(desk, "documents-report");
        await desk.Page.GotoAsync(new Uri(House.Address, "/h/programme").ToString());

        await desk.Page.GetByTestId("plan-documents").GetByRole(AriaRole.Button).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(desk.Page.GetByText("No document is handed out yet.")).ToBeVisibleAsync();
        await phone.Page.ReloadAsync();
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Name = "Programme", Exact = true })).ToBeVisibleAsync();
        await Expect(link).ToHaveCountAsync(0);
    }
}
