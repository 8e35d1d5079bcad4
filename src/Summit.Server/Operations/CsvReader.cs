using System.Text;

namespace Summit.Server.Operations;

/// <param name="Line">Where it begins, 1 for the first.</param>
/// <param name="Unclosed">A quotation mark opens in it that nothing closes: it holds all the rest.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Cells, bool Unclosed)
{
    public bool IsEmpty => Cells.All(string.IsNullOrWhiteSpace);
}

/// <summary>Reads tables as spreadsheets write them: RFC 4180, with commas, semicolons or tabs, whatever the first row has most of.</summary>
internal static class CsvReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>UTF-8, with or without a mark of order, or UTF-16 with one. Null for anything else: other encodings cannot be told apart.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return bytes switch
            {
                [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
                [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
                [0xEF, 0xBB, 0xBF, ..] => Strict.GetString(bytes[3..]),
                _ => Strict.GetString(bytes),
            };
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    public static IEnumerable<CsvRow> Read(string text)
    {
        var between = Separator(text);
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, begin, quoted, wasQuoted) = (1, 1, false, false);
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character == '\n' || (character == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')))
            {
                line++;
            }

            if (quoted)
            {
                if (character != '"')
                {
                    cell.Append(character);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append(text[++at]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (character == '"' && cell.Length == 0 && !wasQuoted)
            {
                quoted = wasQuoted = true;
            }
            else if (character == between)
            {
                Take();
            }
            else if (character is '\n' or '\r')
            {
                if (character == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
                {
                    (at, line) = (at + 1, line + 1);
                }

                Take();
                yield return new CsvRow(begin, cells, Unclosed: false);
                (cells, begin) = ([], line);
            }
            else
            {
                cell.Append(character);
            }
        }

        if (cells.Count > 0 || cell.Length > 0 || wasQuoted)
        {
            Take();
            yield return new CsvRow(begin, cells, quoted);
        }

        void Take()
        {
            cells.Add(cell.ToString());
            cell.Clear();
            wasQuoted = false;
        }
    }

    private static char Separator(string text)
    {
        var counts = new Dictionary<char, int> { [','] = 0, [';'] = 0, ['\t'] = 0 };
        var quoted = false;
        // Of the first row that is none of the empty ones.
        foreach (var character in text.TrimStart())
        {
            quoted ^= character == '"';
            if (!quoted && character is '\n' or '\r')
            {
                break;
            }

            if (!quoted && counts.TryGetValue(character, out var count))
            {
                counts[character] = count + 1;
            }
        }

        return counts.MaxBy(count => count.Value).Key;
    }
}
