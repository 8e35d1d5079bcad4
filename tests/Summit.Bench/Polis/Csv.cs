using System.Text;

namespace Summit.Bench.Polis;

/// <summary>Reads comma-separated values as RFC 4180 has them: quoted fields, doubled quotes, line ends inside of quotes.</summary>
public static class Csv
{
    /// <summary>The rows in order, the heading among them. Takes CRLF, LF and CR as line ends, and a last line without one.</summary>
    /// <exception cref="FormatException">A quoted field is not closed, or goes on after its closing quote.</exception>
    public static IEnumerable<IReadOnlyList<string>> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = 0;
        while (at < text.Length)
        {
            var row = new List<string> { ReadField(text, ref at) };
            while (at < text.Length && text[at] == ',')
            {
                at++;
                row.Add(ReadField(text, ref at));
            }

            SkipLineEnd(text, ref at);
            yield return row;
        }
    }

    /// <summary>The rows below the heading, their fields by its names.</summary>
    /// <exception cref="FormatException">A row is longer or shorter than the heading.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, string>> ReadNamed(string text)
    {
        IReadOnlyList<string>? heading = null;
        foreach (var row in Read(text))
        {
            if (heading is null)
            {
                heading = row;
                continue;
            }

            if (row.Count != heading.Count)
            {
                throw new FormatException($"A row has {row.Count} fields where the heading has {heading.Count}: {string.Join(',', row)}");
            }

            yield return heading.Zip(row).ToDictionary(field => field.First, field => field.Second);
        }
    }

    private static string ReadField(string text, ref int at)
    {
        if (at < text.Length && text[at] == '"')
        {
            return ReadQuoted(text, ref at);
        }

        var from = at;
        while (at < text.Length && text[at] is not (',' or '\r' or '\n'))
        {
            at++;
        }

        return text[from..at];
    }

    private static string ReadQuoted(string text, ref int at)
    {
        var field = new StringBuilder();
        var opened = at++;
        while (true)
        {
            var quote = text.IndexOf('"', at);
            if (quote < 0)
            {
                throw new FormatException($"The quote at character {opened} is not closed.");
            }

            field.Append(text, at, quote - at);
            at = quote + 1;
            if (at >= text.Length || text[at] is ',' or '\r' or '\n')
            {
                return field.ToString();
            }

            if (text[at] != '"')
            {
                throw new FormatException($"A field goes on after its closing quote at character {quote}.");
            }

            field.Append('"');
            at++;
        }
    }

    private static void SkipLineEnd(string text, ref int at)
    {
        if (at < text.Length && text[at] == '\r')
        {
            at++;
            if (at < text.Length && text[at] != '\n')
            {
                return;
            }
        }

        if (at < text.Length && text[at] == '\n')
        {
            at++;
        }
    }
}
