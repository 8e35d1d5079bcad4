using Summit.Domain.Conferences;
using Summit.Domain.Integrations;
using Summit.Domain.Networks;
using Summit.Domain.Participants;
using Summit.Domain.Registrations;
using Summit.Domain.Sessions;
using Summit.Domain.WorkingGroups;
using Summit.Engine;

namespace Summit.Server.Operations;

/// <summary>Every kind of aggregate there is: what the server hosts, and what the commands can read.</summary>
internal static class Kinds
{
    public static AggregateKinds All() =>
        new AggregateKinds().Add<Lobby>().Add<Conference>().Add<Network>().Add<WorkingGroup>().Add<Session>().Add<Participant>().Add<Roll>().Add<Registration>().Add<Integration>();
}
