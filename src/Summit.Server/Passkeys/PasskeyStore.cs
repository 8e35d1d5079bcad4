using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Summit.Domain;
using Summit.Domain.Participants;
using Summit.Server.People;

namespace Summit.Server.Passkeys;

/// <summary>
/// People and their passkeys as the framework's WebAuthn handler reads them. It changes nobody: what it has found goes to the person's own
/// record by a command, so all that would write here is refused.
/// </summary>
internal sealed class PasskeyStore(PeopleDirectory people) : IUserPasskeyStore<PersonView>
{
    /// <summary>What devices keep with a passkey and give back: whose it is.</summary>
    public static string HandleOf(ParticipantId person) => person.Value.ToString("N");

    public Task<string> GetUserIdAsync(PersonView user, CancellationToken cancellationToken) => Task.FromResult(HandleOf(user.State.Id));

    /// <summary>As the journal has them now: a passkey that was just removed on another server lets nobody in.</summary>
    public async Task<PersonView?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParseExact(userId, "N", out var id) ? await people.LookAsync(new ParticipantId(id), cancellationToken) : null;

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PersonView user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.State.Passkeys.Select(InfoOf)]);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(PersonView user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(Find(user, credentialId) is { } passkey ? InfoOf(passkey) : null);

    /// <summary>
    /// Nobody: a credential is looked for at the person whom the device names with it, and never by its id alone, so the same id at two people
    /// opens neither to the other. Twice at one person is refused by their record.
    /// </summary>
    public Task<PersonView?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult<PersonView?>(null);

    public static Passkey? Find(PersonView person, byte[] credentialId)
    {
        var credential = Base64Url.EncodeToString(credentialId);
        return person.State.Passkeys.FirstOrDefault(one => one.Credential == credential);
    }

    public Task AddOrUpdatePasskeyAsync(PersonView user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemovePasskeyAsync(PersonView user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string?> GetUserNameAsync(PersonView user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetUserNameAsync(PersonView user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string?> GetNormalizedUserNameAsync(PersonView user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(PersonView user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> CreateAsync(PersonView user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(PersonView user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> DeleteAsync(PersonView user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PersonView?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
        // Nothing is held.
    }

    private static UserPasskeyInfo InfoOf(Passkey passkey) => new(
        Base64Url.DecodeFromChars(passkey.Credential), Base64Url.DecodeFromChars(passkey.Key), passkey.Since, (uint)passkey.Counter, transports: [],
        isUserVerified: true, isBackupEligible: passkey.CanBeCopied, isBackedUp: passkey.CanBeCopied, attestationObject: [], clientDataJson: []);
}
