using Summit.Domain.Participants;
using Summit.Domain.Tests.Networks;

namespace Summit.Domain.Tests.Participants;

/// <summary>Elena, whom the host of a conference has added as a moderator.</summary>
public abstract class ParticipantTest : NetworkTest
{
    protected static readonly ParticipantId Elena = new(Guid.Parse("0198c000-0000-7000-8000-000000000011"));
    protected static readonly SignInId Phone = new(Guid.Parse("0198c000-0000-7000-8000-000000000001"));
    protected static readonly SignInId Laptop = new(Guid.Parse("0198c000-0000-7000-8000-000000000002"));
    protected static readonly Realm InConference = new(Here);
    protected static readonly Realm InNetwork = new(Network: Net);
    protected static readonly HeldRole Moderator = new(InConference, Role.Moderator);
    protected static readonly HeldRole Keeper = new(InNetwork, Role.Secretary);

    /// <summary>Another person than the organisers of the other tests, who share an id.</summary>
    protected static readonly Actor Self = new(Elena, Role.Person, default, "Elena", null);

    /// <summary>Who runs a conference has an id of its own, and so has who keeps a network.</summary>
    protected static readonly Actor OtherHost = Host with { Id = new ParticipantId(new Guid(2, 0, 0, new byte[8])), Conference = Elsewhere };
    protected static readonly Actor Keeping = Secretary with { Id = new ParticipantId(new Guid(3, 0, 0, new byte[8])) };

    protected Participant Person { get; } = Participant.Create(Elena.Value);

    protected override IAggregate Aggregate => Person;

    protected static AddPerson Added { get; } = new("Elena Petrova", "Sofia", "Architect", ["bg", "en"], "elena@sofia.example", Moderator);

    protected void GivenElena() => Given(Host, Added);

    /// <summary>With a link of the host's and both devices signed in by it.</summary>
    protected void GivenElenaSignedIn()
    {
        GivenElena();
        Given(Host, new IssuePersonalLink(Link, Hash));
        Given(Self, new SignInByLink(Phone, Hash, "Firefox, Android", Noon.AddDays(30)), new SignInByLink(Laptop, Hash, "Edge, Windows", Noon.AddDays(30)));
    }
}
