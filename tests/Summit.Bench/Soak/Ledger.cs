using System.Text.Json;
using Summit.Bench.Wire;

namespace Summit.Bench.Soak;

/// <summary>Something the server has lost or has twice.</summary>
public sealed record Problem(bool Lost, string Text);

/// <summary>What was sent and what was acknowledged, and whether a picture holds just that. Thread-safe.</summary>
public sealed class Ledger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, SoakCommand> _unanswered = [];
    private readonly Dictionary<Guid, SoakCommand> _posted = [];
    private readonly Dictionary<Guid, HashSet<Guid>> _supporters = [];
    private readonly HashSet<(Guid Item, string Text)> _notes = [];
    private readonly List<(SoakCommand Command, Answer Answer)> _acknowledged = [];

    /// <summary>In the order of acknowledgement.</summary>
    public IReadOnlyList<(SoakCommand Command, Answer Answer)> Acknowledged => Read(() => _acknowledged.ToList());

    public int Count => Read(() => _acknowledged.Count);

    public int Unanswered => Read(() => _unanswered.Count);

    public long LastSeq => Read(() => _acknowledged.Count == 0 ? 0 : _acknowledged.Max(entry => entry.Answer.Seq));

    /// <summary>A question that is known to be there, for somebody to do something with; null while there is none.</summary>
    public SoakCommand? AnyQuestion(Func<int, int> choose) => Read(() =>
        _posted.Values.Where(posted => posted.Deed == Deed.Ask).ToList() is { Count: > 0 } questions ? questions[choose(questions.Count)] : null);

    public bool IsSupported(Guid item, Guid by) => Read(() => _supporters.TryGetValue(item, out var people) && people.Contains(by));

    public void Sent(SoakCommand command) => Read(() => _unanswered[command.Id] = command);

    public void Acknowledge(SoakCommand command, Answer answer)
    {
        lock (_lock)
        {
            _unanswered.Remove(command.Id);
            _acknowledged.Add((command, answer));
            switch (command.Deed)
            {
                case Deed.Support when command.On:
                    SupportersOf(command.Item).Add(command.By);
                    break;
                case Deed.Support:
                    SupportersOf(command.Item).Remove(command.By);
                    break;
                case Deed.Note:
                    _notes.Add((command.Item, command.Text));
                    break;
                default:
                    _posted.Add(command.Id, command);
                    break;
            }
        }
    }

    /// <summary>Compares a moderator's picture with what was acknowledged. What has no answer yet may be there or not, but not twice.</summary>
    public IReadOnlyList<Problem> Check(string place, Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var items = picture.Items;
        lock (_lock)
        {
            return
            [
                .. CheckItems(place, items),
                .. CheckSupport(place, items),
                .. CheckNotes(place, items),
            ];
        }
    }

    private IEnumerable<Problem> CheckItems(string place, IReadOnlyDictionary<Guid, JsonElement> items)
    {
        foreach (var (id, command) in _posted)
        {
            if (!items.TryGetValue(id, out var item) || item.GetProperty("text").GetString() != command.Text)
            {
                yield return new Problem(true, $"{place}: '{command.Text}' is not there");
            }
        }

        foreach (var id in items.Keys.Where(id => !_posted.ContainsKey(id) && !_unanswered.ContainsKey(id)))
        {
            yield return new Problem(false, $"{place}: the item {id} was never sent");
        }
    }

    private IEnumerable<Problem> CheckSupport(string place, IReadOnlyDictionary<Guid, JsonElement> items)
    {
        foreach (var (id, item) in items)
        {
            var sure = _supporters.TryGetValue(id, out var people) ? people.Count : 0;
            var open = _unanswered.Values.Where(command => command.Deed == Deed.Support && command.Item == id).ToList();
            var (least, most) = (sure - open.Count(command => !command.On), sure + open.Count(command => command.On));
            var found = item.GetProperty("support").GetInt32();
            if (found < least || found > most)
            {
                yield return new Problem(found < least, $"{place}: {id} has {found} supporters, not {least} to {most}");
            }
        }
    }

    private IEnumerable<Problem> CheckNotes(string place, IReadOnlyDictionary<Guid, JsonElement> items)
    {
        var found = items.SelectMany(item => NotesOf(item.Value).Select(text => (Item: item.Key, Text: text))).CountBy(note => note).ToDictionary();
        foreach (var note in _notes.Where(note => !found.ContainsKey(note)))
        {
            yield return new Problem(true, $"{place}: the note '{note.Text}' is not there");
        }

        foreach (var (note, times) in found.Where(note => note.Value > 1))
        {
            yield return new Problem(false, $"{place}: the note '{note.Text}' is there {times} times");
        }
    }

    private static IEnumerable<string> NotesOf(JsonElement item) =>
        item.TryGetProperty("notes", out var notes) ? notes.EnumerateArray().Select(note => note.GetProperty("text").GetString()!) : [];

    private HashSet<Guid> SupportersOf(Guid item) => _supporters.TryGetValue(item, out var people) ? people : _supporters[item] = [];

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
