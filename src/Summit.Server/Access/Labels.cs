using Summit.Domain;
using Summit.Server.Conferences;

namespace Summit.Server.Access;

/// <summary>Events keep who moderated by the id alone; what the organiser wrote on the link or the key says who that is.</summary>
internal static class Labels
{
    public static Dictionary<ParticipantId, string> In(ConferenceView conference, ConferenceDirectory directory) =>
        conference.Links.Values.Select(link => (link.Id, link.Label))
            .Concat((directory.FindIntegration(conference.Id)?.Keys ?? []).Select(key => (key.Id, Label: key.Name)))
            .ToDictionary(one => Reception.Person(one.Id, null), one => one.Label);
}
