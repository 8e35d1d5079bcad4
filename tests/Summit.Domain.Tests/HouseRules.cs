using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Summit.Domain.Tests;

/// <summary>What keeps the rules pure and the files short.</summary>
public sealed partial class HouseRules
{
    /// <summary>A file past this says in its first comment why.</summary>
    private const int MostLines = 330;

    /// <summary>Clock, chance and the world outside: none of them is the same on replay.</summary>
    private static readonly string[] Banned =
    [
        "DateTime.get_Now", "DateTime.get_UtcNow", "DateTime.get_Today", "DateTimeOffset.get_Now", "DateTimeOffset.get_UtcNow", "Guid.NewGuid", "Guid.CreateVersion7",
        "Stopwatch.", "TimeProvider.", "Random.", "RandomNumberGenerator.", "Environment.get_TickCount", "Environment.get_TickCount64", "Environment.get_NewLine",
        "Environment.GetEnvironmentVariable", "File.", "Directory.", "Console.", "HttpClient.", "Socket.",
        "Thread.", "Task.", "Task`1.", "CultureInfo.get_CurrentCulture",
    ];

    [Fact]
    public void Of_the_domain_need_nothing_but_the_framework()
    {
        var references = typeof(Fault).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).ToList();
        Assert.NotEmpty(references);
        Assert.All(references, name => Assert.Matches(@"^System(\.|$)", name));
    }

    [Fact]
    public void Of_the_domain_keep_clock_chance_and_the_world_out()
    {
        var called = Called(typeof(Fault).Assembly.Location);
        Assert.Contains("Rune.IsWhiteSpace", called);
        Assert.DoesNotContain(called, member => Banned.Any(banned => banned.EndsWith('.') ? member.StartsWith(banned, StringComparison.Ordinal) : member == banned));
    }

    [Fact]
    public void Are_looked_after_by_a_look_that_finds_something()
    {
        // The same look at this assembly finds what this class itself does.
        Assert.Contains("File.ReadLines", Called(typeof(HouseRules).Assembly.Location));
    }

    [Fact]
    public void Keep_files_short_or_say_why_not()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !BuildFolder().IsMatch(file)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var lines = File.ReadLines(file).Count();
            Assert.True(lines <= MostLines || File.ReadLines(file).First().StartsWith("// ", StringComparison.Ordinal), $"{file} has {lines} lines and does not say why.");
        });
    }

    [Fact]
    public void Leave_no_plans_and_no_silent_tests_in_the_tree()
    {
        var files = new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !BuildFolder().IsMatch(file) && !file.EndsWith("HouseRules.cs", StringComparison.Ordinal));
        Assert.All(files, file => Assert.DoesNotMatch(@"\bTODO\b|\bFIXME\b|\bSkip = ""|Thread\.Sleep\(", File.ReadAllText(file)));
    }

    private static HashSet<string> Called(string path)
    {
        using var file = File.OpenRead(path);
        using var image = new PEReader(file);
        var reader = image.GetMetadataReader();
        return [.. reader.MemberReferences.Select(reader.GetMemberReference)
            .Where(member => member.Parent.Kind is HandleKind.TypeReference or HandleKind.TypeSpecification)
            .Select(member => $"{Owner(reader, member.Parent)}.{reader.GetString(member.Name)}")];
    }

    private static string Owner(MetadataReader reader, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeReference)
        {
            return reader.GetString(reader.GetTypeReference((TypeReferenceHandle)handle).Name);
        }

        // GENERICINST (CLASS | VALUETYPE) type: the type behind the two bytes is enough to know the owner.
        var blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
        return blob.ReadByte() == 0x15 && blob.ReadByte() is 0x11 or 0x12 && blob.ReadTypeHandle() is { Kind: HandleKind.TypeReference } type ? Owner(reader, type) : "";
    }

    [GeneratedRegex(@"[\\/](obj|bin)[\\/]")]
    private static partial Regex BuildFolder();
}
