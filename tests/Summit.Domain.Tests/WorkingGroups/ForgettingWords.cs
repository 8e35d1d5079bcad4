using Summit.Domain.Networks;
using Summit.Domain.Sessions;
using Summit.Domain.WorkingGroups;

namespace Summit.Domain.Tests.WorkingGroups;

/// <summary>What was handed in from a session, whose author is to be forgotten; and who comes for a member.</summary>
public sealed class ForgettingWords : WorkingGroupTest
{
    private static readonly TaskId Own = new(Guid.Parse("0198c000-0000-7000-8000-000000000012"));
    private static readonly TaskId OfBoris = new(Guid.Parse("0198c000-0000-7000-8000-000000000013"));
    private static readonly ParticipantId Ana = new(Guid.Parse("0198c000-0000-7000-8000-000000000021"));
    private static readonly ParticipantId Boris = new(Guid.Parse("0198c000-0000-7000-8000-000000000022"));

    /// <summary>As a conference has its orders carried out.</summary>
    private static readonly Actor FromHere = Admin with { Conference = Here, Network = Net };

    public ForgettingWords()
    {
        GivenAGroup();
        Given(ModOfSummit, new HandIn(Charter, From(1), "Ana wants a charter.", Ana, "Sofia"), new HandIn(OfBoris, From(2), "Boris wants shade.", Boris));
        Given(Coordinator, new SettleTask(Charter, TaskState.Done, "Ana has her charter."), new AddTask(Own, "Ask the others."));
    }

    [Fact]
    public void Takes_what_the_author_said_and_what_was_noted_of_it_and_leaves_that_it_was_done()
    {
        When(FromHere, new ErasePerson(Ana));
        ThenRaised(typeof(HandedInErased));
        var task = Group.Tasks.Single(task => task.Id == Charter);
        Assert.Equal(("", null, TaskState.Done, "Sofia"), (task.Text, task.Note, task.State, task.Owner));
        ThenNothingOf("Ana wants", "Ana has");
        ThenStill("Boris wants shade.", "Ask the others.");
    }

    [Fact]
    public void Takes_all_that_comes_from_a_conference_whose_time_is_over_and_nothing_the_group_said()
    {
        When(FromHere, new ExpireWords(Expiry.Everything));
        ThenRaised(typeof(HandedInErased));
        ThenNothingOf("Ana wants", "Ana has", "Boris");
        ThenStill("Ask the others.");
    }

    [Fact]
    public void Is_nothing_to_other_conferences_other_kinds_and_other_people()
    {
        foreach (var (actor, command) in new (Actor, ICommand)[]
        {
            (FromHere with { Conference = Elsewhere }, new ErasePerson(Ana)), (FromHere, new ErasePerson(new ParticipantId(Guid.Empty))), (FromHere, new ExpireWords(Expiry.Names)),
            (FromHere, new ExpireWords(Expiry.SetAside)), (FromHere with { Conference = Elsewhere }, new ExpireWords(Expiry.Everything)),
        })
        {
            When(actor, command);
            ThenRefused(WorkingGroupFaults.TaskUnknown);
        }

        When(Secretary, new ErasePerson(Ana));
        ThenRefused(SessionFaults.Forbidden);
    }

    [Fact]
    public void Takes_who_comes_for_a_member_and_who_came_before()
    {
        Given(Coordinator, new TakePart(Sofia, "Vera Ilieva"), new TakePart(Tirana, "Mia"));
        When(Secretary, new EraseNames("vera ilieva"));
        ThenRaised(typeof(GroupNamesErased));
        Assert.Null(Group.Members.Single(member => member.Member == Sofia).Person);
        // Ana came for Sofia before Vera did.
        ThenNothingOf("Vera", "\"Ana\"");
        ThenStill("Mia");
        var order = Assert.Single(Group.Pending);
        Assert.Equal([order], WorkingGroup.Load(Climate.Value, Group.Save()).Pending);
        When(Secretary, new EraseNames("Vera Ilieva"));
        Then();
        When(Coordinator, new EraseNames("Mia"));
        ThenRefused(SessionFaults.Forbidden);
        Given(FromHere, new ConfirmErasure(order, 2));
        Assert.Empty(Group.Pending);
    }

    private static Origin From(int item) => new(Here, new SessionId(Guid.Empty), new ItemId(new Guid(item, 0, 0, new byte[8])));

    private void ThenNothingOf(params string[] words)
    {
        var left = ThenRewritten(WorkingGroup.Create(Climate.Value));
        Assert.All(words, word => Assert.DoesNotContain(word, left, StringComparison.Ordinal));
    }

    private void ThenStill(params string[] words)
    {
        var left = ThenRewritten(WorkingGroup.Create(Climate.Value));
        Assert.All(words, word => Assert.Contains(word, left, StringComparison.Ordinal));
    }
}
