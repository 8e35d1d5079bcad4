using System.Collections.Immutable;
using Summit.Domain.Integrations;
using Summit.Domain.Sessions;

namespace Summit.Domain.Registrations;

/// <summary>Who comes to a conference: the form, everybody on it, and which letters have to be written. Its key is the conference's.</summary>
/// <remarks>
/// Places are given here and nowhere else, one command after another, so no two people get the last one. What it holds is immutable, so that a copy
/// costs nothing: those who read keep one while this goes on. Registration.Apply.cs has what each event changes, Registration.Erasure.cs how answers go.
/// </remarks>
public sealed partial class Registration : IAggregate<Registration>
{
    /// <summary>Twice the largest conference that is planned for.</summary>
    private const int MostPeople = 20_000;

    /// <summary>Of one command: what fits into one commit without keeping others waiting.</summary>
    private const int MostInvitations = 1_000;

    private const int LongestNote = 500;

    /// <summary>How long one server sends alone. When it is lost, its letters wait for so long.</summary>
    public static readonly TimeSpan MailLease = TimeSpan.FromMinutes(5);

    private ImmutableDictionary<ParticipantId, Registrant> _people = ImmutableDictionary<ParticipantId, Registrant>.Empty;
    private ImmutableDictionary<string, ParticipantId> _mails = ImmutableDictionary<string, ParticipantId>.Empty;
    private ImmutableSortedDictionary<long, ParticipantId> _waiting = ImmutableSortedDictionary<long, ParticipantId>.Empty;
    private ImmutableSortedDictionary<long, ParticipantId> _letters = ImmutableSortedDictionary<long, ParticipantId>.Empty;
    private ImmutableArray<int> _counts = [.. new int[Enum.GetValues<RegistrationState>().Length]];

    private Registration(Guid key) => Conference = new ConferenceId(key);

    public static string Kind => "registration";

    public static int SnapshotVersion => 2;

    public ConferenceId Conference { get; }

    /// <summary>Null while one does not register here.</summary>
    public FormSet? Form { get; private set; }

    public MailerNamed? Mailer { get; private set; }

    public IEnumerable<Registrant> People => _people.Values;

    /// <summary>Those with a letter to be written, by the number of the event that it follows.</summary>
    public IReadOnlyDictionary<long, ParticipantId> Letters => _letters;

    /// <summary>How many have a place.</summary>
    public int Placed => Count(RegistrationState.Approved) + Count(RegistrationState.CheckedIn);

    private bool HasPlaces => Form!.Capacity is not { } capacity || Placed < capacity;

    public static Registration Create(Guid key) => new(key);

    /// <summary>The state as it is now, for those who read on while this one changes.</summary>
    public Registration Copy() => (Registration)MemberwiseClone();

    public Registrant? Find(ParticipantId person) => _people.GetValueOrDefault(person);

    public int Count(RegistrationState state) => _counts[(int)state];

    /// <summary>1 for who gets the next place; null for who is not on the waiting list.</summary>
    public int? PlaceInLine(ParticipantId person) =>
        Find(person) is { State: RegistrationState.Waiting } found ? _waiting.Keys.TakeWhile(since => since < found.Since).Count() + 1 : null;

    /// <summary>Whether somebody has this address already.</summary>
    public bool Has(string mail) => _mails.ContainsKey(RegistrationForm.SameMail(mail));

    /// <summary>Null, or why nobody who was not invited can register now.</summary>
    public Fault? WhyNot(DateTimeOffset now) =>
        Form is null ? RegistrationFaults.None
        : now < Form.Opens ? RegistrationFaults.Early
        : now >= Form.Closes ? RegistrationFaults.Closed
        : !HasPlaces && !Form.WaitingList ? RegistrationFaults.Full
        : null;

    /// <summary>Reads a row of a list as an invitation.</summary>
    public (Dictionary<string, string> Answers, Fault? Fault) ReadInvitation(IReadOnlyDictionary<string, string> raw) =>
        Form is null ? ([], RegistrationFaults.None) : RegistrationForm.Read(Form.Fields, raw, partly: true);

    /// <summary>Whether this person, or program, sees who registers and decides who gets a place.</summary>
    public static bool IsKeptBy(Actor actor, ConferenceId id)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return Conferences.Conference.IsRunBy(actor, id) || (actor.Has(Scope.People) && actor.Conference == id);
    }

    /// <summary>Whether this person lets people in at the door.</summary>
    public static bool IsDoorKeptBy(Actor actor, ConferenceId id) => IsKeptBy(actor, id) || (actor.Role == Role.Moderator && actor.Conference == id);

    public Decision Decide(ICommand command, CommandContext context) => command switch
    {
        IErasing erasing => Decide(erasing, context.Actor),
        Register or WithdrawRegistration when context.Actor.Role != Role.Participant || context.Actor.Conference != Conference => SessionFaults.Forbidden,
        CheckIn or TakeCheckInBack when !IsDoorKeptBy(context.Actor, Conference) => SessionFaults.Forbidden,
        TakeMail or RecordLetter or DeleteOldAnswers when context.Actor.Role != Role.Admin => SessionFaults.Forbidden,
        SetForm when !Conferences.Conference.IsRunBy(context.Actor, Conference) => SessionFaults.Forbidden,
        (IRegistrationCommand and not (CheckIn or TakeCheckInBack)) or Invite when !IsKeptBy(context.Actor, Conference) => SessionFaults.Forbidden,
        SetForm set => Decide(set),
        _ when Form is null => RegistrationFaults.None,
        Register register => Decide(register, context),
        WithdrawRegistration => DecideOn(context.Actor.Id, Cancel),
        ApproveRegistration approve => DecideOn(approve.Person, Approve),
        DeclineRegistration decline => DecideOn(decline.Person, person => Decline(person, Text.CleanLine(decline.Note))),
        CancelRegistration cancel => DecideOn(cancel.Person, Cancel),
        SendAgain again => DecideOn(again.Person, person => person.Mail is null ? RegistrationFaults.WrongState : Decision.Raise(new LetterAsked(person.Id))),
        CheckIn check => DecideOn(check.Person, person => person.State switch
        {
            RegistrationState.Approved => Decision.Raise(new CheckedIn(person.Id)),
            RegistrationState.CheckedIn => RegistrationFaults.CheckedInAlready,
            _ => RegistrationFaults.NoPlace,
        }),
        TakeCheckInBack back => DecideOn(back.Person, person =>
            person.State == RegistrationState.CheckedIn ? Decision.Raise(new CheckInTakenBack(person.Id)) : RegistrationFaults.WrongState),
        Invite invite => Decide(invite),
        DeleteOldAnswers => DeleteAnswersOf(DateOnly.FromDateTime(context.Now.UtcDateTime)),
        TakeMail take => Decide(take, context.Now),
        RecordLetter record => Decide(record),
        _ => SessionFaults.CommandUnknown,
    };

    private Decision DecideOn(ParticipantId person, Func<Registrant, Decision> decide) => Find(person) is { } found ? decide(found) : RegistrationFaults.Unknown;

    private Decision Decide(SetForm command)
    {
        FormField[] fields = [.. command.Fields.Select(RegistrationForm.Clean)];
        var form = new FormSet(fields, command.Approval, command.Opens, command.Closes, command.Capacity, command.WaitingList);
        return form switch
        {
            _ when !RegistrationForm.IsGood(fields) => RegistrationFaults.FormMalformed,
            _ when form.Closes <= form.Opens => RegistrationFaults.TimesReversed,
            { Capacity: < 1 or > MostPeople } => RegistrationFaults.TooMany(MostPeople),
            // More places: those who have waited for longest get them.
            _ => Decision.Raise([form, .. NextInLine((form.Capacity ?? int.MaxValue) - Placed)]),
        };
    }

    private Decision Decide(Register command, CommandContext context)
    {
        var person = Find(context.Actor.Id);
        var invited = person?.State == RegistrationState.Invited;
        if (person is not null && !invited && person.State != RegistrationState.Cancelled)
        {
            return RegistrationFaults.Exists;
        }

        if (WhyNot(context.Now) is { } fault && !(invited && fault == RegistrationFaults.Early))
        {
            return fault;
        }

        var (answers, malformed) = RegistrationForm.Read(Form!.Fields, command.Answers, partly: false);
        return malformed is not null ? malformed
            : !Text.IsLanguageTag(command.Lang) ? SessionFaults.LangMalformed
            : _mails.TryGetValue(RegistrationForm.SameMail(answers[RegistrationForm.Mail]), out var owner) && owner != context.Actor.Id ? RegistrationFaults.MailTaken
            : person is null && _people.Count >= MostPeople ? RegistrationFaults.TooMany(MostPeople)
            : Decision.Raise(new Registered(
                context.Actor.Id, answers, command.Lang,
                Form.Approval && !invited ? RegistrationState.Applied : HasPlaces ? RegistrationState.Approved : RegistrationState.Waiting));
    }

    private Decision Approve(Registrant person) => person.State switch
    {
        RegistrationState.Approved => Decision.Nothing,
        not (RegistrationState.Applied or RegistrationState.Declined) => RegistrationFaults.WrongState,
        _ when HasPlaces => Decision.Raise(new RegistrationApproved(person.Id)),
        _ => Form!.WaitingList ? Decision.Raise(new PutOnWaitingList(person.Id)) : RegistrationFaults.Full,
    };

    private Decision Decline(Registrant person, string note) => person.State switch
    {
        RegistrationState.Declined => Decision.Nothing,
        RegistrationState.Cancelled or RegistrationState.CheckedIn => RegistrationFaults.WrongState,
        _ when Text.Length(note) > LongestNote => SessionFaults.TextTooLong(LongestNote),
        _ => Decision.Raise([new RegistrationDeclined(person.Id, note.Length == 0 ? null : note), .. Freed(person)]),
    };

    private Decision Cancel(Registrant person) => person.State switch
    {
        RegistrationState.Cancelled => Decision.Nothing,
        RegistrationState.Declined or RegistrationState.CheckedIn => RegistrationFaults.WrongState,
        _ => Decision.Raise([new RegistrationCancelled(person.Id), .. Freed(person)]),
    };

    /// <summary>Who gets a place because this person gives one up. Nobody while there are more people than places.</summary>
    private IEnumerable<IEvent> Freed(Registrant person) => person.HasPlace ? NextInLine((Form!.Capacity ?? int.MaxValue) - (Placed - 1)) : [];

    private IEnumerable<IEvent> NextInLine(int places) => _waiting.Values.Take(Math.Max(0, places)).Select(next => new RegistrationApproved(next));

    private Decision Decide(Invite command)
    {
        if (command.People.Count > MostInvitations)
        {
            return RegistrationFaults.TooMany(MostInvitations);
        }

        var events = new List<IEvent>();
        var asked = new HashSet<string>();
        foreach (var row in command.People)
        {
            var (answers, fault) = ReadInvitation(row.Answers);
            if (fault is null && Text.IsLanguageTag(row.Lang) && !_people.ContainsKey(row.Person)
                && RegistrationForm.SameMail(answers[RegistrationForm.Mail]) is var mail && !_mails.ContainsKey(mail) && asked.Add(mail))
            {
                events.Add(new Invited(row.Person, answers, row.Lang));
            }
        }

        return _people.Count + events.Count > MostPeople ? RegistrationFaults.TooMany(MostPeople) : Decision.Raise(events);
    }

    private Decision DeleteAnswersOf(DateOnly today)
    {
        string[] over = [.. Form!.Fields.Where(field => field.DeleteAfter < today && _people.Values.Any(person => person.Answers.ContainsKey(field.Key))).Select(field => field.Key)];
        return over.Length == 0 ? Decision.Nothing : Decision.Raise(new AnswersDeleted(over));
    }

    private Decision Decide(TakeMail command, DateTimeOffset now) => Mailer switch
    {
        { } mailer when mailer.Server == command.Server && mailer.Until > now + (MailLease / 2) => Decision.Nothing,
        { } mailer when mailer.Server != command.Server && mailer.Until > now => RegistrationFaults.MailElsewhere,
        _ => Decision.Raise(new MailerNamed(command.Server, now + MailLease)),
    };

    private Decision Decide(RecordLetter command) =>
        !_letters.TryGetValue(command.Letter, out var person) ? Decision.Nothing
        : command.Refused is null ? Decision.Raise(new LetterSent(person, command.Letter))
        : Decision.Raise(new LetterRefused(person, command.Letter, Text.CleanLine(command.Refused)));
}
