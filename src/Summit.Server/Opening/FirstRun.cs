using System.Text.Json;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Engine;
using Summit.Server.Conferences;
using Summit.Server.Demonstrations;
using Summit.Server.Networks;
using Summit.Server.Operations;

namespace Summit.Server.Opening;

/// <summary>
/// Sets an empty installation up: its administrator and, if wanted, the demonstration. Secrets and the seed of all ids are in
/// <see cref="LinksFile"/> before the first command goes out; every command's id is derived from the seed. So a crash at any point is
/// healed by the next start, which does the same again. Servers that share a store share the file as well: they may all do this at
/// once, and send the same commands with the same ids.
/// </summary>
public sealed partial class FirstRun(
    Settings settings, Desk desk, NetworkDesk networkDesk, ConferenceDirectory directory, IEngine engine, IAgreements agreements, Addresses addresses,
    TimeProvider time, IEnumerable<Demonstration> demonstrations, IEnumerable<NetworkDemonstration> networkDemonstrations, ILogger<FirstRun> logger)
{
    /// <summary>Seconds that a demonstration is tried again while nothing can be saved.</summary>
    private const int PatienceForDemonstrations = 15;

    private const string Agreed = "links of the first start";

    private static readonly (Role Role, string Label)[] DemonstrationLinks = [(Role.Moderator, "Moderator"), (Role.Stage, "Stage"), (Role.Host, "Host")];

    private static readonly (Role Role, string Label)[] NetworkLinks = [(Role.Secretary, "Secretary")];

    private IEnumerable<Demonstration> Wanted => settings.Demo ? demonstrations : [];

    private IEnumerable<NetworkDemonstration> WantedNetworks => settings.Demo ? networkDemonstrations : [];

    private string LinksPath => Path.Combine(settings.PrivateFolder().FullName, LinksFile.Name);

    /// <summary>Leaves an installation that can be administered and a file that says how; null if the file was lost on one set up long ago.</summary>
    public async Task<LinksFile?> RunAsync(CancellationToken cancellationToken)
    {
        var file = await LoadAsync(cancellationToken);
        if (directory.Administrator is null)
        {
            file = LinksFile.Parse(agreements.Agree(Agreed, (file ?? Make()).ToText()));
            await file.SaveAsync(LinksPath, cancellationToken);
            await AppointAsync(file, cancellationToken);
        }
        else if (file is null && agreements.Find(Agreed) is { } agreed)
        {
            file = LinksFile.Parse(agreed);
        }

        if (file is null || directory.Administrator?.Hash != RoleSecret.Hash(file.AdminSecret))
        {
            LogForeign(LinksPath);
            return null;
        }

        if (!file.Complete)
        {
            file = file with { Complete = await DemonstrateAsync(file, cancellationToken) };
        }

        file = UpToDate(file);
        await file.SaveAsync(LinksPath, cancellationToken);
        return file;
    }

    private async Task<LinksFile?> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LinksFile.LoadAsync(LinksPath, cancellationToken);
        }
        catch (JsonException e)
        {
            // Out of the way but not lost: its secrets may be the only way in.
            File.Move(LinksPath, LinksPath + ".damaged", overwrite: true);
            LogDamaged(LinksPath, e.Message);
            return null;
        }
    }

    /// <summary>Only here are secrets made, and they are kept before they are used.</summary>
    private LinksFile Make()
    {
        var seed = Guid.CreateVersion7(time.GetUtcNow());
        var conferences = Wanted.Select(demonstration => new KnownConference(
            demonstration.Conference, demonstration.Title, demonstration.Code, addresses.Join(demonstration.Code),
            MakeLinks(DemonstrationLinks), []));
        var networks = WantedNetworks.Select(demonstration => new KnownNetwork(
            demonstration.Network, demonstration.Title, addresses.Page(demonstration.Network), MakeLinks(NetworkLinks)));
        return new LinksFile(seed, false, addresses.Own, addresses.Link(Role.Admin, RoleSecret.New()), [.. conferences], [.. networks]);
    }

    private IReadOnlyList<KnownLink> MakeLinks((Role Role, string Label)[] links) =>
        [.. links.Select(link => new KnownLink(link.Role, link.Label, addresses.Link(link.Role, RoleSecret.New())))];

    private async Task AppointAsync(LinksFile file, CancellationToken cancellationToken)
    {
        var appoint = new AppointAdministrator(new LinkId(DerivedId.Of(file.Seed, "administrator")), RoleSecret.Hash(file.AdminSecret));
        var envelope = new CommandEnvelope(DerivedId.Of(file.Seed, "appoint"), Actor.System, appoint);
        await InsistAsync("appoint the administrator", async () =>
        {
            var reply = await engine.SendAsync(Lobby.Only, envelope, cancellationToken);
            await directory.ReachedAsync(Lobby.Only, reply.Seq, cancellationToken);
            // Somebody else was quicker, whose file names the link.
            return reply.Fault == ConferenceFaults.AdministratorThere ? null : reply.Fault;
        }, cancellationToken);
    }

    /// <summary>False if it could not be finished: the next start tries again. A demonstration is no reason not to serve.</summary>
    private async Task<bool> DemonstrateAsync(LinksFile file, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var demonstration in Wanted)
            {
                await InsistAsync(demonstration.CreateAsync, cancellationToken);
                await directory.CatchUpAsync(cancellationToken);
                await IssueAsync(file.Conferences.FirstOrDefault(known => known.Id == demonstration.Conference), cancellationToken);
            }

            foreach (var demonstration in WantedNetworks)
            {
                await InsistAsync(demonstration.CreateAsync, cancellationToken);
                await directory.CatchUpAsync(cancellationToken);
                await IssueAsync(file.Networks?.FirstOrDefault(known => known.Id == demonstration.Network), cancellationToken);
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogDemonstrationFailed(e);
            return false;
        }
    }

    private async Task IssueAsync(KnownConference? conference, CancellationToken cancellationToken)
    {
        // A server that is new to an old store plays what may have been removed since: its commands change nothing.
        if (conference is null || directory.Find(conference.Id) is null)
        {
            return;
        }

        foreach (var link in conference.Links)
        {
            var id = new LinkId(DerivedId.Of(conference.Id.Value, $"link {link.Role} {link.Label}"));
            var issue = new NewLink(id, link.Role, link.Label, link.Secret);
            await InsistAsync($"issue the link {link.Label}", () => desk.IssueAsync(Actor.System, conference.Id, issue, cancellationToken), cancellationToken);
        }
    }

    private async Task IssueAsync(KnownNetwork? network, CancellationToken cancellationToken)
    {
        foreach (var link in network?.Links ?? [])
        {
            var id = new LinkId(DerivedId.Of(network!.Id.Value, $"link {link.Role} {link.Label}"));
            var issue = new NewNetworkLink(id, link.Role, link.Label, link.Secret);
            await InsistAsync($"issue the link {link.Label}", () => networkDesk.IssueAsync(Actor.System, network.Id, issue, cancellationToken), cancellationToken);
        }
    }

    /// <summary>Again and again while the store is away.</summary>
    /// <exception cref="InvalidOperationException">It was refused for good.</exception>
    private async Task InsistAsync(string what, Func<Task<Fault?>> act, CancellationToken cancellationToken)
    {
        while (await act() is { } fault)
        {
            if (fault.Kind != FaultKind.Busy)
            {
                throw new InvalidOperationException($"Could not {what}: {fault.Code}, {fault.Message}");
            }

            LogWaiting(what, fault.Code);
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }

    /// <summary>A cell may live on a server that has not reached its store yet; what was taken is not taken twice.</summary>
    private async Task InsistAsync(Func<IEngine, CancellationToken, Task> create, CancellationToken cancellationToken)
    {
        for (var left = PatienceForDemonstrations; ; left--)
        {
            try
            {
                await create(engine, cancellationToken);
                return;
            }
            catch (JournalUnavailableException unavailable) when (left > 0)
            {
                LogWaiting("create the demonstration", unavailable.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            }
        }
    }

    /// <summary>Under the present address, without what was removed or revoked since.</summary>
    private LinksFile UpToDate(LinksFile file)
    {
        var conferences =
            from known in file.Conferences
            let conference = directory.Find(known.Id)
            where conference is not null
            let good = conference.Links.Values.Where(link => link.IsGood(time.GetUtcNow())).Select(link => link.Hash).ToHashSet()
            select new KnownConference(
                known.Id, conference.Plan.Title, conference.Plan.Code, addresses.Join(conference.Plan.Code),
                UpToDate(known.Links, good), [.. conference.Programme.Select(entry => new KnownSession(entry.Session, entry.Title))]);
        var networks =
            from known in file.Networks ?? []
            let network = directory.Find(known.Id)?.State
            where network is not null
            let good = network.Links.Where(link => link.IsGood(time.GetUtcNow())).Select(link => link.Hash).ToHashSet()
            select new KnownNetwork(known.Id, network.Description!.Title, addresses.Page(known.Id), UpToDate(known.Links, good));
        return file with
        {
            Address = addresses.Own,
            Admin = addresses.Link(Role.Admin, file.AdminSecret),
            Conferences = [.. conferences],
            Networks = [.. networks],
        };
    }

    private IReadOnlyList<KnownLink> UpToDate(IReadOnlyList<KnownLink> links, HashSet<string> good) =>
        [.. links.Where(link => good.Contains(RoleSecret.Hash(link.Secret))).Select(link => link with { Link = addresses.Link(link.Role, link.Secret) })];

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} does not belong to this installation or is lost; it is left as it is. The administrator's link is not known here.")]
    private partial void LogForeign(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be read and was put aside as .damaged: {Reason}")]
    private partial void LogDamaged(string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting to {What}: {Code}")]
    private partial void LogWaiting(string what, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "The demonstration could not be finished; the next start tries again.")]
    private partial void LogDemonstrationFailed(Exception exception);
}
