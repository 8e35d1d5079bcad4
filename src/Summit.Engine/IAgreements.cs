namespace Summit.Engine;

/// <summary>
/// Short texts that all servers of one store have in common: of several that say something under a name, the first has said it for
/// all, and for ever. Keys and the links of the first start are agreed on like this, without a lock and without a leader.
/// </summary>
/// <remarks>Not awaited, because those who make keys do not await either; used at a start and once a day. Thread-safe.</remarks>
/// <exception cref="JournalUnavailableException">The store is away; ask again later.</exception>
public interface IAgreements
{
    /// <summary>What was said under this name; null if nothing was.</summary>
    string? Find(string name);

    /// <summary>Says it, unless somebody has.</summary>
    /// <returns>What holds from now on: this text, or that of who was first.</returns>
    string Agree(string name, string text);
}
