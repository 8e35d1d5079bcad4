using System.Globalization;
using System.Text;
using Summit.Domain.Conferences;

namespace Summit.Server.Conferences;

/// <summary>A conference and its sessions as iCalendar, RFC 5545; times are UTC, so no zone has to travel along. Ical.Net would do it where it can be had.</summary>
/// <param name="address">Its public page, or where it is joined while it has none. The meeting itself is for those who have.</param>
/// <param name="now">When this copy was made.</param>
internal sealed class Calendar(ConferenceView conference, string address, DateTimeOffset now)
{
    public const string MediaType = "text/calendar";

    /// <summary>Octets of a line without its end; a longer one goes on in the next, behind a blank.</summary>
    private const int LineLength = 75;

    private readonly StringBuilder _text = new();

    /// <summary>The conference itself, and every session.</summary>
    public string Whole()
    {
        Begin();
        Line("X-WR-CALNAME", Escaped(conference.Plan.Title));
        // Often enough to hear of a change the evening before, seldom enough for a thousand subscribers.
        Line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        Line("X-PUBLISHED-TTL", "PT1H");
        // Shown, but nobody is busy for two days because of it.
        Event(conference.Id.Value, conference.Plan.Title, conference.Plan.Starts, conference.Plan.Ends, conference.Description?.Place, conference.Plan.Theme, "TRANSPARENT");
        foreach (var entry in conference.Programme)
        {
            Event(entry);
        }

        return End();
    }

    public string Of(ProgrammeEntry entry)
    {
        Begin();
        Event(entry);
        return End();
    }

    private void Begin()
    {
        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", "-//Summit//Summit//EN");
    }

    private string End()
    {
        Line("END", "VCALENDAR");
        return _text.ToString();
    }

    private void Event(ProgrammeEntry entry)
    {
        var speakers = conference.Speakers.Where(speaker => speaker.Name.Length > 0 && entry.Speakers?.Contains(speaker.Speaker) is true)
            .Select(speaker => speaker.Function is null ? speaker.Name : $"{speaker.Name}, {speaker.Function}");
        var place = string.Join(", ", ((string?[])[entry.Room, conference.Description?.Place]).Where(part => part is not null));
        Event(entry.Session.Value, entry.Title, entry.Starts, entry.Ends, place, string.Join('\n', speakers.Prepend(conference.Plan.Title)), "OPAQUE", entry.Track);
    }

    private void Event(
        Guid id, string title, DateTimeOffset starts, DateTimeOffset ends, string? place, string? about, string transparency, string? category = null)
    {
        Line("BEGIN", "VEVENT");
        Line("UID", id.ToString("D"));
        Line("DTSTAMP", Time(now));
        Line("DTSTART", Time(starts));
        Line("DTEND", Time(ends));
        Line("SUMMARY", Escaped(title));
        LineUnlessEmpty("LOCATION", place);
        LineUnlessEmpty("DESCRIPTION", about);
        LineUnlessEmpty("CATEGORIES", category);
        Line("URL", address);
        Line("TRANSP", transparency);
        Line("END", "VEVENT");
    }

    private void LineUnlessEmpty(string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            Line(name, Escaped(text));
        }
    }

    private void Line(string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineLength)
            {
                _text.Append("\r\n ");
                octets = 1;
            }

            _text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        _text.Append("\r\n");
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
