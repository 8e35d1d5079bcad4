using Summit.Domain.Sessions;

namespace Summit.Domain.Conferences;

/// <summary>Days after the end of a conference that things are kept; null for as long as the conference itself.</summary>
public sealed record Retention(int? Names = null, int? SetAside = null, int? Registrations = null, int? Everything = null)
{
    public static Retention Unlimited { get; } = new();

    public int? Of(Expiry what) => what switch
    {
        Expiry.Names => Names,
        Expiry.SetAside => SetAside,
        Expiry.Registrations => Registrations,
        Expiry.Everything => Everything,
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };
}

/// <summary>Nothing of the conference is deleted while it stands, whatever is ordered or due.</summary>
public sealed record Hold(string Reason, DateTimeOffset Since);

/// <summary>Words of a person, or of a kind, are to go, or are gone.</summary>
/// <param name="Seq">The number of the event that ordered it.</param>
/// <param name="Done">When the last of them was out of the journal.</param>
/// <param name="Records">How many events they were taken from.</param>
/// <param name="Speaker">Of whom the programme alone said something.</param>
public sealed record ErasureOrder(
    long Seq, DateTimeOffset At, ParticipantId? Person, Expiry? What, DateTimeOffset? Done = null, int Records = 0, SpeakerId? Speaker = null);

/// <summary>How long what people wrote is kept, and whose words are to go: for all sessions of the conference.</summary>
public sealed partial class Conference
{
    /// <summary>A century: longer than any archive law asks for, short enough to be counted.</summary>
    private const int LongestKept = 36_500;
    private const int LongestReason = 300;

    private readonly List<ErasureOrder> _orders = [];

    public Retention Retention { get; private set; } = Retention.Unlimited;

    /// <summary>Null unless deletion is stopped.</summary>
    public Hold? Hold { get; private set; }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<ErasureOrder> Orders => _orders;

    /// <inheritdoc/>
    public IEvent? Erased(IErasure order, IEvent happened, EventContext context) => (order, happened) switch
    {
        (SpeakerErased erased, SpeakerSet speaker) when speaker.Speaker == erased.Speaker => Empty(speaker),
        (not ExpiryOrdered { What: Expiry.Everything }, _) => null,
        (_, ConferenceDescribed described) => described with { Meeting = null, Contact = null },
        (_, SpeakerSet speaker) => Empty(speaker),
        (_, LinkIssued issued) => issued with { Label = "" },
        (_, HoldPlaced placed) => placed with { Reason = "" },
        _ => null,
    };

    private static SpeakerSet Empty(SpeakerSet speaker) => speaker with { Name = "", Function = null, About = null };

    private Decision DecideOnKeeping(IKeepingCommand command) => command switch
    {
        SetRetention set => Decide(set.Retention),
        PlaceHold place => Text.CleanLine(place.Reason) switch
        {
            { Length: 0 } => SessionFaults.TextEmpty,
            var reason when Text.Length(reason) > LongestReason => SessionFaults.TextTooLong(LongestReason),
            var reason when Hold?.Reason == reason => Decision.Nothing,
            var reason => Decision.Raise(new HoldPlaced(reason)),
        },
        ReleaseHold => Hold is null ? Decision.Nothing : Decision.Raise(new HoldReleased()),
        _ => SessionFaults.CommandUnknown,
    };

    private Decision Decide(Retention wanted) =>
        Enum.GetValues<Expiry>().Any(what => wanted.Of(what) is < 0 or > LongestKept) ? ConferenceFaults.RetentionDays
        : wanted == Retention ? Decision.Nothing
        : Decision.Raise(new RetentionSet(wanted));

    private Decision Decide(IErasing command, CommandContext context) => command switch
    {
        _ when Plan is null => ConferenceFaults.Unknown,
        ErasePerson erase when erase.Person == context.Actor.Id && context.Actor.Conference == Id && context.Actor.Role is not (Role.Stage or Role.Key) => Order(erase.Person),
        _ when !IsRunBy(context.Actor, Id) => SessionFaults.Forbidden,
        ErasePerson erase => Order(erase.Person),
        ExpireWords expire => Order(expire.What, context.Now),
        ConfirmErasure confirm => _orders.Find(order => order.Seq == confirm.Order) switch
        {
            null => ConferenceFaults.OrderUnknown,
            { Done: not null } => Decision.Nothing,
            _ => Decision.Raise(new ErasureDone(confirm.Order, confirm.Records)),
        },
        _ => SessionFaults.CommandUnknown,
    };

    private Decision Order(ParticipantId person) => _orders.Exists(order => order.Person == person) ? Decision.Nothing : Decision.Raise(new ErasureOrdered(person));

    private Decision Order(Expiry what, DateTimeOffset now) =>
        _orders.Exists(order => order.What == what) ? Decision.Nothing
        : Hold is not null ? ConferenceFaults.Held
        : Retention.Of(what) is not { } days || now < Plan!.Ends.AddDays(days) ? ConferenceFaults.KeptLonger
        : Decision.Raise(new ExpiryOrdered(what));

    private void ApplyToKeeping(IEvent happened, EventContext context)
    {
        switch (happened)
        {
            case RetentionSet set:
                Retention = set.Retention;
                break;
            case HoldPlaced placed:
                Hold = new Hold(placed.Reason, context.At);
                break;
            case HoldReleased:
                Hold = null;
                break;
            case ErasureOrdered ordered:
                _orders.Add(new ErasureOrder(context.Seq, context.At, ordered.Person, null));
                break;
            case SpeakerErased ordered:
                _orders.Add(new ErasureOrder(context.Seq, context.At, null, null, Speaker: ordered.Speaker));
                Forget(ordered.Speaker);
                break;
            case ExpiryOrdered ordered:
                _orders.Add(new ErasureOrder(context.Seq, context.At, null, ordered.What));
                if (ordered.What == Expiry.Everything)
                {
                    Forget();
                }

                break;
            case ErasureDone done:
                var at = _orders.FindIndex(order => order.Seq == done.Order);
                _orders[at] = _orders[at] with { Done = context.At, Records = done.Records };
                break;
        }
    }

    /// <summary>The programme stays, without anybody in it; what versions of it said of people goes with them.</summary>
    private void Forget()
    {
        static ConferenceDescribed? Without(ConferenceDescribed? said) => said is null ? null : said with { Meeting = null, Contact = null };
        static ProgrammeEntry Alone(ProgrammeEntry entry) => entry with { Speakers = entry.Speakers is null ? null : [] };

        Description = Without(Description);
        _speakers.Clear();
        Change(_ => true, Alone);
        Published = Published is null
            ? null
            : Published with { Description = Without(Published.Description), Speakers = [], Programme = [.. Published.Programme.Select(Alone)] };
        ForgetWhoSpoke();
        foreach (var (id, link) in _links)
        {
            _links[id] = link with { Label = "" };
        }
    }

    private void Forget(SpeakerId speaker)
    {
        if (_speakers.TryGetValue(speaker, out var said))
        {
            _speakers[speaker] = Empty(said);
        }

        Published = Published is null ? null : Published with { Speakers = [.. Published.Speakers.Select(one => one.Speaker == speaker ? Empty(one) : one)] };
        ForgetWhoSpoke();
    }

    /// <summary>The names of all who changed, not of one: a change of speakers is one line of text, and whose name it was nobody can tell any more.</summary>
    private void ForgetWhoSpoke()
    {
        for (var at = 0; at < _versions.Count; at++)
        {
            _versions[at] = _versions[at] with { Changes = [.. _versions[at].Changes.Where(change => change.Kind is not (ChangeKind.Speakers or ChangeKind.Described))] };
        }
    }
}
