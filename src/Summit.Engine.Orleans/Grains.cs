using Microsoft.Extensions.Logging;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;

namespace Summit.Engine.Orleans;

/// <summary>Where a <see cref="Session"/> lives.</summary>
[GrainType("session")]
public sealed class SessionGrain(CellHost host, Leases leases, ILogger<SessionGrain> log) : CellGrain(host, leases, log);

/// <summary>Where a <see cref="Conference"/> lives.</summary>
[GrainType("conference")]
public sealed class ConferenceGrain(CellHost host, Leases leases, ILogger<ConferenceGrain> log) : CellGrain(host, leases, log);

/// <summary>Where a <see cref="Lobby"/> lives.</summary>
[GrainType("lobby")]
public sealed class LobbyGrain(CellHost host, Leases leases, ILogger<LobbyGrain> log) : CellGrain(host, leases, log);
