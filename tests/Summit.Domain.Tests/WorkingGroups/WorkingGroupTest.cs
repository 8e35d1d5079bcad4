using Summit.Domain.Networks;
using Summit.Domain.Tests.Networks;
using Summit.Domain.WorkingGroups;

namespace Summit.Domain.Tests.WorkingGroups;

/// <summary>A group of a network in which two members take part, as its coordinator and they themselves would have it.</summary>
public abstract class WorkingGroupTest : NetworkTest
{
    protected static readonly PracticeId Shade = new(Guid.Parse("0198c000-0000-7000-8000-000000000001"));
    protected static readonly TaskId Charter = new(Guid.Parse("0198c000-0000-7000-8000-000000000011"));
    protected static readonly Actor ModOfSummit = Mod with { Network = Net };

    protected static readonly WritePractice Draft = new(
        Shade, Sofia, " Shade for bus stops ", "Trees beside every stop.", "Stops were too hot to wait at.", "We planted 300 trees.", "EUR 90,000 of the city's own",
        [new Evidence(" Temperature at noon ", "°C", "44", "36", PartialDate.Parse("2025"), "City laboratory")], "The first trees dried out.",
        "Water within 20 m.", [new Document("Report", "https://sofia.example/shade")], ["bg", "en"], new DateOnly(2027, 3, 1));

    protected WorkingGroup Group { get; } = WorkingGroup.Create(Climate.Value);

    protected override IAggregate Aggregate => Group;

    protected void GivenAGroup() => Given(Coordinator, new TakePart(Sofia, "Ana"), new TakePart(Tirana));

    protected Practice Practice() => Assert.Single(Group.Practices);

    protected void GivenAPublishedPractice()
    {
        GivenAGroup();
        Given(OfSofia, Draft, new SubmitPractice(Shade));
        Given(Coordinator, new PublishPractice(Shade));
    }
}
