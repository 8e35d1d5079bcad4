using System.Globalization;
using System.Text;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Server.Operations;

namespace Summit.Server.Reports;

/// <summary>A report as CSV, RFC 4180: a line for each item. What somebody typed never becomes a formula in a spreadsheet.</summary>
internal static class ReportTable
{
    private static readonly string[] Head =
    [
        "session", "kind", "title", "text", "language", "state", "support", "name", "city", "country", "asked", "answer", "by", "settled", "reason", "note",
        "follow-up owner", "follow-up due", "follow-up note", "yes", "no", "abstain", "id", "reply to", "merged into", "asked of",
    ];

    public static StringBuilder Of(ConferenceReport report)
    {
        var table = new StringBuilder();
        Csv.Line(table, Head);
        foreach (var session in report.Sessions)
        {
            foreach (var item in session.Items)
            {
                Csv.Line(table, Cells(session, item));
            }
        }

        return table;
    }

    private static IEnumerable<string?> Cells(SessionReport session, ReportedItem item) =>
    [
        session.Title, Wire(item.Kind), item.Title, item.Text, item.Lang, Wire(item.State), Number(item.Support), item.Name, item.City,
        Country(session, item), Time(item.At), item.Answer, item.By, item.Settled is { } settled ? Time(settled) : null, item.Reason?.Text, item.Reason?.Note, item.FollowUp?.Owner,
        item.FollowUp?.Due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), item.FollowUp?.Note, Number(item.Vote?.Yes), Number(item.Vote?.No),
        Number(item.Vote?.Abstain), Id(item.Id), Id(item.ReplyTo), Id(item.Into), item.To?.Name,
    ];

    private static string? Country(SessionReport session, ReportedItem item) =>
        session.Participation.Cities.FirstOrDefault(city => city.City.Equals(item.City, StringComparison.OrdinalIgnoreCase))?.Country;

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Id(ItemId? id) => id?.Value.ToString("D");

    private static string Wire<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
