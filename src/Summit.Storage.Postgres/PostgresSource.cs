using Npgsql;

namespace Summit.Storage.Postgres;

/// <summary>How connections are made, and how many.</summary>
internal static class PostgresSource
{
    /// <summary>
    /// Connections a server holds at most: one commits, the others read. Five servers fit into the hundred that PostgreSQL allows
    /// unless told otherwise.
    /// </summary>
    public const int MostConnections = 16;

    /// <summary>
    /// Seconds until an answer is given up. A commit takes milliseconds; a disk that is busy with a checkpoint may take a few seconds, and
    /// people get their refusal while they still look at the screen.
    /// </summary>
    public const int Patience = 10;

    // Kept for the life of the connection.
    // - Isolation: each statement of a batch has to see what others committed before it, whatever the server's default is.
    // - Durability: an acknowledged commit is on disk. What asks for more (a standby's disk as well) is left as the server has it.
    // - A stream's lock is held for the milliseconds of a commit. One still held after two seconds is a server that was stopped half-way.
    // - Our statements all go by index, from few rows to few rows. Told so, they do it even where the statistics are those of
    //   the empty table that they were first planned for.
    private const string Settings =
        """
        SET default_transaction_isolation = 'read committed';
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
        SET lock_timeout = '2s';
        SET enable_hashjoin = off;
        SET enable_mergejoin = off;
        SET enable_seqscan = off
        """;

    /// <summary>Several hosts in the connection string are one database with its standbys: the one that can be written is found.</summary>
    public static NpgsqlDataSource Create(NpgsqlConnectionStringBuilder connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection.ToString());
        builder.UsePhysicalConnectionInitializer(Initialize, InitializeAsync);
        return connection.Host!.Contains(',', StringComparison.Ordinal)
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.ReadWrite)
            : builder.Build();
    }

    public static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = MostConnections,
            Timeout = Patience,
            CommandTimeout = Patience,
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
            Enlist = false,

            // A reset would take the settings back, and costs a message for each use. Nothing is left on a connection that needs one.
            NoResetOnClose = true,
        };
        ArgumentException.ThrowIfNullOrEmpty(connection.Host, nameof(connectionString));
        connection.ApplicationName ??= "Summit";
        return connection;
    }

    /// <summary>Where it is, for the operator.</summary>
    public static string Place(NpgsqlConnectionStringBuilder connection) =>
        $"{connection.Host}, port {connection.Port}, database {connection.Database ?? connection.Username}";

    private static void Initialize(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Settings, connection);
        command.ExecuteNonQuery();
    }

    private static async Task InitializeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Settings, connection);
        await command.ExecuteNonQueryAsync();
    }
}
