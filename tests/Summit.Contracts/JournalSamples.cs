using System.Text;
using Summit.Domain;
using Summit.Engine;

namespace Summit.Contracts;

/// <summary>Appends and records for tests of journals: each text is one event.</summary>
public static class JournalSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 9, 16, 12, 0, 0, 123, TimeSpan.Zero);

    public static AggregateId NewStream(string kind = "session") => new(kind, Guid.CreateVersion7());

    /// <summary>An append of one record for each text.</summary>
    public static Append To(AggregateId stream, long expected, params IEnumerable<string> texts) =>
        new(stream, expected, [.. texts.Select((text, i) => Record(expected + 1 + i, Encoding.UTF8.GetBytes(text)))]);

    public static JournalRecord Record(long version, ReadOnlyMemory<byte> data) =>
        new(version, "test.happened.v1", data, Noon.AddMilliseconds(version), Guid.NewGuid(), Guid.CreateVersion7());

    public static string Text(JournalRecord record) => Encoding.UTF8.GetString(record.Data.Span);

    /// <summary>The whole stream.</summary>
    public static async Task<IReadOnlyList<string>> Texts(IJournal journal, AggregateId stream, CancellationToken cancellationToken) =>
        [.. (await journal.ReadAsync(stream, 0, int.MaxValue, cancellationToken)).Select(Text)];
}
