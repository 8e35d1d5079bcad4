using System.Collections.Frozen;
using System.Text.Json;
using Summit.Domain;

namespace Summit.Engine.Orleans;

/// <summary>Turns commands into what crosses between servers and back. Lives no longer than the message: nothing of it is stored.</summary>
internal sealed class CommandCodec
{
    private readonly FrozenDictionary<string, Type> _types;
    private readonly JsonSerializerOptions _json;

    public CommandCodec(AggregateKinds kinds, CellHost host)
    {
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

    /// <exception cref="InvalidOperationException">This server does not know the command: the other one runs another version.</exception>
    public CommandEnvelope Decode(CommandWire wire)
    {
        if (!_types.TryGetValue(wire.Type, out var type))
        {
            throw new InvalidOperationException($"The command '{wire.Type}' is not known to this server.");
        }

        var actor = JsonSerializer.Deserialize<Actor>(wire.Actor, _json)!;
        return new CommandEnvelope(wire.Id, actor, (ICommand)JsonSerializer.Deserialize(wire.Data, type, _json)!);
    }
}
