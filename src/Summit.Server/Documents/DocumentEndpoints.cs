using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Operations;

namespace Summit.Server.Documents;

/// <summary>Documents of a conference: taken from its host, handed to everybody once the programme is published.</summary>
internal static class DocumentEndpoints
{
    /// <summary>What comes out of here is saved and never shown by us: should a browser show it all the same, it runs nothing, on no origin.</summary>
    private const string Sandbox = "sandbox; default-src 'none'; frame-ancestors 'none'";

    public static void MapDocuments(this IEndpointRouteBuilder api)
    {
        var documents = api.MapGroup("/conferences/{id:guid}/documents/{document:guid}").WithTags("Documents").LimitByPerson();
        documents.MapGet("", FetchAsync).WithName("fetch-document").WithSummary("A document as a file, once the programme is published. Everybody.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        documents.MapPut("", AddAsync).RequireAuthorization().WithMetadata(new RequestSizeLimitAttribute(Conference.LargestDocument))
            .WithName("add-document").WithSummary("Hand out a PDF or an office file, as the body of the request. Host, administrator.").Accepts<byte[]>("application/octet-stream");
        documents.MapDelete("", DropAsync).RequireAuthorization().WithName("drop-document").WithSummary("Take a document back. Host, administrator.");
    }

    private static async Task<IResult> FetchAsync(Guid id, Guid document, HttpContext context, DocumentDesk desk, CancellationToken cancellationToken)
    {
        try
        {
            if (await desk.FindAsync(new ConferenceId(id), new DocumentId(document), cancellationToken) is not var (named, content))
            {
                return new Problem(ConferenceFaults.DocumentUnknown);
            }

            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Sandbox;
            headers.CacheControl = "no-cache";
            var (type, ending) = TypeOf(named.Kind);
            return TypedResults.Bytes(content, type, NameOf(named.Title) + ending, entityTag: new EntityTagHeaderValue($"\"{named.Hash[..32]}\""));
        }
        catch (JournalUnavailableException)
        {
            return new Problem(EngineFaults.JournalUnavailable);
        }
    }

    private static async Task<Results<Sessions.Accepted, Problem>> AddAsync(
        Guid id, Guid document, string title, DateOnly date, HttpRequest request, Bearer bearer, DocumentDesk desk, CancellationToken cancellationToken)
    {
        // Before a byte of it is read.
        if (!bearer.Hosts(new ConferenceId(id)))
        {
            return new Problem(SessionFaults.Forbidden);
        }

        if (document.Version != 7)
        {
            return new Problem(CommandFaults.Malformed);
        }

        using var content = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(content, cancellationToken);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            // Of a length that was not told beforehand.
            return new Problem(ConferenceFaults.DocumentTooLarge);
        }

        var reply = await desk.AddAsync(bearer.Actor, new ConferenceId(id), new DocumentId(document), title, date, content.ToArray(), cancellationToken);
        return reply.Fault is { } fault ? new Problem(fault) : new Sessions.Accepted(reply.Seq);
    }

    private static async Task<Results<NoContent, Problem>> DropAsync(
        Guid id, Guid document, Bearer bearer, DocumentDesk desk, CancellationToken cancellationToken) =>
        (await desk.DropAsync(bearer.Actor, new ConferenceId(id), new DocumentId(document), cancellationToken)).Fault is { } fault
            ? new Problem(fault)
            : TypedResults.NoContent();

    /// <summary>A title is no path, on any system that saves it.</summary>
    private static string NameOf(string title) => string.Join('-', title.Split('/', '\\', ':', '*', '?', '"', '<', '>', '|'));

    private static (string Type, string Ending) TypeOf(DocumentKind kind) => kind switch
    {
        DocumentKind.Pdf => ("application/pdf", ".pdf"),
        DocumentKind.Docx => ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        DocumentKind.Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        DocumentKind.Pptx => ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
        DocumentKind.Odt => ("application/vnd.oasis.opendocument.text", ".odt"),
        DocumentKind.Ods => ("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
        DocumentKind.Odp => ("application/vnd.oasis.opendocument.presentation", ".odp"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of document."),
    };
}
