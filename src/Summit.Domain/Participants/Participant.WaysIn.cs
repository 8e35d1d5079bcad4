using Summit.Domain.Conferences;

namespace Summit.Domain.Participants;

// How a person comes in: by a link, by an organisation's account.
public sealed partial class Participant
{
    private Decision Decide(IssuePersonalLink command) => command switch
    {
        { Hash: var hash } when hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower) => ParticipantFaults.LinkMalformed,
        _ when _links.ContainsKey(command.Link) => ConferenceFaults.LinkExists,
        _ when _links.Count >= Limits.Links => ParticipantFaults.TooMany(Limits.Links),
        _ => Decision.Raise(new PersonalLinkIssued(command.Link, command.Hash, command.Expires)),
    };

    private Decision Decide(SignInByLink command, DateTimeOffset now) =>
        FindLink(command.Hash, now) is not { } link ? ConferenceFaults.LinkUnknown
        : Decision.Raise(new SignedIn(command.SignIn, Text.CleanLine(command.Device), Earlier(command.Until, link.Expires), link.Id, null));

    /// <summary>
    /// Whoever wrote the mail address or made a link may have been somebody else. So what has let in before ends when an account is linked:
    /// nobody who prepared a record for another waits in it.
    /// </summary>
    private Decision Decide(SignInByAccount command)
    {
        var signedIn = new SignedIn(command.SignIn, Text.CleanLine(command.Device), command.Until, null, command.Issuer);
        return _accounts.Exists(one => one.Id == command.Account) ? Decision.Raise(signedIn)
            : command.Mail is null || !string.Equals(command.Mail, Card!.Mail, StringComparison.OrdinalIgnoreCase) ? ParticipantFaults.AccountUnknown
            : _accounts.Exists(one => one.Issuer == command.Issuer) ? ParticipantFaults.AccountOther
            : Decision.Raise(
            [
                new AccountLinked(command.Account, command.Issuer),
                .. _links.Keys.Select(link => new PersonalLinkRevoked(link)),
                signedIn,
            ]);
    }

    /// <summary>The oldest makes room: somebody at a new device must not be kept out by forgotten ones.</summary>
    private void Apply(SignedIn e, DateTimeOffset at)
    {
        _signIns.RemoveAll(one => one.Until <= at);
        if (_signIns.Count >= Limits.SignIns)
        {
            _signIns.RemoveAt(0);
        }

        _signIns.Add(new SignIn(e.SignIn, e.Device, at, e.Until, e.Link, e.Issuer));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other is { } limit && limit < one ? limit : one;
}
