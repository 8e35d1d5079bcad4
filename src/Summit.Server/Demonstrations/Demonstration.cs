using System.Text.Json;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Conferences;
using Summit.Server.Opening;

namespace Summit.Server.Demonstrations;

/// <summary>A made-up conference, played from its script through the same commands as everybody's.</summary>
public sealed class Demonstration(DemonstrationScript script) : IDemonstration
{
    private static readonly (Role Role, string Label)[] Links = [(Role.Moderator, "Moderator"), (Role.Stage, "Stage"), (Role.Host, "Host")];

    /// <summary>Those that come with the server.</summary>
    public static IReadOnlyList<Demonstration> All { get; } = [Read("b40-sofia-2025"), Read("nalas-2020")];

    public string Key => script.Key;

    public IReadOnlyList<DemonstrationPlan> Plans(Guid seed, DateTimeOffset now) =>
    [
        new DemonstrationPlan(
            new NewConference(
                new ConferenceId(script.Id(seed, "conference")), script.Title, script.Theme, script.Starts, script.Ends, script.TimeZone,
                script.Languages, Demonstration: true),
            [.. script.Sessions.Select(session => new NewSession(
                new SessionId(script.Id(seed, session.Key)), session.Title, session.Starts, session.Ends, session.Lang, session.Policies))],
            Links),
    ];

    /// <exception cref="InvalidOperationException">A command was refused: the script breaks a rule, or the store is away.</exception>
    public async Task FillAsync(Guid seed, IEngine engine, CancellationToken cancellationToken)
    {
        foreach (var session in script.Sessions.Where(session => session.State != SessionState.Scheduled))
        {
            await new SessionPlay(script, session, seed, engine).RunAsync(cancellationToken);
        }
    }

    private static Demonstration Read(string name)
    {
        using var file = typeof(Demonstration).Assembly.GetManifestResourceStream($"demonstrations/{name}.json")
            ?? throw new InvalidOperationException($"The demonstration '{name}' is not in the assembly.");
        return new Demonstration(JsonSerializer.Deserialize(file, DemonstrationJson.Default.DemonstrationScript)!);
    }
}
