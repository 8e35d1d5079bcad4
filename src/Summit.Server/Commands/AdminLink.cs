using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Engine;
using Summit.Server.Conferences;
using Summit.Server.Opening;

namespace Summit.Server.Commands;

/// <summary>The way in when the administrator's link is lost: whoever may read and write the journal itself makes a new one.</summary>
internal static class AdminLink
{
    public static async Task<string> MakeAsync(CommandLine commandLine, CancellationToken cancellationToken)
    {
        await using var journal = await commandLine.OpenJournalAsync(cancellationToken);
        await using var engine = new LocalEngine(journal, commandLine.Kinds, TimeProvider.System, commandLine.Logs);
        var secret = RoleSecret.New();
        var replace = new ReplaceAdministrator(new LinkId(Guid.CreateVersion7()), RoleSecret.Hash(secret));
        var system = new Actor(default, Role.Admin, default, null, null);
        var reply = await engine.SendAsync(Lobby.Only, new CommandEnvelope(Guid.CreateVersion7(), system, replace), cancellationToken);
        if (reply.Fault is { } fault)
        {
            throw new CommandException(fault.Message);
        }

        var path = Path.Combine(commandLine.Settings.Data, LinksFile.Name);
        var known = await LinksFile.LoadAsync(path, cancellationToken);
        var link = $"{(commandLine.Settings.Address ?? known?.Address ?? "http://localhost:5080").TrimEnd('/')}/a#{secret}";
        if (known is not null)
        {
            await (known with { Admin = link }).SaveAsync(path, cancellationToken);
        }

        return link;
    }
}
