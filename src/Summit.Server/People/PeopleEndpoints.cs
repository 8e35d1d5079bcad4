using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Participants;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Accounts;
using Summit.Server.Conferences;
using Summit.Server.Opening;
using Summit.Server.Operations;
using Accepted = Summit.Server.Sessions.Accepted;

namespace Summit.Server.People;

/// <param name="Id">UUID version 7: the same again is the same request again.</param>
/// <param name="Role">The first role. A person is always added to a place.</param>
public sealed record AddPersonRequest(
    Guid Id, string Name, HeldRole Role, string? City = null, string? Function = null, IReadOnlyList<string>? Languages = null, string? Mail = null);

/// <param name="Known">Whether the mail address led to somebody who was there already.</param>
public sealed record AddedPerson(ParticipantId Id, bool Known);

public sealed record IssuePersonalRequest(DateTimeOffset? Expires = null);

/// <summary>A person as an organiser sees them: the roles in the organiser's own place alone.</summary>
/// <param name="Governed">Whether this organiser may change what is known of them and let them in.</param>
/// <param name="Links">Good ones. Left out where they are not this organiser's to revoke, like the devices.</param>
/// <param name="Accounts">By which they come in.</param>
/// <param name="SignIns">Devices they are signed in on.</param>
public sealed record PersonInfo(
    ParticipantId Id, PersonCard Card, IReadOnlyList<HeldRole> Roles, bool Governed, IReadOnlyList<PersonalLinkInfo>? Links,
    IReadOnlyList<AccountInfo>? Accounts, int? SignIns);

/// <param name="Total">How many there are in all that fit.</param>
public sealed record PeoplePage(int Total, IReadOnlyList<PersonInfo> People);

/// <summary>The people of a conference or a network, for who runs it.</summary>
internal static class PeopleEndpoints
{
    private const int PageLength = 100;

    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        var people = api.MapGroup("/people").WithTags("People").RequireAuthorization().LimitByPerson();
        people.MapGet("", ListAsync).WithName("list-people")
            .WithSummary("Those who have a role in a conference or network, by name; search looks into name, city, function and mail. Host, secretary, administrator.");
        people.MapPost("", AddAsync).WithName("add-person").WithSummary("Add a person with a role, or give the role to who has that mail address. Host, secretary, administrator.");
        people.MapPost("/{id:guid}/commands", SendToAsync).WithName("send-person-command")
            .WithSummary("Send a command about a person. The person, host, secretary, administrator.").Accepts<IParticipantCommand>("application/json");
        people.MapPost("/{id:guid}/links", IssueAsync).WithName("issue-personal-link")
            .WithSummary("A link that signs this person in; its secret is shown once. Who runs every place the person has a role in.");
    }

    public static Task<Results<Accepted, Problem>> SendAsync(
        ParticipantId id, HttpRequest request, Bearer bearer, PeopleDesk desk, CancellationToken cancellationToken) => WhileReadable.Async<Accepted>(async () =>
    {
        var (command, read, malformed) = await CommandReader<IParticipantCommand>.ReadAsync(request, cancellationToken);
        if (malformed is not null)
        {
            return new Problem(malformed);
        }

        var reply = await desk.SendAsync(bearer.Actor, id, command, read!, cancellationToken);
        return reply.Fault is { } fault ? new Problem(fault) : new Accepted(reply.Seq);
    });

    public static Task<Results<Ok<Issued>, Problem>> IssueAsync(
        Guid id, IssuePersonalRequest request, Bearer bearer, PeopleDesk desk, Addresses addresses, TimeProvider time, CancellationToken cancellationToken) =>
        WhileReadable.Async<Ok<Issued>>(async () =>
    {
        var (person, link) = (new ParticipantId(id), new LinkId(Guid.CreateVersion7(time.GetUtcNow())));
        var secret = PersonalSecret.New(person);
        return await desk.IssueAsync(bearer.Actor, person, link, secret, request.Expires?.ToUniversalTime(), cancellationToken) is { } fault
            ? new Problem(fault)
            : TypedResults.Ok(new Issued(link, addresses.Personal(secret)));
    });

    private static Task<Results<Accepted, Problem>> SendToAsync(
        Guid id, HttpRequest request, Bearer bearer, PeopleDesk desk, CancellationToken cancellationToken) =>
        SendAsync(new ParticipantId(id), request, bearer, desk, cancellationToken);

    private static Task<Results<Ok<PeoplePage>, Problem>> ListAsync(
        Guid? conference, Guid? network, string? search, int? skip, Bearer bearer, Rolls rolls, Organisations organisations, CancellationToken cancellationToken) =>
        WhileReadable.Async<Ok<PeoplePage>>(async () =>
    {
        var realm = new Realm(conference is { } id ? new ConferenceId(id) : null, null, network is { } net ? new NetworkId(net) : null);
        if (!realm.IsOnePlace || !realm.IsRunBy(bearer.Actor))
        {
            return new Problem(SessionFaults.Forbidden);
        }

        var words = Text.CleanLine(search).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = (await rolls.InAsync(realm, cancellationToken)).Select(person => person.State)
            .Where(person => words.All(word => Has(person.Card!, word)))
            .OrderBy(person => person.Card!.Name, StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: true)).ToList();
        return TypedResults.Ok(new PeoplePage(
            found.Count, [.. found.Skip(Math.Max(0, skip ?? 0)).Take(PageLength).Select(person => Of(person, realm, bearer.Actor, organisations))]));
    });

    private static Task<Results<Ok<AddedPerson>, Problem>> AddAsync(
        AddPersonRequest request, Bearer bearer, PeopleDesk desk, CancellationToken cancellationToken) => WhileReadable.Async<Ok<AddedPerson>>(async () =>
    {
        if (request.Id.Version != 7)
        {
            return new Problem(CommandFaults.Malformed);
        }

        var card = new PersonCard(request.Name, request.City, request.Function, request.Languages ?? [], request.Mail);
        var (id, known, fault) = await desk.AddAsync(bearer.Actor, new NewPerson(request.Id, card, request.Role), cancellationToken);
        return fault is not null ? new Problem(fault) : TypedResults.Ok(new AddedPerson(id, known));
    });

    private static PersonInfo Of(Participant person, Realm realm, Actor actor, Organisations organisations)
    {
        var governed = person.IsGovernedBy(actor);
        return new PersonInfo(
            person.Id, person.Card!, [.. person.Roles.Where(role => role.In.Root == realm.Root)], governed,
            governed ? [.. person.Links.Select(link => new PersonalLinkInfo(link.Id, link.Issued, link.Expires, link.By == person.Id))] : null,
            governed ? AccountInfo.Of(person, organisations) : null, governed ? person.SignIns.Count : null);
    }

    private static bool Has(PersonCard card, string word) =>
        new[] { card.Name, card.City, card.Function, card.Mail }.Any(text =>
            text is not null && CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);
}
