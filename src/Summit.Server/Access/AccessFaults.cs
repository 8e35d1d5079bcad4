using Summit.Domain;

namespace Summit.Server.Access;

/// <summary>Every refusal at the door. docs/faults.md says the same, and a test holds both together.</summary>
public static class AccessFaults
{
    public static Fault Required { get; } = new(FaultKind.Forbidden, "access.required", "Join with a code or open your link first.");

    public static Fault Invalid { get; } = new(FaultKind.Forbidden, "access.invalid", "This access is not one of ours. Join with the code, or open your link again.");

    public static Fault Expired { get; } = new(FaultKind.Forbidden, "access.expired", "Your access has run out. Join with the code, or open your link again.");

    public static Fault Revoked { get; } =
        new(FaultKind.Forbidden, "access.revoked", "The link you came with has been taken back. Ask the organiser for a new one.");

    public static Fault SignedOut { get; } =
        new(FaultKind.Forbidden, "access.signed-out", "You have been signed out on this device. Open your personal link again.");

    public static Fault RoleTaken { get; } =
        new(FaultKind.Forbidden, "access.role-taken", "This role is no longer yours. Your own page shows what is.");

    public static Fault NoPerson { get; } = new(FaultKind.Forbidden, "access.no-person", "Sign in by your personal link first.");

    public static Fault UnknownCode { get; } = new(FaultKind.NotFound, "join.unknown-code", "No conference has this code. Look at it once more and try again.");

    public static Fault SlowDown { get; } =
        new(FaultKind.Busy, "join.slow-down", "Many wrong codes have come from your network. Wait a few seconds and try again.");

    public static Fault UnknownLink { get; } =
        new(FaultKind.NotFound, "link.unknown", "There is no such link. It may have been revoked, or it has expired: ask the organiser for a new one.");

    public static Fault RateLimit { get; } = new(FaultKind.Busy, "limit.rate", "That was a lot at once. It can be sent again in a moment.");

    public static Fault TooManyStreams { get; } =
        new(FaultKind.Busy, "limit.streams", "This access is open on too many screens. Close one and try again.");

    /// <summary>HTTP says 401 for these: another token is needed, not another right.</summary>
    public static bool AskForAnotherToken(Fault fault) => fault == Required || fault == Invalid || fault == Expired || fault == Revoked || fault == SignedOut || fault == RoleTaken || fault == NoPerson;
}
