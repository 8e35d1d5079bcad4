using Summit.Domain;
using Summit.Domain.Participants;
using Summit.Server.Access;
using Summit.Server.People;

namespace Summit.Server.Accounts;

/// <summary>Lets people in by their organisation's word: whom the account is linked to, else whose mail address it is.</summary>
public sealed class AccountDoor(Organisations organisations, Rolls rolls, PeopleDirectory people, PeopleDesk desk, PersonDoor door, TimeProvider time)
{
    /// <summary>Who has left the organisation is asked for its word again within a week.</summary>
    private static readonly TimeSpan ForAccounts = TimeSpan.FromDays(7);

    public async Task<(AccessGranted? Granted, Fault? Fault)> SignInAsync(AccountWord word, string device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (organisations.Find(word.Organisation) is not { } organisation)
        {
            return (null, AccountFaults.Organisation);
        }

        var account = Organisations.AccountOf(organisation.Issuer, word.Subject);
        var (person, fault) = await rolls.WithAccountAsync(account, cancellationToken) is { } linked
            ? (linked, null)
            : await FindAsync(organisation, account, word, cancellationToken);
        if (person is null)
        {
            return (null, fault);
        }

        var mail = word.Verified && organisation.SpeaksFor(word.Mail ?? "") ? word.Mail : null;
        var command = new SignInByAccount(word.SignIn, account, organisation.Issuer, mail, device, time.GetUtcNow() + ForAccounts);
        return await door.SignInAsync(person, command, word.SignIn, cancellationToken);
    }

    /// <summary>
    /// Makes the account one more way in of somebody who is signed in. Its mail address does not count: whoever comes by both is the same person.
    /// </summary>
    public async Task<Fault?> LinkAsync(Bearer bearer, AccountWord word, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (organisations.Find(word.Organisation) is not { } organisation)
        {
            return AccountFaults.Organisation;
        }

        if (await door.SignedInAsync(bearer, cancellationToken) is not var (person, _))
        {
            return AccessFaults.NoPerson;
        }

        var (id, account) = (person.State.Id, Organisations.AccountOf(organisation.Issuer, word.Subject));
        if (await rolls.WithAccountAsync(account, cancellationToken) is { } linked && linked.State.Id != id)
        {
            return AccountFaults.Taken;
        }

        return await desk.EnterAccountAsync(id, account, cancellationToken)
            ?? (await desk.TellAsync(bearer.Actor, id, word.SignIn.Value, new LinkAccount(account, organisation.Issuer), cancellationToken)).Fault;
    }

    /// <summary>Whom an account that nobody has come by yet leads to, by its mail address. On the roll first: an account on no roll would not be found.</summary>
    private async Task<(PersonView? Person, Fault? Fault)> FindAsync(
        Organisation organisation, AccountId account, AccountWord word, CancellationToken cancellationToken)
    {
        if (word is not { Mail: { } mail, Verified: true })
        {
            return (null, AccountFaults.Unverified);
        }

        if (!organisation.SpeaksFor(mail))
        {
            return (null, AccountFaults.OtherDomain);
        }

        var (person, fault) = await rolls.WithMailAsync(mail, cancellationToken) is { } known ? (known, null)
            : organisation.Enrol ? await EnrolAsync(word, mail, cancellationToken)
            : (null, AccountFaults.Nobody);
        fault ??= await desk.EnterAccountAsync(person!.State.Id, account, cancellationToken);
        return fault is null ? (person, null) : (null, fault);
    }

    private async Task<(PersonView? Person, Fault? Fault)> EnrolAsync(AccountWord word, string mail, CancellationToken cancellationToken)
    {
        var card = new PersonCard(string.IsNullOrWhiteSpace(word.Name) ? mail[..mail.IndexOf('@', StringComparison.Ordinal)] : word.Name, null, null, [], mail);
        // Made out of this word, not of the account: whoever was erased and comes again is somebody new.
        var (person, _, fault) = await desk.AddAsync(Actor.System, new NewPerson(word.SignIn.Value, card, null), cancellationToken);
        return fault is not null ? (null, fault)
            : await people.FindAsync(person, cancellationToken) is { } added ? (added, null)
            : (null, ParticipantFaults.Unknown);
    }
}
