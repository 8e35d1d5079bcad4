using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Summit.Domain;

namespace Summit.Engine.Orleans;

/// <summary>What came from a server of a newer version and cannot be read here. It is refused and never decided.</summary>
internal sealed record UnknownCommand : ICommand;

/// <summary>Turns commands into what crosses between servers and back. Lives no longer than the message: nothing of it is stored.</summary>
internal sealed class CommandCodec
{
    private static readonly Actor Nobody = new(default, Role.Participant, default, null, null);

    private readonly FrozenDictionary<string, Type> _types;
    private readonly JsonSerializerOptions _json;
    private readonly ILogger _log;

    public CommandCodec(AggregateKinds kinds, CellHost host, ILogger<CommandCodec> log)
    {
        _log = log;
        _json = host.Codec.Json;
        _types = kinds.Assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsAssignableTo(typeof(ICommand)) && !type.IsAbstract)
            .ToFrozenDictionary(type => type.FullName!, StringComparer.Ordinal);
    }

    public CommandWire Encode(CommandEnvelope command)
    {
        var type = command.Command.GetType();
        return new CommandWire
        {
            Id = command.Id,
            Actor = JsonSerializer.SerializeToUtf8Bytes(command.Actor, _json),
            Type = type.FullName!,
            Data = JsonSerializer.SerializeToUtf8Bytes(command.Command, type, _json),
        };
    }

    /// <returns>With an <see cref="UnknownCommand"/> if this server cannot read it: thrown here, it would take along all that came with it.</returns>
    public CommandEnvelope Decode(CommandWire wire)
    {
        if (!_types.TryGetValue(wire.Type, out var type))
        {
            return Unknown(wire, null);
        }

        try
        {
            var actor = JsonSerializer.Deserialize<Actor>(wire.Actor, _json)!;
            return new CommandEnvelope(wire.Id, actor, (ICommand)JsonSerializer.Deserialize(wire.Data, type, _json)!);
        }
        catch (JsonException e)
        {
            return Unknown(wire, e);
        }
    }

    private CommandEnvelope Unknown(CommandWire wire, JsonException? why)
    {
        Log.UnknownCommand(_log, wire.Type, why);
        return new CommandEnvelope(wire.Id, Nobody, new UnknownCommand());
    }
}
