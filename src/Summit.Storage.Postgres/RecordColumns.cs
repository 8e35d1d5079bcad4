using Npgsql;
using Summit.Domain;
using Summit.Engine;

namespace Summit.Storage.Postgres;

/// <summary>Records as columns, one array for each, in the order of <see cref="Statements.AddRecords"/>. At most one append of a stream.</summary>
internal sealed class RecordColumns
{
    private readonly List<int> _append = [];
    private readonly List<Guid> _key = [];
    private readonly List<string> _kind = [];
    private readonly List<long> _expected = [];
    private readonly List<long> _version = [];
    private readonly List<string> _type = [];
    private readonly List<byte[]> _data = [];
    private readonly List<long> _at = [];
    private readonly List<Guid> _actor = [];
    private readonly List<Guid> _command = [];
    private readonly List<long> _checksum = [];

    /// <param name="number">The append's place in the batch.</param>
    public void Add(int number, Append append)
    {
        var (kind, key) = append.Stream;
        var keyBytes = StoredRecord.Bytes(key);
        foreach (var record in append.Records)
        {
            var row = StoredRecord.Of(record);
            _append.Add(number);
            _key.Add(key);
            _kind.Add(kind);
            _expected.Add(append.Expected);
            _version.Add(row.Version);
            _type.Add(row.Type);
            _data.Add(row.Data);
            _at.Add(row.At);
            _actor.Add(record.By);
            _command.Add(record.Command);
            _checksum.Add(Checksum.OfRecord(kind, keyBytes, row));
        }
    }

    /// <summary>The command that replaces the data of these records.</summary>
    public static NpgsqlCommand Rewrite(AggregateId stream, IReadOnlyList<JournalRecord> records)
    {
        var columns = new RecordColumns();
        columns.Add(0, new Append(stream, 0, records));
        return new NpgsqlCommand(Statements.Rewrite)
        {
            Parameters =
            {
                Parameter.Of(stream.Key), Parameter.Of(stream.Kind), Parameter.Of(columns._version), Parameter.Of(columns._type), Parameter.Of(columns._data),
                Parameter.Of(columns._at), Parameter.Of(columns._actor), Parameter.Of(columns._command), Parameter.Of(columns._checksum),
            },
        };
    }

    public NpgsqlBatchCommand ToCommand() => new(Statements.AddRecords)
    {
        Parameters =
        {
            Parameter.Of(_append), Parameter.Of(_key), Parameter.Of(_kind), Parameter.Of(_expected), Parameter.Of(_version), Parameter.Of(_type),
            Parameter.Of(_data), Parameter.Of(_at), Parameter.Of(_actor), Parameter.Of(_command), Parameter.Of(_checksum),
        },
    };
}
