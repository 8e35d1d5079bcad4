using Microsoft.Data.Sqlite;

namespace Summit.Storage.Sqlite;

/// <summary>A statement prepared once, with ?1, ?2 ... as its parameters.</summary>
internal sealed class Statement
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql)
    {
        // Disposed with the connection, which keeps track of its commands.
        _command = connection.CreateCommand();
        _command.CommandText = sql;
    }

    public void Execute(params ReadOnlySpan<object> values)
    {
        Bind(values);
        _command.ExecuteNonQuery();
    }

    public SqliteDataReader Query(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    private void Bind(ReadOnlySpan<object> values)
    {
        for (var i = _command.Parameters.Count; i < values.Length; i++)
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i + 1}" });
        }

        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i];
        }
    }
}
