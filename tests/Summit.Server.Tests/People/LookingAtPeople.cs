using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;
using Summit.Domain;
using Summit.Domain.Participants;
using Summit.Engine;
using Summit.Server.People;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests.People;

/// <summary>What one server sees of people whom another server changes.</summary>
public sealed class LookingAtPeople : IAsyncLifetime
{
    private static readonly AggregateKinds Kinds = new AggregateKinds().Add<Participant>().Add<Roll>();
    private static readonly Actor Admin = new(new ParticipantId(Guid.CreateVersion7()), Role.Admin, default, null, null);

    private readonly ParticipantId _elena = new(Guid.CreateVersion7());
    private readonly ManualTime _time = new();
    private readonly GatedJournal _journal;
    private readonly LocalEngine _elsewhere;
    private readonly PeopleDirectory _people;

    public LookingAtPeople()
    {
        var store = new MemoryJournal();
        _elsewhere = new LocalEngine(store.OpenAnother(), Kinds, TimeProvider.System, NullLoggerFactory.Instance);
        _journal = new GatedJournal(store);
        _people = new PeopleDirectory(_journal, new Replay(_journal, Kinds, NullLogger<Replay>.Instance), _time, NullLogger<PeopleDirectory>.Instance);
    }

    public async ValueTask InitializeAsync() => await DoAsync(new AddPerson("Elena"));

    public async ValueTask DisposeAsync()
    {
        await _people.DisposeAsync();
        await _elsewhere.DisposeAsync();
    }

    [Fact]
    public async Task Costs_no_read_for_some_seconds_and_one_small_one_then()
    {
        Assert.Equal("Elena", await NameAsync());
        var reads = _journal.Reads;
        Assert.Equal("Elena", await NameAsync());
        Assert.Equal(reads, _journal.Reads);

        await DoAsync(new DescribePerson("Elena Petrova"));
        Assert.Equal("Elena", await NameAsync());
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("Elena Petrova", await NameAsync());

        reads = _journal.Reads;
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("Elena Petrova", await NameAsync());
        Assert.Equal(reads + 1, _journal.Reads);
    }

    [Fact]
    public async Task Goes_on_for_whoever_is_connected_without_being_asked()
    {
        var changed = new TaskCompletionSource<ParticipantId>();
        _people.Changed += changed.SetResult;
        await NameAsync();
        using var watch = _people.Watch(_elena);
        await DoAsync(new DescribePerson("Elena Petrova"));

        // A round begins when the clock has been moved on while it waits: until then, move it.
        await Waits.Until(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return changed.Task.IsCompleted;
            },
            "the change to be seen");

        Assert.Equal(_elena, await changed.Task);
        Assert.Equal("Elena Petrova", _people.Known(_elena)!.State.Card!.Name);
    }

    [Fact]
    public async Task Says_when_the_last_connection_has_gone()
    {
        var left = new List<ParticipantId>();
        _people.Left += left.Add;
        var (phone, laptop) = (_people.Watch(_elena), _people.Watch(_elena));

        phone.Dispose();
        phone.Dispose();
        Assert.Empty(left);
        laptop.Dispose();
        Assert.Equal([_elena], left);

        using (_people.Watch(_elena))
        {
            await NameAsync();
        }

        Assert.Equal([_elena, _elena], left);
    }

    [Fact]
    public async Task Keeps_what_is_known_while_the_journal_is_away()
    {
        await NameAsync();
        _journal.ReadsFail = true;
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("Elena", await NameAsync());
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await _people.FindAsync(new ParticipantId(Guid.CreateVersion7()), Cancelled));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => _people.LookAsync(_elena, Cancelled));

        _journal.ReadsFail = false;
        await DoAsync(new DescribePerson("Elena Petrova"));
        Assert.Equal("Elena Petrova", await NameAsync());
    }

    [Fact]
    public async Task Does_not_know_who_was_never_added()
    {
        Assert.Null(await _people.FindAsync(new ParticipantId(Guid.CreateVersion7()), Cancelled));
        Assert.Null(_people.Known(_elena));
    }

    [Fact]
    public async Task Keeps_a_bounded_number_of_them()
    {
        await NameAsync();
        var added = new Codec(Kinds).Encode(new PersonAdded(new PersonCard("One of many", null, null, [], null)), new EventContext(1, _time.GetUtcNow(), default, Guid.Empty));
        for (var i = 0; i < 2 * PeopleDirectory.Most; i++)
        {
            var one = new ParticipantId(Guid.CreateVersion7());
            // Straight into the store: so many cells would take gigabytes.
            await _journal.AppendAsync([new Append(PeopleDirectory.Stream(one), 0, [added])], Cancelled);
            await _people.FindAsync(one, Cancelled);
        }

        Assert.Null(_people.Known(_elena));
        Assert.Equal("Elena", await NameAsync());
    }

    private async Task<string> NameAsync() => (await _people.FindAsync(_elena, Cancelled))!.State.Card!.Name;

    private async Task DoAsync(ICommand command)
    {
        var reply = await _elsewhere.SendAsync(PeopleDirectory.Stream(_elena), new CommandEnvelope(Guid.CreateVersion7(), Admin, command), Cancelled);
        Assert.Null(reply.Fault);
    }
}
