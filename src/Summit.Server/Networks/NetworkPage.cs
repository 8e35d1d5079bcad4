using Summit.Domain;
using Summit.Domain.Networks;

namespace Summit.Server.Networks;

/// <summary>A network in a list.</summary>
/// <param name="Name">What it is called for short.</param>
public sealed record NetworkInfo(NetworkId Id, string Title, string Name, bool Demonstration)
{
    public static NetworkInfo Of(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new NetworkInfo(network.Id, network.Description!.Title, network.Description.Name, network.Demonstration);
    }
}

/// <param name="Steps">Its road, in the order of its recording.</param>
/// <param name="Contacts">Left out for whom they are not meant.</param>
public sealed record MemberInfo(
    MemberId Id, string Name, MemberKind Kind, string Country, MemberStatus Status, PartialDate Since, IReadOnlyList<Step> Steps,
    IReadOnlyList<Contact>? Contacts);

/// <param name="To">Left out for who presides now.</param>
public sealed record TermInfo(MemberId Holder, PartialDate From, PartialDate? To, SummitId? Summit, string? President);

public sealed record GroupInfo(GroupId Id, GroupKind Kind, string Name, string? About, IReadOnlyList<Coordinator> Coordinators);

/// <param name="Conference">For those who keep the records; for everybody once its programme is published.</param>
public sealed record SummitInfo(
    SummitId Id, string Title, string Place, PartialDate Starts, PartialDate? Ends, string? Theme, MemberId? Host, IReadOnlyList<string> Guests,
    ConferenceId? Conference);

/// <summary>A network as one person may see it.</summary>
/// <param name="Keeps">Whether this person keeps the records.</param>
/// <param name="Issues">Whether this person hands out links.</param>
public sealed record NetworkPage(
    NetworkId Id, long Seq, string Title, string Name, string? About, PartialDate? Founded, bool Demonstration, bool Keeps, bool Issues,
    IReadOnlyList<MemberInfo> Members, IReadOnlyList<TermInfo> Terms, IReadOnlyList<GroupInfo> Groups, IReadOnlyList<SummitInfo> Summits)
{
    /// <param name="actor">Null for somebody who came without a token.</param>
    /// <param name="published">Whether a conference has a page for everybody.</param>
    public static NetworkPage Of(Network network, long seq, Actor? actor, Predicate<ConferenceId> published)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(published);
        var keeps = actor is not null && network.IsKeptBy(actor);
        var contacts = actor is not null && network.ShowsContactsTo(actor);
        var description = network.Description!;
        return new NetworkPage(
            network.Id, seq, description.Title, description.Name, description.About, description.Founded, network.Demonstration, keeps,
            actor is not null && network.HandsOutLinks(actor),
            [.. network.Members.Values.Where(member => keeps || member.Status != MemberStatus.Declined).Select(member => Of(member, keeps, contacts))],
            [.. network.Terms.Select((term, at) => new TermInfo(
                term.Holder, term.From, at + 1 < network.Terms.Count ? network.Terms[at + 1].From : null, term.Summit, term.President))],
            [.. network.Groups.Select(group => new GroupInfo(group.Group, group.Kind, group.Name, group.About, group.Coordinators))],
            [.. network.Summits.OrderBy(summit => summit.Starts.First).Select(summit => new SummitInfo(
                summit.Summit, summit.Title, summit.Place, summit.Starts, summit.Ends, summit.Theme, summit.Host, summit.Guests,
                keeps || (summit.Conference is { } conference && published(conference)) ? summit.Conference : null))]);
    }

    /// <summary>Who was turned down, and why somebody left, is between them and those who keep the records.</summary>
    private static MemberInfo Of(Member member, bool keeps, bool contacts) => new(
        member.Id, member.Name, member.Kind, member.Country, member.Status, member.Since,
        keeps ? member.Steps : [.. member.Steps.Where(step => step.Kind != StepKind.Declined).Select(step => step with { Reason = null })],
        contacts ? member.Contacts : null);
}
