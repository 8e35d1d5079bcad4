using Summit.Domain.Networks;
using Summit.Domain.Sessions;

namespace Summit.Domain;

/// <summary>How the fields of a form are cleaned and checked, wherever they belong.</summary>
internal static class Fields
{
    private const int LongestTitle = 200;
    private const int LongestUrl = 500;

    public static string? LineOrNull(string? raw) => Text.CleanLine(raw) is { Length: > 0 } line ? line : null;

    public static string? TextOrNull(string? raw) => Text.Clean(raw) is { Length: > 0 } text ? text : null;

    /// <param name="most">In characters as a person counts them.</param>
    public static Fault? CheckText(string text, int most) => text.Length == 0 ? SessionFaults.TextEmpty : CheckOptional(text, most);

    /// <param name="most">In characters as a person counts them.</param>
    public static Fault? CheckOptional(string? text, int most) =>
        text is not null && Text.Length(text) > most ? SessionFaults.TextTooLong(most) : null;

    public static Document? Clean(Document? document) =>
        document is null ? null : new Document(Text.CleanLine(document.Title), LineOrNull(document.Url));

    public static Fault? CheckDocument(Document? document)
    {
        if (Clean(document) is not { } clean)
        {
            return null;
        }

        // A page makes a link of it: no other scheme may come in.
        var readable = clean.Url is not { } url
            || (Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp));
        return clean.Title.Length == 0 || !readable ? NetworkFaults.DocumentMalformed
            : CheckOptional(clean.Title, LongestTitle) ?? CheckOptional(clean.Url, LongestUrl);
    }
}
