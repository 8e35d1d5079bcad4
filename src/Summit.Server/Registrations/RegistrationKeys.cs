using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Summit.Domain;

namespace Summit.Server.Registrations;

/// <summary>
/// What opens somebody's own registration: signed and encrypted by the keys that tokens are made with, so that any server can make it again
/// for a later letter, and none has to keep it.
/// </summary>
public sealed class RegistrationKeys(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Summit.Registration.v1");

    public string Of(ConferenceId conference, ParticipantId person)
    {
        Span<byte> both = stackalloc byte[32];
        conference.Value.TryWriteBytes(both);
        person.Value.TryWriteBytes(both[16..]);
        return WebEncoders.Base64UrlEncode(_protector.Protect(both.ToArray()));
    }

    /// <summary>Null for what opens nothing in this conference.</summary>
    public ParticipantId? Read(ConferenceId conference, string key)
    {
        try
        {
            var both = _protector.Unprotect(WebEncoders.Base64UrlDecode(key));
            return new Guid(both.AsSpan(0, 16)) == conference.Value ? new ParticipantId(new Guid(both.AsSpan(16, 16))) : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
