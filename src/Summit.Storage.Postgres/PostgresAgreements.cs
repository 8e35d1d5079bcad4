using Npgsql;
using Summit.Engine;

namespace Summit.Storage.Postgres;

/// <summary>What servers of one database agree on. The primary key decides who was first.</summary>
internal sealed class PostgresAgreements(PostgresJournal journal) : IAgreements
{
    public string? Find(string name) => journal.Run($"What was agreed on as '{name}'", connection => Find(connection, name));

    public string Agree(string name, string text) => journal.Run($"What is to be agreed on as '{name}'", connection =>
    {
        using (var say = new NpgsqlCommand("INSERT INTO summit.agreed (name, text) VALUES ($1, $2) ON CONFLICT DO NOTHING", connection))
        {
            say.Parameters.Add(Parameter.Of(name));
            say.Parameters.Add(Parameter.Of(text));
            say.ExecuteNonQuery();
        }

        return Find(connection, name)!;
    });

    private static string? Find(NpgsqlConnection connection, string name)
    {
        using var find = new NpgsqlCommand("SELECT text FROM summit.agreed WHERE name = $1", connection);
        find.Parameters.Add(Parameter.Of(name));
        return (string?)find.ExecuteScalar();
    }
}
