using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Summit.Domain;

/// <summary>An id around a UUID; in JSON it is the UUID's text.</summary>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf Of(Guid value);
}

[JsonConverter(typeof(IdConverter<ItemId>))]
public readonly record struct ItemId(Guid Value) : IId<ItemId>
{
    public static ItemId Of(Guid value) => new(value);
}

/// <summary>A person, in one conference or known to the installation: what authorship, support and quotas hang on.</summary>
[JsonConverter(typeof(IdConverter<ParticipantId>))]
public readonly record struct ParticipantId(Guid Value) : IId<ParticipantId>
{
    public static ParticipantId Of(Guid value) => new(value);
}

[JsonConverter(typeof(IdConverter<SessionId>))]
public readonly record struct SessionId(Guid Value) : IId<SessionId>
{
    public static SessionId Of(Guid value) => new(value);
}

[JsonConverter(typeof(IdConverter<ConferenceId>))]
public readonly record struct ConferenceId(Guid Value) : IId<ConferenceId>
{
    public static ConferenceId Of(Guid value) => new(value);
}

[JsonConverter(typeof(IdConverter<LinkId>))]
public readonly record struct LinkId(Guid Value) : IId<LinkId>
{
    public static LinkId Of(Guid value) => new(value);
}

/// <summary>A file that a conference hands out.</summary>
[JsonConverter(typeof(IdConverter<DocumentId>))]
public readonly record struct DocumentId(Guid Value) : IId<DocumentId>
{
    public static DocumentId Of(Guid value) => new(value);
}

[JsonConverter(typeof(IdConverter<SpeakerId>))]
public readonly record struct SpeakerId(Guid Value) : IId<SpeakerId>
{
    public static SpeakerId Of(Guid value) => new(value);
}

[JsonConverter(typeof(IdConverter<NetworkId>))]
public readonly record struct NetworkId(Guid Value) : IId<NetworkId>
{
    public static NetworkId Of(Guid value) => new(value);
}

/// <summary>A city, an association or an institution in one network, from its application on.</summary>
[JsonConverter(typeof(IdConverter<MemberId>))]
public readonly record struct MemberId(Guid Value) : IId<MemberId>
{
    public static MemberId Of(Guid value) => new(value);
}

[JsonConverter(typeof(IdConverter<GroupId>))]
public readonly record struct GroupId(Guid Value) : IId<GroupId>
{
    public static GroupId Of(Guid value) => new(value);
}

/// <summary>One device on which a person is signed in.</summary>
[JsonConverter(typeof(IdConverter<SignInId>))]
public readonly record struct SignInId(Guid Value) : IId<SignInId>
{
    public static SignInId Of(Guid value) => new(value);
}

/// <summary>An account at an organisation: made from its issuer and subject, so that neither mail address nor subject has to be kept.</summary>
[JsonConverter(typeof(IdConverter<AccountId>))]
public readonly record struct AccountId(Guid Value) : IId<AccountId>
{
    public static AccountId Of(Guid value) => new(value);
}

[JsonConverter(typeof(IdConverter<PasskeyId>))]
public readonly record struct PasskeyId(Guid Value) : IId<PasskeyId>
{
    public static PasskeyId Of(Guid value) => new(value);
}

/// <summary>What a working group has been given to do.</summary>
[JsonConverter(typeof(IdConverter<TaskId>))]
public readonly record struct TaskId(Guid Value) : IId<TaskId>
{
    public static TaskId Of(Guid value) => new(value);
}

[JsonConverter(typeof(IdConverter<PracticeId>))]
public readonly record struct PracticeId(Guid Value) : IId<PracticeId>
{
    public static PracticeId Of(Guid value) => new(value);
}

[JsonConverter(typeof(IdConverter<SummitId>))]
public readonly record struct SummitId(Guid Value) : IId<SummitId>
{
    public static SummitId Of(Guid value) => new(value);
}

[JsonConverter(typeof(IdConverter<HookId>))]
public readonly record struct HookId(Guid Value) : IId<HookId>
{
    public static HookId Of(Guid value) => new(value);
}

[JsonConverter(typeof(IdConverter<DeliveryId>))]
public readonly record struct DeliveryId(Guid Value) : IId<DeliveryId>
{
    public static DeliveryId Of(Guid value) => new(value);
}

/// <summary>Writes an id as its UUID's text.</summary>
public sealed class IdConverter<TId> : JsonConverter<TId>
    where TId : struct, IId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var value)
            ? TId.Of(value)
            : throw new JsonException("An id is a UUID.");

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }

    public override TId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Guid.TryParseExact(reader.GetString(), "D", out var value) ? TId.Of(value) : throw new JsonException("An id is a UUID.");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, [DisallowNull] TId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.Value.ToString("D"));
    }
}
