using System.Collections.Immutable;
using Summit.Domain.Sessions;

namespace Summit.Domain.Registrations;

/// <summary>How what people filled in goes: from the state at once, from the events before when they are rewritten.</summary>
public sealed partial class Registration
{
    private static readonly ImmutableDictionary<string, string> NoAnswers = ImmutableDictionary<string, string>.Empty;

    /// <summary>Erasures whose words still stand in the events before them, by their numbers.</summary>
    public ImmutableArray<long> Pending { get; private set; } = [];

    /// <inheritdoc/>
    public IEvent? Erased(IErasure order, IEvent happened, EventContext context) => (order, happened) switch
    {
        (AnswersDeleted { Fields: var fields }, Registered e) => e with { Answers = Without(e.Answers, fields) },
        (AnswersDeleted { Fields: var fields }, Invited e) => e with { Answers = Without(e.Answers, fields) },
        (AnswersDeleted, _) => null,
        (_, Registered e) when Takes(order, e.Person) => e with { Answers = NoAnswers },
        (_, Invited e) when Takes(order, e.Person) => e with { Answers = NoAnswers },
        (_, RegistrationDeclined e) when Takes(order, e.Person) => e with { Note = null },
        (_, LetterRefused e) when Takes(order, e.Person) => e with { Reason = "" },
        _ => null,
    };

    private static bool Takes(IErasure order, ParticipantId person) => order is not RegistrantErased erased || erased.Person == person;

    private static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> answers, IReadOnlyList<string> fields) =>
        answers.Where(answer => !fields.Contains(answer.Key)).ToDictionary();

    private Decision Decide(IErasing command, Actor actor) => command switch
    {
        _ when Form is null => RegistrationFaults.None,
        ErasePerson { Person: var person } when person == actor.Id && actor.Conference == Conference => Decision.Raise(new RegistrantErased(person)),
        _ when !Conferences.Conference.IsRunBy(actor, Conference) => SessionFaults.Forbidden,
        ErasePerson { Person: var person } => Decision.Raise(new RegistrantErased(person)),
        ExpireWords { What: Expiry.Registrations or Expiry.Everything } => Decision.Raise(new RegistrationsExpired()),
        ExpireWords => RegistrationFaults.None,
        ConfirmErasure confirm => Decision.Raise(new ErasureDone(confirm.Order, confirm.Records)),
        _ => SessionFaults.CommandUnknown,
    };

    private void Apply(IErasure order, EventContext context)
    {
        Pending = Pending.Add(context.Seq);
        foreach (var person in _people.Values.Where(person => order is not AnswersDeleted && Takes(order, person.Id)))
        {
            Put(person with { Answers = NoAnswers, Note = null, Letter = null, Undeliverable = null });
        }
    }
}
