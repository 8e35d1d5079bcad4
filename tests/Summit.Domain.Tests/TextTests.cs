using System.Globalization;
using System.Text;

namespace Summit.Domain.Tests;

public sealed class CleaningAText
{
    private const string Family = "👨‍👩‍👧‍👦";

    [Theory]
    [InlineData("Cafe\u0301", "Café")]
    [InlineData("Ко\u0438\u0306", "Кой")]
    [InlineData("Τι\u0301", "Τί")]
    [InlineData("\u212b", "Å")]
    [InlineData("s\u0327", "ş")]
    public void Composes_letters_and_their_marks(string raw, string clean) => Assert.Equal(clean, Text.Clean(raw));

    [Theory]
    [InlineData("Какво става с автобусите?")]
    [InlineData("Τι γίνεται με τα λεωφορεία;")]
    [InlineData("İstanbul'da ığdır ağaçları")]
    [InlineData("Шта је са ђацима, њиховим џеповима и љубимцима?")]
    [InlineData("Šta je sa đacima, njihovim džepovima i ljubimcima?")]
    [InlineData("Ç'do të bëhet me autobusët?")]
    [InlineData("Ce se întâmplă cu orășenii și țăranii?")]
    [InlineData("नमस्ते दुनिया")]
    [InlineData("สวัสดีชาวโลก")]
    [InlineData("שלום עולם")]
    [InlineData("مرحبا بالعالم")]
    public void Leaves_honest_writing_as_it_is(string text) => Assert.Equal(text, Text.Clean(text));

    [Theory]
    [InlineData("abc\u202edef\u202c", "abcdef")]
    [InlineData("\u2066a\u2067b\u2068c\u2069", "abc")]
    [InlineData("a\u200eb\u200fc\u061cd", "abcd")]
    [InlineData("pay\u200bpal\u200c\u2060\ufeff", "paypal")]
    [InlineData("soft\u00adhyphen", "softhyphen")]
    [InlineData("a\u0000b\u0007c\u001bd\u007fe", "abcde")]
    [InlineData("a\ue000b\uf8ffc", "abc")]
    [InlineData("a\ufffeb\uffffc", "abc")]
    [InlineData("a\u115fb\u1160c\u3164d\uffa0e\u2800f", "abcdef")]
    [InlineData("a\u034fb\u17b4c\u17b5d", "abcd")]
    [InlineData("a\U000E0041b\U000E007Fc", "abc")]
    [InlineData("a\ufe00b\ufe0ec\U000E0100d", "abcd")]
    public void Takes_out_what_nobody_can_see(string raw, string clean) => Assert.Equal(clean, Text.Clean(raw));

    [Fact]
    public void Replaces_lone_surrogates()
    {
        Assert.Equal("\ufffd", Text.Clean("\ud800"));
        Assert.Equal("a\ufffdb", Text.Clean("a\udc00b"));
        Assert.Equal("\ufffd\ufffd", Text.Clean("\ude00\ud83d"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData("\r\n\t\v\f\u0085\u2028\u2029\u00a0\u3000\u2003")]
    [InlineData("\u200b\u200c\u200d\u2060\ufeff\u00ad")]
    [InlineData("\ufe0f\ufe0f\ufe0e\u034f")]
    [InlineData("\u2800 \u3164")]
    public void Leaves_nothing_of_a_text_without_content(string? raw)
    {
        Assert.Equal("", Text.Clean(raw));
        Assert.Equal("", Text.CleanLine(raw));
    }

    [Theory]
    [InlineData("a\r\nb\rc\u2028d\u2029e\u0085f", "a\nb\nc\nd\ne\nf", "a b c d e f")]
    [InlineData("a \n\n\n\u200b\n\n b", "a\n\nb", "a b")]
    [InlineData("  a\t\u00a0\u3000 b  ", "a b", "a b")]
    [InlineData("\n\n a \n\n", "a", "a")]
    public void Tames_white_space(string raw, string text, string line)
    {
        Assert.Equal(text, Text.Clean(raw));
        Assert.Equal(line, Text.CleanLine(raw));
    }

    [Theory]
    [InlineData(Family)]
    [InlineData("👩🏽‍🚀")]
    [InlineData("❤️‍🔥")]
    [InlineData("🏳️‍🌈")]
    [InlineData("🐈‍⬛")]
    [InlineData("🙂‍↔️")]
    [InlineData("🧑🏿‍❤️‍💋‍🧑🏻")]
    [InlineData("🇧🇬🇦🇱🇬🇷")]
    [InlineData("👍🏽")]
    [InlineData("1️⃣#️⃣*️⃣")]
    [InlineData("‼️ ℹ️ ◻️ ☎️ ©️ ™️")]
    public void Leaves_emoji_whole(string emoji) => Assert.Equal(emoji, Text.Clean(emoji));

    [Theory]
    [InlineData("👩\u200d", "👩")]
    [InlineData("👩\u200da", "👩a")]
    [InlineData("👩\u200d 🚀", "👩 🚀")]
    [InlineData("👩\u200d\u200d🚀", "👩\u200d🚀")]
    [InlineData("👩\u200b\u200d🚀", "👩\u200d🚀")]
    [InlineData("a\u200d🚀", "a🚀")]
    [InlineData("\u200d🚀", "🚀")]
    [InlineData("^\u200d^", "^^")]
    [InlineData("क\u094d\u200dष", "क\u094dष")]
    public void Keeps_joiners_between_emoji_alone(string raw, string clean) => Assert.Equal(clean, Text.Clean(raw));

    [Theory]
    [InlineData("a\ufe0fb", "ab")]
    [InlineData("☎\ufe0f\ufe0f\ufe0f", "☎\ufe0f")]
    [InlineData(" \ufe0fa", "a")]
    public void Keeps_one_selector_where_it_selects_something(string raw, string clean) => Assert.Equal(clean, Text.Clean(raw));

    [Fact]
    public void Shows_the_flag_s_cloth_without_the_invisible_letters_that_tag_it()
    {
        // Tags can carry a whole hidden message; the three flags that need them are the price.
        Assert.Equal("🏴", Text.Clean("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"));
    }

    [Fact]
    public void Cuts_piles_of_marks_and_leaves_the_letters()
    {
        var zalgo = string.Concat("зло".Select(letter => letter + string.Concat(Enumerable.Repeat("\u0335\u0489\u0310\u0323", 30))));
        var clean = Text.Clean(zalgo);
        Assert.Equal(3, Text.Length(clean));
        Assert.InRange(clean.Length, 3, 3 * 7);
        Assert.All("зло", letter => Assert.Contains(letter, clean));
    }

    [Fact]
    public void Leaves_a_long_word_to_the_screen()
    {
        var word = new string('ж', 500);
        Assert.Equal(word, Text.Clean(word));
    }

    [Fact]
    public void Leaves_markup_to_be_shown_as_text() => Assert.Equal("<script>alert(1)</script>", Text.Clean("<script>alert(1)</script>"));

    [Fact]
    public void Is_done_after_once_whatever_was_typed()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        string[] spice =
        [
            "\u200d", "\ufe0f", "\ufe0e", "🚀", "👩", "🏽", "↔", "☎", "1", "\u20e3", "a", "e", "\u0301", "\u0338", "<", "क\u094d", "\u093c", "\u0958", "\ud83d",
            "\ude00", "\n", "\r", " ", "\u00a0", "\u2028", "\u200b", "\u202e", "\u2800", "\u1100", "\u1161", "\u11a8", "\ufffe", "\U0001D15E", "🇧", "\u0345", "\u03b1",
        ];
        for (var round = 0; round < 20_000; round++)
        {
            var raw = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => random.Next(4) > 0
                ? spice[random.Next(spice.Length)]
                : ((char)random.Next(0x10000)).ToString()));
            foreach (var clean in new Func<string?, string>[] { Text.Clean, Text.CleanLine })
            {
                var once = clean(raw);
                var told = $"seed {seed}, round {round}: {string.Join(' ', raw.Select(unit => $"{(int)unit:x4}"))}";
                Assert.True(once == clean(once), told);
                Assert.True(once.IsNormalized(NormalizationForm.FormC), told);
                Assert.True(once == once.Trim(), told);
                Assert.True(once.EnumerateRunes().All(IsHarmless), told);
            }
        }
    }

    private static bool IsHarmless(Rune rune) =>
        rune.Value is '\n' or 0x200d
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse);
}

public sealed class CountingCharacters
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("Здравей", 7)]
    [InlineData("Şişli", 5)]
    [InlineData("👨‍👩‍👧‍👦", 1)]
    [InlineData("👩🏿‍❤️‍💋‍👨🏿", 1)]
    [InlineData("🇧🇬🇦🇱", 2)]
    [InlineData("1️⃣", 1)]
    [InlineData("नि", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("각", 1)]
    public void Goes_as_a_person_counts(string text, int length) => Assert.Equal(length, Text.Length(text));

    [Fact]
    public void Is_not_fooled_by_one_endless_character()
    {
        Assert.Equal(417, Text.Length(new string('\u1100', 10_000)));
        Assert.Equal(125, Text.Length(Text.Clean(string.Join('\u200d', Enumerable.Repeat("👩", 1_000)))));
    }
}

public sealed class NamingALanguage
{
    [Theory]
    [InlineData("bg")]
    [InlineData("sr-Latn")]
    [InlineData("sr-Cyrl-BA")]
    [InlineData("sqi")]
    public void Takes_tags_of_the_usual_shape(string tag) => Assert.True(Text.IsLanguageTag(tag));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("b")]
    [InlineData("Bulgarian")]
    [InlineData("bg-")]
    [InlineData("bg_BG")]
    [InlineData("бг")]
    [InlineData("en-toolongsubtag")]
    [InlineData("en-a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s")]
    public void Refuses_anything_else(string? tag) => Assert.False(Text.IsLanguageTag(tag));
}
