using System.Text.Json;
using System.Text.Json.Serialization;
using Summit.Domain;
using Summit.Domain.Sessions;

namespace Summit.Server.Operations;

/// <summary>Refusals of a request before any rule has seen it.</summary>
public static class CommandFaults
{
    public static Fault Malformed { get; } = new(FaultKind.Invalid, "command.malformed", "The server could not read this. Please reload the page; it may be out of date.");
}

/// <summary>Reads commands off the wire, strictly. Never throws for what a client sent.</summary>
internal static class CommandReader
{
    /// <summary>A command is flat but for its policies, its documents and its lists.</summary>
    public const int MaxDepth = 8;

    // The same member twice has no one meaning.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>The body of a request as JSON, to be disposed; or why it is none.</summary>
    public static async Task<(JsonDocument? Body, Fault? Fault)> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return (null, ServerFaults.WrongMediaType);
        }

        try
        {
            return (await JsonDocument.ParseAsync(request.Body, Strict, cancellationToken), null);
        }
        catch (JsonException)
        {
            return (null, CommandFaults.Malformed);
        }
    }
}

/// <summary>Reads the commands of one kind of aggregate.</summary>
internal static class CommandReader<TCommand>
    where TCommand : class, ICommand
{
    private static readonly JsonSerializerOptions Strict =
        new(DomainJson.Default.Options) { MaxDepth = CommandReader.MaxDepth, AllowDuplicateProperties = false };

    private static readonly HashSet<string> Types = [.. typeof(TCommand)
        .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
        .Cast<JsonDerivedTypeAttribute>()
        .Select(derived => (string)derived.TypeDiscriminator!)];

    /// <summary>The command in the body of a request with its id, or why it is none.</summary>
    public static async Task<(Guid Id, TCommand? Command, Fault? Fault)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, malformed) = await CommandReader.ReadBodyAsync(request, cancellationToken);
        if (malformed is not null)
        {
            return (default, null, malformed);
        }

        using (body)
        {
            var fault = Read(body!.RootElement, out var id, out var command);
            return (id, command, fault);
        }
    }

    /// <summary>Null with the command and its id, or why it is none.</summary>
    public static Fault? Read(JsonElement json, out Guid id, out TCommand? command)
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

            command = json.Deserialize<TCommand>(Strict);
            return command is null ? CommandFaults.Malformed : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair is an InvalidOperationException to System.Text.Json.
            return CommandFaults.Malformed;
        }
    }
}
