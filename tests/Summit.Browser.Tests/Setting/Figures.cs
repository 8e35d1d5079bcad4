namespace Summit.Browser.Tests.Setting;

/// <summary>What was measured: in the output of the test, and in a file beside the pictures of failures.</summary>
public static class Figures
{
    private static readonly Lock Writing = new();

    public static void Note(string what, string figure)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {figure}");
        lock (Writing)
        {
            Directory.CreateDirectory(Places.Failures);
            File.AppendAllText(Path.Combine(Places.Failures, "figures.txt"), $"{what}: {figure}{Environment.NewLine}");
        }
    }
}
