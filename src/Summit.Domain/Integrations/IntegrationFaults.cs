namespace Summit.Domain.Integrations;

/// <summary>Every refusal to connect a conference with other programs.</summary>
public static class IntegrationFaults
{
    public static Fault KeyMalformed { get; } =
        new(FaultKind.Invalid, "key.malformed", "A key needs a name of at most 80 characters, something that it may do, and, if it ends, an end that lies ahead.");

    public static Fault KeyUnknown { get; } = new(FaultKind.NotFound, "key.unknown", "There is no such key here.");

    public static Fault KeyExists { get; } = new(FaultKind.Conflict, "key.exists", "This key has been issued already.");

    public static Fault HookMalformed { get; } = new(FaultKind.Invalid, "hook.malformed", "Choose at least one occasion that the address is told of.");

    public static Fault HookAddress { get; } =
        new(FaultKind.Invalid, "hook.address", "The address begins with https://, has at most 500 characters, and no name or password in it.");

    public static Fault HookUnknown { get; } = new(FaultKind.NotFound, "hook.unknown", "There is no such webhook here.");

    public static Fault HookExists { get; } = new(FaultKind.Conflict, "hook.exists", "This webhook has been added already.");

    public static Fault DeliveryUnknown { get; } = new(FaultKind.NotFound, "hook.no-delivery", "This is not in the log any more.");

    public static Fault HooksElsewhere { get; } = new(FaultKind.Conflict, "hook.elsewhere", "Another server delivers this at the moment.");

    public static Fault HostMalformed { get; } =
        new(FaultKind.Invalid, "integration.host", "Name each host alone, like city.example or city.example:8443; without a path, and without asterisks.");

    public static Fault TooMany(int most) => new(FaultKind.Invalid, "integration.too-many", $"That is more than one conference can have: at most {most}.");
}
