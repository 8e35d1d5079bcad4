using System.IO.Compression;
using System.Text;
using Summit.Domain;
using Summit.Domain.Conferences;

namespace Summit.Server.Documents;

/// <summary>Why a file is not taken.</summary>
public static class DocumentFaults
{
    public static Fault NotTaken { get; } =
        new(FaultKind.Invalid, "document.not-taken", "This is no PDF, Word, Excel, PowerPoint or OpenDocument file, or it is damaged. Save it as one of these.");

    public static Fault Macros { get; } =
        new(FaultKind.Invalid, "document.macros", "There are macros or embedded programs in this file. Save it without them, or as PDF.");

    public static Fault Bomb { get; } =
        new(FaultKind.Invalid, "document.bomb", "Unpacked, this file is far larger than a document. Save it anew, or as PDF.");
}

/// <summary>
/// Says what a file is by what is in it: neither its name nor what the client calls it counts. Office files are archives; each of
/// their parts is unpacked to the end, and thrown away, before the file is believed.
/// </summary>
internal static class DocumentCheck
{
    /// <summary>A presentation of 200 slides has some 1,500 parts.</summary>
    private const int MostParts = 5_000;

    /// <summary>Ten times the largest file that is taken.</summary>
    private const long MostUnpacked = 10L * Conference.LargestDocument;

    /// <summary>The two small parts that say what an archive is.</summary>
    private const int LargestLabel = 1024 * 1024;

    /// <summary>Where PDF readers look for the end of a file.</summary>
    private const int Tail = 1024;

    /// <summary>Programs, and the places where office files keep them.</summary>
    private static readonly string[] Programs =
        ["vbaproject", "vbadata", "macrosheets/", "activex", "oleobject", "basic/", "scripts/", "dialogs/"];

    /// <summary>The part that has to be there, what the archive's label has to say of it, and what the file then is.</summary>
    private static readonly (string Part, string Says, DocumentKind Kind)[] OpenXml =
    [
        ("word/document.xml", "wordprocessingml.document.main+xml", DocumentKind.Docx),
        ("xl/workbook.xml", "spreadsheetml.sheet.main+xml", DocumentKind.Xlsx),
        ("ppt/presentation.xml", "presentationml.presentation.main+xml", DocumentKind.Pptx),
    ];

    private static readonly (string Type, DocumentKind Kind)[] OpenDocument =
    [
        ("application/vnd.oasis.opendocument.text", DocumentKind.Odt),
        ("application/vnd.oasis.opendocument.spreadsheet", DocumentKind.Ods),
        ("application/vnd.oasis.opendocument.presentation", DocumentKind.Odp),
    ];

    public static (DocumentKind Kind, Fault? Fault) Look(byte[] content)
    {
        var bytes = content.AsSpan();
        if (bytes.StartsWith("%PDF-"u8))
        {
            return bytes[^Math.Min(Tail, bytes.Length)..].IndexOf("%%EOF"u8) >= 0 ? (DocumentKind.Pdf, null) : (default, DocumentFaults.NotTaken);
        }

        if (!bytes.StartsWith("PK\u0003\u0004"u8))
        {
            return (default, DocumentFaults.NotTaken);
        }

        try
        {
            using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            return Look(content, archive);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or IOException)
        {
            // Damaged, or packed in a way that no office program packs.
            return (default, DocumentFaults.NotTaken);
        }
    }

    private static (DocumentKind Kind, Fault? Fault) Look(byte[] content, ZipArchive archive)
    {
        var names = archive.Entries.Select(part => part.FullName).ToList();
        if (names.Count > MostParts)
        {
            return (default, DocumentFaults.Bomb);
        }

        if (archive.Entries.Any(part => part.IsEncrypted) || !names.All(IsPlain) || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count)
        {
            return (default, DocumentFaults.NotTaken);
        }

        if (names.Any(name => Programs.Any(program => name.Contains(program, StringComparison.OrdinalIgnoreCase))))
        {
            return (default, DocumentFaults.Macros);
        }

        return Unpack(content, archive) is { } fault ? (default, fault) : KindOf(archive);
    }

    /// <summary>A path below the archive and nowhere else, whoever unpacks it.</summary>
    private static bool IsPlain(string name) =>
        name.Length is > 0 and < 260
        && name[0] != '/'
        && name.IndexOfAny(['\\', ':', '\0']) < 0
        && !name.Split('/').Any(part => part is "." or "..");

    /// <summary>What an archive says of the size of its parts is not believed: they are unpacked, and thrown away.</summary>
    private static Fault? Unpack(byte[] content, ZipArchive archive)
    {
        var lengths = ZipParts.Lengths(content, MostUnpacked).ToList();
        return lengths.Sum() > MostUnpacked ? DocumentFaults.Bomb
            : lengths.SequenceEqual(archive.Entries.Select(part => part.Length)) ? null
            : DocumentFaults.NotTaken;
    }

    private static (DocumentKind Kind, Fault? Fault) KindOf(ZipArchive archive)
    {
        if (Text(archive, "mimetype") is { } type && archive.GetEntry("META-INF/manifest.xml") is not null)
        {
            return OpenDocument.FirstOrDefault(one => one.Type == type) is { Type: not null } known ? (known.Kind, null) : (default, DocumentFaults.NotTaken);
        }

        var types = Text(archive, "[Content_Types].xml") ?? "";
        return types.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) ? (default, DocumentFaults.Macros)
            : OpenXml.FirstOrDefault(one => types.Contains(one.Says, StringComparison.Ordinal) && archive.GetEntry(one.Part) is not null) is { Part: not null } found
                ? (found.Kind, null)
                : (default, DocumentFaults.NotTaken);
    }

    private static string? Text(ZipArchive archive, string name)
    {
        if (archive.GetEntry(name) is not { } part)
        {
            return null;
        }

        using var from = part.Open();
        var text = new byte[LargestLabel];
        return Encoding.UTF8.GetString(text, 0, from.ReadAtLeast(text, text.Length, throwOnEndOfStream: false));
    }
}
