using System.Text.Json;
using System.Text.Json.Nodes;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Engine;

namespace Summit.Server.Demonstrations;

/// <summary>A made-up conference, played through the same commands as everybody's.</summary>
/// <remarks>
/// Every id is made from the keys of the script, so playing it a second time changes nothing, and a play that was cut off
/// is finished by the next one.
/// </remarks>
public sealed class Demonstration
{
    /// <summary>Members of commands that name a second item.</summary>
    private static readonly string[] Others = ["into", "before"];

    private readonly DemonstrationScript _script;
    private readonly Actor _organiser;
    private readonly Actor _moderator;
    private readonly Dictionary<string, Actor> _people;
    private readonly List<Actor> _everybody;

    public Demonstration(DemonstrationScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        _script = script;
        Conference = new ConferenceId(Id("conference"));
        _organiser = new Actor(new ParticipantId(Id("organiser")), Role.Admin, default, null, null);
        _moderator = new Actor(new ParticipantId(Id("moderator")), Role.Moderator, Conference, null, null);
        _people = script.People.ToDictionary(
            person => person.Key,
            person => new Actor(new ParticipantId(Id("person", person.Key)), Role.Participant, Conference, person.Value.Name, person.Value.City));
        var crowd = Enumerable.Range(1, script.Crowd)
            .Select(number => new Actor(new ParticipantId(Id("crowd", $"{number}")), Role.Participant, Conference, null, null));
        _everybody = [.. _people.Values, .. crowd];
    }

    /// <summary>Those that come with the server.</summary>
    public static IReadOnlyList<Demonstration> All { get; } = [Read("b40-sofia-2025"), Read("nalas-2020")];

    public ConferenceId Conference { get; }

    public string Key => _script.Key;

    public string Code => _script.Code;

    public string Title => _script.Title;

    public IEnumerable<SessionId> Sessions => _script.Sessions.Select(SessionIdOf);

    /// <summary>False for one whose creation was cut off: the programme is published last, when all in it has been played.</summary>
    public bool IsWhole(Conference conference)
    {
        ArgumentNullException.ThrowIfNull(conference);
        return conference.Published is not null;
    }

    /// <summary>Plays it, or what is missing of it.</summary>
    /// <exception cref="InvalidOperationException">A command was refused: the script breaks a rule, or the store is away.</exception>
    public async Task CreateAsync(IEngine engine, CancellationToken cancellationToken)
    {
        var play = new Play(engine, this, cancellationToken);
        await play.SendAsync(Lobby.Only, "door", _organiser, new OpenDoor(Code, Conference));
        await play.SendAsync(
            ConferenceStream,
            "plan",
            _organiser,
            new PlanConference(
                Title, _script.Theme, _script.Starts, _script.Ends, _script.TimeZone, _script.Languages, Code, Demonstration: true));
        foreach (var session in _script.Sessions)
        {
            await CreateAsync(play, session);
        }

        await PublishAsync(play);
    }

    private AggregateId ConferenceStream => new(Domain.Conferences.Conference.Kind, Conference.Value);

    private static Demonstration Read(string name)
    {
        using var file = typeof(Demonstration).Assembly.GetManifestResourceStream($"demonstrations/{name}.json")
            ?? throw new InvalidOperationException($"The demonstration '{name}' is not in the assembly.");
        return new Demonstration(JsonSerializer.Deserialize(file, DemonstrationJson.Default.DemonstrationScript)!);
    }

    private async Task CreateAsync(Play play, SessionScript session)
    {
        var id = SessionIdOf(session);
        var stream = new AggregateId(Session.Kind, id.Value);
        Task SendAsync(Actor actor, ICommand command, params string[] name) => play.SendAsync(stream, string.Join('/', [session.Key, .. name]), actor, command);

        await SendAsync(
            _organiser, new ScheduleSession(Conference, session.Title, session.Lang, session.Starts, session.Ends, session.Policies), "schedule");
        if (session.State != SessionState.Scheduled)
        {
            await SendAsync(_moderator, new OpenSession(), "open");
            await PlayItemsAsync(session, SendAsync);
        }

        if (session.State == SessionState.Paused)
        {
            await SendAsync(_moderator, new PauseSession(), "pause");
        }

        if (session.State == SessionState.Closed)
        {
            await SendAsync(_moderator, new CloseSession(), "close");
        }

        await play.SendAsync(
            ConferenceStream,
            $"{session.Key}/programme",
            _organiser,
            new AddSessionToProgramme(id, session.Title, session.Starts, session.Ends, session.Lang));
    }

    private async Task PublishAsync(Play play)
    {
        Task SendAsync(string name, ICommand command) => play.SendAsync(ConferenceStream, name, _organiser, command);
        await SendAsync("describe", new DescribeConference(
            Title, _script.Starts, _script.Ends, _script.TimeZone, _script.Languages, _script.Theme, _script.Place, Tracks: _script.Tracks));
        foreach (var speaker in _script.Sessions.SelectMany(session => session.Speakers ?? []).Distinct())
        {
            await SendAsync($"speaker/{speaker}", new SetSpeaker(SpeakerIdOf(speaker), _script.People[speaker].Name, _script.People[speaker].City));
        }

        foreach (var session in _script.Sessions)
        {
            await SendAsync(
                $"{session.Key}/place", new PlaceSession(SessionIdOf(session), session.Room, session.Track, [.. (session.Speakers ?? []).Select(SpeakerIdOf)]));
        }

        await SendAsync("publish", new PublishProgramme());
    }

    private async Task PlayItemsAsync(SessionScript session, Send send)
    {
        foreach (var item in session.Items)
        {
            await send(_people[item.By], Contribution(session, item), "items", item.Key);
            if (session.Policies?.Review == true && !item.Pending)
            {
                await send(_moderator, new ApproveItem(ItemIdOf(session, item.Key)), "items", item.Key, "approve");
            }
        }

        foreach (var item in session.Items)
        {
            var support = new SupportItem(ItemIdOf(session, item.Key), On: true);
            await Task.WhenAll(Shuffled(item).Take(item.Support)
                .Select(person => send(person, support, "items", item.Key, "support", $"{person.Id.Value}")));
        }

        foreach (var item in session.Items)
        {
            for (var step = 0; step < (item.Then?.Count ?? 0); step++)
            {
                await MoveAsync(session, item, step, send);
            }
        }
    }

    private async Task MoveAsync(SessionScript session, ItemScript item, int step, Send send)
    {
        var command = (JsonObject)item.Then![step].DeepClone();
        if ((string?)command["type"] == "ballots")
        {
            var cast = Enum.GetValues<Choice>()
                .SelectMany(choice => Enumerable.Repeat(choice, (int?)command[JsonNamingPolicy.CamelCase.ConvertName($"{choice}")] ?? 0));
            await Task.WhenAll(cast.Zip(Shuffled(item), (choice, person) =>
                send(person, new CastBallot(ItemIdOf(session, item.Key), choice), "items", item.Key, "ballot", $"{person.Id.Value}")));
            return;
        }

        command["item"] = ItemIdOf(session, item.Key).Value;
        foreach (var other in Others.Where(command.ContainsKey))
        {
            command[other] = ItemIdOf(session, (string)command[other]!).Value;
        }

        await send(_moderator, command.Deserialize(DomainJson.Default.ISessionCommand)!, "items", item.Key, "then", $"{step}");
    }

    private IContribution Contribution(SessionScript session, ItemScript item) => item.Kind switch
    {
        ItemKind.Proposal => new MakeProposal(item.Title ?? "", item.Text, item.Lang, item.Anonymous),
        ItemKind.Comment => new PostComment(item.Text, item.ReplyTo is { } above ? ItemIdOf(session, above) : null, item.Lang, item.Anonymous),
        _ => new AskQuestion(item.Text, item.Lang, item.Anonymous),
    };

    /// <summary>Everybody but the author, in an order that is the item's own and always the same.</summary>
    private IEnumerable<Actor> Shuffled(ItemScript item) =>
        _everybody.Where(person => person != _people[item.By]).OrderBy(person => Id(item.Key, $"{person.Id.Value}"));

    private SessionId SessionIdOf(SessionScript session) => new(Id(session.Key));

    private SpeakerId SpeakerIdOf(string person) => new(Id("speaker", person));

    /// <summary>An item's id is that of the command that posted it.</summary>
    private ItemId ItemIdOf(SessionScript session, string key) => new(Id(session.Key, "items", key));

    private Guid Id(params string[] name) => DemonstrationId.Of(_script.Starts, [_script.Key, .. name]);

    private delegate Task Send(Actor actor, ICommand command, params string[] name);

    /// <summary>Where the commands go.</summary>
    private sealed record Play(IEngine Engine, Demonstration Demonstration, CancellationToken Cancelled)
    {
        public async Task SendAsync(AggregateId to, string name, Actor actor, ICommand command)
        {
            var reply = await Engine.SendAsync(to, new CommandEnvelope(Demonstration.Id(name), actor, command), Cancelled);
            if (reply.Fault is { } fault)
            {
                throw Refusal.Of($"'{name}' of the demonstration '{Demonstration._script.Key}'", fault);
            }
        }
    }
}
