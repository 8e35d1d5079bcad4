using Npgsql;
using Summit.Engine;

namespace Summit.Storage.Postgres;

/// <summary>Files in the database, so that every server has them and a dump holds them.</summary>
internal sealed class PostgresFiles(PostgresJournal journal) : IFiles
{
    public Task KeepAsync(Guid id, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => RunAsync("A file to be kept", connection =>
    {
        using var keep = Command(connection, "INSERT INTO summit.files (id, content) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET content = excluded.content", id);
        keep.Parameters.Add(Parameter.Of(content));
        return keep.ExecuteNonQuery();
    }, cancellationToken);

    public Task<byte[]?> FindAsync(Guid id, CancellationToken cancellationToken) => RunAsync("A file", connection =>
    {
        using var find = Command(connection, "SELECT content FROM summit.files WHERE id = $1", id);
        return (byte[]?)find.ExecuteScalar();
    }, cancellationToken);

    public Task DropAsync(Guid id, CancellationToken cancellationToken) => RunAsync("A file to be let go", connection =>
    {
        using var drop = Command(connection, "DELETE FROM summit.files WHERE id = $1", id);
        return drop.ExecuteNonQuery();
    }, cancellationToken);

    /// <summary>On a thread that may wait: a file is large and rare.</summary>
    private Task<T> RunAsync<T>(string what, Func<NpgsqlConnection, T> use, CancellationToken cancellationToken) =>
        Task.Run(() => journal.Run(what, use), cancellationToken);

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, Guid id)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(Parameter.Of(id));
        return command;
    }
}
