using System.Net;
using System.Net.Mail;

namespace Summit.Server.Mail;

/// <summary>What became of one attempt to hand a letter over.</summary>
public abstract record Delivery
{
    private Delivery()
    {
    }

    public sealed record Taken : Delivery;

    /// <summary>This address will never take it.</summary>
    public sealed record Refused(string Why) : Delivery;

    /// <summary>Not now, for whatever reason; a letter is only given up when its own address is refused for good.</summary>
    /// <param name="OfTheLetter">The address said so, or the letter itself is at fault: others may go through.</param>
    public sealed record Later(string Why, bool OfTheLetter) : Delivery;
}

/// <summary>
/// Speaks SMTP with STARTTLS and login, over one connection as long as it holds. MailKit is the library to put here where it can be had; the
/// framework's own client does what is needed. Not thread-safe.
/// </summary>
public sealed class MailServer(MailSettings settings) : IDisposable
{
    /// <summary>Servers look at a letter while they take it; the standard allows ten minutes, in service a minute is much.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly SmtpClient _client = new(settings.Host, settings.Port)
    {
        EnableSsl = settings.NeedsTls,
        Credentials = settings.User is null ? null : new NetworkCredential(settings.User, settings.Password),
    };

    /// <param name="cancellationToken">Gives up; the letter may still have been taken.</param>
    public async Task<Delivery> SendAsync(MailMessage letter, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await _client.SendMailAsync(letter, limit.Token);
            return new Delivery.Taken();
        }
        catch (SmtpFailedRecipientException e) when ((int)e.StatusCode >= 500)
        {
            return new Delivery.Refused(InWords(e));
        }
        catch (SmtpException e)
        {
            return new Delivery.Later(InWords(e), OfTheLetter: e is SmtpFailedRecipientException);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Delivery.Later("no answer", OfTheLetter: false);
        }
    }

    /// <summary>Says good-bye to the server.</summary>
    public void Dispose() => _client.Dispose();

    /// <summary>The number and the words of the mail server; of a connection that failed, nothing but that.</summary>
    private static string InWords(SmtpException e)
    {
        const string Said = "The server response was: ";
        var at = e.Message.IndexOf(Said, StringComparison.Ordinal);
        return (int)e.StatusCode < 0 ? "no connection" : at < 0 ? $"{(int)e.StatusCode}" : $"{(int)e.StatusCode} {e.Message[(at + Said.Length)..]}";
    }
}
