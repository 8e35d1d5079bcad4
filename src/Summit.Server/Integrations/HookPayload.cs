using System.Buffers;
using System.Text.Json;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Integrations;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Live;

namespace Summit.Server.Integrations;

/// <summary>
/// Writes what a hook is told: what happened, and how that stands now, as everybody sees it who has joined. So nothing is told that was
/// taken back or erased while the receiver was away.
/// </summary>
internal sealed class HookPayload(Replay replay)
{
    private static readonly Dictionary<Occasion, string> Names = Enum.GetValues<Occasion>()
        .ToDictionary(kind => kind, kind => JsonSerializer.SerializeToElement(kind, DomainJson.Default.Occasion).GetString()!);

    /// <summary>Null for what is no longer to be seen.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    public async Task<byte[]?> WriteAsync(ConferenceId conference, Happening of, CancellationToken cancellationToken)
    {
        var stream = AggregateId.Parse(of.Stream);
        var session = stream.Kind == Session.Kind ? (await replay.LoadAsync<Session>(stream.Key, cancellationToken)).State : null;
        var item = session is not null && of.About is { } id ? session.Items.GetValueOrDefault(new ItemId(id)) : null;
        if (of.Kind is Occasion.ItemPublished or Occasion.ItemStaged or Occasion.ItemAnswered && item is not { IsVisible: true, Erased: null })
        {
            return null;
        }

        var versions = of.Kind == Occasion.ProgrammePublished ? (await replay.LoadAsync<Conference>(stream.Key, cancellationToken)).State.Versions.Count : 0;
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("type", Names[of.Kind]);
            json.WriteString("timestamp", of.At.UtcDateTime);
            json.WriteStartObject("data");
            json.WriteString("conference", conference.Value);
            if (item is not null)
            {
                json.WriteString("session", stream.Key);
                json.WritePropertyName("item");
                ItemJson.Write(json, item, Eyes.Everyone);
            }
            else if (session is not null)
            {
                json.WritePropertyName("session");
                ItemJson.Write(json, session, moderator: false);
            }
            else if (of.Kind == Occasion.ProgrammePublished)
            {
                json.WriteNumber("version", versions);
            }
            else if (of.About is { } person)
            {
                json.WriteString("person", person);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}
