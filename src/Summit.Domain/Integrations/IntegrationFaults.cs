namespace Summit.Domain.Integrations;

/// <summary>Every refusal to connect a conference with other programs.</summary>
public static class IntegrationFaults
{
    public static Fault KeyMalformed { get; } =
        new(FaultKind.Invalid, "key.malformed", "A key needs a name of at most 80 characters, something that it may do, and, if it ends, an end that lies ahead.");

    public static Fault KeyUnknown { get; } = new(FaultKind.NotFound, "key.unknown", "There is no such key here.");

    public static Fault KeyExists { get; } = new(FaultKind.Conflict, "key.exists", "This key has been issued already.");

    public static Fault TooMany(int most) => new(FaultKind.Invalid, "integration.too-many", $"That is more than one conference can have: at most {most}.");
}
