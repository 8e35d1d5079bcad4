using System.Text.Json;

namespace Summit.Browser.Tests.Setting;

/// <summary>The rules of WCAG 2.2 A and AA that a program can check, on a page as it stands.</summary>
public static class Axe
{
    private const string Run = """
        async () => {
          // What fades in is measured once it is there, and what takes its colour from there after it; what moves for ever has no end.
          const moving = () => document.getAnimations()
            .filter(({ playState, effect }) => playState !== 'finished' && effect.getComputedTiming().endTime !== Infinity);
          for (let some = moving(); some.length > 0; some = moving()) {
            for (const one of some) one.finish();
            await new Promise(requestAnimationFrame);
          }
          const { violations, passes } = await axe.run(document, {
            runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'] },
          });
          const lines = violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, any, all, none }) =>
              `${id}: ${target.join(' ')}: ${[...any, ...all, ...none].map(({ message }) => message).join('; ')}`));
          return JSON.stringify({ passes: passes.length, lines });
        }
        """;

    /// <summary>A page on which hardly anything could be checked is not the page that was meant.</summary>
    private const int FewestRules = 8;

    public static async Task FindsNothingAsync(Visitor visitor, string where)
    {
        // Evaluated by the debugger: the page's own policy lets no script in.
        await visitor.Page.EvaluateAsync(await File.ReadAllTextAsync(Places.Axe));
        using var found = JsonDocument.Parse(await visitor.Page.EvaluateAsync<string>(Run));
        var lines = found.RootElement.GetProperty("lines").EnumerateArray().Select(line => $"{where}: {line.GetString()}").ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
        Assert.InRange(found.RootElement.GetProperty("passes").GetInt32(), FewestRules, int.MaxValue);
    }
}
