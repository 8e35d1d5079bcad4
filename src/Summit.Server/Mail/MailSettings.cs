using System.Net.Mail;

namespace Summit.Server.Mail;

/// <summary>Where mail goes out, under <c>Summit:Mail</c>; without a host none does, and what should waits.</summary>
public sealed record MailSettings
{
    /// <summary>Null for none.</summary>
    public string? Host { get; init; }

    /// <summary>Where mail servers take mail from programs (RFC 6409).</summary>
    public int Port { get; init; } = 587;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The sender: <c>summit@city.example</c> or <c>City of Sofia &lt;summit@city.example&gt;</c>.</summary>
    public string? From { get; init; }

    /// <summary>A mail server on this machine that asks for no login may be spoken to without TLS; nobody else.</summary>
    public bool NeedsTls => User is not null || Host is not ("localhost" or "127.0.0.1" or "::1");

    /// <exception cref="ArgumentException">A host without a sender, or one that is no address.</exception>
    public static MailSettings Of(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Summit:Mail").Get<MailSettings>();
        return string.IsNullOrWhiteSpace(settings?.Host) ? new MailSettings()
            : MailAddress.TryCreate(settings.From, out var _) ? settings
            : throw new ArgumentException("Summit__Mail__From has to be a mail address: letters are sent in its name.");
    }
}
