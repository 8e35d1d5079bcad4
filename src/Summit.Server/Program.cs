using System.Text.Json;
using System.Text.Json.Serialization;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Demonstrations;
using Summit.Server.Live;
using Summit.Server.Opening;
using Summit.Server.Operations;
using Summit.Server.Sessions;
using Summit.Server.Web;

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
builder.Services.AddSingleton(new AggregateKinds().Add<Lobby>().Add<Conference>().Add<Session>());
// The container knows no asynchronous factories; nothing else runs yet that this could hold up.
builder.Services.AddSingleton(services => Storage.OpenAsync(settings, services.GetRequiredService<ILoggerFactory>()).GetAwaiter().GetResult());
#if WITH_ORLEANS
if (settings.Engine == EngineChoice.Orleans)
{
    Summit.Engine.Orleans.SummitOrleans.UseSummitOrleans(builder);
}
else
#endif
{
    builder.Services.AddSingleton<IEngine, LocalEngine>();
}

builder.Services.AddSingleton<Replay>();
builder.Services.AddSingleton<ConferenceDirectory>();
builder.Services.AddSingleton<Desk>();
builder.Services.AddSingleton<SessionDoor>();
builder.Services.AddSingleton<Addresses>();
builder.Services.AddSingleton<IEnumerable<Demonstration>>(Demonstration.All);
builder.Services.AddSingleton<FirstRun>();
builder.Services.AddSingleton<Opener>();
builder.Services.AddHostedService(services => services.GetRequiredService<Opener>());
builder.Services.AddAccess(settings);
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
    app.Services.GetRequiredService<IJournal>();
}
catch (Exception e) when (e is JournalUnavailableException or JournalCorruptException or ArgumentException)
{
    // The operator's to mend; a stack trace would only hide what to do.
    await Console.Error.WriteLineAsync($"Summit cannot start: {e.Message}");
    return 1;
}

app.UseHeaders();
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
api.MapConferences();
api.MapSessions();
app.MapLive();

await app.RunAsync();
return 0;
