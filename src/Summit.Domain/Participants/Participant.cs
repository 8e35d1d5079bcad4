using System.Text.Json;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;

namespace Summit.Domain.Participants;

/// <summary>A link that signs a person in.</summary>
/// <param name="By">Who issued it, and may therefore have seen it.</param>
public sealed record PersonalLink(LinkId Id, string Hash, DateTimeOffset Issued, DateTimeOffset? Expires, ParticipantId By)
{
    public bool IsGood(DateTimeOffset now) => Expires is not { } expires || expires > now;
}

/// <summary>A device on which a person is signed in.</summary>
public sealed record SignIn(SignInId Id, string Device, DateTimeOffset Since, DateTimeOffset Until, LinkId? Link, string? Issuer, PasskeyId? Passkey = null);

/// <summary>An account at an organisation that signs a person in.</summary>
/// <param name="Added">By whoever was signed in, and not by the person's own mail address.</param>
public sealed record LinkedAccount(AccountId Id, string Issuer, DateTimeOffset Since, bool Added = false);

/// <summary>A key on a device of a person that signs them in.</summary>
public sealed record Passkey(PasskeyId Id, string Credential, string Key, long Counter, bool CanBeCopied, string Device, DateTimeOffset Since);

/// <summary>One person: what is known of them, what they may be where, how they come in and where they are in.</summary>
public sealed partial class Participant : IAggregate<Participant>
{
    /// <summary>Somebody whose words are gone.</summary>
    private static readonly PersonCard Nobody = new("", null, null, [], null);

    private readonly List<HeldRole> _roles = [];
    private readonly Dictionary<LinkId, PersonalLink> _links = [];
    private readonly List<LinkedAccount> _accounts = [];
    private readonly List<Passkey> _passkeys = [];
    private readonly List<SignIn> _signIns = [];

    private Participant(Guid key) => Id = new ParticipantId(key);

    public static string Kind => "participant";

    public static int SnapshotVersion => 3;

    public ParticipantId Id { get; }

    /// <summary>Null until added.</summary>
    public PersonCard? Card { get; private set; }

    public IReadOnlyList<HeldRole> Roles => _roles;

    /// <summary>Those that were not revoked.</summary>
    public IReadOnlyCollection<PersonalLink> Links => _links.Values;

    /// <summary>One of each organisation at the most.</summary>
    public IReadOnlyList<LinkedAccount> Accounts => _accounts;

    public IReadOnlyList<Passkey> Passkeys => _passkeys;

    /// <summary>Those that were not ended, the oldest first; some may have run out.</summary>
    public IReadOnlyList<SignIn> SignIns => _signIns;

    public static Participant Create(Guid key) => new(key);

    public SignIn? FindSignIn(SignInId id, DateTimeOffset now) => _signIns.Find(one => one.Id == id && one.Until > now);

    public PersonalLink? FindLink(string hash, DateTimeOffset now) => _links.Values.FirstOrDefault(link => link.Hash == hash && link.IsGood(now));

    /// <summary>Whether this role is theirs now.</summary>
    public bool Holds(HeldRole role) => _roles.Contains(role);

    /// <summary>
    /// Whether somebody sees and changes what is known of this person, and lets them in: they themselves, or who runs every conference and
    /// network where they have a role. Whoever runs one of several must not come into the others in their name.
    /// </summary>
    public bool IsGovernedBy(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return IsSelf(actor) || actor.Role == Role.Admin || (_roles.Count > 0 && _roles.TrueForAll(role => role.In.IsRunBy(actor)));
    }

    /// <summary>Whether somebody sees this person and their roles there: they themselves, and who runs a place where they have one.</summary>
    public bool IsShownTo(Actor actor) => IsGovernedBy(actor) || _roles.Exists(role => role.In.IsRunBy(actor));

    public Decision Decide(ICommand command, CommandContext context)
    {
        var actor = context.Actor;
        return command switch
        {
            AddPerson add => Decide(add, actor),
            IErasing erasing => Decide(erasing, actor),
            not (IParticipantCommand or JoinConference or IssuePersonalLink or LinkAccount or AddPasskey or SignInByLink or SignInByAccount or SignInByPasskey) => SessionFaults.CommandUnknown,
            JoinConference or LinkAccount or AddPasskey or SignInByLink or SignInByAccount or SignInByPasskey when !IsSelf(actor) => SessionFaults.Forbidden,
            _ when Card is null or { Name: "" } => ParticipantFaults.Unknown,
            GiveRole give => Decide(give.Role, actor),
            TakeRole take => !take.Role.In.IsRunBy(actor) && !IsSelf(actor) ? SessionFaults.Forbidden
                : Holds(take.Role) ? Decision.Raise(new RoleTaken(take.Role))
                : ParticipantFaults.RoleUnknown,
            JoinConference join => Give(new HeldRole(new Realm(join.Conference), Role.Participant), actor),
            SignInByLink signIn => Decide(signIn, context.Now),
            SignInByAccount signIn => Decide(signIn),
            SignInByPasskey signIn => Decide(signIn),
            LinkAccount link => Decide(link),
            AddPasskey add => Decide(add),
            _ when !IsGovernedBy(actor) => IsShownTo(actor) ? ParticipantFaults.Elsewhere : SessionFaults.Forbidden,
            DescribePerson describe => Decide(describe),
            IssuePersonalLink issue => Decide(issue),
            RevokePersonalLink revoke => _links.ContainsKey(revoke.Link) ? Decision.Raise(new PersonalLinkRevoked(revoke.Link)) : ConferenceFaults.LinkUnknown,
            UnlinkAccount { Account: var id } => _accounts.Exists(one => one.Id == id) ? Decision.Raise(new AccountUnlinked(id)) : ParticipantFaults.AccountUnknown,
            RemovePasskey { Passkey: var id } => _passkeys.Exists(one => one.Id == id) ? Decision.Raise(new PasskeyRemoved(id)) : ParticipantFaults.PasskeyUnknown,
            SignOut { SignIn: var id } => _signIns.Exists(one => one.Id == id) ? Decision.Raise(new SignedOut(id)) : ParticipantFaults.SignInUnknown,
            SignOutEverywhere => _signIns.Count == 0 ? Decision.Nothing : Decision.Raise(new SignedOutEverywhere()),
            _ => SessionFaults.CommandUnknown,
        };
    }

    public void Apply(IEvent happened, EventContext context)
    {
        switch (happened)
        {
            case PersonAdded e:
                Card = e.Card;
                break;
            case PersonDescribed e:
                Card = e.Card;
                break;
            case RoleGiven e:
                _roles.Add(e.Role);
                break;
            case RoleTaken e:
                _roles.Remove(e.Role);
                break;
            case PersonalLinkIssued e:
                _links.Add(e.Link, new PersonalLink(e.Link, e.Hash, context.At, e.Expires, context.By));
                break;
            case PersonalLinkRevoked e:
                _links.Remove(e.Link);
                _signIns.RemoveAll(one => one.Link == e.Link);
                break;
            case AccountLinked e:
                _accounts.Add(new LinkedAccount(e.Account, e.Issuer, context.At));
                break;
            case AccountAdded e:
                _accounts.Add(new LinkedAccount(e.Account, e.Issuer, context.At, Added: true));
                break;
            case AccountUnlinked e:
                _signIns.RemoveAll(one => _accounts.Exists(account => account.Id == e.Account && account.Issuer == one.Issuer));
                _accounts.RemoveAll(account => account.Id == e.Account);
                break;
            case PasskeyAdded e:
                _passkeys.Add(new Passkey(e.Passkey, e.Credential, e.Key, e.Counter, e.CanBeCopied, e.Device, context.At));
                break;
            case PasskeyRemoved e:
                _passkeys.RemoveAll(one => one.Id == e.Passkey);
                _signIns.RemoveAll(one => one.Passkey == e.Passkey);
                break;
            case PasskeyUsed e:
                Apply(e);
                break;
            case SignedIn e:
                Apply(e, context.At);
                break;
            case SignedOut e:
                _signIns.RemoveAll(one => one.Id == e.SignIn);
                break;
            case SignedOutEverywhere:
                _signIns.Clear();
                break;
            case PersonForgotten:
                Card = Card is null ? null : Nobody;
                _links.Clear();
                _accounts.Clear();
                _passkeys.Clear();
                _signIns.Clear();
                break;
            case CommandNoted or ErasureDone:
                break;
            default:
                throw new InvalidOperationException($"A participant does not know the event {happened?.GetType().Name}.");
        }
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(
        new ParticipantSnapshot(Card, _roles, [.. _links.Values], _accounts, _passkeys, _signIns), DomainJson.Default.ParticipantSnapshot);

    public static Participant Load(Guid key, ReadOnlySpan<byte> snapshot)
    {
        var saved = JsonSerializer.Deserialize(snapshot, DomainJson.Default.ParticipantSnapshot)
            ?? throw new JsonException("A participant's snapshot is empty.");
        var participant = new Participant(key) { Card = saved.Card };
        participant._roles.AddRange(saved.Roles);
        participant._accounts.AddRange(saved.Accounts);
        participant._passkeys.AddRange(saved.Passkeys);
        participant._signIns.AddRange(saved.SignIns);
        foreach (var link in saved.Links)
        {
            participant._links.Add(link.Id, link);
        }

        return participant;
    }

    /// <inheritdoc/>
    public IEvent? Erased(IErasure order, IEvent happened, EventContext context) => happened switch
    {
        PersonAdded e => e with { Card = Nobody },
        PersonDescribed e => e with { Card = Nobody },
        SignedIn e => e with { Device = "" },
        AccountLinked e => e with { Account = default },
        AccountAdded e => e with { Account = default },
        PasskeyAdded e => e with { Credential = "", Key = "", Device = "" },
        AccountUnlinked e => e with { Account = default },
        _ => null,
    };

    /// <summary>Whoever runs one of several places where the person has a role ends what is known there, and not the person.</summary>
    private Decision Decide(IErasing command, Actor actor) => command switch
    {
        ConfirmErasure confirm when actor.Role == Role.Admin => Decision.Raise(new ErasureDone(confirm.Order, confirm.Records)),
        // Forgotten before, by an order of another place.
        _ when Card is null or { Name: "" } => ParticipantFaults.Unknown,
        _ when !IsGovernedBy(actor) => IsShownTo(actor) ? ParticipantFaults.Elsewhere : SessionFaults.Forbidden,
        // What they were where is told, and over; nobody's name hangs on a role any more.
        ErasePerson => Decision.Raise([.. _roles.Select(role => new RoleTaken(role)), new PersonForgotten()]),
        _ => SessionFaults.CommandUnknown,
    };

    private bool IsSelf(Actor actor) => actor.Id == Id;

    private Decision Decide(AddPerson command, Actor actor)
    {
        var (card, fault) = Check(new PersonCard(command.Name, command.City, command.Function, command.Languages ?? [], command.Mail));
        return command.Role switch
        {
            null when actor.Role != Role.Admin => SessionFaults.Forbidden,
            { In: var realm } when !realm.IsRunBy(actor) => SessionFaults.Forbidden,
            _ when Card is not null => ParticipantFaults.Exists,
            _ when fault is not null => fault,
            null => Decision.Raise(new PersonAdded(card)),
            var role when !role.In.IsOnePlace || !role.In.Knows(role.Role, role.Member) => ParticipantFaults.RoleMalformed,
            var role => Decision.Raise(new PersonAdded(card), new RoleGiven(role)),
        };
    }

    private Decision Decide(HeldRole role, Actor actor) =>
        !role.In.IsRunBy(actor) ? SessionFaults.Forbidden
        : !role.In.IsOnePlace || !role.In.Knows(role.Role, role.Member) ? ParticipantFaults.RoleMalformed
        : Give(role, actor);

    /// <summary>
    /// Whoever issued a link may have seen it. So a role with power ends the links of everybody but who gives it and who gets it: an
    /// organiser of one conference does not come into another by having made a link for one of its people.
    /// </summary>
    private Decision Give(HeldRole role, Actor actor)
    {
        if (Holds(role))
        {
            return Decision.Nothing;
        }

        if (_roles.Count >= Limits.Roles)
        {
            return ParticipantFaults.TooMany(Limits.Roles);
        }

        var seen = role.HasPower ? _links.Values.Where(link => link.By != actor.Id && link.By != Id) : [];
        return Decision.Raise([new RoleGiven(role), .. seen.Select(link => new PersonalLinkRevoked(link.Id))]);
    }

    private Decision Decide(DescribePerson command)
    {
        var (card, fault) = Check(new PersonCard(command.Name, command.City, command.Function, command.Languages ?? [], command.Mail));
        return fault is not null ? fault : IsSame(card, Card!) ? Decision.Nothing : Decision.Raise(new PersonDescribed(card));
    }

    private static bool IsSame(PersonCard one, PersonCard other) =>
        one.Languages.SequenceEqual(other.Languages) && one == other with { Languages = one.Languages };

    private static (PersonCard Clean, Fault? Fault) Check(PersonCard raw)
    {
        var clean = new PersonCard(Text.CleanLine(raw.Name), LineOrNull(raw.City), LineOrNull(raw.Function), [.. raw.Languages.Distinct()], LineOrNull(raw.Mail));
        var fault = clean.Name.Length == 0 ? SessionFaults.TextEmpty
            : TooLong(clean.Name, Limits.Name) ?? TooLong(clean.City, Limits.City) ?? TooLong(clean.Function, Limits.Function)
            ?? (clean.Languages.Count > Limits.Languages || !clean.Languages.All(Text.IsLanguageTag) ? ParticipantFaults.LanguagesMalformed : null)
            ?? (clean.Mail is { } mail && !IsMail(mail) ? ParticipantFaults.MailMalformed : null);
        return (clean, fault);
    }

    private static bool IsMail(string mail) =>
        mail.Length <= Limits.Mail && mail.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == mail.LastIndexOf('@') && at < mail.Length - 1 && !mail.Contains(' ', StringComparison.Ordinal);

    private static string? LineOrNull(string? raw) => Text.CleanLine(raw) is { Length: > 0 } line ? line : null;

    // Name and city ride in every token, so their size is bounded as well.
    private static Fault? TooLong(string? text, int most) => text is not null && (text.Length > 4 * most || Text.Length(text) > most) ? SessionFaults.TextTooLong(most) : null;

    /// <summary>Lengths in characters as a person counts them, and numbers that keep a person's record small enough to be read for one request.</summary>
    private static class Limits
    {
        /// <summary>As at the door of a conference.</summary>
        public const int Name = 80;
        public const int City = 60;
        public const int Function = 120;
        public const int Languages = 10;

        /// <summary>RFC 5321: 64 before the @, 255 after it; the whole of a path 256 with its brackets.</summary>
        public const int Mail = 254;
        public const int Roles = 200;
        public const int Links = 20;
        public const int SignIns = 30;
        public const int Passkeys = 10;
    }
}

/// <summary>A person's state as it is saved.</summary>
public sealed record ParticipantSnapshot(
    PersonCard? Card, IReadOnlyList<HeldRole> Roles, IReadOnlyList<PersonalLink> Links, IReadOnlyList<LinkedAccount> Accounts,
    IReadOnlyList<Passkey> Passkeys, IReadOnlyList<SignIn> SignIns);
