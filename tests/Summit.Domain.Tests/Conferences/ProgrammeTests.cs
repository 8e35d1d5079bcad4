using Summit.Domain.Conferences;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Conferences;

/// <summary>A conference with two sessions an hour each, one after the other, and two speakers.</summary>
public abstract class AProgrammeOfTwo : AConference
{
    protected static readonly SessionId First = new(Guid.Parse("0198c000-0000-7000-8000-000000000001"));
    protected static readonly SessionId Second = new(Guid.Parse("0198c000-0000-7000-8000-000000000002"));
    protected static readonly SpeakerId Ana = new(Guid.Parse("0198c000-0000-7000-8000-000000000011"));
    protected static readonly SpeakerId Ilir = new(Guid.Parse("0198c000-0000-7000-8000-000000000012"));
    protected static readonly DescribeConference Described = new(
        "Sofia summit", Noon, Noon.AddDays(1), "Europe/Sofia", ["bg"], "The future", "NDK", new Meeting("https://meet.example/7", "Passcode 7"),
        new ContactPerson("Elena", "elena@sofia.example"), ["Innovation", "Growth"]);

    protected AProgrammeOfTwo()
    {
        Given(Admin, Plan);
        Given(
            Host, Described, new SetSpeaker(Ana, " Ana ", "Mayor", ""), new SetSpeaker(Ilir, "Ilir"),
            new AddSessionToProgramme(First, "Trade", Noon, Noon.AddHours(1), "en"), new AddSessionToProgramme(Second, "Climate", Noon.AddHours(1), Noon.AddHours(2), "en"));
    }
}

public sealed class DescribingAConference : AProgrammeOfTwo
{
    [Fact]
    public void Says_what_it_is_and_where()
    {
        Assert.Equal(("Sofia summit", "The future", "NDK"), (Conference.Plan!.Title, Conference.Plan.Theme, Conference.Description!.Place));
        When(Host, Described with { Title = " Summit ", Meeting = null, Contact = null, Tracks = null, Place = " " });
        Assert.Equal("Summit", Conference.Plan.Title);
        Assert.Equal("KRM4TB", Conference.Plan.Code);
        Assert.Null(Conference.Description.Meeting);
        Assert.Empty(Conference.Description.Tracks);
    }

    [Fact]
    public void Is_for_hosts_alone()
    {
        When(Mod, Described);
        ThenRefused(SessionFaults.Forbidden);
        When(Host with { Conference = Elsewhere }, new SetSpeaker(Ana, "Ana"));
        ThenRefused(SessionFaults.Forbidden);
    }

    [Fact]
    public void Is_refused_when_it_cannot_be_held_or_shown()
    {
        foreach (var (command, fault) in new[]
        {
            (Described with { Title = "" }, ConferenceFaults.TitleMissing), (Described with { Ends = Noon.AddDays(-1) }, ConferenceFaults.TimesReversed),
            (Described with { TimeZone = "Moon" }, ConferenceFaults.TimeZoneUnknown), (Described with { Languages = [] }, ConferenceFaults.LanguagesMalformed),
            (Described with { Meeting = new Meeting("http://meet.example/7") }, ConferenceFaults.MeetingMalformed),
            (Described with { Meeting = new Meeting("javascript:alert(1)") }, ConferenceFaults.MeetingMalformed),
            (Described with { Contact = new ContactPerson(" ") }, ConferenceFaults.ContactMalformed),
            (Described with { Contact = new ContactPerson("Elena", "nowhere") }, ConferenceFaults.ContactMalformed),
            (Described with { Tracks = [.. Enumerable.Range(0, 21).Select(number => $"{number}")] }, ConferenceFaults.TooMany),
            (Described with { Place = new string('a', 121) }, SessionFaults.TextTooLong(120)),
        })
        {
            When(Host, command);
            ThenRefused(fault);
        }
    }
}

public sealed class PlacingSessions : AProgrammeOfTwo
{
    [Fact]
    public void Gives_them_a_room_a_track_and_speakers()
    {
        Given(Host, new PlaceSession(First, " Hall 1 ", "Growth", [Ana, Ana]));
        Assert.Equal(("Hall 1", "Growth"), (Conference.Programme[0].Room, Conference.Programme[0].Track));
        Assert.Equal([Ana], Conference.Programme[0].Speakers!);
        Given(Host, Described with { Tracks = ["Innovation"] }, new DropSpeaker(Ana));
        Assert.Null(Conference.Programme[0].Track);
        Assert.Empty(Conference.Programme[0].Speakers!);
    }

    [Fact]
    public void Is_refused_for_what_is_not_there()
    {
        foreach (var (command, fault) in new (IProgrammeCommand, Fault)[]
        {
            (new PlaceSession(new SessionId(Guid.Empty)), ConferenceFaults.NotInProgramme), (new PlaceSession(First, Track: "Trade"), ConferenceFaults.TrackUnknown),
            (new PlaceSession(First, Speakers: [new SpeakerId(Guid.Empty)]), ConferenceFaults.SpeakerUnknown),
            (new PlaceSession(First, new string('a', 121)), SessionFaults.TextTooLong(120)),
            (new DropSpeaker(new SpeakerId(Guid.Empty)), ConferenceFaults.SpeakerUnknown), (new SetSpeaker(Ana, " "), SessionFaults.TextEmpty),
            (new SetSpeaker(Ana, "Ana", About: new string('a', 2_001)), SessionFaults.TextTooLong(2_000)),
        })
        {
            When(Host, command);
            ThenRefused(fault);
        }
    }

    [Fact]
    public void Finds_one_room_and_one_speaker_for_two_at_once()
    {
        Given(Host, new PlaceSession(First, "Hall 1", null, [Ana, Ilir]), new PlaceSession(Second, "HALL 1", null, [Ilir]));
        // One after the other is no overlap, be it without a minute between.
        Assert.Empty(Conference.Overlaps());
        Given(Host, new MoveInProgramme(Second, null, Noon.AddMinutes(59), null));
        Assert.Equal([new Overlap(First, Second, "Hall 1", null), new Overlap(First, Second, null, Ilir)], Conference.Overlaps());
        Given(Host, new PlaceSession(Second, "Hall 2", null, [Ana]));
        Assert.Equal([new Overlap(First, Second, null, Ana)], Conference.Overlaps());
        Given(Host, new PlaceSession(Second));
        Assert.Empty(Conference.Overlaps());
    }

    [Fact]
    public void Finds_an_overlap_with_a_long_session_that_began_before_others()
    {
        var third = new SessionId(Guid.Parse("0198c000-0000-7000-8000-000000000003"));
        Given(
            Host, new AddSessionToProgramme(third, "All day", Noon.AddHours(-1), Noon.AddHours(5), "en"), new PlaceSession(third, "Hall 1"),
            new PlaceSession(Second, "Hall 1"));
        Assert.Equal([new Overlap(third, Second, "Hall 1", null)], Conference.Overlaps());
    }
}

public sealed class ReschedulingInTheProgramme : AProgrammeOfTwo
{
    [Fact]
    public void Keeps_what_is_left_out_and_the_order_of_the_day()
    {
        When(Host, new MoveInProgramme(First, null, Noon.AddHours(3), Noon.AddHours(4)));
        Then(new SessionMoved(First, "Trade", Noon.AddHours(3), Noon.AddHours(4)));
        Assert.Equal([Second, First], Conference.Programme.Select(entry => entry.Session));
        When(Host, new MoveInProgramme(First, "Trade", null, null));
        Then();
        When(Host, new MoveInProgramme(new SessionId(Guid.Empty), null, null, null));
        ThenRefused(ConferenceFaults.NotInProgramme);
    }

    [Fact]
    public void Is_saved_with_all_the_rest()
    {
        Given(Host, new PlaceSession(First, "Hall 1", "Growth", [Ana]), new MoveInProgramme(First, "Trade and growth", null, null));
        Assert.Equal(Conference.Save(), Conference.Load(Here.Value, Conference.Save()).Save());
    }
}

public sealed class HandingOutDocuments : AProgrammeOfTwo
{
    private static readonly AddDocument Minutes = new(new DocumentId(Guid.Empty), " Minutes ", new DateOnly(2026, 9, 1), DocumentKind.Docx, 1_000, Hash);

    [Fact]
    public void Lists_the_newest_first_until_they_are_taken_back()
    {
        When(Host, Minutes);
        Then(new DocumentAdded(Minutes.Document, "Minutes", Minutes.Date, DocumentKind.Docx, 1_000, Hash));
        When(Host, Minutes);
        ThenRefused(ConferenceFaults.DocumentExists);
        Given(Host, Minutes with { Document = Named(1), Title = "Agenda", Date = new DateOnly(2026, 9, 2) });
        Assert.Equal(["Agenda", "Minutes"], Conference.Documents.Select(document => document.Title));
        Assert.Equal(Conference.Save(), Conference.Load(Here.Value, Conference.Save()).Save());
        When(Host, new DropDocument(Minutes.Document));
        Then(new DocumentDropped(Minutes.Document));
        When(Host, new DropDocument(Minutes.Document));
        ThenRefused(ConferenceFaults.DocumentUnknown);
    }

    [Fact]
    public void Has_an_end_in_number_and_in_size()
    {
        When(Host, Minutes with { Title = " " });
        ThenRefused(SessionFaults.TextEmpty);
        When(Host, Minutes with { Size = Conference.LargestDocument + 1 });
        ThenRefused(ConferenceFaults.DocumentTooLarge);
        Given(Host, Enumerable.Range(1, 10).Select(number => Minutes with { Document = Named(number), Size = Conference.LargestDocument }));
        When(Host, Minutes with { Size = 1 });
        ThenRefused(ConferenceFaults.DocumentsTooMany);
        Given(Host, new DropDocument(Named(10)));
        Given(Host, Enumerable.Range(10, 41).Select(number => Minutes with { Document = Named(number) }));
        When(Host, Minutes);
        ThenRefused(ConferenceFaults.DocumentsTooMany);
    }

    private static DocumentId Named(int number) => new(new Guid(number, 0, 0, new byte[8]));
}

public sealed class TheCommandsOfAHost
{
    [Fact]
    public void Are_those_of_the_protocol_s_table_by_name_and_member() => ProtocolPage.Holds<IProgrammeCommand>("## The programme", "## Reports");
}
