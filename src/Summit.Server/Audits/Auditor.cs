using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Integrations;
using Summit.Domain.Networks;
using Summit.Domain.Participants;
using Summit.Domain.Registrations;
using Summit.Domain.Sessions;
using Summit.Domain.WorkingGroups;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Accounts;
using Summit.Server.Conferences;
using Summit.Server.People;

namespace Summit.Server.Audits;

/// <summary>
/// Tells who did what when, from the events, read when somebody asks. Names and words come from the states of now, so that what was erased
/// is not told again; who was anonymous stays so.
/// </summary>
public sealed class Auditor(ConferenceDirectory directory, PeopleDirectory people, Rolls rolls, Replay replay)
{
    /// <summary>Enough of a question to know it again.</summary>
    private const int Excerpt = 80;

    /// <summary>Of a conference: its sessions, its registrations, and the roles of people there.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    public async Task<IReadOnlyList<AuditEntry>> OfAsync(ConferenceView conference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conference);
        var names = Labels.In(conference, directory);
        var entries = new List<AuditEntry>();
        foreach (var entry in conference.Programme)
        {
            entries.AddRange(await OfAsync(entry, names, null, cancellationToken));
        }

        var labels = conference.Links;
        entries.AddRange((await replay.ReadAsync(ConferenceDirectory.Stream(conference.Id), cancellationToken)).Where(IsTold).Select(one => Entry(one, one.Event switch
        {
            LinkIssued e => labels.GetValueOrDefault(e.Link)?.Label,
            LinkRevoked e => labels.GetValueOrDefault(e.Link)?.Label,
            SessionAddedToProgramme e => TitleOf(conference, e.Session),
            SessionMoved e => TitleOf(conference, e.Session),
            SessionPlaced e => TitleOf(conference, e.Session),
            SpeakerSet e => conference.Speakers.FirstOrDefault(speaker => speaker.Speaker == e.Speaker)?.Name,
            ProgrammePublished e => $"{e.Number}",
            _ => null,
        })));
        var registrations = await replay.ReadAsync(new AggregateId(Registration.Kind, conference.Id.Value), cancellationToken);
        entries.AddRange(registrations.Where(IsTold).Select(one => Entry(one, null)));
        var integrations = await replay.ReadAsync(ConferenceDirectory.IntegrationStream(conference.Id), cancellationToken);
        var others = directory.FindIntegration(conference.Id);
        entries.AddRange(integrations.Where(IsTold).Select(one => Entry(one, one.Event switch
        {
            KeyIssued e => others?.FindKey(e.Key)?.Name,
            KeyRevoked e => others?.FindKey(e.Key)?.Name,
            HookAdded e => HostOf(e.Address),
            HookSwitchedOff e => HostOf(others?.FindHook(e.Hook)?.Address),
            HookSwitchedOn e => HostOf(others?.FindHook(e.Hook)?.Address),
            DeliveryAsked e => HostOf(others?.FindHook(e.Hook)?.Address),
            _ => null,
        })));
        entries.AddRange(await RolesAsync(new Realm(conference.Id), names, cancellationToken));
        return Named(entries, names);
    }

    /// <summary>Of a network: its records, its groups, and the roles of people there.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    public async Task<IReadOnlyList<AuditEntry>> OfAsync(Network network, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        var names = network.Links.ToDictionary(link => Reception.Person(link.Id, null), link => link.Label);
        var entries = new List<AuditEntry>();
        entries.AddRange((await replay.ReadAsync(ConferenceDirectory.Stream(network.Id), cancellationToken)).Where(IsTold).Select(one => Entry(one, one.Event switch
        {
            IMemberStep e => MemberName(network, e.Member),
            MemberCorrected e => MemberName(network, e.Member),
            StepTakenBack e => MemberName(network, e.Member),
            ContactsSet e => MemberName(network, e.Member),
            PresidencyHandedOver e => MemberName(network, e.To),
            GroupSet e => network.Groups.FirstOrDefault(group => group.Group == e.Group)?.Name,
            SummitRecorded e => network.Summits.FirstOrDefault(summit => summit.Summit == e.Summit)?.Title,
            NetworkLinkIssued e => network.FindLink(e.Link)?.Label,
            CoordinatorLinkIssued e => network.FindLink(e.Link)?.Label,
            NetworkLinkRevoked e => network.FindLink(e.Link)?.Label,
            _ => null,
        })));
        foreach (var group in network.Groups)
        {
            var events = await replay.ReadAsync(new AggregateId(WorkingGroup.Kind, group.Group.Value), cancellationToken);
            entries.AddRange(events.Where(IsTold).Select(one => Entry(one, group.Name)));
        }

        entries.AddRange(await RolesAsync(new Realm(Network: network.Id), names, cancellationToken));
        return Named(entries, names);
    }

    /// <summary>A person's own: all that happened to their record, and what they did in the conferences where they have a role.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    public async Task<IReadOnlyList<AuditEntry>> OfAsync(Participant person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        var names = new Dictionary<ParticipantId, string> { [person.Id] = person.Card!.Name };
        var own = await replay.ReadAsync(PeopleDirectory.Stream(person.Id), cancellationToken);
        var entries = own.Where(IsTold).Select(one => Entry(one, one.Event switch
        {
            SignedIn { Issuer: { } issuer } e => $"{e.Device} ({Organisations.HostOf(issuer)})",
            SignedIn e => e.Device,
            PasskeyAdded e => e.Device,
            AccountLinked e => Organisations.HostOf(e.Issuer),
            AccountAdded e => Organisations.HostOf(e.Issuer),
            _ => null,
        })).ToList();
        foreach (var conference in person.Roles.Select(role => role.In.Conference).OfType<ConferenceId>().Distinct().Select(directory.Find).OfType<ConferenceView>())
        {
            foreach (var entry in conference.Programme)
            {
                entries.AddRange(await OfAsync(entry, [], person.Id, cancellationToken));
            }
        }

        return Named(entries, names);
    }

    /// <param name="names">Takes in who posted under a name.</param>
    /// <param name="own">Only what this person did, though they are anonymous to others.</param>
    private async Task<IEnumerable<AuditEntry>> OfAsync(
        ProgrammeEntry entry, Dictionary<ParticipantId, string> names, ParticipantId? own, CancellationToken cancellationToken)
    {
        var events = await replay.ReadAsync(new AggregateId(Session.Kind, entry.Session.Value), cancellationToken);
        var session = Session.Create(entry.Session.Value);
        foreach (var (happened, context) in events)
        {
            session.Apply(happened, context);
        }

        foreach (var item in session.Items.Values.Where(item => item is { Anonymous: false, Name: not null }))
        {
            names.TryAdd(item.Author, item.Name!);
        }

        var place = new Named(entry.Session.Value, entry.Title);
        return events.Where(IsTold).Where(one => own is null || one.Context.By == own).Select(one =>
        {
            var item = one.Event is IItemEvent { Id: var id } ? session.Items.GetValueOrDefault(id) : null;
            // Whose an anonymous item is, and who reported one, is nobody's business.
            var hidden = own is null && ((item is { Anonymous: true, Author: var author } && author == one.Context.By) || one.Event is ItemReported);
            var told = Entry(one, item is null ? null : Short(item.Title ?? item.Text)) with { Session = place };
            return hidden ? told with { By = null } : told;
        });
    }

    private async Task<IEnumerable<AuditEntry>> RolesAsync(Realm realm, Dictionary<ParticipantId, string> names, CancellationToken cancellationToken)
    {
        var entries = new List<AuditEntry>();
        foreach (var id in await rolls.EverInAsync(realm, cancellationToken))
        {
            if (await people.FindAsync(id, cancellationToken) is not { State.Card: { } card })
            {
                continue;
            }

            // Of whom nothing is known any more, only what they were.
            var name = card.Name.Length > 0 ? card.Name : null;
            if (name is not null)
            {
                names[id] = name;
            }

            var events = await replay.ReadAsync(PeopleDirectory.Stream(id), cancellationToken);
            entries.AddRange(events
                .Where(one => (one.Event as RoleGiven)?.Role.In.Root == realm.Root || (one.Event as RoleTaken)?.Role.In.Root == realm.Root)
                .Select(one => Entry(one, name)));
        }

        return entries;
    }

    private static bool IsTold(Recorded one) => !AuditEntry.Untold.Contains(one.Event.GetType());

    private static AuditEntry Entry(Recorded one, string? what) => new(
        one.Context.At, AuditEntry.KindOf(one.Event.GetType()), one.Context.By == default ? null : new Doer(one.Context.By, null), null, string.IsNullOrEmpty(what) ? null : what);

    /// <summary>The newest first.</summary>
    private IReadOnlyList<AuditEntry> Named(List<AuditEntry> entries, Dictionary<ParticipantId, string> names)
    {
        if (directory.Administrator is { } administrator)
        {
            names.TryAdd(Reception.Person(administrator.Link, null), "Administrator");
        }

        // What happened within one moment stands in its stream in order: that, too, is turned round.
        return [.. entries.AsEnumerable().Reverse().OrderByDescending(entry => entry.At)
            .Select(entry => entry.By is { } by && names.TryGetValue(by.Id, out var name) ? entry with { By = by with { Name = name } } : entry)];
    }

    /// <summary>Addresses of hooks often hold something that opens them.</summary>
    private static string? HostOf(string? address) => address is null ? null : new Uri(address).Host;

    private static string? TitleOf(ConferenceView conference, SessionId session) => conference.Programme.FirstOrDefault(entry => entry.Session == session)?.Title;

    private static string? MemberName(Network network, MemberId member) => network.Members.GetValueOrDefault(member)?.Name;

    private static string? Short(string text)
    {
        var line = Text.CleanLine(text);
        return line.Length == 0 ? null : line.Length <= Excerpt ? line : $"{line[..(char.IsHighSurrogate(line[Excerpt - 1]) ? Excerpt - 1 : Excerpt)]}…";
    }
}
