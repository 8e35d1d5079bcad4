using System.Collections.Frozen;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Summit.Domain;

namespace Summit.Engine;

/// <summary>Turns events into journal records and back: names by <see cref="EventNameAttribute"/>, data as UTF-8 JSON.</summary>
public sealed class Codec
{
    private readonly FrozenDictionary<Type, (string Name, JsonTypeInfo Json)> _byType;
    private readonly FrozenDictionary<string, JsonTypeInfo> _byName;

    /// <param name="resolvers">Asked first for how a type is written: source-generated contexts. What they do not know, reflection does.</param>
    /// <exception cref="InvalidOperationException">Two events have the same name.</exception>
    public Codec(AggregateKinds kinds, params IJsonTypeInfoResolver[] resolvers)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentNullException.ThrowIfNull(resolvers);
        Json = CreateOptions(resolvers);
        var byType = new Dictionary<Type, (string, JsonTypeInfo)>();
        var byName = new Dictionary<string, JsonTypeInfo>(StringComparer.Ordinal);
        foreach (var type in kinds.Assemblies.SelectMany(assembly => assembly.GetTypes()))
        {
            if (type.GetCustomAttribute<EventNameAttribute>() is not { Name: var name })
            {
                continue;
            }

            var json = Json.GetTypeInfo(type);
            if (!byName.TryAdd(name, json))
            {
                throw new InvalidOperationException($"The event name '{name}' stands on {byName[name].Type} and on {type}.");
            }

            byType.Add(type, (name, json));
        }

        _byType = byType.ToFrozenDictionary();
        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>How it writes and reads JSON.</summary>
    public JsonSerializerOptions Json { get; }

    /// <exception cref="InvalidOperationException">The event has no name, or lies in an assembly of no known kind.</exception>
    public JournalRecord Encode(IEvent happened, EventContext context)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (!_byType.TryGetValue(happened.GetType(), out var known))
        {
            throw new InvalidOperationException($"{happened.GetType()} carries no [EventName].");
        }

        var data = JsonSerializer.SerializeToUtf8Bytes(happened, known.Json);
        return new JournalRecord(context.Seq, known.Name, data, context.At, context.By.Value, context.Command);
    }

    /// <exception cref="JournalCorruptException">The name is unknown or the data cannot be read; the message names the record.</exception>
    public Recorded Decode(AggregateId stream, JournalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!_byName.TryGetValue(record.Type, out var json))
        {
            throw new JournalCorruptException($"{stream} holds an event of the unknown type '{record.Type}' at version {record.Version}.");
        }

        try
        {
            var happened = (IEvent?)JsonSerializer.Deserialize(record.Data.Span, json)
                ?? throw new JsonException("The record holds null.");
            return new Recorded(happened, new EventContext(record.Version, record.At, new ParticipantId(record.By), record.Command));
        }
        catch (JsonException e)
        {
            throw new JournalCorruptException($"{stream} cannot be read at version {record.Version} ('{record.Type}').", e);
        }
    }

    private static JsonSerializerOptions CreateOptions(IJsonTypeInfoResolver[] resolvers)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            // Cyrillic and Greek as themselves: a third of the size of \u escapes, and readable with any tool.
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        };
        foreach (var resolver in resolvers)
        {
            options.TypeInfoResolverChain.Add(resolver);
        }

        options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        options.MakeReadOnly();
        return options;
    }
}
