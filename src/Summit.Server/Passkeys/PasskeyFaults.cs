using Summit.Domain;

namespace Summit.Server.Passkeys;

/// <summary>Every refusal of a device's answer besides those of the person's record.</summary>
public static class PasskeyFaults
{
    public static Fault Refused { get; } = new(
        FaultKind.Forbidden, "sign-in.passkey", "This passkey lets nobody in here. It may have been removed, or made for another address: come in another way.");
}
