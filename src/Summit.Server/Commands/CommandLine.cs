using Summit.Engine;
using Summit.Engine.Transfer;
using Summit.Server.Operations;
using Summit.Storage.Postgres;
using Summit.Storage.Sqlite;

namespace Summit.Server.Commands;

/// <summary>
/// What the program does besides serving, with the same settings: <c>dotnet Summit.Server.dll export journal.jsonl</c>. Answers go to
/// standard output, everything else to standard error.
/// </summary>
internal sealed class CommandLine : IDisposable
{
    private const string Usage =
        """
        Summit.Server                       serves
        Summit.Server backup FOLDER         copies everything worth keeping into a new folder, while servers run
        Summit.Server restore FOLDER        puts a backup back where nothing is; servers are stopped
        Summit.Server export FILE [WHAT]    writes the journal into a new file, or a conference by its code or id, or a network by its id
        Summit.Server import FILE           puts such a file into this journal; servers are stopped
        Summit.Server admin-link            makes a new administrator's link; the one before no longer works
        """;

    private CommandLine(Settings settings, ILoggerFactory logs) => (Settings, Logs) = (settings, logs);

    public Settings Settings { get; }

    public ILoggerFactory Logs { get; }

    public AggregateKinds Kinds { get; } = Operations.Kinds.All();

    public string Database => Path.Combine(Settings.Data, SqliteJournal.FileName);

    /// <summary>Null for the arguments of a server: none, or settings.</summary>
    public static Task<int>? Of(string[] args) =>
        args is [var word, ..] && !word.StartsWith('-') && !word.StartsWith('/') && !word.Contains('=', StringComparison.Ordinal) ? RunAsync(args) : null;

    /// <summary>One that is there: only import and restore make one.</summary>
    public Task<IJournal> OpenJournalAsync(CancellationToken cancellationToken) =>
        Settings.Postgres is not null || File.Exists(Database)
            ? OpenOrMakeJournalAsync(cancellationToken)
            : throw new CommandException($"There is no journal in {Settings.Data}. Summit__Data and Summit__Postgres say where it is.");

    public async Task<IJournal> OpenOrMakeJournalAsync(CancellationToken cancellationToken)
    {
        if (Settings.Postgres is { } postgres)
        {
            return await PostgresJournal.OpenAsync(postgres, Logs.CreateLogger<PostgresJournal>(), cancellationToken);
        }

        Settings.PrivateFolder();
        return await SqliteJournal.OpenAsync(Database, Logs.CreateLogger<SqliteJournal>(), cancellationToken);
    }

    public void Dispose() => Logs.Dispose();

    private static async Task<int> RunAsync(string[] args)
    {
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables();
        configuration.AddSecrets();
        using var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning)
            .AddSimpleConsole(console => console.SingleLine = true)
            .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        using var commandLine = new CommandLine(Settings.Of(configuration), logs);
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return await commandLine.RunAsync(args, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
        catch (Exception e) when (e is CommandException or JournalConflictException or JournalCorruptException or JournalUnavailableException
            or ArgumentException or IOException or UnauthorizedAccessException)
        {
            // The operator's to mend; a stack trace would only hide what to do.
            await Console.Error.WriteLineAsync($"{args[0]}: {e.Message}");
            return 1;
        }
    }

    private async Task<int> RunAsync(string[] args, CancellationToken stop)
    {
        var done = args switch
        {
            ["backup", var folder] => await Backup.MakeAsync(this, folder, stop),
            ["restore", var folder] => await Backup.RestoreAsync(this, folder, stop),
            ["export", var file] => await Transfer.ExportAsync(this, file, null, stop),
            ["export", var file, var part] => await Transfer.ExportAsync(this, file, part, stop),
            ["import", var file] => await Transfer.ImportAsync(this, file, stop),
            ["admin-link"] => await AdminLink.MakeAsync(this, stop),
            _ => null,
        };
        await (done is null ? Console.Error : Console.Out).WriteLineAsync(done ?? Usage);
        return done is null ? 2 : 0;
    }
}

/// <summary>A command cannot be carried out; the message says why, and what to do.</summary>
internal sealed class CommandException(string message) : Exception(message);
