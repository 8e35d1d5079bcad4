using System.Security.Cryptography;
using Summit.Server.Opening;
using Summit.Server.Operations;
using Summit.Storage.Postgres;
using Summit.Storage.Sqlite;

namespace Summit.Server.Commands;

/// <summary>
/// A folder with everything worth keeping: the journal as its store writes it out, <c>keys</c>, <c>links.json</c>, <c>files</c>, and the sums of all of
/// them as <c>sha256sum --check SHA256SUMS</c> reads them.
/// </summary>
internal static class Backup
{
    private const string Sums = "SHA256SUMS";

    /// <summary>PostgreSQL's, as <c>pg_dump</c> makes it.</summary>
    private const string Dump = "summit.dump";

    private static readonly string[] Beside = [LinksFile.Name, "keys", Operations.Storage.Files];

    public static async Task<string> MakeAsync(CommandLine commandLine, string folder, CancellationToken cancellationToken)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.Exists(folder))
        {
            throw new CommandException($"{folder} is there already: name a new folder.");
        }

        var settings = commandLine.Settings;
        var kept = settings with { Data = folder + ".new" };
        var unfinished = kept.PrivateFolder().FullName;
        if (settings.Postgres is { } postgres)
        {
            await PostgresDump.MakeAsync(postgres, Path.Combine(unfinished, Dump), cancellationToken);
        }
        else
        {
            await (await commandLine.OpenJournalAsync(cancellationToken)).DisposeAsync();
            await SqliteCopy.MakeAsync(commandLine.Database, Path.Combine(unfinished, SqliteJournal.FileName), cancellationToken);
        }

        foreach (var name in Beside)
        {
            Copy(settings.Data, kept, name);
        }

        await WriteSumsAsync(unfinished, cancellationToken);
        Directory.Move(unfinished, folder);
        return $"The backup is in {folder}. Keep it elsewhere, too.";
    }

    public static async Task<string> RestoreAsync(CommandLine commandLine, string folder, CancellationToken cancellationToken)
    {
        var settings = commandLine.Settings;
        var journal = Path.Combine(folder, settings.Postgres is not null ? Dump : SqliteJournal.FileName);
        var sums = await CheckSumsAsync(folder, cancellationToken);
        if (!sums.Contains(Path.GetFileName(journal)))
        {
            throw new CommandException($"{folder} holds no {Path.GetFileName(journal)}: it is a backup of the other store. Restore it there, then export and import.");
        }

        settings.PrivateFolder();
        if (settings.Postgres is { } postgres)
        {
            await PostgresDump.RestoreAsync(postgres, journal, cancellationToken);
        }
        else
        {
            await SqliteCopy.RestoreAsync(journal, commandLine.Database, cancellationToken);
        }

        foreach (var name in Beside)
        {
            Copy(folder, settings, name);
        }

        // It has to open: what cannot be started now should not be found out later.
        await (await commandLine.OpenJournalAsync(cancellationToken)).DisposeAsync();
        return $"The backup {folder} is in place. Start the servers.";
    }

    /// <summary>A file or a folder of files; whatever is not there is left out.</summary>
    private static void Copy(string from, Settings to, string name)
    {
        var source = Path.Combine(from, name);
        if (File.Exists(source))
        {
            File.Copy(source, Path.Combine(to.Data, name), overwrite: true);
        }
        else if (Directory.Exists(source))
        {
            var target = to.PrivateFolder(name).FullName;
            foreach (var file in Directory.EnumerateFiles(source))
            {
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
            }
        }
    }

    private static async Task WriteSumsAsync(string folder, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            lines.Add($"{await SumAsync(file, cancellationToken)}  {Path.GetRelativePath(folder, file)}");
        }

        await File.WriteAllLinesAsync(Path.Combine(folder, Sums), lines, cancellationToken);
    }

    /// <summary>The names of the files, all of which are as they were written.</summary>
    private static async Task<HashSet<string>> CheckSumsAsync(string folder, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>();
        var path = Path.Combine(folder, Sums);
        if (!File.Exists(path))
        {
            throw new CommandException($"{folder} is no backup: it has no {Sums}.");
        }

        foreach (var line in await File.ReadAllLinesAsync(path, cancellationToken))
        {
            if (line.Split("  ", 2) is not [var sum, var name])
            {
                throw new CommandException($"{path} is damaged. Nothing was changed; take another backup.");
            }

            var file = Path.Combine(folder, name);
            if (!File.Exists(file) || sum != await SumAsync(file, cancellationToken))
            {
                throw new CommandException($"{file} is missing or damaged. Nothing was changed; take another backup.");
            }

            names.Add(name);
        }

        return names;
    }

    private static async Task<string> SumAsync(string file, CancellationToken cancellationToken)
    {
        await using var from = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(from, cancellationToken));
    }
}
