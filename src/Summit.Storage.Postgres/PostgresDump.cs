using System.ComponentModel;
using System.Diagnostics;
using Npgsql;
using Summit.Engine;

namespace Summit.Storage.Postgres;

/// <summary>Backups of a journal in PostgreSQL, by PostgreSQL's own programs.</summary>
public static class PostgresDump
{
    /// <summary>Writes all that is in Summit's schema, as of one moment, into a file that <c>pg_restore</c> reads. Servers may write meanwhile.</summary>
    /// <exception cref="JournalUnavailableException">pg_dump is not installed or failed; the message holds its words.</exception>
    public static Task MakeAsync(string connectionString, string file, CancellationToken cancellationToken) =>
        RunAsync("pg_dump", ["--schema=summit", "--format=custom", $"--file={file}"], connectionString, cancellationToken);

    /// <summary>Puts it back into a database that has no such schema, whole or not at all.</summary>
    /// <exception cref="JournalUnavailableException">There is such a schema, or pg_restore is not installed or failed.</exception>
    public static async Task RestoreAsync(string connectionString, string file, CancellationToken cancellationToken)
    {
        var connection = PostgresSource.Parse(connectionString);
        await using (var source = PostgresSource.Create(connection))
        await using (var look = source.CreateCommand("SELECT to_regnamespace('summit') IS NULL"))
        {
            if (await look.ExecuteScalarAsync(cancellationToken) is not true)
            {
                throw new JournalUnavailableException(
                    $"There is a schema named summit at {PostgresSource.Place(connection)}. Stop all servers, rename it (ALTER SCHEMA summit RENAME TO ...), or name another database.");
            }
        }

        string[] options = ["--single-transaction", "--exit-on-error", "--no-owner", $"--dbname={connection.Database ?? connection.Username}", file];
        await RunAsync("pg_restore", options, connectionString, cancellationToken);
    }

    private static async Task RunAsync(string program, string[] arguments, string connectionString, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        foreach (var (name, value) in EnvironmentOf(PostgresSource.Parse(connectionString)))
        {
            start.Environment[name] = value;
        }

        try
        {
            using var run = Process.Start(start)!;
            await using var cancelled = cancellationToken.Register(() => run.Kill());
            var words = await run.StandardError.ReadToEndAsync(CancellationToken.None);
            await run.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            if (run.ExitCode != 0)
            {
                throw new JournalUnavailableException($"{program} failed: {words.Trim()}");
            }
        }
        catch (Win32Exception e)
        {
            throw new JournalUnavailableException($"{program} is not installed here. It comes with PostgreSQL's client, and is to be no older than the server.", e);
        }
    }

    /// <summary>The same place, as PostgreSQL's programs have it: nothing of it stands in the list of processes.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> EnvironmentOf(NpgsqlConnectionStringBuilder connection) =>
        new Dictionary<string, string?>
        {
            ["PGHOST"] = connection.Host,
            ["PGPORT"] = $"{connection.Port}",
            ["PGDATABASE"] = connection.Database,
            ["PGUSER"] = connection.Username,
            ["PGPASSWORD"] = connection.Password,
            ["PGPASSFILE"] = connection.Passfile,
            ["PGSSLMODE"] = connection.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() },
            ["PGSSLROOTCERT"] = connection.RootCertificate,
            ["PGTARGETSESSIONATTRS"] = "read-write",
        }.Where(setting => setting.Value is not null);
}
