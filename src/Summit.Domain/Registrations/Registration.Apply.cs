using System.Collections.Immutable;
using System.Text.Json;

namespace Summit.Domain.Registrations;

/// <summary>What each event changes, and what of it is saved.</summary>
public sealed partial class Registration
{
    public void Apply(IEvent happened, EventContext context)
    {
        switch (happened)
        {
            case FormSet e:
                Form = e;
                break;
            case Registered e:
                Put(new Registrant(e.Person, e.State, e.Answers.ToImmutableDictionary(), e.Lang, context.At, context.Seq, context.At, Letter: context.Seq));
                break;
            case Invited e:
                Put(new Registrant(e.Person, RegistrationState.Invited, e.Answers.ToImmutableDictionary(), e.Lang, context.At, context.Seq, context.At, Letter: context.Seq));
                break;
            case RegistrationApproved e:
                Move(e.Person, RegistrationState.Approved, context);
                break;
            case PutOnWaitingList e:
                Move(e.Person, RegistrationState.Waiting, context);
                break;
            case RegistrationDeclined e:
                Move(e.Person, RegistrationState.Declined, context, e.Note);
                break;
            case RegistrationCancelled e:
                Move(e.Person, RegistrationState.Cancelled, context);
                break;
            case CheckedIn e:
                Put(_people[e.Person] with { State = RegistrationState.CheckedIn, Since = context.Seq, Changed = context.At });
                break;
            case CheckInTakenBack e:
                Put(_people[e.Person] with { State = RegistrationState.Approved, Since = context.Seq, Changed = context.At });
                break;
            case AnswersDeleted e:
                foreach (var person in _people.Values)
                {
                    var answers = person.Answers.RemoveRange(e.Fields);
                    Put(person with { Answers = answers, Letter = answers.ContainsKey(RegistrationForm.Mail) ? person.Letter : null });
                }

                Apply((IErasure)e, context);
                break;
            case IErasure e:
                Apply(e, context);
                break;
            case ErasureDone e:
                Pending = Pending.Remove(e.Order);
                break;
            case MailerNamed e:
                Mailer = e;
                break;
            case LetterAsked e:
                Put(_people[e.Person] with { Letter = context.Seq });
                break;
            case LetterSent e:
                Put(_people[e.Person] with { Letter = null, Mailed = context.At, Undeliverable = null });
                break;
            case LetterRefused e:
                Put(_people[e.Person] with { Letter = null, Undeliverable = e.Reason });
                break;
            case CommandNoted:
                break;
            default:
                throw new InvalidOperationException($"A registration does not know the event {happened?.GetType().Name}.");
        }
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(
        new RegistrationSnapshot(Form, Mailer, [.. _people.Values.OrderBy(person => person.Id.Value)], Pending), DomainJson.Default.RegistrationSnapshot);

    public static Registration Load(Guid key, ReadOnlySpan<byte> snapshot)
    {
        var saved = JsonSerializer.Deserialize(snapshot, DomainJson.Default.RegistrationSnapshot)
            ?? throw new JsonException("A registration's snapshot is empty.");
        var registration = new Registration(key) { Form = saved.Form, Mailer = saved.Mailer, Pending = [.. saved.Pending] };
        foreach (var person in saved.People)
        {
            registration.Put(person);
        }

        return registration;
    }

    /// <summary>Every change of this kind is written to the person; a letter about what was before is no longer sent.</summary>
    private void Move(ParticipantId person, RegistrationState to, EventContext context, string? note = null) => Put(_people[person] with
    {
        State = to,
        Since = context.Seq,
        Changed = context.At,
        Note = note,
        Letter = _people[person].Mail is null ? null : context.Seq,
    });

    /// <summary>Puts somebody in, or in the place of what was known before, with all that is looked up by.</summary>
    private void Put(Registrant person)
    {
        if (_people.GetValueOrDefault(person.Id) is { } before)
        {
            _counts = _counts.SetItem((int)before.State, Count(before.State) - 1);
            _waiting = before.State == RegistrationState.Waiting ? _waiting.Remove(before.Since) : _waiting;
            _letters = before.Letter is { } old ? _letters.Remove(old) : _letters;
            _mails = before.Mail is { } mail && IsOf(mail, before) ? _mails.Remove(RegistrationForm.SameMail(mail)) : _mails;
        }

        _people = _people.SetItem(person.Id, person);
        _counts = _counts.SetItem((int)person.State, Count(person.State) + 1);
        _waiting = person.State == RegistrationState.Waiting ? _waiting.Add(person.Since, person.Id) : _waiting;
        _letters = person.Letter is { } letter ? _letters.Add(letter, person.Id) : _letters;
        // Whoever has cancelled may come again under another link.
        _mails = person is { Mail: { } address, State: not RegistrationState.Cancelled } ? _mails.SetItem(RegistrationForm.SameMail(address), person.Id) : _mails;
    }

    private bool IsOf(string mail, Registrant person) => _mails.TryGetValue(RegistrationForm.SameMail(mail), out var owner) && owner == person.Id;
}

/// <summary>A registration's state as it is saved.</summary>
public sealed record RegistrationSnapshot(FormSet? Form, MailerNamed? Mailer, IReadOnlyList<Registrant> People, IReadOnlyList<long> Pending);
