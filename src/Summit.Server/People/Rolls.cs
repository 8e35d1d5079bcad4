using System.Globalization;
using Summit.Domain;
using Summit.Domain.Participants;
using Summit.Engine;
using Summit.Server.Conferences;

namespace Summit.Server.People;

/// <summary>Finds people by where they have a role, or by their mail address.</summary>
public sealed class Rolls(PeopleDirectory people, Replay replay)
{
    /// <summary>Reads at once: enough to hide a database's round trip, few enough to leave it to others.</summary>
    private const int AtOnce = 8;

    /// <summary>What the rolls of addresses are derived from. Never changes: the rolls would not be found again.</summary>
    private static readonly Guid Addresses = Guid.Parse("0198c0de-0000-8000-8000-000000000001");

    /// <summary>Those who have a role in a conference or network now.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    public async Task<IReadOnlyList<PersonView>> InAsync(Realm realm, CancellationToken cancellationToken) =>
        await ReadAsync(realm.Root, person => person.Roles.Any(role => role.In.Root == realm.Root), cancellationToken);

    /// <summary>Those who have or had a role in a conference or network.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    public async Task<IReadOnlyList<ParticipantId>> EverInAsync(Realm realm, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return (await replay.LoadAsync<Roll>(realm.Root, cancellationToken)).State.People;
    }

    /// <summary>The one who has this address; null for nobody, and for an address that several share.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    public async Task<PersonView?> WithMailAsync(string mail, CancellationToken cancellationToken) =>
        await ReadAsync(OfMail(mail), person => person.Card!.Mail is { } theirs && Same(theirs) == Same(mail), cancellationToken) is [var only] ? only : null;

    /// <summary>Whom this account is linked to; null for nobody.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    public async Task<PersonView?> WithAccountAsync(AccountId account, CancellationToken cancellationToken) =>
        await ReadAsync(account.Value, person => person.Accounts.Any(one => one.Id == account), cancellationToken) is [var only, ..] ? only : null;

    internal static AggregateId Stream(Guid key) => new(Roll.Kind, key);

    internal static Guid OfMail(string mail) => DerivedId.Of(Addresses, $"mail {Same(mail)}");

    /// <summary>Servers may tell capitals in an address apart; people do not.</summary>
    private static string Same(string mail) => mail.Trim().ToLower(CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<PersonView>> ReadAsync(Guid key, Predicate<Participant> belongs, CancellationToken cancellationToken)
    {
        var (roll, _) = await replay.LoadAsync<Roll>(key, cancellationToken);
        var found = new PersonView?[roll.People.Count];
        await Parallel.ForAsync(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (at, cancelled) =>
            found[at] = await people.FindAsync(roll.People[at], cancelled));
        return [.. found.OfType<PersonView>().Where(person => belongs(person.State))];
    }
}
