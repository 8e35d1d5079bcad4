using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Registrations;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Mail;
using Summit.Server.Operations;
using Accepted = Summit.Server.Sessions.Accepted;

namespace Summit.Server.Registrations;

/// <summary>What an organiser does with the registration for a conference, and the list at the door.</summary>
internal static class RegistrationDeskEndpoints
{
    /// <summary>Of one answer; whoever looks for somebody types a name.</summary>
    private const int MostShown = 100;

    /// <summary>As they are on the wire.</summary>
    private static readonly Dictionary<RegistrationState, string> States = Enum.GetValues<RegistrationState>()
        .ToDictionary(state => state, state => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString()));

    public static void MapRegistrationDesk(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/conferences/{id:guid}").WithTags("Registration").RequireAuthorization().LimitByPerson();
        desk.MapGet("/registrations", List).WithName("list-registrations")
            .WithSummary("The form, the counts and who registered last, by state and by a part of what they wrote. Host, administrator.");
        desk.MapGet("/registrations.csv", Save).WithName("registrations-csv").WithSummary("Everybody as a table. Host, administrator.")
            .Produces(StatusCodes.Status200OK, contentType: Csv.MediaType);
        desk.MapGet("/door", Door).WithName("door").WithSummary("Who has a place, to be let in at the door. Moderator, host, administrator.");
        desk.MapPost("/registration/commands", SendAsync).WithName("send-registration-command")
            .WithSummary("Send a command to a registration: its form, who gets a place, who has come. Host, administrator; at the door also moderators.")
            .Accepts<IRegistrationCommand>("application/json");
    }

    /// <param name="skip">So many of those found are left out: the page before.</param>
    private static Results<Ok<RegistrationList>, Problem> List(
        Guid id, string? state, string? find, int? skip, Bearer bearer, ConferenceDirectory directory, Postman postman)
    {
        if (Check(id, Registration.IsKeptBy(bearer.Actor, new ConferenceId(id)), directory) is { } fault)
        {
            return new Problem(fault);
        }

        if (state is not null && !States.ContainsValue(state))
        {
            return new Problem(CommandFaults.Malformed);
        }

        var registration = directory.FindRegistration(new ConferenceId(id)) ?? Registration.Create(id);
        var found = registration.People
            .Where(person => (state is null || States[person.State] == state) && (string.IsNullOrWhiteSpace(find) || Matches(person, find.Trim())))
            .OrderByDescending(person => person.At).ThenBy(person => person.Since).ToList();
        return TypedResults.Ok(new RegistrationList(
            registration.Form, States.ToDictionary(each => each.Value, each => registration.Count(each.Key)), found.Count,
            [.. found.Skip(Math.Max(0, skip ?? 0)).Take(MostShown).Select(person => RegistrantInfo.Of(person, registration))],
            new MailInfo(postman.IsSetUp, registration.Letters.Count, registration.Letters.Count == 0 ? null : postman.Trouble)));
    }

    private static IResult Save(Guid id, Bearer bearer, ConferenceDirectory directory)
    {
        if (Check(id, Registration.IsKeptBy(bearer.Actor, new ConferenceId(id)), directory) is { } fault)
        {
            return new Problem(fault);
        }

        var registration = directory.FindRegistration(new ConferenceId(id)) ?? Registration.Create(id);
        var fields = registration.Form?.Fields ?? [];
        var table = new StringBuilder();
        Csv.Line(table, ["code", "state", "registered", "changed", "language", .. fields.Select(field => field.Label.Length > 0 ? field.Label : field.Key)]);
        foreach (var person in registration.People.OrderBy(person => person.At).ThenBy(person => person.Since))
        {
            Csv.Line(table, [
                Ticket.Of(person.Id), States[person.State], Time(person.At), Time(person.Changed), person.Lang,
                .. fields.Select(field => person.Answers.GetValueOrDefault(field.Key))]);
        }

        return Csv.File(table, "registrations.csv");
    }

    private static Results<Ok<IEnumerable<DoorEntry>>, Problem> Door(Guid id, Bearer bearer, ConferenceDirectory directory) =>
        Check(id, Registration.IsDoorKeptBy(bearer.Actor, new ConferenceId(id)), directory) is { } fault ? new Problem(fault)
        : TypedResults.Ok((directory.FindRegistration(new ConferenceId(id))?.People ?? []).Where(person => person.HasPlace).Select(DoorEntry.Of));

    private static async Task<Results<Accepted, Problem>> SendAsync(
        Guid id, HttpRequest request, Bearer bearer, RegistrationDesk desk, Enrolment enrolment, CancellationToken cancellationToken)
    {
        var (command, read, malformed) = await CommandReader<IRegistrationCommand>.ReadAsync(request, cancellationToken);
        if (malformed is not null)
        {
            return new Problem(malformed);
        }

        var reply = await desk.SendAsync(bearer.Actor, new ConferenceId(id), command, read!, cancellationToken);
        var left = reply.Fault is null ? read switch { CancelRegistration cancel => cancel.Person, DeclineRegistration decline => decline.Person, _ => (ParticipantId?)null } : null;
        var failed = reply.Fault ?? (left is { } person ? await enrolment.LeaveAsync(person, new ConferenceId(id), cancellationToken) : null);
        return failed is not null ? new Problem(failed) : new Accepted(reply.Seq);
    }

    private static Fault? Check(Guid id, bool may, ConferenceDirectory directory) =>
        !may ? SessionFaults.Forbidden : directory.Find(new ConferenceId(id)) is null ? ConferenceFaults.Unknown : null;

    /// <summary>In anything that was filled in, and as the code of the ticket.</summary>
    private static bool Matches(Registrant person, string part) =>
        person.Answers.Values.Any(answer => CultureInfo.InvariantCulture.CompareInfo.IndexOf(answer, part, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0)
        || Ticket.Of(person.Id).StartsWith(part.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
