using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Summit.Domain;
using Summit.Domain.Networks;

namespace Summit.Server.Demonstrations;

/// <summary>A network as one readable file: who is in it since when, and what happened.</summary>
/// <param name="About">What in it is real and what is made up.</param>
/// <param name="Key">Names it for ever: all its ids are made from the names and keys in the file.</param>
/// <param name="Conference">The key of the demonstration that one of its summits is held as: the one marked with <c>true</c>.</param>
/// <param name="Then">Commands as they go over the wire, without <c>id</c>; members by their names, all else by the keys given here.</param>
/// <param name="Groups">The same for working groups, by the key of each.</param>
public sealed record NetworkScript(
    string About, string Key, string Title, string Name, PartialDate Founded, string Text, string Conference, IReadOnlyList<MembersScript> Members,
    IReadOnlyList<JsonObject> Then, IReadOnlyDictionary<string, IReadOnlyList<JsonObject>>? Groups = null);

/// <summary>Members that have all but their names in common.</summary>
public sealed record MembersScript(string Country, PartialDate Since, MemberKind Kind, MemberStatus Status, IReadOnlyList<string> Names);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(WireEnumConverter<MemberKind>), typeof(WireEnumConverter<MemberStatus>)])]
[JsonSerializable(typeof(NetworkScript))]
internal sealed partial class NetworkScriptJson : JsonSerializerContext;
