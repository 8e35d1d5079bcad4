using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Summit.Server.Integrations;

/// <summary>What deliveries are signed with. It is needed again each time, so it is kept enciphered by the keys that tokens are made with.</summary>
internal sealed class HookSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Summit.Hooks.v1");

    /// <summary>As the libraries of receivers take it, and as <see cref="Read"/> does.</summary>
    public (string Shown, string Kept) New()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        return ($"whsec_{Convert.ToBase64String(secret)}", WebEncoders.Base64UrlEncode(_protector.Protect(secret)));
    }

    /// <summary>Null where the keys of the server that made it are not: after an import, say.</summary>
    public byte[]? Read(string kept)
    {
        try
        {
            return _protector.Unprotect(WebEncoders.Base64UrlDecode(kept));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
