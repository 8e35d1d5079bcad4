using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Summit.Domain.Sessions;

namespace Summit.Server.Demonstrations;

/// <summary>A made-up conference as one readable file: who is there, what they say, what becomes of it.</summary>
/// <param name="About">What in it is real and what is made up.</param>
/// <param name="Key">Names it for ever: all its ids are made from the keys in the file.</param>
/// <param name="Crowd">People besides those named, who only support and vote.</param>
public sealed record DemonstrationScript(
    string About, string Key, string Code, string Title, string Theme, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone,
    IReadOnlyList<string> Languages, int Crowd, IReadOnlyDictionary<string, PersonScript> People, IReadOnlyList<SessionScript> Sessions,
    string? Place = null, IReadOnlyList<string>? Tracks = null);

public sealed record PersonScript(string Name, string City);

/// <param name="State">What the session is left in.</param>
/// <param name="Lang">Of the session, and of items that name none.</param>
/// <param name="Speakers">Keys of the people.</param>
public sealed record SessionScript(
    string Key, string Title, DateTimeOffset Starts, DateTimeOffset Ends, SessionState State, IReadOnlyList<ItemScript> Items,
    PolicyChanges? Policies = null, string Lang = "en", string? Room = null, string? Track = null, IReadOnlyList<string>? Speakers = null);

/// <param name="By">A key of the people.</param>
/// <param name="Support">How many people support it, before anything of <paramref name="Then"/> happens.</param>
/// <param name="Pending">In a session with review: nobody has approved it.</param>
/// <param name="Then">
/// What moderators do with it, in order: commands as they go over the wire, without <c>id</c> and <c>item</c>, other items
/// named by their keys. Besides them <c>{"type":"ballots","yes":n,"no":n,"abstain":n}</c>, for the people's votes.
/// </param>
public sealed record ItemScript(
    string Key, string By, string Text, ItemKind Kind = ItemKind.Question, string? Title = null, string? Lang = null, string? ReplyTo = null,
    bool Anonymous = false, int Support = 0, bool Pending = false, IReadOnlyList<JsonObject>? Then = null);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [
        typeof(Domain.WireEnumConverter<Anonymity>), typeof(Domain.WireEnumConverter<ItemKind>), typeof(Domain.WireEnumConverter<SessionState>)])]
[JsonSerializable(typeof(DemonstrationScript))]
internal sealed partial class DemonstrationJson : JsonSerializerContext;
