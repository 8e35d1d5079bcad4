using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Integrations;
using Summit.Domain.Networks;
using Summit.Domain.Registrations;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Engine.Transfer;
using Summit.Server.Conferences;

namespace Summit.Server.Commands;

/// <summary>Carries a journal, or one network or conference of it, from one store to another, of whatever kind they are.</summary>
internal static class Transfer
{
    private const string Everything = "all";

    /// <param name="part">The code of a conference, or the id of one or of a network; null for all there is.</param>
    public static async Task<string> ExportAsync(CommandLine commandLine, string file, string? part, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            throw new CommandException($"{file} is there already: name a new file.");
        }

        await using var journal = await commandLine.OpenJournalAsync(cancellationToken);
        var heads = await journal.ListAsync(cancellationToken);
        var scope = Everything;
        if (part is not null)
        {
            var replay = new Replay(journal, commandLine.Kinds, commandLine.Logs.CreateLogger<Replay>());
            var (id, streams) = await StreamsOfAsync(replay, part, cancellationToken);
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
        var entries = await EntriesOfAsync(file, codec, cancellationToken);
        var replay = new Replay(journal, commandLine.Kinds, commandLine.Logs.CreateLogger<Replay>());
        var (lobby, _) = await replay.LoadAsync<Lobby>(Lobby.Only.Key, cancellationToken);
        foreach (var door in entries.OfType<OpenDoor>())
        {
            if (lobby.Doors.TryGetValue(door.Code, out var other) && other != door.Conference)
            {
                throw new JournalConflictException($"The code {door.Code} leads to another conference here.");
            }
        }

        var report = await new JournalImport(journal, codec).RunAsync(() => File.OpenRead(file), cancellationToken);
        await EnterAsync(commandLine, journal, entries, cancellationToken);
        return $"{report.Written} of {report.Header.Records} records were new; all {report.Header.Streams} streams of {file} are here.";
    }

    /// <summary>A network with its working groups and the conferences of its summits, or a conference, with all that is theirs.</summary>
    private static async Task<(AggregateId Id, HashSet<AggregateId> Streams)> StreamsOfAsync(Replay replay, string named, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(named, out var key))
        {
            var (lobby, _) = await replay.LoadAsync<Lobby>(Lobby.Only.Key, cancellationToken);
            key = lobby.Doors.TryGetValue(named, out var led) ? led.Value : throw new CommandException($"The code {named} leads to no conference.");
        }

        var (network, seq) = await replay.LoadAsync<Network>(key, cancellationToken);
        if (seq == 0)
        {
            var streams = await StreamsOfConferenceAsync(replay, key, cancellationToken);
            return streams.Count > 0 ? (streams[0], [.. streams]) : throw new CommandException($"There is no conference and no network {named}.");
        }

        var id = new AggregateId(Network.Kind, key);
        HashSet<AggregateId> all = [id, .. network.Groups.Select(group => ConferenceDirectory.Stream(group.Group))];
        foreach (var conference in network.Summits.Select(summit => summit.Conference).OfType<ConferenceId>())
        {
            all.UnionWith(await StreamsOfConferenceAsync(replay, conference.Value, cancellationToken));
        }

        return (id, all);
    }

    /// <summary>The conference itself first, and what it would have, be it there or not; empty if there is none.</summary>
    private static async Task<IReadOnlyList<AggregateId>> StreamsOfConferenceAsync(Replay replay, Guid key, CancellationToken cancellationToken)
    {
        var (conference, seq) = await replay.LoadAsync<Conference>(key, cancellationToken);
        return seq == 0 ? [] :
        [
            new AggregateId(Conference.Kind, key), new AggregateId(Registration.Kind, key), new AggregateId(Integration.Kind, key),
            .. conference.Programme.Select(entry => new AggregateId(Session.Kind, entry.Session.Value)),
        ];
    }

    /// <summary>What the lobby has to know of a part of a journal. Empty for a whole one, whose lobby is in it.</summary>
    private static async Task<IReadOnlyList<ILobbyCommand>> EntriesOfAsync(string file, Codec codec, CancellationToken cancellationToken)
    {
        var parts = new Dictionary<AggregateId, IAggregate>();
        await using var from = File.OpenRead(file);
        var reader = new JournalFileReader(from);
        await foreach (var (stream, record) in reader.ReadAsync(cancellationToken))
        {
            if (reader.Header!.Scope == Everything || (stream.Kind != Conference.Kind && stream.Kind != Network.Kind))
            {
                continue;
            }

            if (!parts.TryGetValue(stream, out var part))
            {
                parts.Add(stream, part = stream.Kind == Network.Kind ? Network.Create(stream.Key) : Conference.Create(stream.Key));
            }

            var (happened, context) = codec.Decode(stream, record);
            part.Apply(happened, context);
        }

        return
        [
            .. parts.Values.OfType<Network>().Select(network => new ListNetwork(network.Id)),
            .. parts.Values.OfType<Conference>().Where(conference => conference.Exists).Select(conference => new OpenDoor(conference.Plan!.Code, conference.Id)),
        ];
    }

    private static async Task EnterAsync(CommandLine commandLine, IJournal journal, IReadOnlyList<ILobbyCommand> entries, CancellationToken cancellationToken)
    {
        await using var engine = new LocalEngine(journal, commandLine.Kinds, TimeProvider.System, commandLine.Logs);
        var system = new Actor(default, Role.Admin, default, null, null);
        foreach (var entry in entries)
        {
            // The same import again is the same command again, and changes nothing.
            var id = entry switch
            {
                OpenDoor door => DerivedId.Of(door.Conference.Value, $"import {door.Code}"),
                ListNetwork list => DerivedId.Of(list.Network.Value, "import"),
                _ => throw new InvalidOperationException($"An import sends no {entry.GetType().Name}."),
            };
            var reply = await engine.SendAsync(Lobby.Only, new CommandEnvelope(id, system, entry), cancellationToken);
            if (reply.Fault is { } fault)
            {
                throw new CommandException($"The records are here, but nothing leads to them yet: {fault.Message} Import again.");
            }
        }
    }
}
