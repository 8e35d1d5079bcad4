using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Domain.Sessions;
using Summit.Domain.WorkingGroups;

namespace Summit.Domain.Tests.WorkingGroups;

public sealed class TakingPartInAGroup : WorkingGroupTest
{
    [Fact]
    public void Begins_the_group_of_the_network_that_introduced_who_came_first()
    {
        When(OfSofia, new TakePart(Sofia, " Ana "));
        Then(new WorkingGroupSetUp(Net), new PartTaken(Sofia, "Ana"));
        When(OfTirana, new TakePart(Tirana));
        Then(new PartTaken(Tirana, null));
        Assert.Equal((Net, 2), (Group.Network, Group.Members.Count));
    }

    [Fact]
    public void Is_for_the_member_itself_and_for_who_runs_the_group()
    {
        When(OfSofia, new TakePart(Tirana));
        ThenRefused(SessionFaults.Forbidden);
        When(Coordinator with { Group = new GroupId(Guid.Empty) }, new TakePart(Tirana));
        ThenRefused(SessionFaults.Forbidden);
        Given(Secretary, new TakePart(Tirana));
        When(OfSofia, new LeaveGroup(Tirana));
        ThenRefused(SessionFaults.Forbidden);
        When(Coordinator, new LeaveGroup(Tirana));
        Then(new GroupLeft(Tirana));
    }

    [Fact]
    public void Changes_nothing_when_it_is_said_twice()
    {
        GivenAGroup();
        var since = Group.Members.First().Since;
        When(OfSofia, new TakePart(Sofia, "Ana"));
        Then();
        Now = Noon.AddDays(1);
        When(OfSofia, new TakePart(Sofia, "Boris"));
        Then(new PartTaken(Sofia, "Boris"));
        Assert.Equal(("Boris", since), (Group.Members.First().Person, Group.Members.First().Since));
        When(OfSofia, new LeaveGroup(Sofia));
        Then(new GroupLeft(Sofia));
        When(OfSofia, new LeaveGroup(Sofia));
        Then();
        When(OfSofia, new TakePart(Sofia, new string('a', 121)));
        ThenRefused(SessionFaults.TextTooLong(120));
    }

    [Fact]
    public void Is_refused_to_whom_its_network_has_not_introduced()
    {
        GivenAGroup();
        When(Secretary with { Network = new NetworkId(Guid.Parse("0198b000-0000-7000-8000-000000000002")) }, new TakePart(Athens));
        ThenRefused(SessionFaults.Forbidden);
        When(Admin, new TakePart(Athens));
        ThenRefused(SessionFaults.Forbidden);
    }

    [Fact]
    public void Comes_back_from_a_snapshot_as_it_was()
    {
        GivenAPublishedPractice();
        Given(OfTirana, new EndorsePractice(Shade, Tirana, true), new AdaptPractice(Shade, Tirana, "Olive trees.", Worked.Partly, PartialDate.Parse("2026")));
        Given(ModOfSummit, new HandIn(Charter, new Origin(Here, default, default), "A charter", Mod.Id, "Tirana", new DateOnly(2026, 12, 1)));
        Given(Coordinator, new SettleTask(Charter, TaskState.Dropped, "Too early."));
        var saved = Group.Save();
        Assert.Equal(saved, WorkingGroup.Load(Climate.Value, saved).Save());
        Assert.Equal(saved, Group.Copy().Save());
    }
}

public sealed class ATaskOfAGroup : WorkingGroupTest
{
    private static readonly Origin Said = new(Here, new SessionId(Guid.Parse("0198d000-0000-7000-8000-000000000001")), new ItemId(Guid.Parse("0198d000-0000-7000-8000-000000000002")));
    private static readonly HandIn Handed = new(Charter, Said, "A charter of shade", new ParticipantId(Guid.Empty), "Tirana", new DateOnly(2026, 12, 1));

    public ATaskOfAGroup() => GivenAGroup();

    [Fact]
    public void Can_be_handed_in_by_who_moderates_the_summit_it_was_said_at_once()
    {
        foreach (var other in new[] { OfSofia, Coordinator, Secretary, ModOfSummit with { Conference = Elsewhere }, ModOfSummit with { Role = Role.Participant } })
        {
            When(other, Handed);
            ThenRefused(SessionFaults.Forbidden);
        }

        When(ModOfSummit, Handed);
        Then(new TaskHandedIn(Charter, Said, Handed.Text, Handed.Author, "Tirana", Handed.Due));
        When(ModOfSummit, Handed with { Task = new TaskId(Guid.Empty) });
        ThenRefused(WorkingGroupFaults.TaskExists);
        When(ModOfSummit, new SettleTask(Charter, TaskState.Done));
        ThenRefused(SessionFaults.Forbidden);
        Assert.Equal((Said, TaskState.Open), (Assert.Single(Group.Tasks).From, Group.Tasks.Single().State));
    }

    [Fact]
    public void Is_given_assigned_and_settled_by_who_runs_the_group()
    {
        When(OfSofia, new AddTask(Charter, "Write a charter"));
        ThenRefused(SessionFaults.Forbidden);
        When(Coordinator, new AddTask(Charter, " "));
        ThenRefused(SessionFaults.TextEmpty);
        When(Coordinator, new AddTask(Charter, "Write a charter", new string('a', 121)));
        ThenRefused(SessionFaults.TextTooLong(120));
        Given(Coordinator, new AddTask(Charter, "Write a charter"));
        When(Coordinator, new AddTask(Charter, "Another"));
        ThenRefused(WorkingGroupFaults.TaskExists);

        When(Coordinator, new AssignTask(Charter, " Sofia ", new DateOnly(2026, 12, 1)));
        Then(new TaskAssigned(Charter, "Sofia", new DateOnly(2026, 12, 1)));
        When(Coordinator, new AssignTask(Charter, "Sofia", new DateOnly(2026, 12, 1)));
        Then();

        When(Coordinator, new SettleTask(Charter, TaskState.Dropped));
        ThenRefused(SessionFaults.TextEmpty);
        Now = Noon.AddDays(1);
        When(Coordinator, new SettleTask(Charter, TaskState.Done, " Signed. "));
        Then(new TaskSettled(Charter, TaskState.Done, "Signed."));
        Assert.Equal(Now, Assert.Single(Group.Tasks).Settled);
        When(Coordinator, new SettleTask(Charter, TaskState.Done, "Signed."));
        Then();
        // A slip costs one step.
        When(Coordinator, new SettleTask(Charter, TaskState.Open));
        Then(new TaskSettled(Charter, TaskState.Open, null));
        When(Coordinator, new SettleTask(new TaskId(Guid.Empty), TaskState.Done));
        ThenRefused(WorkingGroupFaults.TaskUnknown);
    }
}

public sealed class WhatIsHandedIn
{
    private static readonly ConferenceId Here = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));
    private static readonly ItemId Proposed = new(Guid.Parse("0198d000-0000-7000-8000-000000000002"));
    private static readonly Actor Mod = new(default, Role.Moderator, Here, null, null);

    private readonly Session _session = Session.Create(Guid.Parse("0198d000-0000-7000-8000-000000000001"));

    public WhatIsHandedIn()
    {
        var at = new DateTimeOffset(2026, 9, 16, 12, 0, 0, TimeSpan.Zero);
        _session.Apply(new SessionScheduled(Here, "Trade", "en", at, at, SessionPolicies.Standard), new EventContext(1, at, default, Guid.Empty));
        _session.Apply(new SessionOpened(), new EventContext(2, at, default, Guid.Empty));
        var propose = new MakeProposal("A charter", "Let us write one.");
        var posted = _session.Decide(propose, new CommandContext(Proposed.Value, Mod, at)).Events;
        foreach (var happened in posted)
        {
            _session.Apply(happened, new EventContext(3, at, Mod.Id, Proposed.Value));
        }
    }

    [Fact]
    public void Is_what_everybody_in_the_session_sees_of_it()
    {
        var (hand, fault) = HandIn.Of(_session, Proposed, default, Mod);
        Assert.Null(fault);
        Assert.Equal(("A charter\n\nLet us write one.", new Origin(Here, _session.Id, Proposed)), (hand!.Text, hand.From));
        Assert.Equal(SessionFaults.NoSuchItem, HandIn.Of(_session, default, default, Mod).Fault);
    }

    [Fact]
    public void Comes_from_who_moderates_that_very_session()
    {
        foreach (var other in new[] { Mod with { Role = Role.Participant }, Mod with { Conference = default }, Mod with { Session = new SessionId(Guid.Empty) } })
        {
            Assert.Equal(SessionFaults.Forbidden, HandIn.Of(_session, Proposed, default, other).Fault);
        }
    }
}

public sealed class IntroducingSomebodyToAGroup : Networks.NetworkTest
{
    private static readonly SetGroup Setting = new(Climate, GroupKind.WorkingGroup, "Climate");

    public IntroducingSomebodyToAGroup()
    {
        GivenANetwork();
        Given(Secretary, Setting);
    }

    [Fact]
    public void Says_whom_the_network_takes_them_for_today()
    {
        Assert.Equal(Role.Secretary, Network.Introduce(OfTirana)!.Role);
        Assert.Equal(OfSofia, Network.Introduce(OfSofia));
        Assert.Equal(Coordinator, Network.Introduce(Coordinator));
        Assert.Equal((Role.Admin, Net), (Network.Introduce(Admin)!.Role, Network.Introduce(Admin)!.Network));
        Assert.Equal((Role.Moderator, Net), (Network.Introduce(Mod)!.Role, Network.Introduce(Mod)!.Network));
        Given(Secretary, new HandOverPresidency(Sofia, PartialDate.Parse("2025-02-25")));
        Assert.Equal((Role.Member, Role.Secretary), (Network.Introduce(OfTirana)!.Role, Network.Introduce(OfSofia)!.Role));
    }

    [Fact]
    public void Turns_away_who_left_who_is_of_another_network_and_who_runs_no_summit_of_it()
    {
        Given(Secretary, new ChangeStatus(Sofia, MemberStatus.Former, PartialDate.Parse("2026")));
        foreach (var nobody in new[]
        {
            OfSofia, OfSofia with { Member = Varna }, Coordinator with { Network = default }, Coordinator with { Group = default(GroupId) }, Secretary with { Network = default },
            Mod with { Conference = Elsewhere }, Host with { Role = Role.Participant }, Host with { Role = Role.Stage },
        })
        {
            Assert.Null(Network.Introduce(nobody));
        }
    }

    [Fact]
    public void Begins_with_a_link_for_the_coordinator_that_ends_with_the_group()
    {
        var issue = new IssueNetworkLink(Link, Role.Coordinator, " Athens ", Hash, Group: Climate);
        foreach (var (command, fault) in new[]
        {
            (issue with { Group = null }, NetworkFaults.LinkMalformed), (issue with { Member = Sofia }, NetworkFaults.LinkMalformed),
            (issue with { Role = Role.Secretary }, NetworkFaults.LinkMalformed), (issue with { Group = default(GroupId) }, NetworkFaults.GroupUnknown),
        })
        {
            When(Secretary, command);
            ThenRefused(fault);
        }

        When(OfTirana, issue);
        ThenRefused(SessionFaults.Forbidden);
        When(Secretary, issue);
        Then(new CoordinatorLinkIssued(Link, Climate, "Athens", Hash, null));
        When(Secretary, issue);
        ThenRefused(ConferenceFaults.LinkExists);
        Assert.Equal((Role.Coordinator, Climate), (Network.FindLink(Link)!.Role, Network.FindLink(Link)!.Group));
        Given(Secretary, new DropGroup(Climate));
        Assert.True(Network.FindLink(Link)!.Revoked);
        Given(Secretary, Setting);
        Assert.True(Network.FindLink(Link)!.Revoked);
        Assert.Equal(Network.Save(), Domain.Networks.Network.Load(Net.Value, Network.Save()).Save());
    }
}

public sealed class CommandsOfAWorkingGroup
{
    [Fact]
    public void Are_those_of_the_protocol_s_table_by_name_and_member() => ProtocolPage.Holds<IWorkingGroupCommand>("## Working groups", "## Registration");
}
