using System.Collections.Concurrent;
using System.Reflection;
using Summit.Domain;
using Summit.Domain.Integrations;
using Summit.Domain.Participants;
using Summit.Domain.Registrations;
using Summit.Domain.Sessions;
using Summit.Server.People;

namespace Summit.Server.Audits;

/// <summary>Something that somebody did.</summary>
/// <param name="Kind">The event's name without its version, <c>session.item-staged</c>.</param>
/// <param name="By">Left out for the server itself, and where it is nobody's business.</param>
/// <param name="Session">Where, for what was done in a session.</param>
/// <param name="What">What it was about, as that is called now: nothing that was erased since.</param>
public sealed record AuditEntry(DateTimeOffset At, string Kind, Doer? By, Named? Session, string? What)
{
    /// <summary>Not told: what is noted for the machinery alone, and what people gave under the promise that nobody counts whose it was.</summary>
    public static readonly IReadOnlySet<Type> Untold = new HashSet<Type>
    {
        typeof(CommandNoted), typeof(EnteredOnRoll), typeof(MailerNamed), typeof(LetterAsked), typeof(LetterSent), typeof(LetterRefused), typeof(KeyUsed), typeof(CarrierNamed), typeof(DeliveryAttempted), typeof(PasskeyUsed),
        typeof(ItemSupported), typeof(SupportWithdrawn), typeof(BallotCast),
    };

    private static readonly ConcurrentDictionary<Type, string> Kinds = new();

    public static string KindOf(Type happened) => Kinds.GetOrAdd(happened, static type =>
    {
        var name = type.GetCustomAttribute<EventNameAttribute>()!.Name;
        return name[..name.LastIndexOf('.')];
    });
}

/// <param name="Name">As they are called now; left out where that is not known.</param>
public sealed record Doer(ParticipantId Id, string? Name);
