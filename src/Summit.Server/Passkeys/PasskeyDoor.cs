using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Summit.Domain;
using Summit.Domain.Participants;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Accounts;
using Summit.Server.Conferences;
using Summit.Server.Operations;
using Summit.Server.People;

namespace Summit.Server.Passkeys;

/// <summary>What a browser hands to its device, and what it brings back with the device's answer.</summary>
/// <param name="Options">As <c>navigator.credentials</c> takes them.</param>
/// <param name="State">Sealed: what was asked, for any server to compare with what was answered.</param>
public sealed record PasskeyQuestion(JsonElement Options, string State);

/// <param name="Credential">As <c>navigator.credentials</c> gave it.</param>
public sealed record PasskeyAnswer(string State, JsonElement Credential);

/// <summary>Adds passkeys and lets people in by them. What WebAuthn asks to be checked, the framework checks.</summary>
public sealed class PasskeyDoor
{
    /// <summary>As long as browsers wait for a device.</summary>
    private static readonly TimeSpan ForAnAnswer = TimeSpan.FromMinutes(5);

    /// <summary>What sign-ins are derived from, so that one question makes one.</summary>
    private static readonly Guid Questions = Guid.Parse("0198c0de-0000-8000-8000-000000000003");

    private readonly PasskeyHandler<PersonView> _handler;
    private readonly ITimeLimitedDataProtector _toAdd;
    private readonly ITimeLimitedDataProtector _toSignIn;
    private readonly PeopleDesk _desk;
    private readonly PersonDoor _door;
    private readonly TimeProvider _time;

    public PasskeyDoor(PeopleDirectory people, PeopleDesk desk, PersonDoor door, Settings settings, IDataProtectionProvider protection, TimeProvider time)
    {
        (_desk, _door, _time) = (desk, door, time);
        _toAdd = protection.CreateProtector("passkeys", "add").ToTimeLimitedDataProtector();
        _toSignIn = protection.CreateProtector("passkeys", "sign in").ToTimeLimitedDataProtector();
        var address = settings.Address is { } own ? new Uri(own) : null;
        var users = new UserManager<PersonView>(
            new PasskeyStore(people), null!, null!, [], [], null!, null!, null!, NullLogger<UserManager<PersonView>>.Instance);
        _handler = new PasskeyHandler<PersonView>(users, Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = address?.Host,
            // Found without a name, and opened by more than having the device.
            ResidentKeyRequirement = "required",
            UserVerificationRequirement = "required",
            // A page of a domain below ours may use our passkeys as well; what it hears must not be good here.
            ValidateOrigin = context => ValueTask.FromResult(
                !context.CrossOrigin && context.Origin == (address?.GetLeftPart(UriPartial.Authority) ?? $"{context.HttpContext.Request.Scheme}://{context.HttpContext.Request.Host}")),
        }));
    }

    public async Task<PasskeyQuestion> AskToAddAsync(PersonView person, HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(person);
        var (id, name) = (PasskeyStore.HandleOf(person.State.Id), person.State.Card!.Name);
        var made = await _handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = id, Name = name, DisplayName = name }, context);
        return Question(made.CreationOptionsJson, made.AttestationState!, _toAdd);
    }

    public async Task<Fault?> AddAsync(Actor actor, PasskeyAnswer answer, HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (Opened(answer, _toAdd) is not { } asked)
        {
            return AccountFaults.Over;
        }

        var seen = await _handler.PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = context, CredentialJson = answer.Credential.GetRawText(), AttestationState = asked });
        if (!seen.Succeeded || seen.UserEntity.Id != PasskeyStore.HandleOf(actor.Id))
        {
            return FaultOf(seen.Failure);
        }

        var passkey = new PasskeyId(Guid.CreateVersion7(_time.GetUtcNow()));
        var add = new AddPasskey(
            passkey, Base64Url.EncodeToString(seen.Passkey.CredentialId), Base64Url.EncodeToString(seen.Passkey.PublicKey), seen.Passkey.SignCount,
            seen.Passkey.IsBackupEligible, Devices.Of(context.Request));
        return (await _desk.TellAsync(actor, actor.Id, passkey.Value, add, context.RequestAborted)).Fault;
    }

    public async Task<PasskeyQuestion> AskToSignInAsync(HttpContext context)
    {
        var made = await _handler.MakeRequestOptionsAsync(null, context);
        return Question(made.RequestOptionsJson, made.AssertionState!, _toSignIn);
    }

    public async Task<(AccessGranted? Granted, Fault? Fault)> SignInAsync(PasskeyAnswer answer, HttpContext context)
    {
        if (Opened(answer, _toSignIn) is not { } asked)
        {
            return (null, AccountFaults.Over);
        }

        var seen = await _handler.PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = context, CredentialJson = answer.Credential.GetRawText(), AssertionState = asked });
        if (!seen.Succeeded || PasskeyStore.Find(seen.User, seen.Passkey.CredentialId) is not { } passkey)
        {
            return (null, FaultOf(seen.Failure));
        }

        // An answer that was heard on the way is no second key: its question has made its sign-in.
        var signIn = SignInOf(asked);
        if (seen.User.State.FindSignIn(signIn, _time.GetUtcNow()) is not null)
        {
            return (null, AccountFaults.Over);
        }

        var command = new SignInByPasskey(signIn, passkey.Id, seen.Passkey.SignCount, Devices.Of(context.Request), _time.GetUtcNow() + PersonDoor.ForPeople);
        return await _door.SignInAsync(seen.User, command, signIn, context.RequestAborted);
    }

    private static PasskeyQuestion Question(string options, string asked, ITimeLimitedDataProtector seal)
    {
        using var json = JsonDocument.Parse(options);
        return new PasskeyQuestion(json.RootElement.Clone(), seal.Protect(asked, ForAnAnswer));
    }

    /// <summary>Null for what was not sealed here, for this, in the last minutes.</summary>
    private static string? Opened(PasskeyAnswer answer, ITimeLimitedDataProtector seal)
    {
        try
        {
            return seal.Unprotect(answer.State);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The handler takes whatever was thrown for a wrong answer.</summary>
    private static Fault FaultOf(PasskeyException? failure) =>
        failure?.InnerException is JournalUnavailableException ? EngineFaults.JournalUnavailable : PasskeyFaults.Refused;

    private static SignInId SignInOf(string asked) => new(DerivedId.Of(Questions, asked));
}
