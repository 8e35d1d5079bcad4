using Summit.Contracts;

namespace Summit.Engine.Tests;

/// <summary>Several servers tell who is there.</summary>
public sealed class AGathering
{
    private static readonly Guid Ana = Guid.NewGuid();
    private static readonly Guid Boris = Guid.NewGuid();
    private static readonly Guid Vesna = Guid.NewGuid();

    private readonly ManualTime _time = new();
    private readonly Gathering _gathering;
    private readonly Guid _one = Guid.NewGuid();
    private readonly Guid _other = Guid.NewGuid();

    public AGathering() => _gathering = new Gathering(_time);

    [Fact]
    public void Counts_somebody_on_two_servers_once_and_a_city_however_it_is_written()
    {
        Tell(_one, Here([Ana, Boris], "Tirana", "Sofia"));
        var together = Tell(_other, Here([Ana, Vesna], "TIRANA", "Skopje"))!;

        Assert.Equal((3, 3), (together.Online, together.Cities));
    }

    [Fact]
    public void Keeps_what_a_server_told_until_it_tells_otherwise()
    {
        Tell(_one, Here([Ana]));
        Tell(_other, Here([Boris]));

        Assert.Equal(2, Tell(_one)!.Online);
        Assert.Equal(1, Tell(_other, Here([]))!.Online);
    }

    [Fact]
    public void Forgets_a_server_with_its_lease_and_no_other()
    {
        Tell(_one, Here([Ana]));
        Tell(_other, Here([Boris]));
        for (var beat = 0; beat < 5; beat++)
        {
            _time.Advance(Gathering.Lease / 5);
            Assert.Equal(2, Tell(_one)!.Online);
        }

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, Tell(_one)!.Online);
    }

    [Fact]
    public void Tells_each_server_every_count_once()
    {
        Tell(_one, Here([]), 2, 0);
        Tell(_other, Here([]), 3, 1);

        Assert.Equal([8, 1], Tell(_one, null, 5, 0)!.Counts);
        Assert.Equal([0, 0], Tell(_one, null, 0, 0)!.Counts);
        Assert.Equal([5, 0], Tell(_other, null, 0, 0)!.Counts);
    }

    [Fact]
    public void Shows_nobody_a_number_before_all_have_told_again_where_it_took_another_s_place()
    {
        Assert.Null(Tell(_one));
        Assert.Null(Tell(_other));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Tell(_one, Here([Ana])));
        Assert.Null(Tell(_other, Here([Boris])));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, Tell(_one)!.Online);
    }

    [Fact]
    public void Is_over_when_nobody_tells_anything_any_more()
    {
        Tell(_one, Here([Ana]));
        _time.Advance(Gathering.Lease);
        Assert.False(_gathering.IsOver);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(_gathering.IsOver);
    }

    private static Here Here(Guid[] people, params string[] cities) => new(people, cities, []);

    private Together? Tell(Guid from, Here? here = null, params int[] counts) => _gathering.Take(new Share(from, here, counts));
}
