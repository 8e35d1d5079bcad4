using System.Globalization;
using System.Text;

namespace Summit.Domain;

/// <summary>Makes what people type safe to store and show, and counts it as they do.</summary>
public static class Text
{
    /// <summary>Marks a letter may carry in any living orthography, with room; more is a picture drawn over the neighbours.</summary>
    private const int MostMarksInARow = 6;

    /// <summary>UTF-16 units of the longest emoji in use, a kissing couple with skin tones and room: what takes more counts as more.</summary>
    private const int MostUnitsOfACharacter = 24;

    private const int ZeroWidthJoiner = 0x200D;
    private const int EmojiPresentation = 0xFE0F;

    /// <summary>
    /// NFC; lines end in \n, at most one empty line in a row; control, bidi-override, zero-width and other invisible characters are taken out
    /// (joiners and the selector stay inside an emoji), lone surrogates replaced, piles of combining marks cut, ends trimmed. What is clean stays as it is.
    /// </summary>
    public static string Clean(string? raw) => Normalize(raw, keepLines: true);

    /// <summary>The same for a name, a title, a label: all white space becomes single blanks.</summary>
    public static string CleanLine(string? raw) => Normalize(raw, keepLines: false);

    /// <summary>Characters as a person counts them: extended grapheme clusters. A cluster can be made endless, so a monstrous one counts by its size.</summary>
    public static int Length(string text)
    {
        var count = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var units = StringInfo.GetNextTextElementLength(rest);
            count += (units + MostUnitsOfACharacter - 1) / MostUnitsOfACharacter;
            rest = rest[units..];
        }

        return count;
    }

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
        // Until nothing changes: what is taken out may bring together two that mean something else side by side.
        var (text, before) = (raw ?? "", "");
        while (text != before)
        {
            (text, before) = (Pass(text, keepLines), text);
        }

        return text;
    }

    private static string Pass(string raw, bool keepLines)
    {
        // Runes first: EnumerateRunes replaces lone surrogates, on which Normalize would throw.
        var clean = new StringBuilder(raw.Length);
        var previous = default(Rune);
        var joins = false;
        var marks = 0;
        var lines = 0;
        foreach (var rune in raw.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                AddBlank(clean, rune, keepLines, ref lines);
            }
            else if (rune.Value == ZeroWidthJoiner)
            {
                joins = IsEmoji(previous) || previous.Value == EmojiPresentation;
                continue;
            }
            else if (IsInvisible(rune, previous) || (IsMark(rune) && ++marks > MostMarksInARow))
            {
                continue;
            }
            else
            {
                if (joins && IsEmoji(rune))
                {
                    clean.Append((char)ZeroWidthJoiner);
                }

                clean.Append(rune.ToString());
                lines = 0;
            }

            marks = IsMark(rune) ? marks : 0;
            joins = false;
            previous = rune;
        }

        return clean.ToString().Normalize(NormalizationForm.FormC).Trim();
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
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsInvisible(Rune rune, Rune previous) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format => true,
        UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned => true,
        _ => rune.Value switch
        {
            EmojiPresentation => !TakesPresentation(previous),
            // Other variation selectors, the grapheme joiner, Khmer's inherent vowels: marks to the standard, nothing to the eye.
            (>= 0xFE00 and < EmojiPresentation) or (>= 0xE0100 and <= 0xE01EF) or 0x034F or 0x17B4 or 0x17B5 => true,
            // Letters by name, nothing to the eye: Hangul fillers, the Braille blank.
            0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 => true,
            _ => false,
        },
    };

    /// <summary>Symbols, skin tones and the one arrow that the standard has among mathematics.</summary>
    private static bool IsEmoji(Rune rune) =>
        rune.Value is (>= 0x1F3FB and <= 0x1F3FF) or 0x2194 || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol;

    /// <summary>Emoji, and what becomes one by the selector: keycaps, punctuation, squares.</summary>
    private static bool TakesPresentation(Rune rune) =>
        IsEmoji(rune) || rune.Value is (>= '0' and <= '9') or '#' or '*' or 0x203C or 0x2049 or 0x2139 or 0x3030 or (>= 0x25FB and <= 0x25FE);
}
