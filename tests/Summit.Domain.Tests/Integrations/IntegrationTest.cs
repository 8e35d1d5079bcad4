using Summit.Domain.Integrations;
using Summit.Domain.Tests.Conferences;

namespace Summit.Domain.Tests.Integrations;

public abstract class IntegrationTest : ConferenceTest
{
    protected Integration Integration { get; } = Integration.Create(Here.Value);

    protected override IAggregate Aggregate => Integration;

    protected void ThenASnapshotSaysTheSame() => Assert.Equal(Integration.Save(), Integration.Load(Here.Value, Integration.Save()).Save());
}
