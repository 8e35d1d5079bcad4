using Summit.Domain.Conferences;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Conferences;

/// <summary>What everybody sees is what was published, and each version says what it changed.</summary>
public sealed class PublishingAProgramme : AProgrammeOfTwo
{
    private static readonly SessionId Third = new(Guid.Parse("0198c000-0000-7000-8000-000000000003"));

    [Fact]
    public void Numbers_its_versions_and_dates_them()
    {
        Assert.Null(Conference.Published);
        When(Host, new PublishProgramme());
        Then(new ProgrammePublished(1));
        Now = Noon.AddDays(1);
        Given(Host, new PlaceSession(First, "Hall 1"));
        When(Host, new PublishProgramme());
        Then(new ProgrammePublished(2));
        Assert.Equal([(1, Noon), (2, Noon.AddDays(1))], Conference.Versions.Select(version => (version.Number, version.At)));
        Assert.Empty(Conference.Versions[0].Changes);
    }

    [Fact]
    public void Shows_nobody_what_came_after_it_nor_the_meeting()
    {
        Given(Host, new PlaceSession(First, "Hall 1", null, [Ana]), new PublishProgramme());
        Given(Host, new PlaceSession(First, "Hall 2"), new SetSpeaker(Ana, "Anna"), Described with { Title = "Another title" });
        Assert.Equal(("Sofia summit", "Hall 1"), (Conference.Published!.Plan.Title, Conference.Published.Programme[0].Room));
        Assert.Equal(["Ana", "Ilir"], Conference.Published.Speakers.Select(speaker => speaker.Name));
        Assert.Equal("Elena", Conference.Published.Description!.Contact!.Name);
        Assert.Null(Conference.Published.Description.Meeting);
    }

    [Fact]
    public void Lists_what_changed_since_the_version_before()
    {
        Given(Host, new PlaceSession(First, "Hall 1", "Growth", [Ana]), new PublishProgramme());
        Assert.Empty(Conference.Unpublished());
        Given(
            Host, new PlaceSession(First, "Hall 2", "Innovation", [Ilir, Ana]), new PlaceSession(Second, "Hall 1"), new MoveInProgramme(First, "Free trade", Noon.AddMinutes(30), null),
            new AddSessionToProgramme(Third, "Growth", Noon.AddHours(3), Noon.AddHours(4), "en"));
        ProgrammeChange[] expected =
        [
            new(ChangeKind.Renamed, First, "Free trade", "Trade", "Free trade"),
            new(ChangeKind.Moved, First, "Free trade", "2026-09-16T12:00:00Z/2026-09-16T13:00:00Z", "2026-09-16T12:30:00Z/2026-09-16T13:00:00Z"),
            new(ChangeKind.Room, First, "Free trade", "Hall 1", "Hall 2"),
            new(ChangeKind.Track, First, "Free trade", "Growth", "Innovation"),
            new(ChangeKind.Speakers, First, "Free trade", "Ana", "Ilir, Ana"),
            new(ChangeKind.Room, Second, "Climate", null, "Hall 1"),
            new(ChangeKind.Added, Third, "Growth", null, "2026-09-16T15:00:00Z/2026-09-16T16:00:00Z"),
        ];
        Assert.Equal(expected, Conference.Unpublished());
        Given(Host, new PublishProgramme());
        Assert.Equal(expected, Conference.Versions[^1].Changes);
        Assert.Empty(Conference.Unpublished());
    }

    [Fact]
    public void Counts_what_is_said_of_the_conference_and_of_speakers_but_not_the_meeting()
    {
        Given(Host, new PublishProgramme(), Described with { Meeting = new Meeting("https://meet.example/8") });
        Assert.Empty(Conference.Unpublished());
        Given(Host, Described with { Place = "NDK, hall 3" });
        Assert.Equal([new ProgrammeChange(ChangeKind.Described, null, "")], Conference.Unpublished());
        Given(Host, new PublishProgramme(), new SetSpeaker(Ilir, "Ilir", "Mayor"));
        Assert.Equal([new ProgrammeChange(ChangeKind.Described, null, "")], Conference.Unpublished());
    }

    [Fact]
    public void Is_for_hosts_and_for_a_programme_that_has_changed()
    {
        When(Mod, new PublishProgramme());
        ThenRefused(SessionFaults.Forbidden);
        Given(Host, new PublishProgramme());
        When(Host, new PublishProgramme());
        ThenRefused(ConferenceFaults.Unchanged);
        // Back to what it was is no change either.
        Given(Host, new PlaceSession(First, "Hall 1"), new PlaceSession(First), new MoveInProgramme(Second, "Other", null, null), new MoveInProgramme(Second, "Climate", null, null));
        When(Host, new PublishProgramme());
        ThenRefused(ConferenceFaults.Unchanged);
    }

    [Fact]
    public void Is_saved_with_all_the_rest()
    {
        Given(Host, new PublishProgramme(), new PlaceSession(First, "Hall 1", "Growth", [Ana]), new PublishProgramme());
        var loaded = Conference.Load(Here.Value, Conference.Save());
        Assert.Equal(Conference.Save(), loaded.Save());
        Assert.Empty(loaded.Unpublished());
    }
}
