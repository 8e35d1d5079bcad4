using System.Collections.Concurrent;
using Summit.Engine;

namespace Summit.Server.Tests;

/// <summary>What servers of one store agree on, where the store is this process.</summary>
internal class MemoryAgreements : IAgreements
{
    private readonly ConcurrentDictionary<string, string> _said = new();

    public virtual string? Find(string name) => _said.GetValueOrDefault(name);

    public string Agree(string name, string text) => _said.GetOrAdd(name, text);
}
