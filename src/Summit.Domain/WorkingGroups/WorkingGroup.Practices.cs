using Summit.Domain.Networks;
using Summit.Domain.Sessions;
using static Summit.Domain.Fields;

namespace Summit.Domain.WorkingGroups;

/// <summary>
/// The life of a practice: a draft, handed in, published by the group, validated by the network; given back with a request, or withdrawn.
/// Cities that endorse it, and those that have taken it over.
/// </summary>
public sealed partial class WorkingGroup
{
    private Decision DecideOnPractice(IWorkingGroupCommand command, Actor actor) => command switch
    {
        WritePractice write => Decide(write, actor),
        SubmitPractice submit => OnPractice(submit.Practice, actor, SpeaksForAuthor, practice => Submit(practice)),
        ReturnPractice back => OnPractice(back.Practice, actor, Runs, practice => Decide(back, practice)),
        PublishPractice publish => OnPractice(publish.Practice, actor, Runs, practice =>
            practice.State == PracticeState.Submitted ? Decision.Raise(new PracticePublished(practice.Id)) : Unless(practice.IsPublic)),
        ValidatePractice validate => OnPractice(validate.Practice, actor, (who, _) => Keeps(who), practice =>
            practice.State == PracticeState.Published ? Decision.Raise(new PracticeValidated(practice.Id)) : Unless(practice.State == PracticeState.Validated)),
        WithdrawPractice withdraw => OnPractice(withdraw.Practice, actor, SpeaksForAuthor, practice => Decide(withdraw, practice)),
        EndorsePractice endorse => OnPublic(endorse.Practice, endorse.Member, actor, practice => Decide(endorse, practice)),
        AdaptPractice adapt => OnPublic(adapt.Practice, adapt.Member, actor, practice => Decide(adapt, practice)),
        _ => SessionFaults.CommandUnknown,
    };

    /// <summary>For who has no business with it, a practice that is not published is not there.</summary>
    private Decision OnPractice(PracticeId id, Actor actor, Func<Actor, Practice, bool> may, Func<Practice, Decision> decide) =>
        !_practices.TryGetValue(id, out var practice) ? WorkingGroupFaults.PracticeUnknown
        : may(actor, practice) ? decide(practice)
        : practice.IsPublic || IsOpenTo(actor) ? SessionFaults.Forbidden
        : WorkingGroupFaults.PracticeUnknown;

    /// <summary>What another city does with a practice that everybody sees.</summary>
    private Decision OnPublic(PracticeId id, MemberId member, Actor actor, Func<Practice, Decision> decide) =>
        !SpeaksFor(actor, member) ? SessionFaults.Forbidden
        : _practices.GetValueOrDefault(id) is not { IsPublic: true } practice ? WorkingGroupFaults.PracticeUnknown
        : practice.Member == member ? WorkingGroupFaults.OwnPractice
        : decide(practice);

    private bool Runs(Actor actor, Practice practice) => IsRunBy(actor);

    private bool SpeaksForAuthor(Actor actor, Practice practice) => SpeaksFor(actor, practice.Member);

    /// <summary>Twice the same is once; anything else came too late or too early.</summary>
    private static Decision Unless(bool already) => already ? Decision.Nothing : WorkingGroupFaults.WrongState;

    private Decision Decide(WritePractice command, Actor actor)
    {
        var known = _practices.GetValueOrDefault(command.Practice);
        var clean = Clean(command);
        return command switch
        {
            _ when !SpeaksFor(actor, command.Member) || (known is not null && !SpeaksForAuthor(actor, known)) => SessionFaults.Forbidden,
            _ when known is { State: not (PracticeState.Draft or PracticeState.Withdrawn) } => WorkingGroupFaults.WrongState,
            _ when !_members.ContainsKey(command.Member) => WorkingGroupFaults.NotTakingPart,
            _ when known is null && _practices.Count >= Limits.Practices => NetworkFaults.TooMany(Limits.Practices),
            _ => Check(clean) is { } fault ? fault : Decision.Raise(clean),
        };
    }

    private static Decision Submit(Practice practice) => practice switch
    {
        { State: not PracticeState.Draft } => Unless(practice.State == PracticeState.Submitted),
        { Text: { Problem: null } or { Done: null } } => WorkingGroupFaults.Incomplete,
        _ => Decision.Raise(new PracticeSubmitted(practice.Id)),
    };

    private static Decision Decide(ReturnPractice command, Practice practice)
    {
        var request = Text.Clean(command.Request);
        return CheckText(request, Limits.Note) is { } fault ? fault
            : practice.State == PracticeState.Submitted || practice.IsPublic ? Decision.Raise(new PracticeReturned(practice.Id, request))
            : WorkingGroupFaults.WrongState;
    }

    private static Decision Decide(WithdrawPractice command, Practice practice)
    {
        var reason = TextOrNull(command.Reason);
        return CheckOptional(reason, Limits.Note) is { } fault ? fault
            : practice.State == PracticeState.Withdrawn ? Decision.Nothing
            : Decision.Raise(new PracticeWithdrawn(practice.Id, reason));
    }

    private static Decision Decide(EndorsePractice command, Practice practice) =>
        practice.Endorsed.Contains(command.Member) == command.On ? Decision.Nothing
        : Decision.Raise(command.On ? new PracticeEndorsed(practice.Id, command.Member) : new EndorsementWithdrawn(practice.Id, command.Member));

    private static Decision Decide(AdaptPractice command, Practice practice)
    {
        var clean = new PracticeAdapted(practice.Id, command.Member, Text.Clean(command.Changed), command.Worked, command.Since);
        return CheckText(clean.Changed, Limits.Text) is { } fault ? fault
            : practice.Adapted.Contains(clean) ? Decision.Nothing
            : Decision.Raise(clean);
    }

    private static PracticeWritten Clean(WritePractice command) => new(
        command.Practice, command.Member, Text.CleanLine(command.Title), Text.Clean(command.Summary), TextOrNull(command.Problem), TextOrNull(command.Done),
        TextOrNull(command.Resources),
        [.. (command.Evidence ?? []).Take(Limits.Rows + 1).Select(row => new Evidence(
            Text.CleanLine(row.Indicator), LineOrNull(row.Unit), LineOrNull(row.Before), LineOrNull(row.After), row.Year, LineOrNull(row.Source)))],
        TextOrNull(command.Difficulties), TextOrNull(command.Conditions),
        [.. (command.Links ?? []).Take(Limits.Links + 1).Select(link => Fields.Clean(link)!)], [.. (command.Languages ?? []).Distinct()], command.Review);

    private static Fault? Check(PracticeWritten clean) =>
        CheckText(clean.Title, Limits.Title)
        ?? CheckText(clean.Summary, Limits.Summary)
        ?? First([clean.Problem, clean.Done, clean.Resources, clean.Difficulties, clean.Conditions], text => CheckOptional(text, Limits.Text))
        ?? (clean.Evidence.Count > Limits.Rows ? NetworkFaults.TooMany(Limits.Rows) : null)
        ?? First(clean.Evidence, row => CheckText(row.Indicator, Limits.Name) ?? CheckOptional(row.Source, Limits.Name))
        ?? First(clean.Evidence.SelectMany(row => (string?[])[row.Unit, row.Before, row.After]), text => CheckOptional(text, Limits.Cell))
        ?? (clean.Links.Count > Limits.Links ? NetworkFaults.TooMany(Limits.Links) : null)
        ?? First(clean.Links, CheckDocument)
        ?? (clean.Languages.Count > Limits.Languages || !clean.Languages.All(Text.IsLanguageTag) ? WorkingGroupFaults.LanguagesMalformed : null);

    private static Fault? First<T>(IEnumerable<T> all, Func<T, Fault?> check) => all.Select(check).FirstOrDefault(fault => fault is not null);
}
