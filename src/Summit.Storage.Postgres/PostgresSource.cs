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

    /// <summary>Seconds until a host that could not be written is looked at again: a standby may have been promoted. Npgsql's own are ten.</summary>
    private const int LooksAgain = 1;

    // Kept for the life of the connection.
    // - Isolation: each statement of a batch has to see what others committed before it, whatever the server's default is.
    // - Durability: an acknowledged commit is on disk. What asks for more (a standby's disk as well) is left as the server has it.
    // - A stream's lock is held for the milliseconds of a commit. One still held after two seconds is a server that was stopped half-way.
    // - Our statements all go by index, from few rows to few rows. Told so, they do it even where the statistics are those of
    //   the empty table that they were first planned for. None is worth compiling.
    private const string Settings =
        """
        SET default_transaction_isolation = 'read committed';
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
        SET lock_timeout = '2s';
        SET enable_hashjoin = off;
        SET enable_mergejoin = off;
        SET enable_seqscan = off;
        SET jit = off
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

    /// <exception cref="ArgumentException">It cannot be right. The message holds no password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        NpgsqlConnectionStringBuilder connection;
        try
        {
            connection = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            // Without what lies below: its words repeat the value.
            throw new ArgumentException($"The connection string of PostgreSQL cannot be read: {e.Message}");
        }

        if (string.IsNullOrEmpty(connection.Host))
        {
            throw new ArgumentException("The connection string of PostgreSQL names no Host.");
        }

        connection.ApplicationName ??= "Summit";
        connection.MaxPoolSize = MostConnections;
        connection.Timeout = Patience;
        connection.CommandTimeout = Patience;
        connection.HostRecheckSeconds = LooksAgain;
        connection.MaxAutoPrepare = 20;
        connection.AutoPrepareMinUsages = 2;
        connection.Enlist = false;

        // A reset would take the settings back, and costs a message for each use. Nothing is left on a connection that needs one.
        connection.NoResetOnClose = true;
        return connection;
    }

    /// <summary>Where it is, for the operator.</summary>
    public static string Place(NpgsqlConnectionStringBuilder connection) =>
        $"{connection.Host}, port {connection.Port}, database {connection.Database ?? connection.Username ?? "of the user's name"}";

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
