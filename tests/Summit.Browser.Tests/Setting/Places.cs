using System.Reflection;

namespace Summit.Browser.Tests.Setting;

/// <summary>Where things lie in the repository that these tests were built from.</summary>
public static class Places
{
    public static string Repository { get; } = typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Repository").Value!;

    /// <summary>The checker of the accessibility rules, which comes with the tools of the web app.</summary>
    public static string Axe { get; } = Path.Combine(Repository, "clients", "node_modules", "axe-core", "axe.min.js");

    /// <summary>What a failed test leaves behind to look at.</summary>
    public static string Failures { get; } = Path.Combine(Repository, "artifacts", "browser");

    public static string Docs { get; } = Path.Combine(Repository, "docs");
}
