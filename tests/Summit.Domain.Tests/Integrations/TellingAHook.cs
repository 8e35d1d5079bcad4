using Summit.Domain.Integrations;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Integrations;

public sealed class TellingAHook : IntegrationTest
{
    private const string Stream = "session/0198b000-0000-7000-8000-000000000001";
    private static readonly HookId Hook = new(Guid.Parse("0198c000-0000-7000-8000-000000000031"));
    private static readonly AddHook Add = new(Hook, "https://city.example/hook", [Occasion.ItemStaged, Occasion.SessionOpened, Occasion.ItemStaged], "enciphered");
    private static readonly Guid Server = new(1, 1, 1, new byte[8]);

    [Fact]
    public void Begins_with_what_happens_from_then_on_and_wants_what_it_was_added_for()
    {
        Given(Host, Add);
        var hook = Integration.FindHook(Hook)!;
        Assert.Equal([Occasion.SessionOpened, Occasion.ItemStaged], hook.Occasions);
        Assert.True(hook.Wants(Staged(1)));
        Assert.False(hook.Wants(Staged(1) with { At = Noon.AddTicks(-1) }));
        Assert.False(hook.Wants(Staged(1) with { Kind = Occasion.ItemAnswered }));
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Goes_on_behind_what_was_taken()
    {
        Given(Host, Add);
        Given(Admin, Record(Staged(4)));
        var hook = Integration.FindHook(Hook)!;
        Assert.Equal((false, true, true), (hook.Wants(Staged(4)), hook.Wants(Staged(5)), hook.Wants(Staged(1) with { Stream = "session/another" })));
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Stays_at_what_failed_until_it_is_taken_or_given_up()
    {
        Given(Host, Add);
        Given(Admin, Record(Staged(4), "503", Noon.AddMinutes(1)));
        Assert.True(Integration.FindHook(Hook)!.Wants(Staged(4)));
        Now = Noon.AddMinutes(2);
        When(Admin, Record(Staged(4), "410"));
        Then(new DeliveryAttempted(Hook, Id(4), Staged(4), "410", null, null), new HookSwitchedOff(Hook, "410"));
        var hook = Integration.FindHook(Hook)!;
        Assert.Equal(("410", false), (hook.Off, hook.Wants(Staged(4))));
        Assert.Equal(new Delivery(Id(4), Staged(4), Noon, Noon.AddMinutes(2), 2, "410", null), Assert.Single(hook.Log));
        ThenASnapshotSaysTheSame();

        Given(Host, new SwitchHookOn(Hook));
        Assert.Null(Integration.FindHook(Hook)!.Off);
        When(Host, new SwitchHookOn(Hook));
        Then();
    }

    [Fact]
    public void Delivers_again_what_is_in_the_log_and_a_copy_that_fails_changes_nothing()
    {
        Given(Host, Add);
        Given(Admin, Record(Staged(4), "503", Noon.AddHours(1)));
        Given(Host, new AskDelivery(Hook, Id(4)), new AskDelivery(Hook));
        var asked = Integration.FindHook(Hook)!.Asked;
        Assert.Equal([Id(4), null], asked.Select(ask => ask.Again));
        ThenASnapshotSaysTheSame();
        Given(Admin, Record(Staged(4), "503") with { Asked = asked[0].Seq });
        Assert.Equal((null, Noon.AddHours(1)), (Integration.FindHook(Hook)!.Off, Integration.FindHook(Hook)!.Find(Id(4))!.Next));
        Given(Admin, Record(Staged(4)) with { Asked = asked[1].Seq });
        var hook = Integration.FindHook(Hook)!;
        Assert.Equal((0, false, 3), (hook.Asked.Count, hook.Wants(Staged(4)), hook.Find(Id(4))!.Attempts));
        When(Host, new AskDelivery(Hook, Id(5)));
        ThenRefused(IntegrationFaults.DeliveryUnknown);
        Given(Host, Enumerable.Repeat(new AskDelivery(Hook), 10));
        When(Host, new AskDelivery(Hook));
        ThenRefused(IntegrationFaults.TooMany(10));
    }

    [Fact]
    public void Keeps_the_newest_of_its_log_and_never_loses_what_waits()
    {
        Given(Host, Add);
        Given(Admin, Record(Staged(1), "503", Noon.AddHours(1)));
        Given(Admin, Enumerable.Range(2, 60).Select(seq => Record(Staged(seq) with { Kind = Occasion.Test }) with { Asked = seq }));
        var log = Integration.FindHook(Hook)!.Log;
        Assert.Equal((50, 1, 61), (log.Count, log[0].Of.Seq, log[^1].Of.Seq));
    }

    [Fact]
    public void Is_done_by_one_server_at_a_time()
    {
        Given(Admin, new TakeHooks(Server));
        When(Admin, new TakeHooks(Server));
        Then();
        When(Admin, new TakeHooks(Guid.Empty));
        ThenRefused(IntegrationFaults.HooksElsewhere);
        Now = Noon.AddSeconds(40);
        When(Admin, new TakeHooks(Server));
        Then(new CarrierNamed(Server, Noon.AddSeconds(100)));
        Now = Noon.AddSeconds(100);
        Given(Admin, new TakeHooks(Guid.Empty));
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Is_refused_for_what_is_not_there_or_cannot_be()
    {
        ICommand[] all = [new DropHook(Hook), new SwitchHookOn(Hook), new AskDelivery(Hook)];
        foreach (var command in all)
        {
            When(Host, command);
            ThenRefused(IntegrationFaults.HookUnknown);
        }

        When(Admin, Record(Staged(1)));
        Then();
        When(Host, Add with { Occasions = [] });
        ThenRefused(IntegrationFaults.HookMalformed);
        When(Host, Add with { Address = "http://city.example/" });
        ThenRefused(IntegrationFaults.HookAddress);
        Given(Host, Add with { Address = "http://127.0.0.1:8080/hook" });
        When(Host, Add);
        ThenRefused(IntegrationFaults.HookExists);
        Given(Host, new DropHook(Hook));
        Given(Host, Enumerable.Range(1, 10).Select(number => Add with { Hook = new HookId(new Guid(number, 0, 0, new byte[8])) }));
        When(Host, Add);
        ThenRefused(IntegrationFaults.TooMany(10));
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Tells_of_what_everybody_sees_and_of_nothing_else()
    {
        var posted = new ItemPosted(default, ItemKind.Question, null, "?", "en", false, null, null, null, ItemState.Pending);
        Assert.Null(Of(posted));
        Assert.Equal(Occasion.ItemPublished, Of(posted with { State = ItemState.Published }));
        Assert.Equal(Occasion.ItemPublished, Of(new ItemPublished(default)));
        Assert.Equal(Occasion.SessionClosed, Of(new SessionClosed()));
        Assert.Null(Of(new NoteAdded(default, null, "private")));
        Assert.Null(Of(new CommandNoted()));

        static Occasion? Of(IEvent happened) => Happening.Of(AggregateId.Parse(Stream), happened, new EventContext(1, Noon, default, Guid.Empty))?.Kind;
    }

    private static Happening Staged(long seq) => new(Stream, seq, Occasion.ItemStaged, Noon, Guid.Empty);

    private static DeliveryId Id(long seq) => new(new Guid((int)seq, 0, 0, new byte[8]));

    private static RecordAttempt Record(Happening of, string? failure = null, DateTimeOffset? next = null) => new(Hook, Id(of.Seq), of, failure, next);
}
