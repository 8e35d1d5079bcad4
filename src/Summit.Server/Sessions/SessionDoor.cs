using System.Text.Json;
using System.Text.Json.Serialization;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Conferences;

namespace Summit.Server.Sessions;

/// <summary>The one way of a command from outside to its session, for HTTP and hub alike: still good, not too many, well-formed, a session of the conference.</summary>
public sealed class SessionDoor(Gate gate, Limits limits, ConferenceDirectory directory, IEngine engine)
{
    private static readonly JsonSerializerOptions Strict = new(DomainJson.Default.Options) { MaxDepth = 8, AllowDuplicateProperties = false };

    private static readonly HashSet<string> Types = [.. typeof(ISessionCommand)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .Select(derived => (string)derived.TypeDiscriminator!)];

    /// <summary>Never throws for what a client sent.</summary>
    public Task<Reply> SendAsync(Bearer bearer, SessionId session, JsonElement command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        var fault = Check(bearer, session);
        if (fault is null && !limits.TryTake(bearer))
        {
            fault = AccessFaults.RateLimit;
        }

        if (fault is null && Read(command, out var id, out var read) is var malformed)
        {
            return malformed is null
                ? engine.SendAsync(new AggregateId(Session.Kind, session.Value), new CommandEnvelope(id, bearer.Actor, read!), cancellationToken)
                : Task.FromResult(Reply.Refused(malformed));
        }

        return Task.FromResult(Reply.Refused(fault!));
    }

    /// <summary>Null, or why this bearer has nothing to do with this session. Costs no cell, however many ids somebody makes up.</summary>
    public Fault? Check(Bearer bearer, SessionId session)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        return gate.Check(bearer)
            ?? (directory.Find(bearer.Actor.Conference)?.Has(session) == true ? null : SessionFaults.Unknown);
    }

    private static Fault? Read(JsonElement json, out Guid id, out ISessionCommand? command)
    {
        (id, command) = (default, null);
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("id", out var idJson) || idJson.ValueKind != JsonValueKind.String || !idJson.TryGetGuid(out id)
            || id.Version != 7 || id.Variant is < 8 or > 11
            || !json.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            return CommandFaults.Malformed;
        }

        try
        {
            if (!Types.Contains(type.GetString()!))
            {
                return SessionFaults.CommandUnknown;
            }

            command = json.Deserialize<ISessionCommand>(Strict);
            return command is null ? CommandFaults.Malformed : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair is an InvalidOperationException to System.Text.Json.
            return CommandFaults.Malformed;
        }
    }
}

/// <summary>Refusals of a request before any rule has seen it.</summary>
public static class CommandFaults
{
    public static Fault Malformed { get; } = new(FaultKind.Invalid, "command.malformed", "The server could not read this. Please reload the page; it may be out of date.");
}
