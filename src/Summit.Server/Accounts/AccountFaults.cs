using Summit.Domain;

namespace Summit.Server.Accounts;

/// <summary>Every refusal of somebody who comes by an organisation's account.</summary>
public static class AccountFaults
{
    public static Fault Organisation { get; } = new(FaultKind.NotFound, "sign-in.organisation", "No such organisation signs in here.");

    public static Fault Over { get; } = new(FaultKind.Forbidden, "sign-in.over", "This sign-in has run out or was begun elsewhere. Begin again, on this device.");

    public static Fault Unverified { get; } = new(
        FaultKind.Forbidden, "sign-in.unverified",
        "Your organisation does not vouch for your mail address. Ask whoever runs its accounts to confirm it, or open your personal link.");

    public static Fault OtherDomain { get; } = new(
        FaultKind.Forbidden, "sign-in.other-domain",
        "Your organisation may not speak for your mail address here. Use an account with an address of its own, or open your personal link.");

    public static Fault Taken { get; } = new(
        FaultKind.Conflict, "sign-in.taken", "This account lets somebody else in here. Sign in by it, unlink it there, and come back.");

    public static Fault Nobody { get; } = new(
        FaultKind.NotFound, "sign-in.nobody",
        "Nobody is known here by your mail address alone. Ask the organiser to add you with it, or open your personal link.");
}
