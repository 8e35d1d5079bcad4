namespace Summit.Domain.Sessions;

/// <param name="People">Different ones, who posted something under their name.</param>
/// <param name="Country">Two letters of ISO 3166, where the city is known.</param>
public sealed record CityCount(string City, int People, string? Country);

/// <param name="People">Different ones, whose city is known to be there.</param>
public sealed record CountryCount(string Country, int People);

/// <summary>Who took part, counted: whoever posted, supported or voted, each once; no names.</summary>
/// <param name="countryOf">The country of a city as somebody wrote it; null where it is not known.</param>
public sealed class Participation(Func<string, string?> countryOf)
{
    private readonly HashSet<ParticipantId> _people = [];
    private readonly Dictionary<string, HashSet<ParticipantId>> _cities = new(StringComparer.OrdinalIgnoreCase);

    public int People => _people.Count;

    /// <summary>Those with most people first. Who asked anonymously is in none of them.</summary>
    public IReadOnlyList<CityCount> Cities => [.. _cities
        .Select(city => new CityCount(city.Key, city.Value.Count, countryOf(city.Key)))
        .OrderByDescending(city => city.People).ThenBy(city => city.City, StringComparer.Ordinal)];

    /// <summary>Those with most people first. Who is in no known city is in none of them.</summary>
    public IReadOnlyList<CountryCount> Countries => [.. _cities
        .Select(city => (Country: countryOf(city.Key), People: city.Value)).Where(city => city.Country is not null)
        .GroupBy(city => city.Country!, city => city.People)
        .Select(country => new CountryCount(country.Key, country.SelectMany(people => people).Distinct().Count()))
        .OrderByDescending(country => country.People).ThenBy(country => country.Country, StringComparer.Ordinal)];

    /// <summary>Of several sessions: who was in two counts once.</summary>
    public static Participation Of(IEnumerable<Participation> sessions, Func<string, string?> countryOf)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        var all = new Participation(countryOf);
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

    /// <summary>Whoever posts, supports or votes takes part.</summary>
    internal void Count(IEvent happened, EventContext context)
    {
        if (happened is ItemPosted or ItemSupported or BallotCast)
        {
            _people.Add(context.By);
        }
    }

    internal void Add(ParticipantId person, string city) => In(city).Add(person);

    private HashSet<ParticipantId> In(string city) => _cities.TryGetValue(city, out var there) ? there : _cities[city] = [];
}
