using Summit.Domain.Sessions;

namespace Summit.Domain.Conferences;

/// <summary>What a conference says of itself, who speaks, and its programme.</summary>
public sealed partial class Conference
{
    private const int MostTracks = 20;
    private const int MostSpeakers = 500;
    private const int MostInASession = 30;

    /// <summary>Of a name, a place, a room, a track.</summary>
    private const int LongestLine = 120;
    private const int LongestText = 2_000;
    private const int LongestUrl = 1_000;

    private readonly Dictionary<SpeakerId, SpeakerSet> _speakers = [];

    /// <summary>Whoever was ever set: what was said of them stands in the events, wherever they are now.</summary>
    private readonly HashSet<SpeakerId> _everSet = [];

    /// <summary>Null until a host has said more than the plan does.</summary>
    public ConferenceDescribed? Description { get; private set; }

    public IReadOnlyCollection<SpeakerSet> Speakers => _speakers.Values;

    /// <summary>Found, not refused: whoever exchanges two sessions makes one on the way.</summary>
    public IEnumerable<Overlap> Overlaps()
    {
        for (var at = 0; at < _programme.Count; at++)
        {
            var one = _programme[at];
            foreach (var other in _programme.Skip(at + 1).TakeWhile(later => later.Starts < one.Ends).Where(later => one.Starts < later.Ends))
            {
                if (one.Room is not null && one.Room.Equals(other.Room, StringComparison.OrdinalIgnoreCase))
                {
                    yield return new Overlap(one.Session, other.Session, one.Room, null);
                }

                foreach (var speaker in (one.Speakers ?? []).Intersect(other.Speakers ?? []))
                {
                    yield return new Overlap(one.Session, other.Session, null, speaker);
                }
            }
        }
    }

    private Decision DecideOnProgramme(IProgrammeCommand command) => command switch
    {
        DescribeConference describe => Decide(describe),
        SetSpeaker set => Decide(set),
        DropSpeaker drop => _speakers.ContainsKey(drop.Speaker) ? Decision.Raise(new SpeakerDropped(drop.Speaker)) : ConferenceFaults.SpeakerUnknown,
        EraseSpeaker { Speaker: var id } when !_everSet.Contains(id) => ConferenceFaults.SpeakerUnknown,
        // Who was written anew since can be erased anew.
        EraseSpeaker { Speaker: var id } when _orders.Exists(order => order.Speaker == id) && _speakers.GetValueOrDefault(id) is null or { Name: "" } => Decision.Nothing,
        EraseSpeaker { Speaker: var id } => Decision.Raise(new SpeakerErased(id)),
        PlaceSession place => Decide(place),
        DropDocument drop => Decide(drop),
        PublishProgramme => Publish(),
        _ => SessionFaults.CommandUnknown,
    };

    private static Decision Decide(DescribeConference command)
    {
        var clean = new ConferenceDescribed(
            Text.CleanLine(command.Title), LineOrNull(command.Theme), command.Starts, command.Ends, command.TimeZone, command.Languages,
            LineOrNull(command.Place), command.Meeting is null ? null : new Meeting(Text.CleanLine(command.Meeting.Url), LineOrNull(command.Meeting.Note)),
            command.Contact is null
                ? null
                : new ContactPerson(Text.CleanLine(command.Contact.Name), LineOrNull(command.Contact.Mail), LineOrNull(command.Contact.Phone)),
            [.. (command.Tracks ?? []).Take(MostTracks + 1).Select(Text.CleanLine).Where(track => track.Length > 0).Distinct()]);
        var lines = (string?[])[clean.Place, clean.Meeting?.Note, clean.Contact?.Name, clean.Contact?.Mail, clean.Contact?.Phone, .. clean.Tracks];
        return clean switch
        {
            _ when CheckFrame(clean.Title, clean.Theme ?? "", clean.Starts, clean.Ends, clean.TimeZone, clean.Languages) is { } fault => fault,
            { Meeting.Url: var url } when !IsWebAddress(url) => ConferenceFaults.MeetingMalformed,
            { Contact: { } contact } when contact.Name.Length == 0 || contact.Mail?.Contains('@', StringComparison.Ordinal) is false
                => ConferenceFaults.ContactMalformed,
            { Tracks.Count: > MostTracks } => ConferenceFaults.TooMany,
            _ when lines.Any(line => line is not null && Text.Length(line) > LongestLine) => SessionFaults.TextTooLong(LongestLine),
            _ => Decision.Raise(clean),
        };
    }

    private Decision Decide(SetSpeaker command)
    {
        var about = Text.Clean(command.About);
        var clean = new SpeakerSet(
            command.Speaker, Text.CleanLine(command.Name), LineOrNull(command.Function), about.Length == 0 ? null : about);
        return clean switch
        {
            { Name.Length: 0 } => SessionFaults.TextEmpty,
            _ when Text.Length(clean.Name) > LongestLine || Text.Length(clean.Function ?? "") > LongestLine => SessionFaults.TextTooLong(LongestLine),
            _ when Text.Length(clean.About ?? "") > LongestText => SessionFaults.TextTooLong(LongestText),
            _ when !_speakers.ContainsKey(clean.Speaker) && _speakers.Count >= MostSpeakers => ConferenceFaults.TooMany,
            _ => clean == _speakers.GetValueOrDefault(clean.Speaker) ? Decision.Nothing : Decision.Raise(clean),
        };
    }

    private Decision Decide(PlaceSession command)
    {
        var clean = new SessionPlaced(
            command.Session, LineOrNull(command.Room), LineOrNull(command.Track), [.. (command.Speakers ?? []).Distinct().Take(MostInASession + 1)]);
        return clean switch
        {
            _ when Find(clean.Session) is null => ConferenceFaults.NotInProgramme,
            _ when Text.Length(clean.Room ?? "") > LongestLine => SessionFaults.TextTooLong(LongestLine),
            { Track: { } track } when Description?.Tracks.Contains(track) is not true => ConferenceFaults.TrackUnknown,
            { Speakers.Count: > MostInASession } => ConferenceFaults.TooMany,
            _ when !clean.Speakers.All(_speakers.ContainsKey) => ConferenceFaults.SpeakerUnknown,
            _ => Decision.Raise(clean),
        };
    }

    private Decision Decide(AddSessionToProgramme command) => Find(command.Session) is not null
        ? Decision.Nothing
        : Decision.Raise(new SessionAddedToProgramme(command.Session, Text.CleanLine(command.Title), command.Starts, command.Ends, command.Lang));

    /// <summary>The session has decided already: here is only written down what it is now.</summary>
    private Decision Decide(MoveInProgramme command)
    {
        if (Find(command.Session) is not { } entry)
        {
            return ConferenceFaults.NotInProgramme;
        }

        var moved = new SessionMoved(
            entry.Session, command.Title is null ? entry.Title : Text.CleanLine(command.Title), command.Starts ?? entry.Starts, command.Ends ?? entry.Ends);
        return moved == new SessionMoved(entry.Session, entry.Title, entry.Starts, entry.Ends) ? Decision.Nothing : Decision.Raise(moved);
    }

    private void ApplyToProgramme(IEvent happened)
    {
        switch (happened)
        {
            case ConferenceDescribed e:
                Description = e;
                Plan = Plan! with { Title = e.Title, Theme = e.Theme, Starts = e.Starts, Ends = e.Ends, TimeZone = e.TimeZone, Languages = e.Languages };
                Change(entry => entry.Track is { } track && !e.Tracks.Contains(track), entry => entry with { Track = null });
                break;
            case DocumentAdded e:
                _documents[e.Document] = e;
                break;
            case DocumentDropped e:
                _documents.Remove(e.Document);
                break;
            case SpeakerSet e:
                _speakers[e.Speaker] = e;
                _everSet.Add(e.Speaker);
                break;
            case SpeakerDropped e:
                _speakers.Remove(e.Speaker);
                Change(_ => true, entry => entry with { Speakers = entry.Speakers?.Where(speaker => speaker != e.Speaker).ToList() });
                break;
            case SessionAddedToProgramme e:
                _programme.Add(new ProgrammeEntry(e.Session, e.Title, e.Starts, e.Ends, e.Lang));
                Sort();
                break;
            case SessionMoved e:
                Change(entry => entry.Session == e.Session, entry => entry with { Title = e.Title, Starts = e.Starts, Ends = e.Ends });
                Sort();
                break;
            case SessionPlaced e:
                Change(entry => entry.Session == e.Session, entry => entry with { Room = e.Room, Track = e.Track, Speakers = e.Speakers });
                break;
            default:
                throw new InvalidOperationException($"A conference does not know the event {happened?.GetType().Name}.");
        }
    }

    private void Change(Predicate<ProgrammeEntry> which, Func<ProgrammeEntry, ProgrammeEntry> change)
    {
        for (var at = 0; at < _programme.Count; at++)
        {
            _programme[at] = which(_programme[at]) ? change(_programme[at]) : _programme[at];
        }
    }

    private void Sort() => _programme.Sort((one, other) => (one.Starts, one.Session.Value).CompareTo((other.Starts, other.Session.Value)));

    private ProgrammeEntry? Find(SessionId session) => _programme.Find(entry => entry.Session == session);

    /// <summary>What a plan and a description have in common.</summary>
    private static Fault? CheckFrame(
        string title, string theme, DateTimeOffset starts, DateTimeOffset ends, string timeZone, IReadOnlyList<string> languages) =>
        title.Length == 0 || Text.Length(title) > 200 || Text.Length(theme) > 300 ? ConferenceFaults.TitleMissing
        : ends < starts ? ConferenceFaults.TimesReversed
        : !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var _) ? ConferenceFaults.TimeZoneUnknown
        : languages.Count is 0 or > 20 || !languages.All(Text.IsLanguageTag) ? ConferenceFaults.LanguagesMalformed
        : null;

    /// <summary>A page makes a link of it: no other scheme may come in.</summary>
    private static bool IsWebAddress(string url) =>
        url.Length <= LongestUrl && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps;

    private static string? LineOrNull(string? raw) => Text.CleanLine(raw) is { Length: > 0 } line ? line : null;
}
