using System.Text.Json;
using Summit.Bench.Replay;
using Summit.Bench.Wire;
using Summit.Engine;
using Summit.Testing;

namespace Summit.Bench.Chaos;

/// <summary>Looks, after the troubles, whether everything is there once and everybody sees the same.</summary>
internal sealed class Census(Hall hall)
{
    /// <summary>Hundreds of followers on a busy machine take their time to the last event.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly List<string> _findings = [];

    /// <summary>How many different pictures the participants have; one is right.</summary>
    public int Pictures { get; private set; }

    /// <summary>Acknowledged commands that stand in the journal, once and where the answer said.</summary>
    public int Found { get; private set; }

    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Ends the session and compares the screens with each other, with HTTP on each server, and with the file.</summary>
    public async Task OfScreensAsync(CancellationToken cancellationToken)
    {
        // A vote that changes nothing, the last one maybe, shows on no screen; the end of the session shows on all of them.
        var id = Guid.CreateVersion7();
        var close = await hall.Transcript.SendAsync(hall.Moderator, hall.Venue.Session, id, new { type = "close", id }, cancellationToken);
        foreach (var follower in hall.Followers.Concat(hall.Desks))
        {
            await Wait.UntilAsync($"{follower.Name} sees the session closed", () => follower.HasReachedAsync(close), Limit);
        }

        var (all, published) = (new List<(string, Picture)>(), new List<(string, Picture)>());
        foreach (var server in hall.Servers)
        {
            using var api = new Api(server.Address);
            published.Add(($"HTTP at {Troubles.NameOf(server)}", await hall.Venue.LookAsync(hall.Onlooker, close, cancellationToken, api)));
            all.Add(($"HTTP at {Troubles.NameOf(server)}, moderator", await hall.Venue.LookAsync(hall.Venue.Moderator, close, cancellationToken, api)));
        }

        published.AddRange(hall.Followers.Select(follower => (follower.Name, follower.Picture)));
        all.AddRange(hall.Desks.Select(desk => (desk.Name, desk.Picture)));
        Pictures = Compare(published, Sight.Public);
        Compare(all, Sight.All);
    }

    /// <summary>Everything that was sent stands in the journal once, its events next to each other, where the answer said; and nothing else does.</summary>
    public async Task OfJournalAsync(IJournal journal, CancellationToken cancellationToken)
    {
        CompareWithFile(await Tally.OfJournalAsync(journal, hall.Venue.Session, cancellationToken));
        foreach (var sent in hall.Transcript.All.GroupBy(one => one.Session))
        {
            var last = new Dictionary<Guid, long>();
            await foreach (var (_, context) in JournalReader.ReadAsync(journal, sent.Key, cancellationToken))
            {
                if (last.TryGetValue(context.Command, out var seq) && seq != context.Seq - 1)
                {
                    _findings.Add($"journal: the command {context.Command} took effect at {seq} and again at {context.Seq}");
                }

                last[context.Command] = context.Seq;
            }

            var right = sent.Where(one => last.TryGetValue(one.Command, out var seq) && seq == one.Seq).ToList();
            Found += right.Count;
            _findings.AddRange(sent.Except(right).Select(one => $"journal: {one.Command}, acknowledged at {one.Seq}, is at {last.GetValueOrDefault(one.Command)}"));
            // Planning and opening the session are the venue's.
            if (last.Count - sent.Count() is not Preparations and var more)
            {
                _findings.Add($"journal: {sent.Key} holds {more - Preparations} commands more than were sent");
            }
        }
    }

    private const int Preparations = 2;

    private int Compare(List<(string Place, Picture Picture)> pictures, Sight sight)
    {
        var same = pictures.GroupBy(one => one.Picture.Hash()).OrderByDescending(group => group.Count()).ToList();
        foreach (var other in same.Skip(1))
        {
            _findings.Add($"{other.Count()} see another picture than {same[0].Count()} others: {string.Join(", ", other.Select(one => one.Place).Take(5))}");
            _findings.AddRange(Difference(other.First().Picture, same[0].First().Picture));
        }

        foreach (var group in same)
        {
            CompareWithFile(Tally.Of(group.First().Place, sight, group.First().Picture.Items.Values));
        }

        return same.Count;
    }

    /// <summary>The first item that differs, as the one and the other have it.</summary>
    private static IEnumerable<string> Difference(Picture one, Picture other)
    {
        var (items, others) = (one.Items, other.Items);
        return items.Keys.Union(others.Keys).Order()
            .Select(id => ($"  {Text(items, id)}", $"  {Text(others, id)}"))
            .Where(pair => pair.Item1 != pair.Item2)
            .Take(1)
            .SelectMany(pair => new[] { pair.Item1, pair.Item2 });

        static string Text(IReadOnlyDictionary<Guid, JsonElement> of, Guid id) => of.TryGetValue(id, out var item) ? item.GetRawText() : "not there";
    }

    private void CompareWithFile(Tally tally) => _findings.AddRange(
        new Comparison(hall.Deliberation, hall.Play.Items, author: 0).With(tally)
            .Select(found => $"{found.Place}: statement {found.Statement} is {found.Found?.ToString() ?? "not there"}, in the file {found.Expected?.ToString() ?? "not seen"}"));
}
