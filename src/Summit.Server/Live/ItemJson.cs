using System.Text.Json;
using Summit.Domain;
using Summit.Domain.Sessions;

namespace Summit.Server.Live;

/// <summary>Through whose eyes an item is written.</summary>
internal enum Eyes
{
    Everyone,
    Author,
    Moderator,
}

/// <summary>Writes items and sessions as docs/protocol.md shows them. Who may see what is decided here and nowhere else.</summary>
internal static class ItemJson
{
    public static void Write(Utf8JsonWriter json, Item item, Eyes eyes)
    {
        json.WriteStartObject();
        if (eyes == Eyes.Author)
        {
            json.WriteBoolean("own", true);
        }

        json.WriteString("id", item.Id.Value);
        json.WriteNumber("number", item.Number);
        json.WriteString("kind", Wire(item.Kind));
        WriteText(json, "title", item.Title);
        json.WriteString("text", item.Text);
        json.WriteString("lang", item.Lang);
        json.WriteString("state", Wire(item.State));
        json.WriteNumber("support", item.Support);
        WriteAuthor(json, item, eyes);
        json.WriteString("at", item.At.UtcDateTime);
        WriteId(json, "replyTo", item.ReplyTo);
        if (item.To is { } to)
        {
            json.WriteStartObject("to");
            json.WriteString("speaker", to.Speaker.Value);
            json.WriteString("name", to.Name);
            json.WriteEndObject();
        }

        if (item.State == ItemState.Queued)
        {
            json.WriteNumber("rank", item.Rank);
        }

        WriteText(json, "answer", item.Answer);
        if (item.Erased is { } erased)
        {
            json.WriteString("erased", Wire(erased));
        }

        if (item.FirstText is not null)
        {
            json.WriteBoolean("corrected", true);
        }

        WriteFollowUp(json, item.FollowUp);
        WriteVote(json, item.Vote);
        if (eyes != Eyes.Everyone)
        {
            WriteFate(json, item);
        }

        if (eyes == Eyes.Moderator)
        {
            WriteDesk(json, item);
        }

        json.WriteNumber("changed", eyes == Eyes.Moderator ? item.Touched : item.Changed);
        json.WriteEndObject();
    }

    /// <summary>What takes an item off the screens of those who may no longer see it.</summary>
    public static void WriteGone(Utf8JsonWriter json, Item item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id.Value);
        json.WriteBoolean("gone", true);
        WriteId(json, "into", item.MergedInto);
        json.WriteNumber("changed", item.Changed);
        json.WriteEndObject();
    }

    public static void WriteGiven(Utf8JsonWriter json, Item item, ParticipantId person, long seq)
    {
        json.WriteStartObject();
        json.WriteBoolean("own", false);
        json.WriteString("id", item.Id.Value);
        json.WriteBoolean("supported", item.IsSupportedBy(person));
        if (item.Vote?.Ballots.TryGetValue(person, out var choice) == true)
        {
            json.WriteString("ballot", Wire(choice));
        }

        json.WriteNumber("changed", seq);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Session session, bool moderator)
    {
        json.WriteStartObject();
        json.WriteString("id", session.Id.Value);
        json.WriteString("conference", session.Conference.Value);
        json.WriteString("title", session.Title);
        json.WriteString("lang", session.Lang);
        json.WriteString("state", Wire(session.State));
        json.WriteString("starts", session.Starts.UtcDateTime);
        json.WriteString("ends", session.Ends.UtcDateTime);
        if (session.OnStage is { } staged)
        {
            json.WriteString("onStage", staged.Value);
        }
        else
        {
            json.WriteNull("onStage");
        }

        json.WritePropertyName("policies");
        JsonSerializer.Serialize(json, session.Policies, DomainJson.Default.SessionPolicies);
        if (moderator)
        {
            json.WriteStartObject("counts");
            foreach (var state in Enum.GetValues<ItemState>())
            {
                json.WriteNumber(Wire(state), session.Count(state));
            }

            json.WriteEndObject();
        }

        json.WriteNumber("changed", session.Changed);
        json.WriteEndObject();
    }

    private static void WriteAuthor(Utf8JsonWriter json, Item item, Eyes eyes)
    {
        // An anonymous author has a name here only where moderators may see it; everybody else never does.
        if ((item.Anonymous && eyes == Eyes.Everyone) || item is { Name: null, City: null })
        {
            json.WriteNull("author");
            return;
        }

        json.WriteStartObject("author");
        json.WriteString("name", item.Name);
        json.WriteString("city", item.City);
        json.WriteEndObject();
    }

    /// <summary>What became of it and why: for its author and for moderators.</summary>
    private static void WriteFate(Utf8JsonWriter json, Item item)
    {
        json.WriteBoolean("anonymous", item.Anonymous);
        if (item.Decline is { } decline)
        {
            json.WriteStartObject("reason");
            json.WriteString("code", decline.Code);
            json.WriteString("text", decline.Text);
            WriteText(json, "note", decline.Note);
            json.WriteEndObject();
        }

        WriteId(json, "into", item.MergedInto);
        WriteText(json, "firstText", item.FirstText);
        WriteText(json, "firstTitle", item.FirstTitle);
        if (item.Hidden)
        {
            json.WriteBoolean("hidden", true);
        }

        json.WriteStartArray("trail");
        foreach (var step in item.Trail)
        {
            json.WriteStartObject();
            json.WriteString("state", Wire(step.State));
            json.WriteString("at", step.At.UtcDateTime);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What lies on the moderators' desk only.</summary>
    private static void WriteDesk(Utf8JsonWriter json, Item item)
    {
        json.WriteNumber("reports", item.NewReports);
        json.WriteStartArray("labels");
        foreach (var label in item.Labels)
        {
            json.WriteStringValue(label);
        }

        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in item.Notes)
        {
            json.WriteStartObject();
            json.WriteString("by", note.By);
            json.WriteString("at", note.At.UtcDateTime);
            json.WriteString("text", note.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (item.Merged.Count > 0)
        {
            json.WriteStartArray("merged");
            foreach (var merged in item.Merged)
            {
                json.WriteStringValue(merged.Value);
            }

            json.WriteEndArray();
        }

        if (item.AuthorMuted)
        {
            json.WriteBoolean("muted", true);
        }
    }

    private static void WriteFollowUp(Utf8JsonWriter json, FollowUp? followUp)
    {
        if (followUp is null)
        {
            return;
        }

        json.WriteStartObject("followUp");
        json.WriteString("owner", followUp.Owner);
        json.WriteString("due", followUp.Due.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        WriteText(json, "note", followUp.Note);
        json.WriteEndObject();
    }

    /// <summary>Nobody sees how a vote goes before it is over: later voters should not follow earlier ones.</summary>
    private static void WriteVote(Utf8JsonWriter json, Vote? vote)
    {
        if (vote is null)
        {
            return;
        }

        json.WriteStartObject("vote");
        json.WriteBoolean("open", vote.Open);
        json.WriteNumber("cast", vote.Ballots.Count);
        if (!vote.Open)
        {
            foreach (var choice in Enum.GetValues<Choice>())
            {
                json.WriteNumber(Wire(choice), vote.Count(choice));
            }
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteId(Utf8JsonWriter json, string name, ItemId? id)
    {
        if (id is { } known)
        {
            json.WriteString(name, known.Value);
        }
    }

    private static string Wire<TEnum>(TEnum value)
        where TEnum : struct, Enum => WireNames<TEnum>.Of[value];

    private static class WireNames<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> Of =
            Enum.GetValues<TEnum>().ToDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));
    }
}
