using System.Net;
using Summit.Contracts;
using Summit.Server.Access;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests.Access;

public sealed class GuessingCodes
{
    private static readonly IPAddress Hall = IPAddress.Parse("192.0.2.1");

    private readonly ManualTime _time = new();
    private readonly JoinGuard _guard;

    public GuessingCodes() => _guard = new JoinGuard(_time);

    [Fact]
    public async Task Costs_nothing_until_the_budget_is_spent()
    {
        Guess(Hall, JoinGuard.Budget - 1);
        Assert.True(await Pass(Hall, "222222"));

        Guess(Hall, 1, from: 500);
        Assert.True(await Pass(Hall, "222222"));
        Assert.False(Pass(Hall, "222222").IsCompleted);
    }

    [Fact]
    public async Task Is_let_through_two_a_second_and_then_sent_away()
    {
        Guess(Hall, JoinGuard.Budget);

        Assert.True(await Pass(Hall, "222222"));
        var waiting = Enumerable.Range(1, JoinGuard.MostWaiting - 1).Select(_ => Pass(Hall, "222222")).ToList();
        Assert.False(await Pass(Hall, "222222"));
        Assert.All(waiting, attempt => Assert.False(attempt.IsCompleted));

        _time.Advance(JoinGuard.Pace);
        Assert.True(await waiting[0].WaitAsync(TimeSpan.FromSeconds(10), Cancelled));
        Assert.False(waiting[1].IsCompleted);
        _time.Advance(JoinGuard.Pace * JoinGuard.MostWaiting);
        Assert.All(await Task.WhenAll(waiting), Assert.True);
    }

    [Fact]
    public async Task Does_not_hold_up_a_code_that_works_there()
    {
        _guard.Report(Hall, "KRM4TB", right: true);
        Guess(Hall, JoinGuard.Budget * 2);

        for (var phone = 0; phone < 1_000; phone++)
        {
            Assert.True(await Pass(Hall, "KRM4TB"));
        }
    }

    [Fact]
    public async Task Counts_the_same_wrong_code_once()
    {
        for (var phone = 0; phone < 1_000; phone++)
        {
            _guard.Report(Hall, "222222", right: false);
        }

        Assert.True(await Pass(Hall, "333333"));
    }

    [Fact]
    public async Task Does_not_slow_down_other_addresses()
    {
        Guess(Hall, JoinGuard.Budget);
        Guess(IPAddress.Parse("2001:db8:0:1::7"), JoinGuard.Budget);

        Assert.True(await Pass(IPAddress.Parse("192.0.2.9"), "222222"));
        Assert.True(await Pass(IPAddress.Parse("2001:db8:0:2::7"), "222222"));
    }

    [Fact]
    public async Task Counts_all_of_an_ipv6_network_as_one_address()
    {
        for (var guess = 0; guess < JoinGuard.Budget; guess++)
        {
            _guard.Report(IPAddress.Parse($"2001:db8:0:1::{guess:x}"), $"{guess}", right: false);
        }

        Assert.True(await Pass(IPAddress.Parse("2001:db8:0:1::ffff"), "222222"));
        Assert.False(Pass(IPAddress.Parse("2001:db8:0:1::fffe"), "222222").IsCompleted);
    }

    [Fact]
    public async Task Is_forgiven_after_a_while()
    {
        Guess(Hall, JoinGuard.Budget);
        _time.Advance(TimeSpan.FromMinutes(10));

        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.True(await Pass(Hall, $"{attempt}"));
        }
    }

    [Fact]
    public void Remembers_a_bounded_number_of_addresses()
    {
        for (var address = 0; address < JoinGuard.MostAddresses * 2; address++)
        {
            _guard.Report(new IPAddress(address), "222222", right: false);
        }

        Assert.InRange(_guard.Addresses, 1, JoinGuard.MostAddresses);
    }

    private Task<bool> Pass(IPAddress address, string code) => _guard.PassAsync(address, code, Cancelled);

    private void Guess(IPAddress address, int times, int from = 0)
    {
        for (var guess = from; guess < from + times; guess++)
        {
            _guard.Report(address, $"{guess}", right: false);
        }
    }
}
