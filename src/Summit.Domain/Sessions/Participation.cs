namespace Summit.Domain.Sessions;

/// <param name="People">Different ones, who posted something under their name.</param>
public sealed record CityCount(string City, int People);

/// <summary>Who took part, counted: whoever posted, supported or voted, each once; no names.</summary>
public sealed class Participation
{
    private readonly HashSet<ParticipantId> _people = [];
    private readonly Dictionary<string, HashSet<ParticipantId>> _cities = new(StringComparer.OrdinalIgnoreCase);

    public int People => _people.Count;

    /// <summary>Those with most people first. Who asked anonymously is in none of them.</summary>
    public IReadOnlyList<CityCount> Cities => [.. _cities
        .Select(city => new CityCount(city.Key, city.Value.Count))
        .OrderByDescending(city => city.People).ThenBy(city => city.City, StringComparer.Ordinal)];

    /// <summary>Of several sessions: who was in two counts once.</summary>
    public static Participation Of(IEnumerable<Participation> sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        var all = new Participation();
        foreach (var session in sessions)
        {
            all._people.UnionWith(session._people);
            foreach (var (city, people) in session._cities)
            {
                all.In(city).UnionWith(people);
            }
        }

        return all;
    }

    internal void Add(ParticipantId person) => _people.Add(person);

    internal void Add(ParticipantId person, string city) => In(city).Add(person);

    private HashSet<ParticipantId> In(string city) => _cities.TryGetValue(city, out var there) ? there : _cities[city] = [];
}
