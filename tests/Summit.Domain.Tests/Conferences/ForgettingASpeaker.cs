using Summit.Domain.Conferences;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Conferences;

/// <summary>Somebody who speaks, or spoke once, does not want to be in the programme any more, nor in what it was before.</summary>
public sealed class ForgettingASpeaker : AProgrammeOfTwo
{
    private static readonly SpeakerId Boris = new(Guid.Parse("0198a000-0000-7000-8000-0000000000b0"));

    public ForgettingASpeaker() => Given(
        Host, new SetSpeaker(Ana, "Ana Petrova", "Mayor", "Born in Tirana."), new SetSpeaker(Boris, "Boris Kolev"), new PlaceSession(First, "Hall 1", "Growth", [Ana, Boris]),
        new PublishProgramme(), new SetSpeaker(Ana, "Anna Petrova", "Mayor", "Born in Durres."), new PlaceSession(First, "Hall 2", "Growth", [Ana]), new PublishProgramme());

    [Fact]
    public void Leaves_the_place_in_the_programme_and_nothing_of_the_person()
    {
        When(Host, new EraseSpeaker(Ana));
        Then(new SpeakerErased(Ana));
        Assert.Equal([Ana], Conference.Programme[0].Speakers);
        Assert.Equal(new SpeakerSet(Ana, "", null, null), Conference.Speakers.Single(speaker => speaker.Speaker == Ana));
        Assert.Equal(new SpeakerSet(Ana, "", null, null), Conference.Published!.Speakers.Single(speaker => speaker.Speaker == Ana));
        Assert.Equal([ChangeKind.Room], Conference.Versions[1].Changes.Select(change => change.Kind));
        Assert.Empty(Conference.Unpublished());
        ThenGone();
        Assert.Equal((Ana, null, null), (Assert.Single(Conference.Orders).Speaker, Conference.Orders[0].Person, Conference.Orders[0].What));
    }

    [Fact]
    public void Reaches_one_who_was_dropped_and_one_who_is_still_in_the_version_that_everybody_sees()
    {
        Given(Host, new DropSpeaker(Ana));
        When(Host, new EraseSpeaker(Ana));
        Then(new SpeakerErased(Ana));
        ThenGone();
        Assert.Equal("", Conference.Published!.Speakers.Single(speaker => speaker.Speaker == Ana).Name);
    }

    [Fact]
    public void Happens_once_and_again_for_whoever_was_written_anew()
    {
        Given(Host, new EraseSpeaker(Ana));
        When(Host, new EraseSpeaker(Ana));
        Then();
        Given(Host, new SetSpeaker(Ana, "Anna Petrova"));
        When(Host, new EraseSpeaker(Ana));
        Then(new SpeakerErased(Ana));
        ThenGone();
    }

    [Fact]
    public void Tells_the_next_version_without_the_name()
    {
        Given(Host, new EraseSpeaker(Ana), new PlaceSession(First, "Hall 2", "Growth", [Ana, Boris]), new PublishProgramme());
        Assert.Equal([(null, "Boris Kolev")], Conference.Versions[^1].Changes.Select(change => (change.Before, change.After)));
    }

    [Fact]
    public void Is_for_who_runs_the_conference_and_about_somebody_who_was_in_it()
    {
        When(Mod, new EraseSpeaker(Ana));
        ThenRefused(SessionFaults.Forbidden);
        When(Host, new EraseSpeaker(new SpeakerId(Guid.Empty)));
        ThenRefused(ConferenceFaults.SpeakerUnknown);
    }

    private void ThenGone()
    {
        var left = ThenRewritten(Conference.Create(Here.Value));
        Assert.All((string[])["Ana", "Anna", "Petrova", "Mayor", "Born"], word => Assert.DoesNotContain(word, left, StringComparison.Ordinal));
        Assert.Contains("Boris Kolev", left, StringComparison.Ordinal);
    }
}
