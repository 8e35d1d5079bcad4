using System.Reflection;
using Summit.Domain;

namespace Summit.Engine.Orleans.Tests;

/// <summary>Holds the grains and the aggregates together: one of the same name for each.</summary>
public sealed class EveryKind
{
    public static TheoryData<string> Kinds =>
    [
        .. typeof(IAggregate).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IAggregate)))
            .Select(type => (string)type.GetProperty("Kind", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Has_a_grain_of_its_name(string kind) =>
        Assert.Single(typeof(CellGrain).Assembly.GetTypes(), type => GrainType(type) == kind && type.IsSubclassOf(typeof(CellGrain)));

    private static string? GrainType(Type type) =>
        type.GetCustomAttributesData()
            .FirstOrDefault(data => data.AttributeType == typeof(GrainTypeAttribute))?.ConstructorArguments[0].Value as string;
}
