using System.Text.Json.Serialization;
using Summit.Domain;
using Summit.Engine;

namespace Summit.Server.Live;

/// <summary>The answer to a command on the wire: <c>{"seq":n}</c> or <c>{"fault":{"code","message","retry"?}}</c>.</summary>
public sealed record SendResult(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Seq,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FaultResult? Fault)
{
    public static SendResult Of(Reply reply) => reply.Fault is { } fault ? new(null, FaultResult.Of(fault)) : new(reply.Seq, null);
}

/// <summary>A fault as clients read it.</summary>
/// <param name="Retry">True when busy: the same command, with the same id, is welcome later. Left out otherwise.</param>
public sealed record FaultResult(
    string Code, string Message, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Retry)
{
    public static FaultResult Of(Fault fault) => new(fault.Code, fault.Message, fault.Kind == FaultKind.Busy ? true : null);
}
