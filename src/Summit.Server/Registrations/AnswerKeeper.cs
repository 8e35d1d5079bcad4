using System.Globalization;
using Summit.Domain.Registrations;
using Summit.Server.Conferences;

namespace Summit.Server.Registrations;

/// <summary>Has answers deleted whose last day is over. Every server does; the same command of the same hour is done once.</summary>
public sealed class AnswerKeeper(ConferenceDirectory directory, RegistrationDesk desk, TimeProvider time) : BackgroundService
{
    /// <summary>A last day ends at midnight UTC; the answers are gone an hour later at the latest.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, time);
        do
        {
            await DeleteAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>What a store that is away refuses is asked for again an hour later.</summary>
    internal async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(now);
        foreach (var conference in directory.Conferences)
        {
            if (directory.FindRegistration(conference.Id) is { Form: { } form } registration
                && form.Fields.Any(field => field.DeleteAfter < today && registration.People.Any(person => person.Answers.ContainsKey(field.Key))))
            {
                var id = DerivedId.Of(conference.Id.Value, string.Create(CultureInfo.InvariantCulture, $"answers {now:yyyy-MM-dd'T'HH}"));
                await desk.SendAsync(conference.Id, id, new DeleteOldAnswers(), cancellationToken);
            }
        }
    }
}
