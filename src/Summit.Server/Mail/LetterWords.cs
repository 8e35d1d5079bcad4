using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Summit.Server.Mail;

/// <summary>The texts of letters in one language. What stands in braces is filled in, once: a name with braces in it stays a name.</summary>
internal sealed partial class LetterWords
{
    private const string Fallback = "en";

    private static readonly FrozenDictionary<string, LetterWords> All = ((string[])[Fallback, "bg"]).ToFrozenDictionary(lang => lang, lang => new LetterWords(lang));

    private readonly Dictionary<string, string> _texts;

    private LetterWords(string lang)
    {
        using var file = typeof(LetterWords).Assembly.GetManifestResourceStream($"letters/{lang}.json")
            ?? throw new InvalidOperationException($"There are no letters in '{lang}'.");
        _texts = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
        Culture = CultureInfo.GetCultureInfo(lang == Fallback ? "en-GB" : lang);
    }

    public CultureInfo Culture { get; }

    public IEnumerable<string> Keys => _texts.Keys;

    /// <summary>In the language of a tag, or in English.</summary>
    public static LetterWords In(string tag) => All.GetValueOrDefault(tag.Split('-')[0].ToLowerInvariant()) ?? All[Fallback];

    public string Say(string key, IReadOnlyDictionary<string, string> values) =>
        Gap().Replace(_texts[key], gap => values.GetValueOrDefault(gap.Groups[1].Value) ?? "");

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Gap();
}
