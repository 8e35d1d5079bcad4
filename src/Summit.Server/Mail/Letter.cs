using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using QRCoder;
using Summit.Domain;
using Summit.Domain.Registrations;
using Summit.Server.Conferences;
using Summit.Server.Registrations;

namespace Summit.Server.Mail;

/// <summary>Writes to somebody how the registration stands: as text, as a simple page, and, with a place, the dates as a calendar file.</summary>
internal static class Letter
{
    /// <param name="number">Of the event that it follows. A copy of a letter has the same number, and by that the same id.</param>
    /// <param name="calendar">The dates as iCalendar.</param>
    /// <param name="link">To the own registration.</param>
    public static MailMessage Write(
        string from, Registrant to, long number, ConferenceView conference, string link, string calendar, string host)
    {
        var words = LetterWords.In(to.Lang);
        var kind = JsonNamingPolicy.KebabCaseLower.ConvertName((to.State == RegistrationState.CheckedIn ? RegistrationState.Approved : to.State).ToString());
        // A title is a line without control characters when it comes from the domain; a header must be sure of it.
        var values = new Dictionary<string, string>
        {
            ["title"] = Text.CleanLine(conference.Plan.Title),
            ["name"] = to.Name ?? "",
            ["when"] = When(conference, words.Culture),
            ["code"] = Ticket.Of(to.Id),
            ["link"] = link,
            ["note"] = to.Note ?? "",
        };
        List<string> parts = [words.Say(to.Name is null ? "greeting.nameless" : "greeting", values), words.Say($"{kind}.text", values)];
        if (to is { State: RegistrationState.Declined, Note: not null })
        {
            parts.Add(words.Say("declined.note", values));
        }

        var text = string.Join("\n\n", parts);
        var letter = new MailMessage(from, to.Mail!)
        {
            Subject = words.Say($"{kind}.subject", values),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        letter.Headers.Add("Message-ID", $"<{number.ToString(CultureInfo.InvariantCulture)}.{conference.Id.Value:N}@{host}>");
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        letter.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(text, Encoding.UTF8, MediaTypeNames.Text.Plain));
        letter.AlternateViews.Add(Page(text, to));
        if (to.HasPlace)
        {
            letter.Attachments.Add(new Attachment(
                new MemoryStream(Encoding.UTF8.GetBytes(calendar)), new ContentType("text/calendar; charset=utf-8; method=PUBLISH") { Name = "summit.ics" }));
        }

        return letter;
    }

    /// <summary>The same words, each paragraph one of the page's; who has a place gets the code to be scanned.</summary>
    private static AlternateView Page(string text, Registrant to)
    {
        var page = new StringBuilder("<!doctype html><html><body style=\"font-family:sans-serif;font-size:16px;line-height:1.5\">");
        foreach (var part in text.Split("\n\n"))
        {
            page.Append("<p>").AppendJoin("<br>", part.Split('\n').Select(Line)).Append("</p>");
        }

        if (!to.HasPlace)
        {
            return AlternateView.CreateAlternateViewFromString(page.Append("</body></html>").ToString(), Encoding.UTF8, MediaTypeNames.Text.Html);
        }

        page.Append(CultureInfo.InvariantCulture, $"<p><img src=\"cid:ticket\" alt=\"{Ticket.Of(to.Id)}\" width=\"180\" height=\"180\"></p></body></html>");
        var view = AlternateView.CreateAlternateViewFromString(page.ToString(), Encoding.UTF8, MediaTypeNames.Text.Html);
        using var code = QRCodeGenerator.GenerateQrCode(Ticket.Scanned(to.Id), QRCodeGenerator.ECCLevel.M);
        using var drawn = new PngByteQRCode(code);
        view.LinkedResources.Add(new LinkedResource(new MemoryStream(drawn.GetGraphic(8)), MediaTypeNames.Image.Png) { ContentId = "ticket" });
        return view;
    }

    /// <summary>A line that is nothing but an address becomes a link: only ours stand alone.</summary>
    private static string Line(string line)
    {
        var safe = WebUtility.HtmlEncode(line);
        return line.StartsWith("http", StringComparison.Ordinal) && !line.Contains(' ', StringComparison.Ordinal) ? $"<a href=\"{safe}\">{safe}</a>" : safe;
    }

    private static string When(ConferenceView conference, CultureInfo culture)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(conference.Plan.TimeZone);
        return $"{TimeZoneInfo.ConvertTime(conference.Plan.Starts, zone).ToString("d MMMM yyyy, HH:mm", culture)} ({conference.Plan.TimeZone})";
    }
}
