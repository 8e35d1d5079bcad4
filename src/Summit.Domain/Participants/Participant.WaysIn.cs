using Summit.Domain.Conferences;

namespace Summit.Domain.Participants;

// How a person comes in: by a link, by an organisation's account, by a passkey.
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
            : _accounts.Exists(one => one.Issuer == command.Issuer && !one.Added) ? ParticipantFaults.AccountOther
            : Decision.Raise(
            [
                new AccountLinked(command.Account, command.Issuer),
                .. _links.Keys.Select(link => new PersonalLinkRevoked(link)),
                .. _passkeys.Select(passkey => new PasskeyRemoved(passkey.Id)),
                .. _accounts.Where(account => account.Added).Select(account => new AccountUnlinked(account.Id)),
                signedIn,
            ]);
    }

    private Decision Decide(LinkAccount command) =>
        _accounts.Exists(one => one.Id == command.Account) ? Decision.Nothing
        : _accounts.Exists(one => one.Issuer == command.Issuer) ? ParticipantFaults.AccountSecond
        : Decision.Raise(new AccountAdded(command.Account, command.Issuer));

    private Decision Decide(AddPasskey command) =>
        _passkeys.Exists(one => one.Id == command.Passkey || one.Credential == command.Credential) ? ParticipantFaults.PasskeyExists
        : _passkeys.Count >= Limits.Passkeys ? ParticipantFaults.TooMany(Limits.Passkeys)
        : Decision.Raise(new PasskeyAdded(
            command.Passkey, command.Credential, command.Key, command.Counter, command.CanBeCopied, Text.CleanLine(command.Device)));

    /// <summary>A device that counts and has not counted on is a copy of it, or an answer that was heard and is said again.</summary>
    private Decision Decide(SignInByPasskey command) => _passkeys.Find(one => one.Id == command.Passkey) switch
    {
        null => ParticipantFaults.PasskeyUnknown,
        { Counter: var last } when (last, command.Counter) is not (0, 0) && command.Counter <= last => ParticipantFaults.PasskeyBehind,
        _ => Decision.Raise(
            new SignedIn(command.SignIn, Text.CleanLine(command.Device), command.Until, null, null),
            new PasskeyUsed(command.Passkey, command.SignIn, command.Counter)),
    };

    private void Apply(PasskeyUsed e)
    {
        var (key, made) = (_passkeys.FindIndex(one => one.Id == e.Passkey), _signIns.FindIndex(one => one.Id == e.SignIn));
        _passkeys[key] = _passkeys[key] with { Counter = e.Counter };
        _signIns[made] = _signIns[made] with { Passkey = e.Passkey };
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
