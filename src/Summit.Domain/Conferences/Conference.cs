using System.Text.Json;

namespace Summit.Domain.Conferences;

/// <summary>A place in a conference's programme.</summary>
/// <param name="Speakers">Null until placed.</param>
public sealed record ProgrammeEntry(
    SessionId Session, string Title, DateTimeOffset Starts, DateTimeOffset Ends, string Lang, string? Room = null, string? Track = null,
    IReadOnlyList<SpeakerId>? Speakers = null);

/// <summary>Two sessions at the same time that cannot both be held: one room, or one speaker, for both.</summary>
public sealed record Overlap(SessionId One, SessionId Other, string? Room, SpeakerId? Speaker);

/// <summary>A role that can be handed on as a link, one by one revocable.</summary>
public sealed record RoleLink(LinkId Id, Role Role, string Label, string Hash, DateTimeOffset Issued, DateTimeOffset? Expires, bool Revoked)
{
    public bool IsGood(DateTimeOffset now) => !Revoked && (Expires is not { } expires || expires > now);
}

/// <summary>An event of a network: its programme, its code, the links to its roles.</summary>
/// <remarks>
/// This file says who may do what, and keeps the links; Conference.Programme.cs has what is shown of it, and its programme;
/// Conference.Versions.cs has what of that is public; Conference.Privacy.cs says how long what people wrote is kept, and what is to go.
/// </remarks>
public sealed partial class Conference : IAggregate<Conference>
{
    private readonly List<ProgrammeEntry> _programme = [];
    private readonly Dictionary<LinkId, RoleLink> _links = [];

    private Conference(Guid key) => Id = new ConferenceId(key);

    public static string Kind => "conference";

    public static int SnapshotVersion => 6;

    public ConferenceId Id { get; }

    /// <summary>Null until planned.</summary>
    public ConferencePlanned? Plan { get; private set; }

    public bool Removed { get; private set; }

    /// <summary>Planned, and not taken out of service.</summary>
    public bool Exists => Plan is not null && !Removed;

    /// <summary>In the order of the day.</summary>
    public IReadOnlyList<ProgrammeEntry> Programme => _programme;

    public IReadOnlyCollection<RoleLink> Links => _links.Values;

    public static Conference Create(Guid key) => new(key);

    public RoleLink? FindLink(LinkId id) => _links.GetValueOrDefault(id);

    /// <summary>Whether this person runs a conference: its programme, its sessions, its links.</summary>
    public static bool IsRunBy(Actor actor, ConferenceId id)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role == Role.Admin || (actor.Role == Role.Host && actor.Conference == id);
    }

    /// <summary>Whether this person sees it as it is now, with the meeting; everybody else sees what was published.</summary>
    public static bool IsShownTo(Actor actor, ConferenceId id) => IsRunBy(actor, id) || (actor.Conference == id && actor.Sees);

    public Decision Decide(ICommand command, CommandContext context) => command switch
    {
        IErasing erasing => Decide(erasing, context),
        not IConferenceCommand => Sessions.SessionFaults.CommandUnknown,
        _ when !IsRunBy(context.Actor, Id) => Sessions.SessionFaults.Forbidden,
        PlanConference plan => Decide(plan),
        RemoveConference when Removed => Decision.Nothing,
        _ when !Exists => ConferenceFaults.Unknown,
        AddDocument add => Decide(add),
        AddSessionToProgramme add => Decide(add),
        MoveInProgramme move => Decide(move),
        IKeepingCommand keeping => DecideOnKeeping(keeping),
        IProgrammeCommand programme => DecideOnProgramme(programme),
        IssueLink issue => Decide(issue),
        RevokeLink revoke => FindLink(revoke.Link) switch
        {
            null => ConferenceFaults.LinkUnknown,
            { Revoked: true } => Decision.Nothing,
            var link => Decision.Raise(new LinkRevoked(link.Id)),
        },
        RemoveConference => Decision.Raise(new ConferenceRemoved()),
        _ => Sessions.SessionFaults.CommandUnknown,
    };

    public void Apply(IEvent happened, EventContext context)
    {
        switch (happened)
        {
            case ConferencePlanned planned:
                Plan = planned;
                break;
            case LinkIssued issued:
                _links.Add(issued.Link, new RoleLink(issued.Link, issued.Role, issued.Label, issued.Hash, context.At, issued.Expires, Revoked: false));
                break;
            case LinkRevoked revoked:
                _links[revoked.Link] = _links[revoked.Link] with { Revoked = true };
                break;
            case ConferenceRemoved:
                Removed = true;
                break;
            case ProgrammePublished published:
                Apply(published, context.At);
                break;
            case RetentionSet or HoldPlaced or HoldReleased or IErasure or ErasureDone:
                ApplyToKeeping(happened, context);
                break;
            case CommandNoted:
                break;
            default:
                ApplyToProgramme(happened);
                break;
        }
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(
        new ConferenceSnapshot(Plan, Removed, _programme, [.. _links.Values], Description, [.. _speakers.Values], Published, _versions,
            Retention, Hold, _orders, [.. _documents.Values], [.. _everSet]), DomainJson.Default.ConferenceSnapshot);

    public static Conference Load(Guid key, ReadOnlySpan<byte> snapshot)
    {
        var saved = JsonSerializer.Deserialize(snapshot, DomainJson.Default.ConferenceSnapshot)
            ?? throw new JsonException("A conference's snapshot is empty.");
        var conference = new Conference(key) { Plan = saved.Plan, Removed = saved.Removed, Description = saved.Description, Published = saved.Published, Retention = saved.Retention, Hold = saved.Hold };
        conference._orders.AddRange(saved.Orders);
        conference._everSet.UnionWith(saved.EverSet);
        conference._programme.AddRange(saved.Programme);
        conference._versions.AddRange(saved.Versions);
        foreach (var speaker in saved.Speakers)
        {
            conference._speakers.Add(speaker.Speaker, speaker);
        }

        foreach (var document in saved.Documents)
        {
            conference._documents.Add(document.Document, document);
        }

        foreach (var link in saved.Links)
        {
            conference._links.Add(link.Id, link);
        }

        return conference;
    }

    private Decision Decide(PlanConference command)
    {
        var title = Text.CleanLine(command.Title);
        var theme = Text.CleanLine(command.Theme);
        return this switch
        {
            { Plan: not null } => ConferenceFaults.Exists,
            _ when CheckFrame(title, theme, command.Starts, command.Ends, command.TimeZone, command.Languages) is { } fault => fault,
            _ when !Lobby.IsCode(command.Code) => ConferenceFaults.CodeMalformed,
            _ => Decision.Raise(new ConferencePlanned(
                title, theme.Length == 0 ? null : theme, command.Starts, command.Ends, command.TimeZone, command.Languages, command.Code, command.Demonstration)),
        };
    }

    private Decision Decide(IssueLink command)
    {
        var label = Text.CleanLine(command.Label);
        return command switch
        {
            { Role: not (Role.Moderator or Role.Host or Role.Stage) } => ConferenceFaults.LinkMalformed,
            { Hash: var hash } when hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower) => ConferenceFaults.LinkMalformed,
            _ when label.Length == 0 || Text.Length(label) > 80 => ConferenceFaults.LinkMalformed,
            _ when _links.ContainsKey(command.Link) => ConferenceFaults.LinkExists,
            _ => Decision.Raise(new LinkIssued(command.Link, command.Role, label, command.Hash, command.Expires)),
        };
    }
}

/// <summary>A conference's state as it is saved.</summary>
public sealed record ConferenceSnapshot(
    ConferencePlanned? Plan, bool Removed, IReadOnlyList<ProgrammeEntry> Programme, IReadOnlyList<RoleLink> Links, ConferenceDescribed? Description,
    IReadOnlyList<SpeakerSet> Speakers, PublishedProgramme? Published, IReadOnlyList<ProgrammeVersion> Versions,
    Retention Retention, Hold? Hold, IReadOnlyList<ErasureOrder> Orders, IReadOnlyList<DocumentAdded> Documents, IReadOnlyList<SpeakerId> EverSet);
