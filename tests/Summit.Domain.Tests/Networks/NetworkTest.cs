using Summit.Domain.Networks;
using Summit.Domain.Tests.Conferences;

namespace Summit.Domain.Tests.Networks;

/// <summary>A network with three members, of which the first presides, and an observer.</summary>
public abstract class NetworkTest : ConferenceTest
{
    protected static readonly NetworkId Net = new(Guid.Parse("0198b000-0000-7000-8000-000000000001"));
    protected static readonly MemberId Sofia = Named(1);
    protected static readonly MemberId Tirana = Named(2);
    protected static readonly MemberId Athens = Named(3);
    protected static readonly MemberId Association = Named(4);
    protected static readonly MemberId Varna = Named(5);
    protected static readonly SummitId Fourth = new(Guid.Parse("0198b000-0000-7000-8000-000000000021"));
    protected static readonly GroupId Climate = new(Guid.Parse("0198b000-0000-7000-8000-000000000031"));

    protected static readonly Actor Secretary = Admin with { Role = Role.Secretary, Network = Net };
    protected static readonly Actor OfTirana = Secretary with { Role = Role.Member, Member = Tirana };
    protected static readonly Actor OfSofia = OfTirana with { Member = Sofia };
    protected static readonly Actor Coordinator = Secretary with { Role = Role.Coordinator, Group = Climate };

    protected static readonly FoundNetwork Found = new("Balkan Cities Network", "B40", "Equal votes.", PartialDate.Parse("2021-11-30"));
    protected static readonly ApplyForMembership Application = new(Varna, "Varna", MemberKind.City, "BG", PartialDate.Parse("2025-03"));
    protected static readonly RecordDecision Decision = new(Varna, PartialDate.Parse("2025-04-16"), new Document("Decision 512", "https://varna.example/512"));

    protected Network Network { get; } = Network.Create(Net.Value);

    protected override IAggregate Aggregate => Network;

    protected void GivenANetwork()
    {
        Given(Admin, Found);
        Given(
            Secretary,
            new RecordMember(Sofia, "Sofia", MemberKind.City, "BG", MemberStatus.Member, PartialDate.Parse("2021")),
            new RecordMember(Tirana, "Tirana", MemberKind.City, "AL", MemberStatus.Member, PartialDate.Parse("2021")),
            new RecordMember(Athens, "Athens", MemberKind.City, "GR", MemberStatus.Member, PartialDate.Parse("2021")),
            new RecordMember(Association, "NAMRB", MemberKind.Association, "BG", MemberStatus.Observer, PartialDate.Parse("2024-09")),
            Summit(),
            new HandOverPresidency(Tirana, PartialDate.Parse("2024-01-31")));
    }

    protected static RecordSummit Summit() =>
        new(Fourth, "Sofia summit", "Sofia", PartialDate.Parse("2025-02-24"), PartialDate.Parse("2025-02-25"), "The future", Sofia, ["EBRD"], Here);

    private static MemberId Named(int number) => new(Guid.Parse($"0198b000-0000-7000-8000-00000000010{number}"));
}
