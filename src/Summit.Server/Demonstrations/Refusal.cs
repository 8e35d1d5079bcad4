using Summit.Domain;
using Summit.Engine;

namespace Summit.Server.Demonstrations;

/// <summary>Why a demonstration cannot go on.</summary>
internal static class Refusal
{
    /// <summary>A <see cref="JournalUnavailableException"/> where the same again may be taken a moment later; else it is for good.</summary>
    public static Exception Of(string what, Fault fault)
    {
        var message = $"{what} was refused: {fault.Code}, {fault.Message}";
        return fault.Kind == FaultKind.Busy ? new JournalUnavailableException(message) : new InvalidOperationException(message);
    }
}
