using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;
using Summit.Domain;

namespace Summit.Engine.Tests;

/// <summary>A rolling upgrade: today's server and tomorrow's write to one store, and take turns with one aggregate.</summary>
public sealed class TwoVersionsSideBySide : EngineTest
{
    private static readonly AggregateKinds Tomorrow = new AggregateKinds().Add<TallyOfTomorrow>();

    [Fact]
    public async Task Each_passes_over_the_other_s_snapshots_and_comes_to_the_same_by_replaying()
    {
        var (today, saved) = (Start(), Journal.NextSnapshotAsync(Id));
        await Send(today, AddMany(5_000));
        Assert.Equal("tally.1.1", (await saved.Soon("today's snapshot")).Format);

        var (first, newer) = (Envelope(new Add(-4_999)), Journal.NextSnapshotAsync(Id));
        await using (var tomorrow = StartTomorrow())
        {
            // Two would not be there without today's events.
            Assert.Equal(Reply.At(5_001), await Send(tomorrow, first));
            Assert.Equal(Reply.Refused(TallyFaults.TooLittle), await Send(tomorrow, new Add(-2)));
            await Send(tomorrow, AddMany(5_000));
            Assert.Equal("tally.2.1", (await newer.Soon("tomorrow's snapshot")).Format);
        }

        // Rolled back: today's again, on what tomorrow's left. It also knows the commands that tomorrow's answered.
        var back = Start();
        Assert.Equal(Reply.At(5_001), await Send(back, first));
        Assert.Equal(Reply.Refused(TallyFaults.TooLittle), await Send(back, new Add(-5_002)));
        Assert.Equal(Reply.At(10_002), await Send(back, new Add(-5_001)));
    }

    [Fact]
    public async Task Both_at_once_lose_no_command_and_count_none_twice()
    {
        var today = Start();
        await using var tomorrow = StartTomorrow();
        await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => SendUntilTaken(i % 2 == 0 ? today : tomorrow, Envelope(new Add(1)))));
        Assert.Equal(200, (await StoredAmounts()).Sum());
    }

    [Fact]
    public async Task An_event_that_only_tomorrow_s_knows_closes_its_stream_to_today_s_and_no_other_and_harms_nothing()
    {
        var today = Start();
        await Send(today, new Add(1));
        var doubled = new JournalRecord(2, "tally.doubled.v1", "{}"u8.ToArray(), DateTimeOffset.UtcNow, default, Guid.CreateVersion7());
        await Journal.AppendAsync([new Append(Id, 1, [doubled])], Cancel);

        // It learns of the event by the conflict, and cannot go on from there.
        await Assert.ThrowsAsync<JournalCorruptException>(() => Send(today, new Add(1)));
        var other = new AggregateId(Tally.Kind, Guid.CreateVersion7());
        Assert.Equal(Reply.At(1), await today.SendAsync(other, Envelope(new Add(1)), Cancel).Soon("an answer about another stream"));
        Assert.Equal(2, (await Stored()).Count);
    }

    private LocalEngine StartTomorrow() => new(Journal, Tomorrow, TimeProvider.System, NullLoggerFactory.Instance);
}
