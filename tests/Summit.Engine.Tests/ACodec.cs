using System.Text;
using Summit.Contracts;
using Summit.Domain;

namespace Summit.Engine.Tests;

/// <summary>Events as they lie on disk.</summary>
public sealed class ACodec
{
    private static readonly AggregateId Stream = new(Tally.Kind, Guid.CreateVersion7());
    private static readonly EventContext Context = new(7, DateTimeOffset.UnixEpoch, new ParticipantId(Guid.NewGuid()), Guid.NewGuid());
    private readonly Codec _codec = new(Tally.Kinds);

    [Fact]
    public void Reads_back_what_it_wrote()
    {
        var record = _codec.Encode(new Added(5), Context);
        Assert.Equal("tally.added.v1", record.Type);
        Assert.Equal("""{"amount":5}""", Encoding.UTF8.GetString(record.Data.Span));
        Assert.Equal((7, Context.At, Context.By.Value, Context.Command), (record.Version, record.At, record.By, record.Command));
        Assert.Equal(new Recorded(new Added(5), Context), _codec.Decode(Stream, record));
    }

    [Fact]
    public void Writes_letters_as_themselves_and_enums_as_words()
    {
        var record = _codec.Encode(new Said("Здравей, Ψυχή & Köln", Tone.VeryLoud, null), Context);
        Assert.Equal("""{"text":"Здравей, Ψυχή \u0026 Köln","tone":"very-loud","aside":null}""", Encoding.UTF8.GetString(record.Data.Span));
        Assert.Equal(new Said("Здравей, Ψυχή & Köln", Tone.VeryLoud, null), _codec.Decode(Stream, record).Event);
    }

    [Theory]
    [InlineData("""{"text":"a","tone":"loud","aside":null,"added":"later"}""")]
    [InlineData("""{"aside":null,"tone":"loud","text":"a"}""")]
    public void Takes_members_it_does_not_know_and_any_order(string data)
    {
        Assert.Equal(new Said("a", Tone.Loud, null), Decode("tally.said.v1", data).Event);
    }

    [Theory]
    [InlineData("tally.said.v1", """{"text":"a","aside":null}""")]
    [InlineData("tally.said.v1", """{"text":null,"tone":"loud","aside":null}""")]
    [InlineData("tally.said.v1", """{"text":"a","tone":1,"aside":null}""")]
    [InlineData("tally.said.v1", """{"text":"a","tone":"lo""")]
    [InlineData("tally.said.v1", "null")]
    [InlineData("tally.said.v1", "")]
    [InlineData("tally.said.v2", "{}")]
    public void Names_a_record_it_cannot_read(string type, string data)
    {
        var thrown = Assert.Throws<JournalCorruptException>(() => Decode(type, data));
        Assert.Contains(Stream.ToString(), thrown.Message, StringComparison.Ordinal);
        Assert.Contains("version 7", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(type, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_event_without_a_name() =>
        Assert.Throws<InvalidOperationException>(() => _codec.Encode(new Nameless(), Context));

    [Fact]
    public void Refuses_an_event_name_that_stands_twice()
    {
        // This assembly holds two events of the same name; the tally's does not.
        var thrown = Assert.Throws<InvalidOperationException>(() => new Codec(new AggregateKinds().Add<Doubled>()));
        Assert.Contains("doubled.v1", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_kind_that_stands_twice() => Assert.Throws<ArgumentException>(() => Tally.Kinds.Add<Tally>());

    private Recorded Decode(string type, string data) =>
        _codec.Decode(Stream, new JournalRecord(7, type, Encoding.UTF8.GetBytes(data), Context.At, Context.By.Value, Context.Command));

    private sealed record Nameless : IEvent;

    [EventName("doubled.v1")]
    private sealed record Once : IEvent;

    [EventName("doubled.v1")]
    private sealed record Twice : IEvent;

    private sealed class Doubled : IAggregate<Doubled>
    {
        public static string Kind => "doubled";

        public static int SnapshotVersion => 1;

        public static Doubled Create(Guid key) => new();

        public static Doubled Load(Guid key, ReadOnlySpan<byte> snapshot) => new();

        public Decision Decide(ICommand command, CommandContext context) => Decision.Nothing;

        public void Apply(IEvent happened, EventContext context)
        {
        }

        public byte[] Save() => [];
    }
}
