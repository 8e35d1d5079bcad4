using System.Text;
using System.Text.RegularExpressions;

namespace Summit.Testing;

/// <summary>What stands in a letter, read as a mail program does.</summary>
public sealed partial record ParsedLetter(IReadOnlyDictionary<string, string> Headers, IReadOnlyList<(string Type, string Text)> Parts)
{
    public string this[string header] => Headers[header.ToUpperInvariant()];

    public string Plain => Parts.First(part => part.Type.StartsWith("text/plain", StringComparison.Ordinal)).Text;

    public string Page => Parts.First(part => part.Type.StartsWith("text/html", StringComparison.Ordinal)).Text;

    public static ParsedLetter Of(TakenLetter letter)
    {
        var (headers, body) = Split(letter.Text);
        return new ParsedLetter(headers.ToDictionary(header => header.Key, header => Words(header.Value)), [.. PartsOf(headers, body)]);
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = Folded().Replace(text[..end], " ").Split("\r\n");
        // The same header twice would be somebody's own: the dictionary refuses it.
        return (lines.Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToUpperInvariant(), pair => pair[1]), text[(end + 4)..]);
    }

    private static IEnumerable<(string Type, string Text)> PartsOf(Dictionary<string, string> headers, string body)
    {
        var type = headers["CONTENT-TYPE"];
        if (Boundary().Match(type) is { Success: true } boundary)
        {
            return body.Split($"--{boundary.Groups[1].Value}").Skip(1).Where(part => !part.StartsWith("--", StringComparison.Ordinal)).SelectMany(part =>
            {
                var (inner, text) = Split(part.TrimStart('\r', '\n'));
                return PartsOf(inner, text);
            });
        }

        var bytes = headers.GetValueOrDefault("CONTENT-TRANSFER-ENCODING") switch
        {
            "base64" => Convert.FromBase64String(body.ReplaceLineEndings("").Trim()),
            "quoted-printable" => Unquoted(body),
            _ => Encoding.UTF8.GetBytes(body),
        };
        return [(type, Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\n"))];
    }

    private static byte[] Unquoted(string text)
    {
        var bytes = new List<byte>();
        var joined = text.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var at = 0; at < joined.Length; at++)
        {
            bytes.Add(joined[at] == '=' ? Convert.ToByte(joined.Substring((at += 2) - 1, 2), 16) : (byte)joined[at]);
        }

        return [.. bytes];
    }

    private static string Words(string header) => Word().Replace(Between().Replace(header, "$1"), word =>
        Encoding.UTF8.GetString(word.Groups[1].Value is "B" or "b" ? Convert.FromBase64String(word.Groups[2].Value) : Unquoted(word.Groups[2].Value.Replace('_', ' '))));

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex("boundary=\"?([^\";]+)\"?")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"(\?=)\s+(?==\?)")]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
