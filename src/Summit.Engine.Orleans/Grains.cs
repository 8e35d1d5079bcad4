using Summit.Domain.Conferences;
using Summit.Domain.Integrations;
using Summit.Domain.Networks;
using Summit.Domain.Participants;
using Summit.Domain.Registrations;
using Summit.Domain.Sessions;
using Summit.Domain.WorkingGroups;

namespace Summit.Engine.Orleans;

/// <summary>Where a <see cref="Session"/> lives.</summary>
[GrainType("session")]
public sealed class SessionGrain(CellHost host, Relays relays) : CellGrain(host, relays);

/// <summary>Where a <see cref="Conference"/> lives.</summary>
[GrainType("conference")]
public sealed class ConferenceGrain(CellHost host, Relays relays) : CellGrain(host, relays);

/// <summary>Where a <see cref="Network"/> lives.</summary>
[GrainType("network")]
public sealed class NetworkGrain(CellHost host, Relays relays) : CellGrain(host, relays);

/// <summary>Where a <see cref="Participant"/> lives.</summary>
[GrainType("participant")]
public sealed class ParticipantGrain(CellHost host, Relays relays) : CellGrain(host, relays);

/// <summary>Where a <see cref="Roll"/> lives.</summary>
[GrainType("roll")]
public sealed class RollGrain(CellHost host, Relays relays) : CellGrain(host, relays);

/// <summary>Where a <see cref="WorkingGroup"/> lives.</summary>
[GrainType("working-group")]
public sealed class WorkingGroupGrain(CellHost host, Relays relays) : CellGrain(host, relays);

/// <summary>Where a <see cref="Lobby"/> lives.</summary>
[GrainType("lobby")]
public sealed class LobbyGrain(CellHost host, Relays relays) : CellGrain(host, relays);

/// <summary>Where a <see cref="Registration"/> lives.</summary>
[GrainType("registration")]
public sealed class RegistrationGrain(CellHost host, Relays relays) : CellGrain(host, relays);

/// <summary>Where an <see cref="Integration"/> lives.</summary>
[GrainType("integration")]
public sealed class IntegrationGrain(CellHost host, Relays relays) : CellGrain(host, relays);
