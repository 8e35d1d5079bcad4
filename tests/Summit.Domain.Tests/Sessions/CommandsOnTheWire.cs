using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

/// <summary>What a client may send, as docs/protocol.md has it.</summary>
public sealed class CommandsOnTheWire
{
    private static readonly ItemId One = new(Guid.Parse("0199a000-0000-7000-8000-000000000001"));
    private static readonly ItemId Two = new(Guid.Parse("0199a000-0000-7000-8000-000000000002"));
    private static readonly DateTimeOffset Noon = new(2026, 9, 16, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Each with all members, then with those alone that must be there.</summary>
    private static readonly (string Json, ISessionCommand Command)[] Samples =
    [
        ("""{"type":"ask","text":"Why?","lang":"bg","anonymous":true}""", new AskQuestion("Why?", "bg", true)),
        ("""{"type":"ask","text":"Why?","to":"1"}""", new AskQuestion("Why?", To: new SpeakerId(One.Value))),
        ("""{"type":"ask","text":"Why?"}""", new AskQuestion("Why?")),
        ("""{"type":"comment","text":"Yes.","replyTo":"1","lang":"bg","anonymous":false}""", new PostComment("Yes.", One, "bg", false)),
        ("""{"type":"comment","text":"Yes."}""", new PostComment("Yes.")),
        ("""{"type":"propose","title":"Trains","text":"More.","lang":"bg","anonymous":true}""", new MakeProposal("Trains", "More.", "bg", true)),
        ("""{"type":"propose","title":"Trains","text":"More."}""", new MakeProposal("Trains", "More.")),
        ("""{"type":"support","item":"1","on":true}""", new SupportItem(One, true)),
        ("""{"type":"edit","item":"1","text":"Why not?","title":"Trams"}""", new EditItem(One, "Why not?", "Trams")),
        ("""{"type":"edit","item":"1","text":"Why not?"}""", new EditItem(One, "Why not?")),
        ("""{"type":"withdraw","item":"1"}""", new WithdrawItem(One)),
        ("""{"type":"report","item":"1","why":"Rude."}""", new ReportItem(One, "Rude.")),
        ("""{"type":"report","item":"1"}""", new ReportItem(One)),
        ("""{"type":"vote","item":"1","choice":"yes"}""", new CastBallot(One, Choice.Yes)),
        ("""{"type":"vote","item":"1","choice":"no"}""", new CastBallot(One, Choice.No)),
        ("""{"type":"vote","item":"1","choice":"abstain"}""", new CastBallot(One, Choice.Abstain)),
        ("""{"type":"approve","item":"1"}""", new ApproveItem(One)),
        ("""{"type":"decline","item":"1","reason":"no-time","note":"Late."}""", new DeclineItem(One, "no-time", "Late.")),
        ("""{"type":"decline","item":"1","reason":"no-time"}""", new DeclineItem(One, "no-time")),
        ("""{"type":"queue","item":"1","before":"2"}""", new QueueItem(One, Two)),
        ("""{"type":"queue","item":"1"}""", new QueueItem(One)),
        ("""{"type":"stage","item":"1"}""", new StageItem(One)),
        ("""{"type":"answer","item":"1","text":"By 2027."}""", new AnswerItem(One, "By 2027.")),
        ("""{"type":"answer","item":"1"}""", new AnswerItem(One)),
        ("""{"type":"follow-up","item":"1","owner":"Tirana","due":"2026-03-31","note":"Ask."}""", new PromiseFollowUp(One, "Tirana", new DateOnly(2026, 3, 31), "Ask.")),
        ("""{"type":"follow-up","item":"1","owner":"Tirana","due":"2026-03-31"}""", new PromiseFollowUp(One, "Tirana", new DateOnly(2026, 3, 31))),
        ("""{"type":"merge","item":"1","into":"2"}""", new MergeItem(One, Two)),
        ("""{"type":"back","item":"1"}""", new StepBack(One)),
        ("""{"type":"correct","item":"1","text":"Why?","title":"Trams"}""", new CorrectItem(One, "Why?", "Trams")),
        ("""{"type":"correct","item":"1","text":"Why?"}""", new CorrectItem(One, "Why?")),
        ("""{"type":"note","item":"1","text":"Hm."}""", new AddNote(One, "Hm.")),
        ("""{"type":"clear","item":"1"}""", new ClearReports(One)),
        ("""{"type":"open-vote","item":"1"}""", new OpenVote(One)),
        ("""{"type":"close-vote","item":"1"}""", new CloseVote(One)),
        ("""{"type":"mute","item":"1"}""", new MuteAuthor(One)),
        ("""{"type":"unmute","item":"1"}""", new UnmuteAuthor(One)),
        ("""{"type":"open"}""", new OpenSession()),
        ("""{"type":"pause"}""", new PauseSession()),
        ("""{"type":"close"}""", new CloseSession()),
        ("""{"type":"policies","policies":{"review":true,"maxLength":300,"anonymous":"never"}}""", new ChangePolicies(new PolicyChanges(Review: true, MaxLength: 300, Anonymous: Anonymity.Never))),
        ("""{"type":"reschedule","title":"Trade","starts":"2026-09-16T12:00:00Z","ends":"2026-09-16T13:00:00Z"}""", new RescheduleSession("Trade", Noon, Noon.AddHours(1))),
        ("""{"type":"reschedule"}""", new RescheduleSession()),
    ];

    [Fact]
    public void Are_read_with_all_members_and_with_the_least()
    {
        Assert.All(Samples, sample => Assert.Equal(sample.Command, Read(sample.Json)));
        var label = Assert.IsType<LabelItem>(Read("""{"type":"label","item":"1","labels":["transport","пари"]}"""));
        Assert.Equal(["transport", "пари"], label.Labels);
    }

    [Fact]
    public void Are_those_of_the_protocol_s_table_by_name_and_member() => ProtocolPage.Holds<ISessionCommand>("## Commands", "## HTTP");

    [Fact]
    public void Are_all_tried_here()
    {
        var tried = Samples.Select(sample => sample.Command.GetType()).Append(typeof(LabelItem)).ToHashSet();
        Assert.Equal(typeof(ISessionCommand).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => derived.DerivedType).ToHashSet(), tried);
    }

    [Fact]
    public void May_have_their_type_last_and_members_nobody_knows()
    {
        Assert.Equal(new AskQuestion("Why?"), Read("""{"text":"Why?","id":"0199a000-0000-7000-8000-0000000000aa","of":{"the":["future"]},"type":"ask"}"""));
    }

    [Theory]
    [InlineData("""{"type":"ask"}""")]
    [InlineData("""{"type":"ask","text":null}""")]
    [InlineData("""{"type":"ask","text":7}""")]
    [InlineData("""{"type":"ask","text":"Why?","anonymous":"yes"}""")]
    [InlineData("""{"type":"support","item":"1"}""")]
    [InlineData("""{"type":"support","on":true}""")]
    [InlineData("""{"type":"support","item":null,"on":true}""")]
    [InlineData("""{"type":"support","item":"the first","on":true}""")]
    [InlineData("""{"type":"support","item":{"value":"1"},"on":true}""")]
    [InlineData("""{"type":"vote","item":"1","choice":"maybe"}""")]
    [InlineData("""{"type":"vote","item":"1","choice":1}""")]
    [InlineData("""{"type":"vote","item":"1","choice":"1"}""")]
    [InlineData("""{"type":"follow-up","item":"1","owner":"Tirana","due":"soon"}""")]
    [InlineData("""{"type":"label","item":"1","labels":null}""")]
    [InlineData("""{"type":"label","item":"1","labels":"one"}""")]
    [InlineData("""{"type":"policies"}""")]
    [InlineData("""{"type":"policies","policies":null}""")]
    [InlineData("""{"type":"policies","policies":{"maxLength":"long"}}""")]
    [InlineData("""{"type":"become-host"}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":"ask","text":"\ud800"}""")]
    [InlineData("""[]""")]
    [InlineData("""7""")]
    [InlineData("""{"type":"open" """)]
    [InlineData("")]
    public void Are_refused_as_malformed_and_nothing_worse(string json) => Assert.Throws<JsonException>(() => Read(json));

    /// <summary>The reader has an exception of its own for this, so the door looks for a type before it reads.</summary>
    [Theory]
    [InlineData("""{"text":"Why?"}""")]
    [InlineData("""{}""")]
    public void Are_no_commands_without_a_type(string json) => Assert.Throws<NotSupportedException>(() => Read(json));

    private static ISessionCommand? Read(string json) => JsonSerializer.Deserialize(
        json.Replace("\"1\"", $"\"{One.Value}\"", StringComparison.Ordinal).Replace("\"2\"", $"\"{Two.Value}\"", StringComparison.Ordinal),
        DomainJson.Default.ISessionCommand);
}
