using Summit.Domain;
using Summit.Server.Access;

namespace Summit.Server.Tests.Access;

public sealed class TakingPlaces : IDisposable
{
    private readonly Limits _limits = new();

    public void Dispose() => _limits.Dispose();

    [Fact]
    public void Ends_at_the_bound_and_goes_on_when_one_is_given_back()
    {
        var person = Person(Role.Participant);
        var held = Enumerable.Range(0, Limits.StreamsPerPerson).Select(_ => _limits.TryOpenStream(person)).ToList();

        Assert.All(held, Assert.NotNull);
        Assert.Null(_limits.TryOpenStream(person));
        Assert.Null(_limits.TryOpenStream(person));

        held[0]!.Dispose();
        held[0]!.Dispose();
        Assert.NotNull(_limits.TryOpenStream(person));
        Assert.Null(_limits.TryOpenStream(person));
    }

    [Fact]
    public void Is_counted_for_each_person_alone_and_apart_for_streams_and_connections()
    {
        var person = Person(Role.Participant);
        for (var i = 0; i < Limits.StreamsPerPerson; i++)
        {
            Assert.NotNull(_limits.TryOpenStream(person));
        }

        Assert.NotNull(_limits.TryConnect(person));
        Assert.NotNull(_limits.TryOpenStream(Person(Role.Participant)));
    }

    [Theory]
    [InlineData(Role.Participant, 30)]
    [InlineData(Role.Moderator, 200)]
    [InlineData(Role.Host, 200)]
    public void Lets_a_burst_of_commands_through_and_then_a_steady_rate(Role role, int burst)
    {
        var person = Person(role);

        var taken = Enumerable.Range(0, 1_000).TakeWhile(_ => _limits.TryTake(person)).Count();

        // The bucket fills while it is emptied: a little more than the burst passes.
        Assert.InRange(taken, burst, burst * 2);
        Assert.True(_limits.TryTake(Person(role)));
    }

    private static Bearer Person(Role role) =>
        new(new Actor(new ParticipantId(Guid.CreateVersion7()), role, new ConferenceId(Guid.CreateVersion7()), null, null), null, DateTimeOffset.MaxValue);
}
