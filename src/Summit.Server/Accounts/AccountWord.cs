using System.Security.Claims;
using Summit.Domain;

namespace Summit.Server.Accounts;

/// <summary>What an organisation has said of somebody who is coming in, as the browser carries it, sealed, from its answer to our page.</summary>
/// <param name="SignIn">Made with it: the same word twice is one sign-in.</param>
/// <param name="Mail">The only one, and of a length that one has.</param>
/// <param name="Verified">Whether the organisation vouches for it.</param>
public sealed record AccountWord(string Organisation, SignInId SignIn, string Subject, string? Name, string? Mail, bool Verified)
{
    private const string SubjectKey = "sub";
    private const string NameKey = "name";
    private const string MailKey = "email";
    private const string VerifiedKey = "email_verified";
    private const string OrganisationKey = "organisation";
    private const string SignInKey = "sign-in";

    /// <summary>OpenID Connect Core, 2: no longer than that.</summary>
    private const int LongestSubject = 255;

    /// <summary>RFC 5321.</summary>
    private const int LongestMail = 254;

    /// <summary>Null when it does not say who it is.</summary>
    public static AccountWord? Of(string organisation, SignInId signIn, ClaimsPrincipal? said) =>
        said?.FindFirstValue(SubjectKey) is { Length: > 0 and <= LongestSubject } subject
            ? new AccountWord(
                organisation, signIn, subject, said.FindFirstValue(NameKey),
                said.FindAll(MailKey).ToList() is [{ Value: { Length: <= LongestMail } mail }] ? mail : null,
                said.FindAll(VerifiedKey).ToList() is [var verified] && bool.TryParse(verified.Value, out var vouched) && vouched)
            : null;

    public static AccountWord? Of(ClaimsPrincipal? sealedWord) =>
        sealedWord?.FindFirstValue(OrganisationKey) is { } organisation && Guid.TryParseExact(sealedWord.FindFirstValue(SignInKey), "N", out var signIn)
            ? Of(organisation, new SignInId(signIn), sealedWord)
            : null;

    public ClaimsPrincipal ToPrincipal()
    {
        var identity = new ClaimsIdentity(nameof(AccountWord));
        Add(OrganisationKey, Organisation);
        Add(SignInKey, SignIn.Value.ToString("N"));
        Add(SubjectKey, Subject);
        Add(NameKey, Name);
        Add(MailKey, Mail);
        Add(VerifiedKey, Verified.ToString());
        return new ClaimsPrincipal(identity);

        void Add(string type, string? value)
        {
            if (value is not null)
            {
                identity.AddClaim(new Claim(type, value));
            }
        }
    }
}
