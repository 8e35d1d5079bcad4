namespace Summit.Engine.Orleans.Tests;

/// <summary>Where the tally of the contract suites lives.</summary>
[GrainType("tally")]
public sealed class TallyGrain(CellHost host, Relays relays) : CellGrain(host, relays);
