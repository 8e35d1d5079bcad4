using System.Text.RegularExpressions;
using Summit.Domain;
using Summit.Server.Conferences;

namespace Summit.Server.Accounts;

/// <summary>
/// An organisation whose accounts sign in, by OpenID Connect; under <c>Summit:Organisations</c> by a key of the operator's choice. It is for the
/// operator, and for nobody who runs one place: whoever names a provider can come in as anybody with an address in its domains.
/// </summary>
public sealed partial record Organisation
{
    /// <summary>Part of the address the organisation's provider sends people back to.</summary>
    public string Key { get; init; } = "";

    /// <summary>As on the button.</summary>
    public string Name { get; init; } = "";

    /// <summary>Letter by letter as its discovery document has it.</summary>
    public string Issuer { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string? ClientSecret { get; init; }

    /// <summary>The domains whose mail addresses its word counts for, with commas between them.</summary>
    public string MailDomains { get; init; } = "";

    /// <summary>Whether somebody with such an address who is not known yet becomes known by signing in.</summary>
    public bool Enrol { get; init; }

    public string CallbackPath => $"/api/sign-in/{Key}/callback";

    /// <summary>Whether the address lies in one of its domains; a domain below one of them is another.</summary>
    public bool SpeaksFor(string mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return mail.LastIndexOf('@') is > 0 and var at && Domains.Contains(mail[(at + 1)..], StringComparer.OrdinalIgnoreCase);
    }

    internal bool IsOnThisMachine => Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer) && issuer.IsLoopback;

    /// <summary>What is wrong with it, for the operator; null for nothing.</summary>
    internal string? Fault =>
        !KeyForm().IsMatch(Key) ? $"Summit__Organisations__{Key}: the key is made of small letters, digits and hyphens."
        : Name.Length == 0 || ClientId.Length == 0 || Domains.Length == 0 ? $"Summit__Organisations__{Key} needs Name, ClientId and MailDomains."
        : Issuer.StartsWith("https://", StringComparison.Ordinal) || IsOnThisMachine ? null
        : $"Summit__Organisations__{Key}__Issuer has to be an address that begins with https://.";

    private string[] Domains => MailDomains.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex KeyForm();
}

/// <summary>The organisations whose accounts sign in here.</summary>
public sealed class Organisations(IReadOnlyList<Organisation> all)
{
    /// <summary>What the ids of accounts are derived from. Never changes: the accounts would not be found again.</summary>
    private static readonly Guid Accounts = Guid.Parse("0198c0de-0000-8000-8000-000000000002");

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<Organisation> All { get; } = [.. all.OrderBy(one => one.Name, StringComparer.InvariantCultureIgnoreCase)];

    public static Organisations Of(IConfiguration configuration) => new(
        [.. configuration.GetSection("Summit:Organisations").GetChildren().Select(one => (one.Get<Organisation>() ?? new Organisation()) with { Key = one.Key })]);

    /// <summary>The same subject of another issuer is another account.</summary>
    public static AccountId AccountOf(string issuer, string subject) => new(DerivedId.Of(Accounts, $"account {issuer} {subject}"));

    public Organisation? Find(string key) => All.FirstOrDefault(one => one.Key == key);

    /// <summary>What people call it; the host of one that is not here any more.</summary>
    public string NameOf(string issuer) => All.FirstOrDefault(one => one.Issuer == issuer)?.Name ?? HostOf(issuer);

    public static string HostOf(string issuer) => new Uri(issuer).Host;
}
