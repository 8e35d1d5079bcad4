using System.Text.Json;
using Summit.Domain;

namespace Summit.Server.Live;

/// <summary>What people make with their thumbs: counted, shown, never stored.</summary>
public enum Reaction
{
    Applause,
    Heart,
    Agree,
}

/// <summary>The state of the hall in the last second.</summary>
internal readonly record struct PulseCount(int Online, int Cities, int Applause, int Heart, int Agree)
{
    public static PulseCount Of(Dictionary<ParticipantId, Presence> present, int[] reactions) => new(
        present.Count,
        present.Values.Where(person => person.City is not null).Select(person => person.City).Distinct(StringComparer.OrdinalIgnoreCase).Count(),
        reactions[(int)Reaction.Applause],
        reactions[(int)Reaction.Heart],
        reactions[(int)Reaction.Agree]);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("online", Online);
        json.WriteNumber("cities", Cities);
        json.WriteNumber("applause", Applause);
        json.WriteNumber("heart", Heart);
        json.WriteNumber("agree", Agree);
    }
}
