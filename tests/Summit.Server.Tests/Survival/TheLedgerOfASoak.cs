using System.Text.Json;
using Summit.Bench.Soak;
using Summit.Bench.Wire;

namespace Summit.Server.Tests.Survival;

/// <summary>The crash test is only worth something if it notices what it looks for.</summary>
public sealed class TheLedgerOfASoak
{
    private static readonly Guid Author = Guid.CreateVersion7();
    private static readonly Guid Supporter = Guid.CreateVersion7();
    private readonly Ledger _ledger = new();
    private readonly SoakCommand _question;

    public TheLedgerOfASoak()
    {
        var id = Guid.CreateVersion7();
        _question = new SoakCommand(id, Deed.Ask, id, Author, "A question");
        Acknowledge(_question);
        Acknowledge(new SoakCommand(Guid.CreateVersion7(), Deed.Support, id, Supporter, On: true));
        Acknowledge(new SoakCommand(Guid.CreateVersion7(), Deed.Note, id, Author, "A note"));
    }

    [Fact]
    public void Has_nothing_to_say_when_all_is_there_once() => Assert.Empty(Check(Item(1, "A note")));

    [Fact]
    public void Notices_a_lost_item() => Assert.Contains(Check(), problem => problem.Lost);

    [Fact]
    public void Notices_a_lost_text() => Assert.True(Assert.Single(Check(Item(1, ["A note"], "Another question"))).Lost);

    [Fact]
    public void Notices_a_lost_support() => Assert.True(Assert.Single(Check(Item(0, "A note"))).Lost);

    [Fact]
    public void Notices_a_support_too_many() => Assert.False(Assert.Single(Check(Item(2, "A note"))).Lost);

    [Fact]
    public void Notices_a_lost_note() => Assert.True(Assert.Single(Check(Item(1))).Lost);

    [Fact]
    public void Notices_a_note_that_took_effect_twice() => Assert.False(Assert.Single(Check(Item(1, "A note", "A note"))).Lost);

    [Fact]
    public void Notices_an_item_nobody_sent() =>
        Assert.False(Assert.Single(Check(Item(1, "A note"), new { id = Guid.CreateVersion7(), text = "?", support = 0 })).Lost);

    [Fact]
    public void Lets_a_command_without_an_answer_be_there_or_not()
    {
        _ledger.Sent(new SoakCommand(Guid.CreateVersion7(), Deed.Support, _question.Id, Guid.CreateVersion7(), On: true));

        Assert.Empty(Check(Item(1, "A note")));
        Assert.Empty(Check(Item(2, "A note")));
        Assert.Single(Check(Item(3, "A note")));
    }

    private object Item(int support, params string[] notes) => Item(support, notes, _question.Text);

    private object Item(int support, string[] notes, string text) =>
        new { id = _question.Id, text, support, notes = notes.Select(note => new { text = note }) };

    private IReadOnlyList<Problem> Check(params object[] items)
    {
        var picture = new Picture();
        picture.Apply(JsonSerializer.SerializeToElement(new { seq = 3, reset = true, items }));
        return _ledger.Check("here", picture);
    }

    private void Acknowledge(SoakCommand command)
    {
        _ledger.Sent(command);
        _ledger.Acknowledge(command, new Answer(_ledger.Count + 1, null));
    }
}
