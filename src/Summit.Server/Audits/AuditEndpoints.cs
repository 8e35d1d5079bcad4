using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Operations;
using Summit.Server.People;

namespace Summit.Server.Audits;

/// <param name="Total">How many fit in all.</param>
/// <param name="People">Everybody named in any entry, to filter by.</param>
public sealed record AuditPage(int Total, IReadOnlyList<AuditEntry> Entries, IReadOnlyList<Doer> People);

/// <summary>Who did what when, for who runs a place, and for a person of themselves.</summary>
internal static class AuditEndpoints
{
    private const int PageLength = 100;

    public static void MapAudits(this IEndpointRouteBuilder api)
    {
        var audits = api.MapGroup("").WithTags("Audit").RequireAuthorization().LimitByPerson();
        audits.MapGet("/conferences/{id:guid}/audit", OfConferenceAsync).WithName("audit-conference").WithSummary("Who did what when in a conference. Host, administrator.");
        audits.MapGet("/networks/{id:guid}/audit", OfNetworkAsync).WithName("audit-network").WithSummary("Who did what when in a network. Secretary, administrator.");
        audits.MapGet("/me/audit", OfMeAsync).WithName("audit-me").WithSummary("What happened to one's own record, and what one did.");
    }

    private static Task<Results<Ok<AuditPage>, Problem>> OfConferenceAsync(
        Guid id, [AsParameters] Wanted wanted, Bearer bearer, ConferenceDirectory directory, Auditor auditor, CancellationToken cancellationToken) =>
        WhileReadable.Async<Ok<AuditPage>>(async () =>
            !bearer.Hosts(new ConferenceId(id)) ? new Problem(SessionFaults.Forbidden)
            : directory.Find(new ConferenceId(id)) is not { } conference ? new Problem(ConferenceFaults.Unknown)
            : TypedResults.Ok(wanted.Of(await auditor.OfAsync(conference, cancellationToken))));

    private static Task<Results<Ok<AuditPage>, Problem>> OfNetworkAsync(
        Guid id, [AsParameters] Wanted wanted, Bearer bearer, ConferenceDirectory directory, Auditor auditor, CancellationToken cancellationToken) =>
        WhileReadable.Async<Ok<AuditPage>>(async () =>
            directory.Find(new NetworkId(id)) is not { State: var network } ? new Problem(NetworkFaults.Unknown)
            : !network.HandsOutLinks(bearer.Actor) ? new Problem(SessionFaults.Forbidden)
            : TypedResults.Ok(wanted.Of(await auditor.OfAsync(network, cancellationToken))));

    private static Task<Results<Ok<AuditPage>, Problem>> OfMeAsync(
        [AsParameters] Wanted wanted, Bearer bearer, PersonDoor door, Auditor auditor, CancellationToken cancellationToken) =>
        WhileReadable.Async<Ok<AuditPage>>(async () =>
            await door.SignedInAsync(bearer, cancellationToken) is var (person, _)
                ? TypedResults.Ok(wanted.Of(await auditor.OfAsync(person.State, cancellationToken)))
                : new Problem(AccessFaults.NoPerson));

    /// <param name="Kind">The first part of an entry's kind, or all of it.</param>
    /// <param name="Until">Up to and without.</param>
    internal readonly record struct Wanted(Guid? Person, string? Kind, DateTimeOffset? From, DateTimeOffset? Until, int? Skip)
    {
        public AuditPage Of(IReadOnlyList<AuditEntry> all)
        {
            var wanted = this;
            var fitting = all.Where(entry => wanted.Fits(entry)).ToList();
            return new AuditPage(
                fitting.Count, [.. fitting.Skip(Math.Max(0, Skip ?? 0)).Take(PageLength)],
                [.. all.Select(entry => entry.By).OfType<Doer>().Where(by => by.Name is not null).DistinctBy(by => by.Id).OrderBy(by => by.Name, StringComparer.InvariantCultureIgnoreCase)]);
        }

        private bool Fits(AuditEntry entry) =>
            (Person is null || entry.By?.Id.Value == Person)
            && (string.IsNullOrEmpty(Kind) || entry.Kind == Kind || entry.Kind.StartsWith($"{Kind}.", StringComparison.Ordinal))
            && (From is null || entry.At >= From)
            && (Until is null || entry.At < Until);
    }
}
