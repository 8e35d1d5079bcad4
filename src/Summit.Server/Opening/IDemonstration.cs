using Summit.Domain;
using Summit.Engine;
using Summit.Server.Conferences;

namespace Summit.Server.Opening;

/// <summary>One conference of the demonstration, as it is to be planned.</summary>
/// <param name="Links">Labels are those people choose by: "Moderator", "Stage".</param>
public sealed record DemonstrationPlan(NewConference Conference, IReadOnlyList<NewSession> Sessions, IReadOnlyList<(Role Role, string Label)> Links);

/// <summary>
/// What an empty installation shows. Everything in it has ids derived from the installation's seed (<see cref="DerivedId"/>), so that a
/// start after a crash finishes it and does nothing twice.
/// </summary>
public interface IDemonstration
{
    /// <summary>The conferences; the server plans them, schedules their sessions and issues their links.</summary>
    IReadOnlyList<DemonstrationPlan> Plans(Guid seed, DateTimeOffset now);

    /// <summary>Fills the sessions with people's words, after all plans are carried out. Called again after a crash, with the same seed.</summary>
    Task FillAsync(Guid seed, IEngine engine, CancellationToken cancellationToken);
}
