using Microsoft.Net.Http.Headers;

namespace Summit.Server.People;

/// <summary>What somebody calls the device they hold, from what its browser says of itself.</summary>
internal static class Devices
{
    // In this order: most browsers claim to be the others, too.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")];

    /// <summary><c>Firefox, Android</c>; as much of it as can be told, and nothing a stranger wrote.</summary>
    public static string Of(HttpRequest request)
    {
        var agent = request.Headers[HeaderNames.UserAgent].ToString();
        return string.Join(", ", new[] { Find(Browsers, agent), Find(Systems, agent) }.OfType<string>());
    }

    private static string? Find((string Mark, string Name)[] known, string agent) =>
        Array.Find(known, one => agent.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
