namespace Summit.Bench.Wire;

/// <summary>The servers a client knows: where it is now, and where it goes on when that one is lost.</summary>
public sealed class Doors(Uri first, IReadOnlyList<Uri> others)
{
    private readonly List<Uri> _all = [first, .. others];
    private int _at;

    public Uri Current => _all[Volatile.Read(ref _at)];

    public void GoTo(Uri server) => Volatile.Write(ref _at, _all.IndexOf(server));

    public void Next() => Volatile.Write(ref _at, (_at + 1) % _all.Count);
}
