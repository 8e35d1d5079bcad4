using Summit.Domain.Registrations;
using Summit.Domain.Tests.Conferences;

namespace Summit.Domain.Tests.Registrations;

/// <summary>A registration that is open to everybody, with a form of a few fields.</summary>
public abstract class RegistrationTest : ConferenceTest
{
    protected static readonly ParticipantId Ana = Someone(1);
    protected static readonly ParticipantId Ilir = Someone(2);
    protected static readonly ParticipantId Elena = Someone(3);

    protected static readonly SetForm Open = new(
        [new("name", FieldKind.Line, "", true), new("mail", FieldKind.Mail, "", true), new("city", FieldKind.Line, "", DeleteAfter: new DateOnly(2026, 12, 31))]);

    protected Registration Registration { get; } = Registration.Create(Here.Value);

    protected override IAggregate Aggregate => Registration;

    protected static ParticipantId Someone(int number) => new(new Guid(number, 7, 7, new byte[8]));

    protected static Actor As(ParticipantId person) => new(person, Role.Participant, Here, null, null);

    protected static Register By(ParticipantId person) => new(Answers(person), "en");

    protected static Dictionary<string, string> Answers(ParticipantId person) =>
        new() { ["name"] = $"Person {person.Value.ToString()[..8]}", ["mail"] = $"p{person.Value.ToString()[..8]}@city.example" };

    protected void GivenRegistered(params IEnumerable<ParticipantId> people)
    {
        foreach (var person in people)
        {
            Given(As(person), By(person));
        }
    }

    protected RegistrationState? StateOf(ParticipantId person) => Registration.Find(person)?.State;

    /// <summary>What a snapshot of it comes to, and a copy made earlier, are the same registration.</summary>
    protected void ThenASnapshotSaysTheSame()
    {
        var loaded = Registration.Load(Here.Value, Registration.Save());
        Assert.Equal(Registration.Save(), loaded.Save());
        Assert.Equal(Registration.Letters.Select(letter => (letter.Key, letter.Value)), loaded.Letters.Select(letter => (letter.Key, letter.Value)));
        Assert.Equal(Registration.Placed, loaded.Placed);
        Assert.All(Registration.People, person => Assert.Equal(Registration.PlaceInLine(person.Id), loaded.PlaceInLine(person.Id)));
        Assert.All(Registration.People, person => Assert.Equal(person.Mail is { } mail && Registration.Has(mail), person.Mail is { } same && loaded.Has(same)));
    }
}
