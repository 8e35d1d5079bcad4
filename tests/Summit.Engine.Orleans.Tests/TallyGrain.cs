using Microsoft.Extensions.Logging;

namespace Summit.Engine.Orleans.Tests;

/// <summary>Where the tally of the contract suites lives.</summary>
[GrainType("tally")]
public sealed class TallyGrain(CellHost host, Leases leases, ILogger<TallyGrain> log) : CellGrain(host, leases, log);
