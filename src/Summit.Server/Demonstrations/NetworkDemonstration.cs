using System.Text.Json;
using System.Text.Json.Nodes;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Domain.WorkingGroups;
using Summit.Engine;

namespace Summit.Server.Demonstrations;

/// <summary>A network made up where the public record ends, played through the same commands as everybody's.</summary>
/// <remarks>As with conferences, all ids come from the script: a second play changes nothing, and finishes one that was cut off.</remarks>
public sealed class NetworkDemonstration
{
    /// <summary>Members of commands that name something else of the script.</summary>
    private static readonly string[] References = ["member", "to", "host", "summit", "group", "practice", "task"];

    private readonly NetworkScript _script;
    private readonly DateTimeOffset _founded;
    private readonly Actor _organiser;

    public NetworkDemonstration(NetworkScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        _script = script;
        _founded = new DateTimeOffset(script.Founded.First, TimeOnly.MinValue, TimeSpan.Zero);
        Network = new NetworkId(Id("network"));
        _organiser = new Actor(new ParticipantId(Id("organiser")), Role.Admin, default, null, null, Network);
    }

    /// <summary>Those that come with the server.</summary>
    public static IReadOnlyList<NetworkDemonstration> All { get; } = [Read("b40"), Read("nalas")];

    public NetworkId Network { get; }

    public string Name => _script.Name;

    public string Title => _script.Title;

    /// <summary>Plays it, or what is missing of it.</summary>
    /// <exception cref="InvalidOperationException">A command was refused: the script breaks a rule, or the store is away.</exception>
    public async Task CreateAsync(IEngine engine, CancellationToken cancellationToken)
    {
        await SendAsync(engine, Lobby.Only, "list", new ListNetwork(Network), cancellationToken);
        var found = new FoundNetwork(Title, Name, _script.Text, _script.Founded, Demonstration: true);
        // In this order, yet without waiting for each: a hundred of them ride in a few commits.
        await Task.WhenAll(Recorded().Concat(Played()).Prepend(("found", found))
            .Select(step => SendAsync(engine, Stream, step.Name, step.Command, cancellationToken)));
        await Task.WhenAll(Coordinating().Concat(AtWork())
            .Select(step => SendAsync(engine, new AggregateId(WorkingGroup.Kind, step.Group.Value), step.Name, step.Command, cancellationToken)));
    }

    private AggregateId Stream => new(Domain.Networks.Network.Kind, Network.Value);

    private static NetworkDemonstration Read(string name)
    {
        using var file = typeof(NetworkDemonstration).Assembly.GetManifestResourceStream($"demonstrations/network-{name}.json")
            ?? throw new InvalidOperationException($"The network '{name}' is not in the assembly.");
        return new NetworkDemonstration(JsonSerializer.Deserialize(file, NetworkScriptJson.Default.NetworkScript)!);
    }

    private IEnumerable<(string Name, ICommand Command)> Recorded() =>
        from members in _script.Members
        from name in members.Names
        let record = new RecordMember(new MemberId(Id("of", name)), name, members.Kind, members.Country, members.Status, members.Since)
        select ($"record/{name}", (ICommand)record);

    private IEnumerable<(string Name, ICommand Command)> Played() => _script.Then.Select((step, at) =>
    {
        var command = Resolved(step);
        foreach (var coordinator in command["coordinators"]?.AsArray() ?? [])
        {
            Resolve(coordinator!.AsObject());
        }

        if (command.ContainsKey("conference"))
        {
            command["conference"] = Demonstration.All.Single(one => one.Key == _script.Conference).Conference.Value;
        }

        return ($"then/{at}", (ICommand)command.Deserialize(DomainJson.Default.INetworkCommand)!);
    });

    /// <summary>Who coordinates a group takes part in it.</summary>
    private IEnumerable<(GroupId Group, string Name, ICommand Command)> Coordinating() =>
        from step in Played()
        let set = step.Command as SetGroup
        from coordinator in set?.Coordinators ?? []
        select (set.Group, $"take-part/{set.Group.Value}/{coordinator.Member.Value}", (ICommand)new TakePart(coordinator.Member));

    private IEnumerable<(GroupId Group, string Name, ICommand Command)> AtWork() =>
        from of in _script.Groups ?? new Dictionary<string, IReadOnlyList<JsonObject>>()
        from step in of.Value.Index()
        select (new GroupId(Id("of", of.Key)), $"groups/{of.Key}/{step.Index}", (ICommand)Resolved(step.Item).Deserialize(DomainJson.Default.IWorkingGroupCommand)!);

    private JsonObject Resolved(JsonObject step)
    {
        var command = (JsonObject)step.DeepClone();
        Resolve(command);
        return command;
    }

    private void Resolve(JsonObject command)
    {
        foreach (var reference in References.Where(command.ContainsKey))
        {
            command[reference] = Id("of", (string)command[reference]!);
        }
    }

    private async Task SendAsync(IEngine engine, AggregateId to, string name, ICommand command, CancellationToken cancellationToken)
    {
        var reply = await engine.SendAsync(to, new CommandEnvelope(Id(name), _organiser, command), cancellationToken);
        if (reply.Fault is { } fault)
        {
            throw Refusal.Of($"'{name}' of the network '{_script.Key}'", fault);
        }
    }

    private Guid Id(params string[] name) => DemonstrationId.Of(_founded, ["network", _script.Key, .. name]);
}
