using System.Text.Json;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

/// <summary>
/// One whole session as it lies on disk, <c>journal.json</c>, and what it comes to, <c>journal-snapshot.json</c>. The journal never changes; the
/// snapshot may, together with <see cref="Session.SnapshotVersion"/>.
/// </summary>
public sealed class PinnedSession : SessionTest
{
    [Fact]
    public void Comes_to_the_same_state_for_ever()
    {
        var session = Replay();
        Assert.Equal(4, Session.SnapshotVersion);
        Assert.Equal(File.ReadAllText(Snapshot).TrimEnd('\n'), System.Text.Encoding.UTF8.GetString(session.Save()));
    }

    [Fact]
    public void Is_loaded_from_its_snapshot_as_it_was_saved()
    {
        var session = Replay();
        var loaded = Session.Load(session.Id.Value, session.Save());
        Assert.Equal(session.Save(), loaded.Save());
        Assert.Equal(session.Queue, loaded.Queue);
        Assert.Equal(session.OnStage, loaded.OnStage);
        Assert.Equal(session.PostedBy(Ana.Id), loaded.PostedBy(Ana.Id));
        Assert.Equal(Enum.GetValues<ItemState>().Select(session.Count), Enum.GetValues<ItemState>().Select(loaded.Count));
    }

    [Fact]
    public void Is_decided_the_same_from_the_same_commands()
    {
        var events = new List<IEvent>();
        foreach (var (actor, command) in Script())
        {
            Given(actor, command);
            events.AddRange(Events);
            Now = Now.AddSeconds(10);
        }

        // The first two were decided before the script begins.
        Assert.Equal(Journal().Skip(2).Select(entry => PinnedEvents.Write(entry.Event)), events.Select(PinnedEvents.Write));
    }

    private static string Snapshot => Path.Combine(PinnedEvents.Folder, "journal-snapshot.json");

    private static List<(IEvent Event, EventContext Context)> Journal()
    {
        using var journal = JsonDocument.Parse(File.ReadAllText(Path.Combine(PinnedEvents.Folder, "journal.json")));
        return [.. journal.RootElement.EnumerateArray().Select((entry, index) => (
            PinnedEvents.Read(entry.GetProperty("type").GetString()!, entry.GetProperty("data")),
            new EventContext(
                index + 1, entry.GetProperty("at").GetDateTimeOffset(), new ParticipantId(entry.GetProperty("by").GetGuid()), entry.GetProperty("command").GetGuid())))];
    }

    private static Session Replay()
    {
        var session = Session.Create(Guid.Parse("0198a000-0000-7000-8000-00000000000f"));
        foreach (var (happened, context) in Journal())
        {
            session.Apply(happened, context);
        }

        return session;
    }

    /// <summary>Items are numbered by the commands that posted them; two came before the script.</summary>
    private static ItemId Nr(int command) => new(CommandId(command));

    private static IEnumerable<(Actor, ICommand)> Script() =>
    [
        (Ana, new AskQuestion("Какво става с автобусите?", "bg")),
        (Boris, new AskQuestion("What about the buses?", Anonymous: true)),
        (Chloe, new MakeProposal("Night trains", "One each evening.")),
        (Dino, new PostComment("Well said.", Nr(3))),
        (Dino, new SupportItem(Nr(3), true)),
        (Dino, new SupportItem(Nr(4), true)),
        (Chloe, new SupportItem(Nr(4), true)),
        (Mod, new MergeItem(Nr(4), Nr(3))),
        (Chloe, new SupportItem(Nr(3), false)),
        (Mod, new QueueItem(Nr(3))),
        (Mod, new QueueItem(Nr(5), Nr(3))),
        (Mod, new StageItem(Nr(5))),
        (Mod, new StageItem(Nr(3))),
        (Mod, new StepBack(Nr(3))),
        (Host, new ChangePolicies(new PolicyChanges(Review: true, ReportThreshold: 2))),
        (Ana, new AskQuestion("Is this ok?")),
        (Ana, new EditItem(Nr(18), "Is this all right?")),
        (Mod, new DeclineItem(Nr(18), "unclear", "Please say what.")),
        (Boris, new AskQuestion("Who pays?")),
        (Mod, new ApproveItem(Nr(21))),
        (Mod, new CorrectItem(Nr(21), "Who pays for it?")),
        (Mod, new LabelItem(Nr(21), ["money"])),
        (Mod, new AddNote(Nr(21), "For the deputy mayor.")),
        (Ana, new ReportItem(Nr(21), "Rude.")),
        (Dino, new ReportItem(Nr(21))),
        (Mod, new ClearReports(Nr(21))),
        (Mod, new PromiseFollowUp(Nr(21), "City of Tirana", new DateOnly(2027, 3, 31))),
        (Mod, new OpenVote(Nr(5))),
        (Ana, new CastBallot(Nr(5), Choice.Yes)),
        (Boris, new CastBallot(Nr(5), Choice.Abstain)),
        (Mod, new CloseVote(Nr(5))),
        (Mod, new AnswerItem(Nr(5), "By 2027.")),
        (Mod, new MuteAuthor(Nr(6))),
        (Mod, new UnmuteAuthor(Nr(6))),
        (Mod, new MuteAuthor(Nr(6))),
        (Ana, new AskQuestion("Never mind?")),
        (Ana, new WithdrawItem(Nr(38))),
        (Mod, new PauseSession()),
        (Mod, new OpenSession()),
        (Host, new RescheduleSession(Ends: Noon.AddHours(2))),
        (Mod, new CloseSession()),
    ];
}
