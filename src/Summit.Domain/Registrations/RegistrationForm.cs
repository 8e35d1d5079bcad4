using System.Text.RegularExpressions;

namespace Summit.Domain.Registrations;

/// <summary>What is asked for in a field of a form.</summary>
public enum FieldKind
{
    Line,
    Text,
    Mail,

    /// <summary>Tags of BCP 47, with commas between them.</summary>
    Languages,

    /// <summary>One of the field's options.</summary>
    Choice,

    /// <summary><c>yes</c> or <c>no</c>; one that is required has to be answered with yes.</summary>
    YesNo,
}

/// <summary>A field of a registration form.</summary>
/// <param name="Key">One of <see cref="RegistrationForm.Usual"/>, or a name of its own in small letters.</param>
/// <param name="Label">May be empty for a usual field: every screen has words for those.</param>
/// <param name="DeleteAfter">The last day, in UTC, on which the answers are kept; null for as long as the registration.</param>
public sealed record FormField(
    string Key, FieldKind Kind, string Label, bool Required = false, DateOnly? DeleteAfter = null, IReadOnlyList<string>? Options = null);

/// <summary>Reads what somebody filled in, and checks the form itself.</summary>
internal static partial class RegistrationForm
{
    public const string Name = "name";
    public const string Mail = "mail";
    public const int LongestLine = 120;

    private const int LongestText = 2_000;
    private const int LongestLabel = 200;
    private const int MostFields = 30;
    private const int MostOptions = 30;

    /// <summary>Fields that every screen has words for, with what is asked for in them.</summary>
    public static IReadOnlyDictionary<string, FieldKind> Usual { get; } = new Dictionary<string, FieldKind>
    {
        [Name] = FieldKind.Line,
        [Mail] = FieldKind.Mail,
        ["city"] = FieldKind.Line,
        ["function"] = FieldKind.Line,
        ["languages"] = FieldKind.Languages,
        ["diet"] = FieldKind.Line,
    };

    public static FormField Clean(FormField field) => field with
    {
        Label = Text.CleanLine(field.Label),
        Options = field.Kind == FieldKind.Choice ? [.. (field.Options ?? []).Take(MostOptions + 1).Select(Text.CleanLine).Where(option => option.Length > 0).Distinct()] : null,
    };

    /// <summary>Whether these are the fields of a form: somebody to speak to and an address to write to are always asked for.</summary>
    public static bool IsGood(IReadOnlyList<FormField> fields) =>
        fields.Count <= MostFields
        && fields.DistinctBy(field => field.Key).Count() == fields.Count
        && fields.Any(field => field is { Key: Name, Required: true })
        && fields.Any(field => field is { Key: Mail, Required: true })
        && fields.All(IsGood);

    /// <summary>The answers as they are kept: those alone that the form asks for and that are not empty.</summary>
    /// <param name="partly">Fields that are required may be missing, all but the address: somebody else has filled this in.</param>
    public static (Dictionary<string, string> Answers, Fault? Fault) Read(
        IReadOnlyList<FormField> fields, IReadOnlyDictionary<string, string> raw, bool partly)
    {
        var answers = new Dictionary<string, string>();
        foreach (var field in fields)
        {
            var given = raw.GetValueOrDefault(field.Key);
            var clean = field.Kind == FieldKind.Text ? Text.Clean(given) : Text.CleanLine(given);
            if (clean.Length == 0)
            {
                if (field.Required && (!partly || field.Key == Mail))
                {
                    return (answers, RegistrationFaults.FieldMissing(Called(field)));
                }
            }
            else if (Check(field, clean) is { } fault)
            {
                return (answers, fault);
            }
            else
            {
                answers[field.Key] = field.Kind == FieldKind.Languages ? string.Join(", ", Tags(clean)) : clean;
            }
        }

        return (answers, null);
    }

    /// <summary>Two spellings of one address are one person.</summary>
    public static string SameMail(string mail) => mail.ToUpperInvariant();

    private static bool IsGood(FormField field) =>
        KeyShape().IsMatch(field.Key)
        && Text.Length(field.Label) <= LongestLabel
        && (Usual.TryGetValue(field.Key, out var kind) ? field.Kind == kind : field.Label.Length > 0 && field.Kind != FieldKind.Mail)
        && (field.Kind != FieldKind.Choice || field.Options is { Count: >= 2 and <= MostOptions } options && options.All(option => Text.Length(option) <= LongestLine));

    private static Fault? Check(FormField field, string clean) => field.Kind switch
    {
        FieldKind.Mail => MailAddress.IsGood(clean) ? null : RegistrationFaults.MailMalformed,
        FieldKind.Text => Text.Length(clean) > LongestText ? Sessions.SessionFaults.TextTooLong(LongestText) : null,
        _ when Text.Length(clean) > Longest(field) => Sessions.SessionFaults.TextTooLong(Longest(field)),
        FieldKind.Languages => Tags(clean).All(Text.IsLanguageTag) ? null : RegistrationFaults.FieldMalformed(Called(field)),
        FieldKind.Choice => field.Options!.Contains(clean) ? null : RegistrationFaults.FieldMalformed(Called(field)),
        FieldKind.YesNo => clean == "yes" || (clean == "no" && !field.Required) ? null : RegistrationFaults.FieldMalformed(Called(field)),
        _ => null,
    };

    /// <summary>Of a line. Name and city as at the door of a conference, since whoever registers comes in under them.</summary>
    private static int Longest(FormField field) => field.Key switch { Name => 80, "city" => 60, _ => LongestLine };

    private static string[] Tags(string clean) => clean.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);

    private static string Called(FormField field) => field.Label.Length > 0 ? field.Label : field.Key;

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex KeyShape();
}

/// <summary>Addresses as mail servers everywhere take them: ASCII, with a dot in the domain.</summary>
public static partial class MailAddress
{
    /// <summary>Of RFC 5321's path, less its brackets.</summary>
    private const int Longest = 254;

    public static bool IsGood(string mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return mail.Length <= Longest && Shape().IsMatch(mail);
    }

    // Neither quotes nor comments nor control characters: nothing that could mean more than one address, or a header, to anybody.
    [GeneratedRegex(@"^(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])\z")]
    private static partial Regex Shape();
}
