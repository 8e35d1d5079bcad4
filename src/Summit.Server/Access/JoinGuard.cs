using System.Net;
using System.Net.Sockets;

namespace Summit.Server.Access;

/// <summary>
/// Slows down who guesses join codes, by address and code. Thread-safe; its memory is bounded.
/// </summary>
/// <remarks>
/// <para>A right guess must cost as much waiting as a wrong one, else the answer itself tells which is which. So it is the attempt that
/// is paced, before the code is looked up, and only two things go past the pace:</para>
/// <list type="bullet">
/// <item>a code that has let somebody in from the same address already. A hall of a thousand phones behind one router waits at
/// most for its first phone, even when somebody in it is guessing; and it tells the guesser nothing that address did not know.</item>
/// <item>an address that has not guessed much. The same wrong code again counts once: a misprinted code on a slide is no attack,
/// however many phones try it.</item>
/// </list>
/// <para>An address with <see cref="Budget"/> different wrong codes behind it tries two a second, with a few waiting and the rest told to
/// come back. 887 million codes then last fourteen years for one address; a botnet of a thousand finds one of ten codes in
/// half a day, and has got what stands on the projector: a participant's rights.</para>
/// </remarks>
public sealed class JoinGuard(TimeProvider time)
{
    /// <summary>Different wrong codes before an address is slowed: a hall's typing errors in a few minutes.</summary>
    internal const int Budget = 40;

    /// <summary>Attempts of one address that may wait at a time; with <see cref="Pace"/>, the longest wait is 5 s.</summary>
    internal const int MostWaiting = 10;

    /// <summary>Addresses remembered. About 3 kB each at most, so 30 MB under attack, and nothing to speak of otherwise.</summary>
    internal const int MostAddresses = 10_000;

    /// <summary>Codes remembered for one address; a venue has few conferences at a time.</summary>
    private const int MostCodes = 16;

    /// <summary>The time between two attempts of an address that is slowed.</summary>
    internal static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    /// <summary>After this long one of the wrong codes is forgiven.</summary>
    private static readonly TimeSpan Forgiven = TimeSpan.FromSeconds(10);

    private readonly Dictionary<IPAddress, Known> _addresses = [];
    private readonly Lock _gate = new();

    internal int Addresses
    {
        get
        {
            lock (_gate)
            {
                return _addresses.Count;
            }
        }
    }

    /// <summary>Waits as long as an attempt with this code from this address has to. False: too many are waiting, it is to come back later.</summary>
    public async Task<bool> PassAsync(IPAddress? address, string code, CancellationToken cancellationToken)
    {
        if (Reserve(Network(address), code) is not { } wait)
        {
            return false;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }

        return true;
    }

    /// <summary>Tells how an attempt that was let pass has ended.</summary>
    public void Report(IPAddress? address, string code, bool right)
    {
        lock (_gate)
        {
            var known = Find(Network(address));
            if (right)
            {
                Remember(known.Right, code);
            }
            else if (Remember(known.Wrong, code))
            {
                known.Spent = Math.Min(Budget, known.Spent + 1);
            }
        }
    }

    /// <summary>How long to wait; null to be sent away.</summary>
    private TimeSpan? Reserve(IPAddress address, string code)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var known = Find(address);
            var forgiven = Math.Max(0, (int)((now - known.Since) / Forgiven));
            known.Spent = Math.Max(0, known.Spent - forgiven);
            known.Since = known.Spent == 0 ? now : known.Since + (forgiven * Forgiven);
            if (known.Spent < Budget || known.Right.Contains(code))
            {
                return TimeSpan.Zero;
            }

            var next = known.Next > now ? known.Next : now;
            if (next - now > Pace * (MostWaiting - 1))
            {
                return null;
            }

            known.Next = next + Pace;
            return next - now;
        }
    }

    private Known Find(IPAddress address)
    {
        if (!_addresses.TryGetValue(address, out var known))
        {
            if (_addresses.Count >= MostAddresses)
            {
                DropOldest();
            }

            _addresses[address] = known = new Known { Since = time.GetUtcNow() };
        }

        known.Seen = time.GetTimestamp();
        return known;
    }

    /// <summary>A tenth at a time, so that sorting is rare.</summary>
    private void DropOldest()
    {
        foreach (var (address, _) in _addresses.OrderBy(entry => entry.Value.Seen).Take(MostAddresses / 10).ToList())
        {
            _addresses.Remove(address);
        }
    }

    /// <summary>Adds as the newest, drops the oldest beyond the bound. False if it was there already.</summary>
    private static bool Remember(List<string> codes, string code)
    {
        var isNew = !codes.Remove(code);
        codes.Add(code);
        if (codes.Count > MostCodes)
        {
            codes.RemoveAt(0);
        }

        return isNew;
    }

    /// <summary>In IPv6 everybody owns a /64: it counts as one address.</summary>
    private static IPAddress Network(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address ?? IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }

    private sealed class Known
    {
        /// <summary>Different wrong codes not yet forgiven.</summary>
        public int Spent { get; set; }

        /// <summary>From when on the next forgiveness counts.</summary>
        public DateTimeOffset Since { get; set; }

        /// <summary>When the next attempt of a slowed address may be made.</summary>
        public DateTimeOffset Next { get; set; }

        public long Seen { get; set; }

        public List<string> Right { get; } = [];

        public List<string> Wrong { get; } = [];
    }
}
