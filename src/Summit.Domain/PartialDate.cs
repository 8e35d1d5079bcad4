using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Summit.Domain;

/// <summary>A date as far as it is known: <c>2024</c>, <c>2024-09</c> or <c>2024-09-10</c>. Nothing more exact is made of it.</summary>
[JsonConverter(typeof(PartialDateConverter))]
public readonly record struct PartialDate
{
    /// <summary>What follows a year or a month to make its first day.</summary>
    private static readonly string[] Rest = ["-01-01", "-01", ""];

    private readonly int _missing;

    private PartialDate(DateOnly first, int missing) => (First, _missing) = (first, missing);

    /// <summary>The first day it can mean.</summary>
    public DateOnly First { get; }

    /// <summary>The last day it can mean.</summary>
    public DateOnly Last => _missing switch
    {
        0 => First,
        1 => new DateOnly(First.Year, First.Month, DateTime.DaysInMonth(First.Year, First.Month)),
        _ => new DateOnly(First.Year, 12, 31),
    };

    public static PartialDate Of(DateOnly day) => new(day, 0);

    public static bool TryParse(string? text, out PartialDate date)
    {
        var missing = text?.Length switch { 4 => 2, 7 => 1, 10 => 0, _ => -1 };
        if (missing >= 0 && DateOnly.TryParseExact(text + Rest[2 - missing], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
        {
            date = new PartialDate(first, missing);
            return true;
        }

        date = default;
        return false;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote. Throws <see cref="FormatException"/> on anything else.</summary>
    public static PartialDate Parse(string text) =>
        TryParse(text, out var date) ? date : throw new FormatException($"'{text}' is not a year, a month or a day.");

    /// <summary>Whether it certainly lies before another: an overlap is none.</summary>
    public bool IsBefore(PartialDate other) => Last < other.First;

    public override string ToString() => First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)[..(10 - (3 * _missing))];
}

/// <summary>Writes a date as its text.</summary>
public sealed class PartialDateConverter : JsonConverter<PartialDate>
{
    public override PartialDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && PartialDate.TryParse(reader.GetString(), out var date)
            ? date
            : throw new JsonException("A date is written '2024', '2024-09' or '2024-09-10'.");

    public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}
