using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Registrations;
using Summit.Domain.Sessions;
using Summit.Server.Access;
using Summit.Server.Conferences;
using Summit.Server.Operations;

namespace Summit.Server.Registrations;

/// <summary>Inviting people by a list: looked at first, then imported.</summary>
internal static class InvitationEndpoints
{
    /// <summary>Of one command, and so of one commit: others wait for no longer than that takes.</summary>
    private const int Together = 1_000;

    public static void MapInvitations(this IEndpointRouteBuilder api) =>
        api.MapPost("/conferences/{id:guid}/invitations", ReadAsync).WithTags("Registration").RequireAuthorization().LimitByPerson().WithName("invite")
            .WithSummary("What a list in CSV comes to; with ?import={uuid7} its good rows are invited. Host, administrator.").Accepts<string>(Csv.MediaType);

    /// <param name="import">UUID version 7: the same again is the same import again. Left out, nothing is changed.</param>
    /// <param name="lang">The language to write to them in.</param>
    private static async Task<Results<Ok<ListReport>, Problem>> ReadAsync(
        Guid id, Guid? import, string? lang, HttpContext http, Bearer bearer, ConferenceDirectory directory, RegistrationDesk desk, CancellationToken cancellationToken)
    {
        var conference = new ConferenceId(id);
        var fault = !Registration.IsKeptBy(bearer.Actor, conference) ? SessionFaults.Forbidden
            : directory.Find(conference) is null ? ConferenceFaults.Unknown
            : directory.FindRegistration(conference)?.Form is null ? RegistrationFaults.None
            : import is { Version: not 7 } ? CommandFaults.Malformed
            : !Text.IsLanguageTag(lang ?? "en") ? SessionFaults.LangMalformed
            : null;
        if (fault is not null)
        {
            return new Problem(fault);
        }

        if (await BodyAsync(http, cancellationToken) is not { } bytes)
        {
            return new Problem(ListFaults.TooLarge);
        }

        var (list, unread) = InvitationList.Read(bytes, directory.FindRegistration(conference)!);
        if (unread is not null || import is not { } request)
        {
            return unread is not null ? new Problem(unread) : TypedResults.Ok(list!.Report(0));
        }

        var before = directory.FindRegistration(conference)!.Count(RegistrationState.Invited);
        foreach (var rows in list!.Good.Chunk(Together))
        {
            var people = rows.Select(row => new Invitation(new ParticipantId(DerivedId.Of(request, $"row {row.Line}")), row.Answers, lang ?? "en"));
            var reply = await desk.SendAsync(bearer.Actor, conference, DerivedId.Of(request, $"from row {rows[0].Line}"), new Invite([.. people]), cancellationToken);
            if (reply.Fault is { } refused)
            {
                return new Problem(refused);
            }
        }

        return TypedResults.Ok(list.Report(directory.FindRegistration(conference)!.Count(RegistrationState.Invited) - before));
    }

    /// <summary>Null for more than a list may be.</summary>
    private static async Task<byte[]?> BodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = InvitationList.MostBytes + 1;
        }

        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, cancellationToken);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return body.Length > InvitationList.MostBytes ? null : body.ToArray();
    }
}
