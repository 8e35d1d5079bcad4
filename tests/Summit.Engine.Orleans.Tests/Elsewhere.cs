using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Placement;
using Summit.Testing;

namespace Summit.Engine.Orleans.Tests;

/// <summary>Places each cell on another server than the one that called it first.</summary>
[GenerateSerializer]
internal sealed class Elsewhere : PlacementStrategy
{
    internal sealed class Director : IPlacementDirector
    {
        public async Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
        {
            SiloAddress? other = null;
            // A server learns what another one can host a moment after it has learnt of it.
            await Wait.UntilAsync(
                "another server can host the cell",
                () => (other = context.GetCompatibleSilos(target).FirstOrDefault(silo => !silo.Equals(context.LocalSilo))) is not null);
            return other!;
        }
    }
}

internal static class ElsewhereSetup
{
    public static void PlaceElsewhere(this ISiloBuilder silo)
    {
        silo.Services.AddPlacementDirector<Elsewhere, Elsewhere.Director>();
        silo.Services.AddSingleton<PlacementStrategy, Elsewhere>();
    }
}
