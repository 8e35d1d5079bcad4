using System.Text.Json;
using System.Text.Json.Nodes;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;

namespace Summit.Server.Demonstrations;

/// <summary>Plays what people and moderators do in one scheduled session of a demonstration.</summary>
/// <remarks>
/// All ids are made from the seed and the keys of the script, so playing it a second time changes nothing, and a play that was
/// cut off is finished by the next one.
/// </remarks>
internal sealed class SessionPlay
{
    /// <summary>Members of commands that name a second item.</summary>
    private static readonly string[] Others = ["into", "before"];

    private readonly DemonstrationScript _script;
    private readonly SessionScript _session;
    private readonly Guid _seed;
    private readonly IEngine _engine;
    private readonly Actor _moderator;
    private readonly Dictionary<string, Actor> _people;
    private readonly List<Actor> _everybody;

    public SessionPlay(DemonstrationScript script, SessionScript session, Guid seed, IEngine engine)
    {
        (_script, _session, _seed, _engine) = (script, session, seed, engine);
        _moderator = PersonOf("moderator", Role.Moderator, null);
        _people = script.People.ToDictionary(person => person.Key, person => PersonOf($"people/{person.Key}", Role.Participant, person.Value));
        var crowd = Enumerable.Range(1, script.Crowd).Select(number => PersonOf($"crowd/{number}", Role.Participant, null));
        _everybody = [.. _people.Values, .. crowd];
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await SendAsync("open", _moderator, new OpenSession(), cancellationToken);
        foreach (var item in _session.Items)
        {
            await PostAsync(item, cancellationToken);
        }

        foreach (var item in _session.Items)
        {
            var support = new SupportItem(ItemIdOf(item.Key), On: true);
            await Task.WhenAll(Shuffled(item).Take(item.Support)
                .Select(person => SendAsync($"items/{item.Key}/support/{person.Id.Value}", person, support, cancellationToken)));
        }

        foreach (var item in _session.Items)
        {
            for (var step = 0; step < (item.Then?.Count ?? 0); step++)
            {
                await MoveAsync(item, step, cancellationToken);
            }
        }

        if (_session.State == SessionState.Paused)
        {
            await SendAsync("pause", _moderator, new PauseSession(), cancellationToken);
        }

        if (_session.State == SessionState.Closed)
        {
            await SendAsync("close", _moderator, new CloseSession(), cancellationToken);
        }
    }

    private async Task PostAsync(ItemScript item, CancellationToken cancellationToken)
    {
        IContribution contribution = item.Kind switch
        {
            ItemKind.Proposal => new MakeProposal(item.Title ?? "", item.Text, item.Lang, item.Anonymous),
            ItemKind.Comment => new PostComment(item.Text, item.ReplyTo is { } above ? ItemIdOf(above) : null, item.Lang, item.Anonymous),
            _ => new AskQuestion(item.Text, item.Lang, item.Anonymous),
        };
        await SendAsync($"items/{item.Key}", _people[item.By], contribution, cancellationToken);
        if (_session.Policies?.Review == true && !item.Pending)
        {
            await SendAsync($"items/{item.Key}/approve", _moderator, new ApproveItem(ItemIdOf(item.Key)), cancellationToken);
        }
    }

    private async Task MoveAsync(ItemScript item, int step, CancellationToken cancellationToken)
    {
        var command = (JsonObject)item.Then![step].DeepClone();
        if ((string?)command["type"] == "ballots")
        {
            var cast = Enum.GetValues<Choice>()
                .SelectMany(choice => Enumerable.Repeat(choice, (int?)command[JsonNamingPolicy.CamelCase.ConvertName($"{choice}")] ?? 0));
            await Task.WhenAll(cast.Zip(Shuffled(item), (choice, person) => SendAsync(
                $"items/{item.Key}/ballots/{person.Id.Value}", person, new CastBallot(ItemIdOf(item.Key), choice), cancellationToken)));
            return;
        }

        command["item"] = ItemIdOf(item.Key).Value;
        foreach (var other in Others.Where(command.ContainsKey))
        {
            command[other] = ItemIdOf((string)command[other]!).Value;
        }

        await SendAsync($"items/{item.Key}/then/{step}", _moderator, command.Deserialize(DomainJson.Default.ISessionCommand)!, cancellationToken);
    }

    /// <summary>Everybody but the author, in an order that is the item's own and always the same.</summary>
    private IEnumerable<Actor> Shuffled(ItemScript item) =>
        _everybody.Where(person => person != _people[item.By]).OrderBy(person => Id($"items/{item.Key}/order/{person.Id.Value}"));

    private Actor PersonOf(string name, Role role, PersonScript? person) => new(
        new ParticipantId(_script.Id(_seed, name)), role, new ConferenceId(_script.Id(_seed, "conference")), person?.Name, person?.City);

    /// <summary>An item's id is that of the command that posted it.</summary>
    private ItemId ItemIdOf(string key) => new(Id($"items/{key}"));

    private Guid Id(string name) => _script.Id(_seed, $"{_session.Key}/{name}");

    private async Task SendAsync(string name, Actor actor, ICommand command, CancellationToken cancellationToken)
    {
        var to = new AggregateId(Session.Kind, _script.Id(_seed, _session.Key));
        var reply = await _engine.SendAsync(to, new CommandEnvelope(Id(name), actor, command), cancellationToken);
        if (reply.Fault is { } fault)
        {
            throw new InvalidOperationException(
                $"'{_session.Key}/{name}' of the demonstration '{_script.Key}' was refused: {fault.Code}, {fault.Message}");
        }
    }
}
