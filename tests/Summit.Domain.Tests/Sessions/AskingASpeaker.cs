using System.Text.Json;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

/// <summary>A question to one of those who speak, whom the door knows by name.</summary>
public sealed class AskingASpeaker : SessionTest
{
    private static readonly SpeakerId Petra = new(Guid.Parse("0198a000-0000-7000-8000-0000000000aa"));
    private static readonly AskSpeaker Question = new("How was it paid for?", Petra, "Petra Petrova");

    [Fact]
    public void Is_a_question_like_any_other_that_says_whom_it_is_for()
    {
        When(Ana, Question);
        Then(
            new ItemPosted(Newest, ItemKind.Question, null, "How was it paid for?", "en", false, "Ana", "Tirana", null, ItemState.Published),
            new ItemAddressed(Newest, Petra, "Petra Petrova"));
        var item = This(Newest);
        Assert.Equal(new Addressee(Petra, "Petra Petrova"), item.To);
        Assert.Equal((ItemKind.Question, ItemState.Published, (long)History.Count), (item.Kind, item.State, item.Changed));
        Assert.Null(This(Asked(Boris)).To);
    }

    [Fact]
    public void Is_refused_where_nobody_of_that_id_speaks_and_where_no_door_has_said_who_that_is()
    {
        When(Ana, Question with { Name = null });
        ThenRefused(SessionFaults.NotSpeaking);
        When(Ana, new AskQuestion("How was it paid for?", To: Petra));
        ThenRefused(SessionFaults.NotSpeaking);
    }

    [Fact]
    public void Is_under_the_same_rules_as_any_other()
    {
        Policy(new PolicyChanges(MaxOpen: 1, Review: true));
        Given(Ana, Question);
        Assert.Equal(ItemState.Pending, This(Newest).State);
        When(Ana, Question);
        ThenRefused(SessionFaults.TooManyOpen);
        When(Boris, Question with { Text = " " });
        ThenRefused(SessionFaults.TextEmpty);
        Policy(new PolicyChanges(Questions: false));
        When(Boris, Question);
        ThenRefused(SessionFaults.NotTaken);
    }

    [Fact]
    public void Keeps_the_name_through_a_snapshot_and_in_the_report()
    {
        Given(Ana, Question);
        Assert.Equal(new Addressee(Petra, "Petra Petrova"), Session.Load(Session.Id.Value, Session.Save()).Items[Newest].To);
        Assert.Equal(new Addressee(Petra, "Petra Petrova"), SessionReport.Of(Session.Id, History, _ => null, _ => null).Items[0].To);
        Assert.Equal(new Addressee(Petra, "Petra Petrova"), OwnSession.Of(Session.Id, History, Ana.Id).Items[0].To);
    }

    [Fact]
    public void Names_nobody_any_more_once_its_words_are_gone()
    {
        Given(Ana, Question);
        var item = Newest;
        Given(Ana, new ErasePerson(Ana.Id));
        Assert.Null(This(item).To);
        var order = (IErasure)History[^1].Happened;
        Assert.Equal(new ItemAddressed(item, Petra, ""), Session.Erased(order, History[^2].Happened, History[^2].Context));
    }

    [Fact]
    public void Stays_with_its_words_when_the_speaker_wants_to_be_named_no_more()
    {
        Given(Ana, Question);
        var item = Newest;
        Given(Ana, Question with { Speaker = new SpeakerId(Guid.Empty), Name = "Dr Vera" });
        var other = Newest;
        When(Ana, new EraseAddressee(Petra));
        ThenRefused(SessionFaults.Forbidden);
        When(Host, new EraseAddressee(Petra));
        Then(new AddresseeErased(Petra));
        Assert.Equal((null, "How was it paid for?", null, (long)History.Count), (This(item).To, This(item).Text, This(item).Erased, This(item).Changed));
        Assert.Equal("Dr Vera", This(other).To?.Name);
        Assert.DoesNotContain("Petra", System.Text.Encoding.UTF8.GetString(Session.Save()), StringComparison.Ordinal);
    }

    /// <summary>The door and the session may be on two servers.</summary>
    [Theory]
    [InlineData("Petra Petrova")]
    [InlineData(null)]
    public void Crosses_between_servers_as_it_is(string? name)
    {
        var crossing = JsonSerializer.SerializeToUtf8Bytes(Question with { Name = name, Lang = "bg", Anonymous = true }, typeof(AskSpeaker), DomainJson.Default);
        Assert.Equal(Question with { Name = name, Lang = "bg", Anonymous = true }, JsonSerializer.Deserialize(crossing, typeof(AskSpeaker), DomainJson.Default));
    }
}
