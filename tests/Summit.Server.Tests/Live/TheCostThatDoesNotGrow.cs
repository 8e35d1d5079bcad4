using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Server.Live;

namespace Summit.Server.Tests.Live;

/// <summary>What one change costs beside much that has nothing to do with it, counted where the machine's mood does not come in.</summary>
public sealed class TheCostThatDoesNotGrow
{
    private const int Repeated = 100;

    /// <summary>Numbers in the JSON get longer: a few digits, shown to three audiences.</summary>
    private const int Digits = 160;

    private static readonly ConferenceId Conference = new(Guid.NewGuid());

    [Theory]
    [InlineData("support")]
    [InlineData("ask")]
    [InlineData("comment")]
    [InlineData("correct")]
    [InlineData("label")]
    [InlineData("report")]
    [InlineData("decline")]
    [InlineData("answer")]
    public void With_10_000_items_a_change_allocates_what_it_does_with_100(string kind)
    {
        // What runs for the first time allocates besides.
        _ = BytesFor(kind, 100);
        var few = BytesFor(kind, 100);
        Assert.InRange(few, 500, 100_000);
        Assert.InRange(BytesFor(kind, 10_000), few - Digits, few + Digits);
    }

    [Fact]
    public async Task With_1_000_followers_a_cell_feeds_one_room_as_it_does_with_none()
    {
        await using var hall = await Hall.OpenAsync();
        await hall.DoAsync(hall.Moderator, new PostComment("Nobody is here yet"));
        Assert.Equal(hall.Seq, (await hall.ShowAsync(hall.Moderator)).Seq);
        Assert.Equal(1, hall.Feeds);

        var screens = Enumerable.Range(0, 1_000).Select(_ => hall.Follow(hall.Person())).ToList();
        await hall.DoAsync(hall.Moderator, new PostComment("Everybody is here"));
        foreach (var screen in screens)
        {
            await hall.ReachesAsync(screen);
        }

        Assert.Equal(1, hall.Feeds);
    }

    /// <summary>The median, for now and then a list of what there is has to become longer: decided, applied, and shown to each audience.</summary>
    private static long BytesFor(string kind, int items)
    {
        var seq = 0L;
        var session = Session.Create(Guid.NewGuid());
        var moderator = Person(Role.Host);
        Send(session, moderator, new ScheduleSession(Conference, "Many", "en", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), ref seq);
        Send(session, moderator, new ChangePolicies(new PolicyChanges { PerMinute = 10_000, MaxOpen = 10_000 }), ref seq);
        Send(session, moderator, new OpenSession(), ref seq);
        var person = Person(Role.Participant);
        var targets = Enumerable.Range(0, Repeated).Select(_ => Send(session, Person(Role.Participant), new AskQuestion("A question that something happens to"), ref seq)).ToList();
        for (var i = Repeated; i < items; i++)
        {
            // The one who acts has written half of them.
            Send(session, i % 2 == 0 ? person : moderator, new AskQuestion("Another question"), ref seq);
        }

        var pictures = Enum.GetValues<Audience>().Select(audience => new Picture(audience, session)).ToList();
        pictures.ForEach(picture => picture.Since(0, seq));
        var each = new List<long>();
        foreach (var target in targets)
        {
            var (actor, command) = Change(kind, target, moderator, person);
            var (since, before) = (seq, GC.GetAllocatedBytesForCurrentThread());
            Send(session, actor, command, ref seq);
            foreach (var picture in pictures)
            {
                picture.Turn();
                _ = picture.Since(since, seq);
            }

            each.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return each.Order().ElementAt(each.Count / 2);
    }

    private static (Actor Actor, ICommand Command) Change(string kind, ItemId item, Actor moderator, Actor person) => kind switch
    {
        "support" => (person, new SupportItem(item, true)),
        "ask" => (person, new AskQuestion("One more question")),
        "comment" => (person, new PostComment("One more comment")),
        "correct" => (moderator, new CorrectItem(item, "A question with its words put right")),
        "label" => (moderator, new LabelItem(item, ["roads"])),
        "report" => (person, new ReportItem(item)),
        "decline" => (moderator, new DeclineItem(item, "off-topic")),
        _ => (moderator, new AnswerItem(item, "An answer in writing")),
    };

    private static Actor Person(Role role) => new(new ParticipantId(Guid.NewGuid()), role, Conference, "Ana", "Tirana");

    private static ItemId Send(Session session, Actor actor, ICommand command, ref long seq)
    {
        var id = Guid.CreateVersion7();
        var now = DateTimeOffset.UnixEpoch.AddMilliseconds(seq);
        var decision = session.Decide(command, new CommandContext(id, actor, now));
        Assert.Null(decision.Fault);
        foreach (var happened in decision.Events!)
        {
            session.Apply(happened, new EventContext(++seq, now, actor.Id, id));
        }

        return new ItemId(id);
    }
}
