namespace Summit.Server.Operations;

/// <summary>
/// Settings from files, one in each, as orchestrators mount their secrets: <c>/run/secrets/Summit__PostgresPassword</c>. What comes
/// that way stands in no environment and in no list of processes.
/// </summary>
internal static class Secrets
{
    /// <summary>Names another folder than the one that Docker and most manifests use.</summary>
    private const string Folder = "Summit:Secrets";

    public static void AddSecrets(this IConfigurationManager configuration) =>
        configuration.AddKeyPerFile(Path.GetFullPath(configuration[Folder] ?? "/run/secrets"), optional: true);
}
