using Summit.Domain;
using Summit.Domain.Networks;
using Summit.Domain.WorkingGroups;
using Summit.Server.Conferences;
using Summit.Server.Networks;

namespace Summit.Server.WorkingGroups;

/// <summary>What somebody in the network is called.</summary>
/// <param name="In">False for one that has left.</param>
public sealed record CityInfo(MemberId Id, string Name, bool In);

/// <param name="Person">Left out for those outside the group.</param>
public sealed record GroupMemberInfo(MemberId Member, DateTimeOffset Since, string? Person);

/// <param name="ConferenceTitle">Left out once the conference is out of service.</param>
/// <param name="SessionTitle">As <paramref name="ConferenceTitle"/>.</param>
public sealed record OriginInfo(ConferenceId Conference, string? ConferenceTitle, SessionId Session, string? SessionTitle, ItemId Item);

/// <param name="From">Left out for what the group gave itself.</param>
public sealed record TaskInfo(
    TaskId Id, OriginInfo? From, string Text, string? Owner, DateOnly? Due, DateTimeOffset At, TaskState State, string? Note, DateTimeOffset? Settled);

/// <param name="Worked">Whether it did there.</param>
public sealed record AdaptationInfo(MemberId Member, string Changed, Worked Worked, PartialDate? Since);

/// <param name="Request">Within the group: what the coordinator asks for.</param>
/// <param name="Reason">Within the group: why it was withdrawn.</param>
public sealed record PracticeInfo(
    PracticeId Id, MemberId Member, string Title, string Summary, string? Problem, string? Done, string? Resources, IReadOnlyList<Evidence> Evidence,
    string? Difficulties, string? Conditions, IReadOnlyList<Document> Links, IReadOnlyList<string> Languages, DateOnly? Review, PracticeState State,
    DateTimeOffset Changed, string? Request, string? Reason, IReadOnlyList<MemberId> Endorsed, IReadOnlyList<AdaptationInfo> Adapted)
{
    public static PracticeInfo Of(Practice practice)
    {
        ArgumentNullException.ThrowIfNull(practice);
        var text = practice.Text;
        return new PracticeInfo(
            practice.Id, practice.Member, text.Title, text.Summary, text.Problem, text.Done, text.Resources, text.Evidence, text.Difficulties, text.Conditions,
            text.Links, text.Languages, text.Review, practice.State, practice.Changed, practice.Request, practice.Reason, practice.Endorsed,
            [.. practice.Adapted.Select(one => new AdaptationInfo(one.Member, one.Changed, one.Worked, one.Since))]);
    }
}

/// <summary>A working group as one person may see it.</summary>
/// <param name="Runs">Whether this person runs it.</param>
/// <param name="Validates">Whether this person speaks for the network.</param>
/// <param name="Inside">Whether this person sees drafts, tasks and who comes.</param>
/// <param name="SpeaksFor">The member whose link this person has.</param>
/// <param name="Cities">Who is in the network, and who has left it.</param>
/// <param name="Practices">Those that are published; within the group all.</param>
/// <param name="Tasks">Within the group.</param>
public sealed record WorkingGroupPage(
    NetworkInfo Network, GroupId Id, long Seq, GroupKind Kind, string Name, string? About, IReadOnlyList<Coordinator> Coordinators, bool Runs, bool Validates,
    bool Inside, MemberId? SpeaksFor, IReadOnlyList<CityInfo> Cities, IReadOnlyList<GroupMemberInfo> Members, IReadOnlyList<PracticeInfo> Practices,
    IReadOnlyList<TaskInfo>? Tasks)
{
    /// <param name="actor">Null for somebody who came without a token.</param>
    public static WorkingGroupPage Of(Network network, GroupSet about, GroupView? view, Actor? actor, Func<ConferenceId, ConferenceView?> find)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(about);
        var group = view?.State ?? WorkingGroup.Create(about.Group.Value);
        var known = actor is null ? null : network.Introduce(actor);
        var inside = known is not null && group.IsOpenTo(known);
        // Who was turned down is between them and those who keep the records.
        var cities = network.Members.Values.Where(member => member.Status != MemberStatus.Declined).ToDictionary(member => member.Id);
        return new WorkingGroupPage(
            NetworkInfo.Of(network), about.Group, view?.Seq ?? 0, about.Kind, about.Name, about.About, about.Coordinators,
            known is not null && group.IsRunBy(known), known is { Role: Role.Secretary or Role.Admin }, inside, known?.Member,
            [.. cities.Values.Select(member => new CityInfo(member.Id, member.Name, network.Has(member.Id)))],
            [.. group.Members.Where(member => cities.ContainsKey(member.Member)).Select(member =>
                new GroupMemberInfo(member.Member, member.Since, inside ? member.Person : null))],
            [.. group.Practices.Where(practice => (inside || practice.IsPublic) && cities.ContainsKey(practice.Member))
                .OrderByDescending(practice => practice.Changed).Select(PracticeInfo.Of)],
            inside ? [.. group.Tasks.OrderBy(task => task.State).ThenBy(task => task.Due ?? DateOnly.MaxValue).Select(task => Of(task, find))] : null);
    }

    private static TaskInfo Of(GroupTask task, Func<ConferenceId, ConferenceView?> find)
    {
        var conference = task.From is { } from ? find(from.Conference) : null;
        return new TaskInfo(
            task.Id,
            task.From is { } said
                ? new OriginInfo(
                    said.Conference, conference?.Plan.Title, said.Session,
                    conference?.Programme.FirstOrDefault(entry => entry.Session == said.Session)?.Title, said.Item)
                : null,
            task.Text, task.Owner, task.Due, task.At, task.State, task.Note, task.Settled);
    }
}
