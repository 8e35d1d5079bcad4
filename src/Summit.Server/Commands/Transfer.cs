using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Engine.Transfer;
using Summit.Server.Conferences;

namespace Summit.Server.Commands;

/// <summary>Carries a journal, or one conference of it, from one store to another, of whatever kind they are.</summary>
internal static class Transfer
{
    private const string Everything = "all";

    /// <param name="conference">Its code or its id; null for all there is.</param>
    public static async Task<string> ExportAsync(CommandLine commandLine, string file, string? conference, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            throw new CommandException($"{file} is there already: name a new file.");
        }

        await using var journal = await commandLine.OpenJournalAsync(cancellationToken);
        var heads = await journal.ListAsync(cancellationToken);
        var scope = Everything;
        if (conference is not null)
        {
            var replay = new Replay(journal, commandLine.Kinds, commandLine.Logs.CreateLogger<Replay>());
            var (id, streams) = await StreamsOfAsync(replay, conference, cancellationToken);
            (scope, heads) = (id.ToString(), [.. heads.Where(head => streams.Contains(head.Stream))]);
        }

        // Whole or not at all, for the owner's eyes alone: it holds people's words.
        var unfinished = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var to = new FileStream(unfinished, options))
        {
            await JournalFile.WriteAsync(journal, scope, heads, to, cancellationToken);
            to.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file, overwrite: false);
        return $"{heads.Sum(head => head.Version)} records of {heads.Count} streams are in {file}.";
    }

    public static async Task<string> ImportAsync(CommandLine commandLine, string file, CancellationToken cancellationToken)
    {
        await using var journal = await commandLine.OpenOrMakeJournalAsync(cancellationToken);
        var codec = new Codec(commandLine.Kinds);
        var door = await DoorOfAsync(file, codec, cancellationToken);
        var replay = new Replay(journal, commandLine.Kinds, commandLine.Logs.CreateLogger<Replay>());
        var (lobby, _) = await replay.LoadAsync<Lobby>(Lobby.Only.Key, cancellationToken);
        if (door is not null && lobby.Doors.TryGetValue(door.Code, out var other) && other != door.Conference)
        {
            throw new JournalConflictException($"The code {door.Code} leads to another conference here.");
        }

        var report = await new JournalImport(journal, codec).RunAsync(() => File.OpenRead(file), cancellationToken);
        if (door is not null)
        {
            await OpenAsync(commandLine, journal, door, cancellationToken);
        }

        return $"{report.Written} of {report.Header.Records} records were new; all {report.Header.Streams} streams of {file} are here.";
    }

    private static async Task<(AggregateId Id, HashSet<AggregateId> Streams)> StreamsOfAsync(Replay replay, string named, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(named, out var key))
        {
            var (lobby, _) = await replay.LoadAsync<Lobby>(Lobby.Only.Key, cancellationToken);
            key = lobby.Doors.TryGetValue(named, out var led) ? led.Value : throw new CommandException($"The code {named} leads to no conference.");
        }

        var id = new AggregateId(Conference.Kind, key);
        var (conference, seq) = await replay.LoadAsync<Conference>(key, cancellationToken);
        return seq == 0
            ? throw new CommandException($"There is no conference {named}.")
            : (id, [id, .. conference.Programme.Select(entry => new AggregateId(Session.Kind, entry.Session.Value))]);
    }

    /// <summary>The code that is to lead to the conference that the file is of. Null for a whole journal, whose lobby is in it, and for one that was removed.</summary>
    private static async Task<OpenDoor?> DoorOfAsync(string file, Codec codec, CancellationToken cancellationToken)
    {
        await using var from = File.OpenRead(file);
        var reader = new JournalFileReader(from);
        var conference = default(Conference);
        await foreach (var (stream, record) in reader.ReadAsync(cancellationToken))
        {
            if (stream.ToString() == reader.Header!.Scope)
            {
                var (happened, context) = codec.Decode(stream, record);
                conference ??= Conference.Create(stream.Key);
                conference.Apply(happened, context);
            }
        }

        return conference is { Exists: true, Plan: { } plan } ? new OpenDoor(plan.Code, conference.Id) : null;
    }

    private static async Task OpenAsync(CommandLine commandLine, IJournal journal, OpenDoor door, CancellationToken cancellationToken)
    {
        await using var engine = new LocalEngine(journal, commandLine.Kinds, TimeProvider.System, commandLine.Logs);
        var system = new Actor(default, Role.Admin, default, null, null);
        // The same import again is the same command again, and changes nothing.
        var id = DerivedId.Of(door.Conference.Value, $"import {door.Code}");
        var reply = await engine.SendAsync(Lobby.Only, new CommandEnvelope(id, system, door), cancellationToken);
        if (reply.Fault is { } fault)
        {
            throw new CommandException($"The conference is here, but its code {door.Code} does not lead to it: {fault.Message} Import again.");
        }
    }
}
