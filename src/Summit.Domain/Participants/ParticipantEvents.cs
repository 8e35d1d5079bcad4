namespace Summit.Domain.Participants;

// On disk for ever, like all events.

[EventName("participant.added.v1")]
public sealed record PersonAdded(PersonCard Card) : IEvent;

[EventName("participant.described.v1")]
public sealed record PersonDescribed(PersonCard Card) : IEvent;

[EventName("participant.role-given.v1")]
public sealed record RoleGiven(HeldRole Role) : IEvent;

[EventName("participant.role-taken.v1")]
public sealed record RoleTaken(HeldRole Role) : IEvent;

[EventName("participant.link-issued.v1")]
public sealed record PersonalLinkIssued(LinkId Link, string Hash, DateTimeOffset? Expires) : IEvent;

/// <summary>With it the sign-ins that were made by it.</summary>
[EventName("participant.link-revoked.v1")]
public sealed record PersonalLinkRevoked(LinkId Link) : IEvent;

/// <summary>By the person's own mail address. Comes first in the account's first sign-in.</summary>
[EventName("participant.account-linked.v1")]
public sealed record AccountLinked(AccountId Account, string Issuer) : IEvent;

/// <summary>By whoever was signed in, whatever its mail address.</summary>
[EventName("participant.account-added.v1")]
public sealed record AccountAdded(AccountId Account, string Issuer) : IEvent;

/// <summary>With it the sign-ins that its organisation let in.</summary>
[EventName("participant.account-unlinked.v1")]
public sealed record AccountUnlinked(AccountId Account) : IEvent;

/// <param name="Link">By which link; null for another way in.</param>
/// <param name="Issuer">By which organisation's account; null for another way in.</param>
[EventName("participant.signed-in.v1")]
public sealed record SignedIn(SignInId SignIn, string Device, DateTimeOffset Until, LinkId? Link, string? Issuer) : IEvent;

[EventName("participant.passkey-added.v1")]
public sealed record PasskeyAdded(PasskeyId Passkey, string Credential, string Key, long Counter, bool CanBeCopied, string Device) : IEvent;

/// <summary>With it the sign-ins that were made by it.</summary>
[EventName("participant.passkey-removed.v1")]
public sealed record PasskeyRemoved(PasskeyId Passkey) : IEvent;

/// <summary>Follows on the sign-in that was made by it.</summary>
[EventName("participant.passkey-used.v1")]
public sealed record PasskeyUsed(PasskeyId Passkey, SignInId SignIn, long Counter) : IEvent;

[EventName("participant.signed-out.v1")]
public sealed record SignedOut(SignInId SignIn) : IEvent;

[EventName("participant.signed-out-everywhere.v1")]
public sealed record SignedOutEverywhere : IEvent;

/// <summary>What was known of the person is gone, and every way in.</summary>
[EventName("participant.erased.v1")]
public sealed record PersonForgotten : IErasure;
