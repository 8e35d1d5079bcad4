using System.Runtime.InteropServices;
using System.Text.Json;
using Summit.Domain;

namespace Summit.Engine.Orleans;

// What crosses between servers. Commands and events go as the JSON that the wire and the journal know; within one server
// nothing is encoded, the objects themselves are handed over.

/// <summary>The answer of a cell to one command: a reply, or why there could be none.</summary>
/// <param name="Failure">A bug in the rules or a journal that cannot be right; the cell's server has logged it.</param>
[GenerateSerializer, Immutable]
public readonly record struct Answer(
    [property: Id(0)] long Seq, [property: Id(1)] Fault? Fault, [property: Id(2)] string? Failure, [property: Id(3)] bool IsCorrupt)
{
    public static async Task<Answer> ToAsync(Task<Reply> pending)
    {
        try
        {
            var reply = await pending;
            return new Answer(reply.Seq, reply.Fault, null, false);
        }
        catch (Exception e)
        {
            return new Answer(0, null, e.Message, e is JournalCorruptException);
        }
    }

    /// <exception cref="JournalCorruptException"/>
    /// <exception cref="InvalidOperationException">The rules have a bug.</exception>
    public Reply ToReply() => this switch
    {
        { Failure: { } failure, IsCorrupt: true } => throw new JournalCorruptException(failure),
        { Failure: { } failure } => throw new InvalidOperationException(failure),
        _ => new Reply(Seq, Fault),
    };
}

[GenerateSerializer, Immutable]
internal struct FaultWire
{
    [Id(0)]
    public FaultKind Kind;
    [Id(1)]
    public string Code;
    [Id(2)]
    public string Message;
}

[RegisterConverter]
internal sealed class FaultConverter : IConverter<Fault, FaultWire>
{
    public Fault ConvertFromSurrogate(in FaultWire surrogate) => new(surrogate.Kind, surrogate.Code, surrogate.Message);

    public FaultWire ConvertToSurrogate(in Fault value) => new() { Kind = value.Kind, Code = value.Code, Message = value.Message };
}

[GenerateSerializer, Immutable]
internal struct CommandWire
{
    [Id(0)]
    public Guid Id;
    [Id(1)]
    public byte[] Actor;
    [Id(2)]
    public string Type;
    [Id(3)]
    public byte[] Data;
}

[RegisterConverter]
internal sealed class CommandConverter(CommandCodec codec) : IConverter<CommandEnvelope, CommandWire>
{
    public CommandEnvelope ConvertFromSurrogate(in CommandWire surrogate) => codec.Decode(surrogate);

    public CommandWire ConvertToSurrogate(in CommandEnvelope value) => codec.Encode(value);
}

[GenerateSerializer, Immutable]
internal struct FeedBatchWire
{
    [Id(0)]
    public RecordWire[] Records;
}

[GenerateSerializer, Immutable]
internal struct RecordWire
{
    [Id(0)]
    public long Version;
    [Id(1)]
    public string Type;
    [Id(2)]
    public byte[] Data;
    [Id(3)]
    public DateTimeOffset At;
    [Id(4)]
    public Guid By;
    [Id(5)]
    public Guid Command;
}

[RegisterConverter]
internal sealed class FeedBatchConverter(CellHost host) : IConverter<FeedBatch, FeedBatchWire>
{
    /// <returns>Null if this server, of an older version, does not know all of the events.</returns>
    public FeedBatch ConvertFromSurrogate(in FeedBatchWire surrogate)
    {
        try
        {
            return new(Array.ConvertAll(surrogate.Records, wire => host.Codec.Decode(
                default, new JournalRecord(wire.Version, wire.Type, wire.Data, wire.At, wire.By, wire.Command))));
        }
        catch (JournalCorruptException)
        {
            return null!;
        }
    }

    public FeedBatchWire ConvertToSurrogate(in FeedBatch value)
    {
        var wire = new FeedBatchWire { Records = [.. value.Events.Select(Encode)] };
        OrleansMeters.Crossings.Add(1);
        OrleansMeters.CrossingBytes.Add(wire.Records.Sum(record => (long)record.Data.Length));
        return wire;
    }

    private RecordWire Encode(Recorded recorded)
    {
        var record = host.Codec.Encode(recorded.Event, recorded.Context);
        var whole = MemoryMarshal.TryGetArray(record.Data, out var data) && data.Count == data.Array!.Length;
        return new RecordWire
        {
            Version = record.Version,
            Type = record.Type,
            Data = whole ? data.Array! : record.Data.ToArray(),
            At = record.At,
            By = record.By,
            Command = record.Command,
        };
    }
}

[GenerateSerializer, Immutable]
internal struct MomentWire
{
    [Id(0)]
    public byte[] Json;
}

[RegisterConverter]
internal sealed class ShareConverter : IConverter<Share, MomentWire>
{
    public Share ConvertFromSurrogate(in MomentWire surrogate) => JsonSerializer.Deserialize<Share>(surrogate.Json)!;

    public MomentWire ConvertToSurrogate(in Share value) => new() { Json = JsonSerializer.SerializeToUtf8Bytes(value) };
}

[RegisterConverter]
internal sealed class TogetherConverter : IConverter<Together, MomentWire>
{
    public Together ConvertFromSurrogate(in MomentWire surrogate) => JsonSerializer.Deserialize<Together>(surrogate.Json)!;

    public MomentWire ConvertToSurrogate(in Together value) => new() { Json = JsonSerializer.SerializeToUtf8Bytes(value) };
}
