using System.Text;

namespace Summit.Server.Operations;

/// <summary>Tables as CSV, RFC 4180. What somebody typed never becomes a formula in a spreadsheet.</summary>
internal static class Csv
{
    public const string MediaType = "text/csv";

    /// <summary>What a spreadsheet takes for the beginning of a formula, also behind a blank that it cuts off.</summary>
    private const string Formulas = "=+-@\t\r\n＝＋－＠";

    /// <summary>The mark of order tells spreadsheets that it is UTF-8.</summary>
    public static IResult File(StringBuilder table, string name) =>
        TypedResults.Bytes([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(table.ToString())], MediaType, name);

    public static void Line(StringBuilder table, IEnumerable<string?> cells) => table.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>An apostrophe before it makes a text of it in every spreadsheet; numbers of ours are never negative.</summary>
    private static string Cell(string? text)
    {
        var safe = text?.TrimStart() is { Length: > 0 } begun && (Formulas.Contains(begun[0], StringComparison.Ordinal) || Formulas.Contains(text[0], StringComparison.Ordinal))
            ? $"'{text}"
            : text ?? "";
        return safe.AsSpan().ContainsAny("\",\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
