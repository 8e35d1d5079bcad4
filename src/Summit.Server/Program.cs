using System.Text.Json;
using System.Text.Json.Serialization;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Accounts;
using Summit.Server.Audits;
using Summit.Server.Commands;
using Summit.Server.Conferences;
using Summit.Server.Demonstrations;
using Summit.Server.Documents;
using Summit.Server.Integrations;
using Summit.Server.Live;
using Summit.Server.Mail;
using Summit.Server.Networks;
using Summit.Server.Opening;
using Summit.Server.Operations;
using Summit.Server.Passkeys;
using Summit.Server.People;
using Summit.Server.Privacy;
using Summit.Server.Registrations;
using Summit.Server.Reports;
using Summit.Server.Sessions;
using Summit.Server.Web;
using Summit.Server.WorkingGroups;

if (CommandLine.Of(args) is { } command)
{
    return await command;
}

// The composition root: what there is and in which order a request meets it.
var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddSecrets();
var settings = Settings.Of(builder.Configuration);
settings.PrivateFolder();

builder.AddLogs();
builder.AddServer(settings);
builder.Services.AddSingleton(settings);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(new Terminal(Console.Out));
builder.Services.AddSingleton(Kinds.All());
builder.Services.AddStorage(settings);
#if WITH_ORLEANS
if (settings.Engine == EngineChoice.Orleans)
{
    Summit.Engine.Orleans.SummitOrleans.UseSummitOrleans(builder);
}
else
#endif
{
    builder.Services.AddSingleton<LocalEngine>();
    builder.Services.AddSingleton<IEngine>(services => services.GetRequiredService<LocalEngine>());
    builder.Services.AddSingleton<IGatherings>(services => services.GetRequiredService<LocalEngine>());
}

builder.Services.AddSingleton<Replay>();
builder.Services.AddSingleton<Eraser>();
builder.Services.AddSingleton<Erasures>();
builder.Services.AddHostedService(services => services.GetRequiredService<Erasures>());
builder.Services.AddSingleton<ConferenceDirectory>();
builder.Services.AddSingleton<PeopleDirectory>();
builder.Services.AddSingleton<Rolls>();
builder.Services.AddSingleton<PeopleDesk>();
builder.Services.AddSingleton<PersonDoor>();
builder.Services.AddSingleton<Auditor>();
builder.Services.AddSingleton<Desk>();
builder.Services.AddSingleton<DocumentDesk>();
builder.Services.AddSingleton<NetworkDesk>();
builder.Services.AddSingleton<NetworkDoor>();
builder.Services.AddSingleton<WorkingGroupDoor>();
builder.Services.AddRegistrations();
builder.Services.AddIntegrations();
builder.Services.AddMail(builder.Configuration);
builder.Services.AddSingleton<SessionDoor>();
builder.Services.AddSingleton<Addresses>();
builder.Services.AddSingleton<IEnumerable<Demonstration>>(Demonstration.All);
builder.Services.AddSingleton<IEnumerable<NetworkDemonstration>>(NetworkDemonstration.All);
builder.Services.AddSingleton<FirstRun>();
builder.Services.AddSingleton<Opener>();
builder.Services.AddHostedService(services => services.GetRequiredService<Opener>());
builder.Services.AddAccess(settings);
builder.Services.AddAccounts(builder.Configuration, settings);
builder.Services.AddSingleton<PasskeyDoor>();
builder.Services.AddLive();
builder.Services.AddSingleton<Metrics>();
builder.Services.AddApiDocument();
builder.Services.ConfigureHttpJsonOptions(options =>
{
    var json = options.SerializerOptions;
    json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    json.RespectNullableAnnotations = true;
    json.RespectRequiredConstructorParameters = true;
    json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
});

var app = builder.Build();
try
{
    // A file that cannot be opened is told before anything starts; a database is waited for while the server already listens.
    app.Services.GetRequiredService<IJournal>();
    app.Services.GetRequiredService<MailSettings>();
    app.Services.GetRequiredService<Organisations>();
}
catch (Exception e) when (e is JournalUnavailableException or JournalCorruptException or ArgumentException)
{
    return await CannotStartAsync(e);
}

app.UseHeaders();
app.UseFraming();
app.UseProblems();
app.Use(new WebFiles(Path.Combine(AppContext.BaseDirectory, "wwwroot")).InvokeAsync);
app.UseOpening();
app.UseLive();
app.UseRouting();
app.UseAccess();
app.UseDirectOutput(AccessSetup.Live);

app.MapHealth();
app.MapMetrics();
app.MapOpenApi();
var api = app.MapGroup("/api");
api.MapAccess();
api.MapAccounts();
api.MapPasskeys();
api.MapMe();
api.MapPeople();
api.MapAudits();
api.MapConferences();
api.MapDocuments();
api.MapCalendars();
api.MapRegistrations();
api.MapRegistrationDesk();
api.MapInvitations();
api.MapIntegrations();
api.MapReports();
api.MapReplay();
api.MapPrivacy();
api.MapErasures();
api.MapNetworks();
api.MapWorkingGroups();
api.MapSessions();
app.MapLive();

app.Lifetime.ApplicationStopping.Register(() =>
{
    // Told to stop while it waits for its database or for Redis: there is nothing to finish.
    if (!app.Lifetime.ApplicationStarted.IsCancellationRequested)
    {
        Environment.Exit(0);
    }
});
try
{
    await app.RunAsync();
    return 0;
}
catch (Exception) when (app.Lifetime.ApplicationStopping.IsCancellationRequested && !app.Lifetime.ApplicationStarted.IsCancellationRequested)
{
    // What was waited for is told that the wait is over, and calls that a failure; it may be heard here before the exit above.
    return 0;
}
catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
{
    // A busy machine: not all was handed over in time. What was acknowledged is durable, and the other servers find out by themselves.
    return 0;
}
catch (JournalCorruptException e)
{
    return await CannotStartAsync(e);
}

// The operator's to mend; a stack trace would only hide what to do.
static async Task<int> CannotStartAsync(Exception e)
{
    await Console.Error.WriteLineAsync($"Summit cannot start: {e.Message}");
    return 1;
}
