using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests;

/// <summary>
/// What lies on people's disks. A file is never changed once a release has written such events: when a test here fails, the code is wrong.
/// <c>name.json</c> has every member filled, <c>name.least.json</c> those alone that must be there.
/// </summary>
public sealed class PinnedEvents
{
    /// <summary>As the journal writes: letters of all scripts as themselves.</summary>
    private static readonly JsonSerializerOptions Json = new(DomainJson.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static readonly Dictionary<string, Type[]> ByName = typeof(IEvent).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<EventNameAttribute>() is not null)
        .GroupBy(type => type.GetCustomAttribute<EventNameAttribute>()!.Name)
        .ToDictionary(group => group.Key, group => group.ToArray());

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.json").Select(Path.GetFileName).Where(file => !file!.StartsWith("journal", StringComparison.Ordinal)).Order().Select(file => file!)];

    public static TheoryData<string> Names => [.. ByName.Keys.Order()];

    internal static string Folder => Path.Combine(AppContext.BaseDirectory, "Pinned");

    [Theory]
    [MemberData(nameof(Files))]
    public void Are_read_and_written_again_byte_for_byte(string file)
    {
        var bytes = File.ReadAllText(Path.Combine(Folder, file)).TrimEnd('\n');
        var type = Assert.Single(ByName[file.Replace(".least", "", StringComparison.Ordinal)[..^".json".Length]]);
        Assert.Equal(bytes, Write(Read(type, bytes)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Have_a_file_with_every_member_filled_and_one_with_the_least(string name)
    {
        var type = Assert.Single(ByName[name]);
        using var full = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json")));
        var members = Json.GetTypeInfo(type).Properties;
        Assert.Equal(members.Select(member => member.Name), full.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.DoesNotContain(full.RootElement.EnumerateObject(), member => member.Value.ValueKind == JsonValueKind.Null);
        if (!members.Any(member => member.IsSetNullable))
        {
            return;
        }

        using var least = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.least.json")));
        Assert.All(
            members.Where(member => member.IsSetNullable),
            member => Assert.Equal(JsonValueKind.Null, least.RootElement.GetProperty(member.Name).ValueKind));
    }

    [Fact]
    public void Have_names_that_are_used_once_and_carry_their_aggregate_and_version()
    {
        Assert.All(ByName, name => Assert.Single(name.Value));
        Assert.All(ByName.Keys, name => Assert.Matches(@"^(session|conference|lobby|network|working-group|participant|registration|integration|roll|command|erasure)\.[a-z]+(-[a-z]+)*\.v[0-9]+$", name));
    }

    [Fact]
    public void Are_all_the_events_there_are()
    {
        var events = typeof(IEvent).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IEvent)));
        Assert.Equal(events.ToHashSet(), ByName.Values.SelectMany(types => types).ToHashSet());
    }

    [Fact]
    public void Take_names_of_states_and_never_numbers()
    {
        var posted = File.ReadAllText(Path.Combine(Folder, "session.item-posted.v1.json"));
        Assert.Throws<JsonException>(() => Read(typeof(ItemPosted), posted.Replace("\"published\"", "1", StringComparison.Ordinal)));
        Assert.Throws<JsonException>(() => Read(typeof(ItemPosted), posted.Replace("\"published\"", "\"1\"", StringComparison.Ordinal)));
    }

    internal static IEvent Read(Type type, string json) => (IEvent)JsonSerializer.Deserialize(json, Json.GetTypeInfo(type))!;

    internal static IEvent Read(string name, JsonElement json) => (IEvent)json.Deserialize(Json.GetTypeInfo(Assert.Single(ByName[name])))!;

    internal static string Write(IEvent happened) => JsonSerializer.Serialize(happened, Json.GetTypeInfo(happened.GetType()));
}
