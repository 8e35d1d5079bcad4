namespace Summit.Domain.Conferences;

/// <summary>What files a conference hands out, by what is in them.</summary>
public enum DocumentKind
{
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
}

/// <summary>The documents that a conference hands out. The files themselves lie with the store; here is what they are.</summary>
public sealed partial class Conference
{
    /// <summary>A minute of a slow line, and more than minutes and slides take.</summary>
    public const int LargestDocument = 20 * 1024 * 1024;

    /// <summary>Of all files of a conference: what a backup of a small machine can carry.</summary>
    public const long MostBytes = 200L * 1024 * 1024;

    private const int MostDocuments = 50;

    private readonly Dictionary<DocumentId, DocumentAdded> _documents = [];

    /// <summary>The newest date first.</summary>
    public IEnumerable<DocumentAdded> Documents => _documents.Values.OrderByDescending(document => document.Date).ThenBy(document => document.Title, StringComparer.Ordinal);

    private Decision Decide(AddDocument command)
    {
        var title = Text.CleanLine(command.Title);
        return command switch
        {
            _ when Fields.CheckText(title, LongestLine) is { } fault => fault,
            _ when _documents.ContainsKey(command.Document) => ConferenceFaults.DocumentExists,
            _ when command.Size > LargestDocument => ConferenceFaults.DocumentTooLarge,
            _ when _documents.Count >= MostDocuments || _documents.Values.Sum(document => document.Size) + command.Size > MostBytes => ConferenceFaults.DocumentsTooMany,
            _ => Decision.Raise(new DocumentAdded(command.Document, title, command.Date, command.Kind, command.Size, command.Hash)),
        };
    }

    private Decision Decide(DropDocument command) =>
        _documents.ContainsKey(command.Document) ? Decision.Raise(new DocumentDropped(command.Document)) : ConferenceFaults.DocumentUnknown;
}
