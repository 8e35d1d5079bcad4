using System.Security.Cryptography;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Engine;
using Summit.Server.Conferences;

namespace Summit.Server.Documents;

/// <summary>Takes files in and lets them go: looked at, kept, then named by an event. A file that no event names is handed to nobody.</summary>
public sealed class DocumentDesk(Desk desk, ConferenceDirectory directory, IFiles files)
{
    /// <param name="id">Made by the client: the same again is the same document again.</param>
    public async Task<Reply> AddAsync(
        Actor actor, ConferenceId conference, DocumentId id, string title, DateOnly date, byte[] content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (directory.Find(conference) is not { } found)
        {
            return Reply.Refused(ConferenceFaults.Unknown);
        }

        var (kind, fault) = DocumentCheck.Look(content);
        if (fault is not null)
        {
            return Reply.Refused(fault);
        }

        var add = new AddDocument(id, title, date, kind, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
        try
        {
            // What is handed out is not written over, whatever somebody sends under its id.
            if (found.Documents.All(document => document.Document != id))
            {
                await files.KeepAsync(id.Value, content, cancellationToken);
            }
        }
        catch (JournalUnavailableException)
        {
            return Reply.Refused(EngineFaults.JournalUnavailable);
        }

        var reply = await directory.SendAsync(ConferenceDirectory.Stream(conference), new CommandEnvelope(id.Value, actor, add), cancellationToken);
        if (reply.Fault is { } refused && refused.Kind != FaultKind.Busy && refused != ConferenceFaults.DocumentExists)
        {
            await files.DropAsync(id.Value, cancellationToken);
        }

        return reply;
    }

    public async Task<Reply> DropAsync(Actor actor, ConferenceId conference, DocumentId id, CancellationToken cancellationToken)
    {
        var reply = await desk.SendAsync(actor, conference, DerivedId.Of(id.Value, "drop"), new DropDocument(id), cancellationToken);
        if (reply.Fault is null)
        {
            await files.DropAsync(id.Value, cancellationToken);
        }

        return reply;
    }

    /// <summary>What it is with its content; null unless its conference is public and hands it out.</summary>
    public async Task<(DocumentAdded Document, byte[] Content)?> FindAsync(ConferenceId conference, DocumentId id, CancellationToken cancellationToken) =>
        directory.Find(conference) is { Published: not null } found
        && found.Documents.FirstOrDefault(document => document.Document == id) is { } named
        && await files.FindAsync(id.Value, cancellationToken) is { } content
            ? (named, content)
            : null;
}
