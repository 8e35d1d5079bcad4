using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Summit.Domain;

namespace Summit.Server.Opening;

/// <summary>A role link with its secret: the only place it lies.</summary>
public sealed record KnownLink(Role Role, string Label, string Link)
{
    [JsonIgnore]
    public string Secret => LinksFile.SecretOf(Link);
}

public sealed record KnownSession(SessionId Id, string Title);

public sealed record KnownConference(
    ConferenceId Id, string Title, string Code, string Join, IReadOnlyList<KnownLink> Links, IReadOnlyList<KnownSession> Sessions);

/// <param name="Page">What everybody may see of it.</param>
public sealed record KnownNetwork(NetworkId Id, string Title, string Page, IReadOnlyList<KnownLink> Links);

/// <summary>
/// data/links.json: the links made at the first start, for people and scripts. Written before anything is sent, so that a crash in
/// between leaves no installation that nobody can administer.
/// </summary>
/// <param name="Seed">What all ids of the first start are derived from.</param>
/// <param name="Complete">False until the first start has carried out everything.</param>
public sealed record LinksFile(
    Guid Seed, bool Complete, string Address, string Admin, IReadOnlyList<KnownConference> Conferences, IReadOnlyList<KnownNetwork>? Networks = null)
{
    public const string Name = "links.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    [JsonIgnore]
    public string AdminSecret => SecretOf(Admin);

    public static string SecretOf(string link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>Null if there is none.</summary>
    /// <exception cref="JsonException">It is there and cannot be read.</exception>
    public static async Task<LinksFile?> LoadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<LinksFile>(file, Json, cancellationToken) ?? throw new JsonException("The file holds null.");
    }

    /// <exception cref="JsonException">It is none.</exception>
    public static LinksFile Parse(string text) => JsonSerializer.Deserialize<LinksFile>(text, Json) ?? throw new JsonException("The text is null.");

    public string ToText() => JsonSerializer.Serialize(this, Json);

    /// <summary>Whole or not at all, on disk when it returns, for the owner's eyes alone from its first byte on.</summary>
    public async Task SaveAsync(string path, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var temporary = path + ".new";
        File.Delete(temporary);
        await using (var file = new FileStream(temporary, options))
        {
            await JsonSerializer.SerializeAsync(file, this, Json, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
