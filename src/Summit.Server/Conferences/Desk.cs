using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Engine;

namespace Summit.Server.Conferences;

/// <param name="Id">Made by who asks for it: the same id again is the same request again.</param>
public sealed record NewConference(
    ConferenceId Id, string Title, string? Theme, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, IReadOnlyList<string> Languages,
    bool Demonstration = false);

/// <param name="Id">Made by who asks for it: the same id again is the same request again.</param>
public sealed record NewSession(SessionId Id, string Title, DateTimeOffset Starts, DateTimeOffset Ends, string Lang, PolicyChanges? Policies = null);

/// <param name="Id">Made by who asks for it: the same id again is the same request again.</param>
/// <param name="Secret">From <see cref="RoleSecret.New"/>; only its hash is kept.</param>
public sealed record NewLink(LinkId Id, Role Role, string Label, string Secret, DateTimeOffset? Expires = null);

/// <summary>The part of a role link behind the <c>#</c>.</summary>
public static class RoleSecret
{
    /// <summary>256 bits from the system: not to be guessed, so looking one up needs no slowing down.</summary>
    public static string New() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored in its place: SHA-256, lower-case hex. A random secret needs no salt and no slow hash.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>
/// The organiser's desk: what takes more than one command. Each step has an id derived from the request's, so that a request sent
/// again finishes what was begun and changes nothing else. What succeeded shows in the <see cref="ConferenceDirectory"/> on return.
/// </summary>
public sealed class Desk(IEngine engine, ConferenceDirectory directory, TimeProvider time)
{
    /// <summary>With a million codes taken each try fails once in 900; five failures in a row are a fault of ours.</summary>
    private const int CodeTries = 5;

    /// <summary>Claims a code, then plans the conference under it. Administrators only.</summary>
    public async Task<(string Code, Fault? Fault)> PlanAsync(Actor actor, NewConference request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        for (var attempt = 0; attempt < CodeTries; attempt++)
        {
            var code = CodeOf(request.Id, attempt);
            var plan = new PlanConference(
                request.Title, request.Theme, request.Starts, request.Ends, request.TimeZone, request.Languages, code, request.Demonstration);

            // The rules are pure: ask them first, so that no door ever leads to a conference that was refused.
            var context = new CommandContext(request.Id.Value, actor, time.GetUtcNow());
            if (Conference.Create(request.Id.Value).Decide(plan, context).Fault is { } refused)
            {
                return ("", refused);
            }

            var door = await SendAsync(Lobby.Only, request.Id.Value, $"open-door {code}", actor, new OpenDoor(code, request.Id), cancellationToken);
            if (door == ConferenceFaults.CodeTaken)
            {
                continue;
            }

            var fault = door ?? await SendAsync(ConferenceDirectory.Stream(request.Id), request.Id.Value, "plan", actor, plan, cancellationToken);
            return fault is not null ? ("", fault)
                : directory.Find(request.Id) is { } planned ? (planned.Plan.Code, null)
                : ("", ConferenceFaults.Unknown);
        }

        return ("", ConferenceFaults.CodeTaken);
    }

    /// <summary>Sets a session up, then puts it into the programme.</summary>
    public async Task<Fault?> ScheduleAsync(Actor actor, ConferenceId conference, NewSession request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (directory.Find(conference) is null)
        {
            return ConferenceFaults.Unknown;
        }

        // The conference is part of the id: another conference that asks for the same session is another request, and refused.
        var step = $"of {conference.Value:N}";
        var schedule = new ScheduleSession(conference, request.Title, request.Lang, request.Starts, request.Ends, request.Policies);
        var cell = new AggregateId(Session.Kind, request.Id.Value);
        var scheduled = await engine.SendAsync(
            cell, new CommandEnvelope(DerivedId.Of(request.Id.Value, $"schedule {step}"), actor, schedule), cancellationToken);
        return scheduled.Fault ?? await SendAsync(
            ConferenceDirectory.Stream(conference), request.Id.Value, $"add {step}", actor,
            new AddSessionToProgramme(request.Id, request.Title, request.Starts, request.Ends, request.Lang), cancellationToken);
    }

    public Task<Fault?> IssueAsync(Actor actor, ConferenceId conference, NewLink request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var issue = new IssueLink(request.Id, request.Role, request.Label, RoleSecret.Hash(request.Secret), request.Expires);
        return SendToConferenceAsync(conference, request.Id.Value, "issue", actor, issue, cancellationToken);
    }

    public Task<Fault?> RevokeAsync(Actor actor, ConferenceId conference, LinkId link, CancellationToken cancellationToken) =>
        SendToConferenceAsync(conference, link.Value, "revoke", actor, new RevokeLink(link), cancellationToken);

    /// <summary>A host's command as it came, under its own id.</summary>
    public Task<Reply> SendAsync(Actor actor, ConferenceId conference, Guid id, IProgrammeCommand command, CancellationToken cancellationToken) =>
        // No cell is woken for an id somebody made up.
        directory.Find(conference) is null
            ? Task.FromResult(Reply.Refused(ConferenceFaults.Unknown))
            : directory.SendAsync(ConferenceDirectory.Stream(conference), new CommandEnvelope(id, actor, command), cancellationToken);

    /// <summary>Takes the code out of service, then the conference. In this order its host can finish what was cut short.</summary>
    public async Task<Fault?> RemoveAsync(Actor actor, ConferenceId conference, CancellationToken cancellationToken)
    {
        if (directory.Find(conference) is null)
        {
            return ConferenceFaults.Unknown;
        }

        return await SendAsync(Lobby.Only, conference.Value, "close-door", actor, new CloseDoor(conference), cancellationToken)
            ?? await SendAsync(ConferenceDirectory.Stream(conference), conference.Value, "remove", actor, new RemoveConference(), cancellationToken);
    }

    private Task<Fault?> SendToConferenceAsync(
        ConferenceId conference, Guid request, string step, Actor actor, ICommand command, CancellationToken cancellationToken) =>
        // No cell is woken for an id somebody made up.
        directory.Find(conference) is null
            ? Task.FromResult<Fault?>(ConferenceFaults.Unknown)
            : SendAsync(ConferenceDirectory.Stream(conference), request, step, actor, command, cancellationToken);

    private async Task<Fault?> SendAsync(
        AggregateId to, Guid request, string step, Actor actor, ICommand command, CancellationToken cancellationToken) =>
        (await directory.SendAsync(to, new CommandEnvelope(DerivedId.Of(request, step), actor, command), cancellationToken)).Fault;

    /// <summary>Random for everybody who does not know the conference's id; the same at each retry of the request.</summary>
    private static string CodeOf(ConferenceId conference, int attempt)
    {
        Span<byte> bytes = stackalloc byte[16];
        DerivedId.Of(conference.Value, $"code {attempt}").TryWriteBytes(bytes);
        var number = BitConverter.ToUInt64(bytes) ^ BitConverter.ToUInt64(bytes[8..]);
        return string.Create(Lobby.CodeLength, number, static (code, rest) =>
        {
            foreach (ref var character in code)
            {
                (rest, var digit) = Math.DivRem(rest, (ulong)Lobby.CodeAlphabet.Length);
                character = Lobby.CodeAlphabet[(int)digit];
            }
        });
    }
}
