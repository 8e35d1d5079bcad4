using System.Net;
using System.Threading.RateLimiting;
using Summit.Domain;
using Summit.Server.Access;

namespace Summit.Server.Registrations;

/// <summary>
/// Slows down who fills a public form in by machine. By address and mail address, as guessed codes are: forty people of one town hall register
/// in the same minute, and after them two each second; and for each conference, whatever comes from wherever. Thread-safe.
/// </summary>
public sealed class FormGuard(TimeProvider time) : IDisposable
{
    /// <summary>A thousand people at the moment when it opens, then five each second: ten thousand invited ones within half an hour.</summary>
    private static readonly TokenBucketRateLimiterOptions Conference = new()
    {
        TokenLimit = 1_000,
        TokensPerPeriod = 5,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };

    // One of its own: who registers a lot is not to wait at the door for it.
    private readonly JoinGuard _addresses = new(time);
    private readonly PartitionedRateLimiter<ConferenceId> _conferences =
        PartitionedRateLimiter.Create<ConferenceId, ConferenceId>(conference => RateLimitPartition.GetTokenBucketLimiter(conference, _ => Conference));

    /// <summary>Waits as long as this one has to. False: it is to come back in a moment.</summary>
    public async Task<bool> PassAsync(IPAddress? address, ConferenceId conference, string mail, CancellationToken cancellationToken)
    {
        if (!await _addresses.PassAsync(address, mail, cancellationToken))
        {
            return false;
        }

        // Counted whatever becomes of it: an answer that an address is taken is worth guessing for.
        _addresses.Report(address, mail, right: false);
        using var lease = _conferences.AttemptAcquire(conference);
        return lease.IsAcquired;
    }

    public void Dispose() => _conferences.Dispose();
}
