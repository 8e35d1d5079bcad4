using System.Text.Json;
using Summit.Engine;

namespace Summit.Server.Live;

/// <summary>What people make with their thumbs: counted, shown, never stored.</summary>
public enum Reaction
{
    Applause,
    Heart,
    Agree,
}

/// <summary>The state of the hall in the last second, on all servers.</summary>
internal readonly record struct PulseCount(int Online, int Cities, int Applause, int Heart, int Agree)
{
    public static PulseCount Of(Together together)
    {
        return new(together.Online, together.Cities, Count(Reaction.Applause), Count(Reaction.Heart), Count(Reaction.Agree));

        int Count(Reaction reaction) => together.Counts.ElementAtOrDefault((int)reaction);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("online", Online);
        json.WriteNumber("cities", Cities);
        json.WriteNumber("applause", Applause);
        json.WriteNumber("heart", Heart);
        json.WriteNumber("agree", Agree);
    }
}
