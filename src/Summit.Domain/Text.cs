using System.Globalization;
using System.Text;

namespace Summit.Domain;

/// <summary>Makes what people type safe to store and show, and counts it as they do.</summary>
public static class Text
{
    /// <summary>Marks a letter may carry in any living orthography, with room; more is a picture drawn over the neighbours.</summary>
    private const int MostMarksInARow = 6;

    private const int ZeroWidthJoiner = 0x200D;
    private const int EmojiPresentation = 0xFE0F;

    /// <summary>
    /// NFC; lines end in \n, at most one empty line in a row; control, bidi-override, zero-width and other invisible characters are taken out
    /// (a joiner stays inside an emoji), lone surrogates replaced, piles of combining marks cut, ends trimmed.
    /// </summary>
    public static string Clean(string? raw) => Normalize(raw, keepLines: true);

    /// <summary>The same for a name, a title, a label: all white space becomes single blanks.</summary>
    public static string CleanLine(string? raw) => Normalize(raw, keepLines: false);

    /// <summary>Characters as a person counts them: extended grapheme clusters.</summary>
    public static int Length(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>A language tag in the form of BCP 47, as far as its shape goes: <c>bg</c>, <c>sr-Latn</c>.</summary>
    public static bool IsLanguageTag(string? tag)
    {
        if (tag is not { Length: >= 2 and <= 35 })
        {
            return false;
        }

        var parts = tag.Split('-');
        return parts[0].Length is 2 or 3
            && parts[0].All(char.IsAsciiLetter)
            && parts.Skip(1).All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
    }

    private static string Normalize(string? raw, bool keepLines)
    {
        if (string.IsNullOrEmpty(raw))
        {
            return "";
        }

        // Runes first: EnumerateRunes replaces lone surrogates, on which Normalize would throw.
        var clean = new StringBuilder(raw.Length);
        var previous = default(Rune);
        var marks = 0;
        var lines = 0;
        foreach (var rune in raw.ReplaceLineEndings("\n").EnumerateRunes())
        {
            var blank = Rune.IsWhiteSpace(rune);
            if (blank)
            {
                AddBlank(clean, rune, keepLines, ref lines);
            }
            else if (IsMark(rune) ? ++marks <= MostMarksInARow : !IsInvisible(rune, previous))
            {
                marks = IsMark(rune) ? marks : 0;
                lines = 0;
                clean.Append(rune.ToString());
            }

            previous = rune;
        }

        // A joiner at the very end joins nothing.
        return clean.ToString().Normalize(NormalizationForm.FormC).Trim().TrimEnd((char)ZeroWidthJoiner);
    }

    private static void AddBlank(StringBuilder clean, Rune rune, bool keepLines, ref int lines)
    {
        if (keepLines && rune.Value == '\n')
        {
            while (clean.Length > 0 && clean[^1] == ' ')
            {
                clean.Length--;
            }

            if (++lines <= 2)
            {
                clean.Append('\n');
            }
        }
        else if (clean.Length > 0 && clean[^1] is not (' ' or '\n'))
        {
            clean.Append(' ');
        }
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark && rune.Value != EmojiPresentation;

    private static bool IsInvisible(Rune rune, Rune previous) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => true,
        UnicodeCategory.Format => rune.Value != ZeroWidthJoiner || !JoinsEmoji(previous),
        UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned => true,
        // Letters by name, nothing to the eye: Hangul fillers, the Braille blank.
        _ => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800,
    };

    private static bool JoinsEmoji(Rune before) =>
        before.Value == EmojiPresentation
        || Rune.GetUnicodeCategory(before) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;
}
