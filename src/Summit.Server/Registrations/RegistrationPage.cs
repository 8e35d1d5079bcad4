using Summit.Domain;
using Summit.Domain.Registrations;
using Summit.Server.Conferences;

namespace Summit.Server.Registrations;

/// <summary>Why one cannot register now.</summary>
public sealed record WhyNot(string Code, string Message)
{
    internal static WhyNot? Of(Fault? fault) => fault is null ? null : new WhyNot(fault.Code, fault.Message);
}

/// <summary>The form as everybody sees it.</summary>
/// <param name="Published">Whether the conference has a page for everybody.</param>
/// <param name="WhyNot">Left out while one can register.</param>
/// <param name="Waiting">All places are taken: who registers now is put on the waiting list.</param>
public sealed record RegistrationPage(
    ConferenceId Conference, string Title, DateTimeOffset Starts, DateTimeOffset Ends, string TimeZone, bool Published, IReadOnlyList<FormField> Fields, bool Approval,
    DateTimeOffset? Opens, DateTimeOffset? Closes, WhyNot? WhyNot, bool Waiting)
{
    internal static RegistrationPage Of(ConferenceView conference, Registration registration, DateTimeOffset now)
    {
        // Of what is not published yet, nothing but what the form is for.
        var plan = conference.Published?.Plan ?? conference.Plan;
        var form = registration.Form!;
        return new RegistrationPage(
            conference.Id, plan.Title, plan.Starts.ToUniversalTime(), plan.Ends.ToUniversalTime(), plan.TimeZone, conference.Published is not null, form.Fields, form.Approval,
            form.Opens?.ToUniversalTime(), form.Closes?.ToUniversalTime(), WhyNot.Of(registration.WhyNot(now)), registration.Placed >= form.Capacity);
    }
}

/// <summary>How somebody's own registration stands.</summary>
/// <param name="Ticket">To be shown at the door: the text of the QR code; for who has a place.</param>
/// <param name="Line">1 for who gets the next place that is free.</param>
public sealed record OwnRegistration(
    ParticipantId Person, RegistrationState State, IReadOnlyDictionary<string, string> Answers, DateTimeOffset Changed, int? Line, string? Note, string? Code, string? Ticket)
{
    internal static OwnRegistration Of(Registrant person, Registration registration) => new(
        person.Id, person.State, person.Answers, person.Changed, registration.PlaceInLine(person.Id), person.Note,
        person.HasPlace ? Registrations.Ticket.Of(person.Id) : null, person.HasPlace ? Registrations.Ticket.Scanned(person.Id) : null);
}

/// <summary>Somebody in the organiser's list.</summary>
/// <param name="Mail">What became of the last letter: <c>waiting</c>, <c>sent</c> or <c>refused</c>; left out when there was none.</param>
/// <param name="Why">Why it was refused.</param>
public sealed record RegistrantInfo(
    ParticipantId Person, string Code, RegistrationState State, IReadOnlyDictionary<string, string> Answers, string Lang, DateTimeOffset At, DateTimeOffset Changed, int? Line,
    string? Note, string? Mail, string? Why)
{
    internal static RegistrantInfo Of(Registrant person, Registration registration) => new(
        person.Id, Ticket.Of(person.Id), person.State, person.Answers, person.Lang, person.At, person.Changed, registration.PlaceInLine(person.Id), person.Note,
        person.Letter is not null ? "waiting" : person.Undeliverable is not null ? "refused" : person.Mailed is not null ? "sent" : null, person.Undeliverable);
}

/// <summary>What goes out by mail.</summary>
/// <param name="SetUp">Whether there is a mail server; without one letters wait.</param>
/// <param name="Trouble">What the mail server said last when it did not take a letter.</param>
public sealed record MailInfo(bool SetUp, int Waiting, string? Trouble);

/// <summary>The organiser's page.</summary>
/// <param name="Form">Left out before the first one is set.</param>
/// <param name="Counts">How many there are of each state.</param>
/// <param name="Found">How many the question has found; <paramref name="People"/> are some of them.</param>
public sealed record RegistrationList(
    FormSet? Form, IReadOnlyDictionary<string, int> Counts, int Found, IReadOnlyList<RegistrantInfo> People, MailInfo Mail);

/// <summary>Somebody at the door.</summary>
/// <param name="Since">Since when this person is in that state: whoever has come, when.</param>
public sealed record DoorEntry(ParticipantId Person, string Code, RegistrationState State, DateTimeOffset Since, string? Name, string? City, string? Function)
{
    internal static DoorEntry Of(Registrant person) => new(
        person.Id, Ticket.Of(person.Id), person.State, person.Changed, person.Name, person.Answers.GetValueOrDefault("city"), person.Answers.GetValueOrDefault("function"));
}
