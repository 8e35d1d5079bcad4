using Summit.Domain;

namespace Summit.Server.Live;

/// <summary>Every refusal of the live door that is not the rules' or the gate's.</summary>
public static class LiveFaults
{
    public static Fault ReactionUnknown { get; } = new(FaultKind.Invalid, "reaction.unknown", "Reactions are applause, heart and agree.");
}
