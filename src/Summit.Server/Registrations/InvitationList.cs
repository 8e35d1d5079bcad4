using Summit.Domain;
using Summit.Domain.Registrations;
using Summit.Server.Operations;

namespace Summit.Server.Registrations;

/// <summary>Why a list, or a row of one, is not taken.</summary>
public static class ListFaults
{
    public static Fault Encoding { get; } = new(FaultKind.Invalid, "list.encoding", "The letters of this file cannot be read. Save it as 'CSV UTF-8' and choose it again.");

    public static Fault TooLarge { get; } = new(FaultKind.Invalid, "list.too-large", "A list has at most 20,000 rows and 4 MB. Divide it.");

    public static Fault NoMailColumn { get; } = new(FaultKind.Invalid, "list.no-mail-column", "No column is called 'mail'. Name the columns in the first line, as the form or its keys do.");

    public static Fault MailMissing { get; } = new(FaultKind.Invalid, "list.mail-missing", "There is no mail address in this row.");

    public static Fault Registered { get; } = new(FaultKind.Conflict, "list.registered", "Somebody with this mail address is on the list already.");

    public static Fault Cells { get; } = new(FaultKind.Invalid, "list.cells", "This row has more cells than the first line has names.");

    public static Fault Quotes { get; } = new(FaultKind.Invalid, "list.quotes", "A quotation mark opens in this row and nothing closes it.");

    public static Fault Doubled(int line) => new(FaultKind.Conflict, "list.doubled", $"The mail address stands in line {line} already.");
}

/// <param name="Line">In the file, 1 for the first.</param>
/// <param name="Mail">What stands in the mail column, to find the row by.</param>
public sealed record BadRow(int Line, string Code, string Message, string? Mail);

/// <summary>What a list comes to.</summary>
/// <param name="Rows">Without the first line and empty ones.</param>
/// <param name="Bad">The first of them.</param>
/// <param name="Ignored">Columns that the form does not ask for.</param>
/// <param name="First">The first rows as they are read, by the keys of the fields.</param>
/// <param name="Imported">How many have been invited by this; 0 for a preview.</param>
public sealed record ListReport(
    int Rows, int Good, int BadRows, IReadOnlyList<BadRow> Bad, IReadOnlyList<string> Ignored, IReadOnlyList<IReadOnlyDictionary<string, string>> First, int Imported);

/// <summary>Reads a list of people to invite, row by row, by the form it is for.</summary>
internal sealed class InvitationList
{
    public const int MostBytes = 4 * 1024 * 1024;

    private const int MostRows = 20_000;
    private const int MostReported = 200;
    private const int Previewed = 5;

    /// <summary>What columns are called elsewhere; the keys and labels of the form count besides.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["e-mail"] = "mail",
        ["email"] = "mail",
        ["mail address"] = "mail",
        ["имейл"] = "mail",
        ["е-поща"] = "mail",
        ["поща"] = "mail",
        ["full name"] = "name",
        ["име"] = "name",
        ["имена"] = "name",
        ["град"] = "city",
        ["община"] = "city",
        ["длъжност"] = "function",
        ["position"] = "function",
        ["езици"] = "languages",
    };

    private readonly List<BadRow> _bad = [];
    private readonly List<string> _ignored = [];
    private int _rows;

    private InvitationList()
    {
    }

    /// <summary>The good rows, with their lines in the file.</summary>
    public List<(int Line, Dictionary<string, string> Answers)> Good { get; } = [];

    public static (InvitationList? List, Fault? Fault) Read(ReadOnlySpan<byte> bytes, Registration registration)
    {
        if (CsvReader.Decode(bytes) is not { } text)
        {
            return (null, ListFaults.Encoding);
        }

        var rows = CsvReader.Read(text).Where(row => !row.IsEmpty).Take(MostRows + 2).ToList();
        if (rows.Count > MostRows + 1)
        {
            return (null, ListFaults.TooLarge);
        }

        var list = new InvitationList();
        var columns = list.Columns(rows.Count == 0 ? [] : rows[0].Cells, registration.Form!);
        if (!columns.Contains("mail"))
        {
            return (null, ListFaults.NoMailColumn);
        }

        list.Take(rows.Skip(1), columns, registration);
        return (list, null);
    }

    public ListReport Report(int imported) => new(
        _rows, Good.Count, _rows - Good.Count, _bad, _ignored, [.. Good.Take(Previewed).Select(row => row.Answers)], imported);

    private List<string?> Columns(IReadOnlyList<string> head, FormSet form)
    {
        var columns = new List<string?>();
        foreach (var name in head.Select(Text.CleanLine))
        {
            var key = form.Fields.FirstOrDefault(field =>
                field.Key.Equals(name, StringComparison.OrdinalIgnoreCase) || (field.Label.Length > 0 && field.Label.Equals(name, StringComparison.OrdinalIgnoreCase))
                || (Names.TryGetValue(name, out var known) && known == field.Key))?.Key;
            key = columns.Contains(key) ? null : key;
            columns.Add(key);
            if (key is null)
            {
                _ignored.Add(name);
            }
        }

        return columns;
    }

    private void Take(IEnumerable<CsvRow> rows, List<string?> columns, Registration registration)
    {
        var lines = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in rows)
        {
            _rows++;
            var raw = columns.Zip(row.Cells).Where(cell => cell.First is not null).ToDictionary(cell => cell.First!, cell => cell.Second);
            var mail = Text.CleanLine(raw.GetValueOrDefault("mail"));
            var (answers, fault) = registration.ReadInvitation(raw);
            fault = row.Unclosed ? ListFaults.Quotes
                : row.Cells.Count > columns.Count && row.Cells.Skip(columns.Count).Any(cell => !string.IsNullOrWhiteSpace(cell)) ? ListFaults.Cells
                : mail.Length == 0 ? ListFaults.MailMissing
                : fault ?? (lines.TryGetValue(mail, out var line) ? ListFaults.Doubled(line)
                : registration.Has(mail) ? ListFaults.Registered
                : null);
            if (fault is null)
            {
                lines.Add(mail, row.Line);
                Good.Add((row.Line, answers));
            }
            else if (_bad.Count < MostReported)
            {
                _bad.Add(new BadRow(row.Line, fault.Code, fault.Message, mail.Length == 0 ? null : mail));
            }
        }
    }
}
