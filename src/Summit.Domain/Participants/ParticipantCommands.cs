using System.Text.Json.Serialization;

namespace Summit.Domain.Participants;

/// <summary>A command about one person, of that person or of who organises where the person has a role.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DescribePerson), "describe")]
[JsonDerivedType(typeof(GiveRole), "give-role")]
[JsonDerivedType(typeof(TakeRole), "take-role")]
[JsonDerivedType(typeof(RevokePersonalLink), "revoke-link")]
[JsonDerivedType(typeof(UnlinkAccount), "unlink-account")]
[JsonDerivedType(typeof(RemovePasskey), "remove-passkey")]
[JsonDerivedType(typeof(SignOut), "sign-out")]
[JsonDerivedType(typeof(SignOutEverywhere), "sign-out-everywhere")]
public interface IParticipantCommand : ICommand;

/// <summary>What is known of a person besides roles.</summary>
/// <param name="Function">As on a badge: mayor, chief architect.</param>
/// <param name="Languages">Tags like <c>bg</c>, the best first.</param>
/// <param name="Mail">Shown to the person and to organisers alone.</param>
public sealed record PersonCard(string Name, string? City, string? Function, IReadOnlyList<string> Languages, string? Mail);

/// <summary>Makes a person known. Only the server sends it, for an organiser or for somebody who came by an organisation's account.</summary>
/// <param name="Role">The first role; the giver must be able to give it. Null for somebody who comes by an account and has none yet.</param>
public sealed record AddPerson(
    string Name, string? City = null, string? Function = null, IReadOnlyList<string>? Languages = null, string? Mail = null, HeldRole? Role = null) : ICommand;

/// <summary>Writes anew what is known of the person: all of it.</summary>
public sealed record DescribePerson(
    string Name, string? City = null, string? Function = null, IReadOnlyList<string>? Languages = null, string? Mail = null) : IParticipantCommand;

public sealed record GiveRole(HeldRole Role) : IParticipantCommand;

public sealed record TakeRole(HeldRole Role) : IParticipantCommand;

/// <summary>Takes part in a conference by its code. Only the server sends it, which has seen the code.</summary>
public sealed record JoinConference(ConferenceId Conference) : ICommand;

/// <summary>Makes a link that signs this person in.</summary>
/// <param name="Hash">SHA-256 of the secret in the link, lower-case hex. The secret itself is never stored.</param>
public sealed record IssuePersonalLink(LinkId Link, string Hash, DateTimeOffset? Expires = null) : ICommand;

public sealed record RevokePersonalLink(LinkId Link) : IParticipantCommand;

/// <summary>Signs in on one more device, by a personal link. Only the server sends it, for whoever has the link.</summary>
/// <param name="Hash">Of the secret that was shown.</param>
/// <param name="Device">What kind of device it is, so that the person knows it again.</param>
public sealed record SignInByLink(SignInId SignIn, string Hash, string Device, DateTimeOffset Until) : ICommand;

/// <summary>
/// Signs in on one more device, by an account at an organisation. Only the server sends it, which has seen the organisation's word for it.
/// </summary>
/// <param name="Mail">The address that the organisation vouches for, which may link the account for the first time; null for none.</param>
public sealed record SignInByAccount(SignInId SignIn, AccountId Account, string Issuer, string? Mail, string Device, DateTimeOffset Until) : ICommand;

/// <summary>
/// Makes an account at an organisation one more way in. Only the server sends it, for somebody who is signed in and has just come back from there.
/// </summary>
public sealed record LinkAccount(AccountId Account, string Issuer) : ICommand;

/// <summary>Lets the account in no more, and ends what it let in. Another account of the same organisation can then take its place.</summary>
public sealed record UnlinkAccount(AccountId Account) : IParticipantCommand;

/// <summary>Makes a key on a device of the person's one more way in. Only the server sends it, which has seen the device sign with it.</summary>
/// <param name="Credential">As the device names it, base64url.</param>
/// <param name="Key">The public half, as COSE, base64url.</param>
/// <param name="Counter">How often it has signed; 0 for ever where a device does not count.</param>
/// <param name="CanBeCopied">Whether the device may share it with others of the same person, which it says for ever or never.</param>
/// <param name="Device">On what it was made, so that the person knows it again.</param>
public sealed record AddPasskey(PasskeyId Passkey, string Credential, string Key, long Counter, bool CanBeCopied, string Device) : ICommand;

/// <summary>Lets the key in no more, and ends what it let in.</summary>
public sealed record RemovePasskey(PasskeyId Passkey) : IParticipantCommand;

/// <summary>Signs in on one more device, by a passkey. Only the server sends it, which has checked the signature.</summary>
public sealed record SignInByPasskey(SignInId SignIn, PasskeyId Passkey, long Counter, string Device, DateTimeOffset Until) : ICommand;

public sealed record SignOut(SignInId SignIn) : IParticipantCommand;

/// <summary>Ends every sign-in of the person. Links stay good.</summary>
public sealed record SignOutEverywhere : IParticipantCommand;
