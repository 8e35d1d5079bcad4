using Summit.Domain.Integrations;

namespace Summit.Domain.Tests.Integrations;

public sealed class IssuingAKey : IntegrationTest
{
    private static readonly IssueKey Issue = new(Link, " City portal ", [Scope.People, Scope.Read, Scope.Read], Hash, Noon.AddDays(30));

    [Fact]
    public void Keeps_its_name_and_what_it_is_for_and_never_the_key()
    {
        Given(Host, Issue);
        var key = Assert.Single(Integration.Keys);
        Assert.Equal((Link, "City portal", Hash, Noon, Noon.AddDays(30), false, null), (key.Id, key.Name, key.Hash, key.Issued, key.Expires, key.Revoked, key.Used));
        Assert.Equal([Scope.Read, Scope.People], key.Scopes);
        ThenASnapshotSaysTheSame();
    }

    public static TheoryData<string, IssueKey> Wrong => new()
    {
        { "no name", Issue with { Name = " " } },
        { "too long a name", Issue with { Name = new string('x', 81) } },
        { "nothing that it may do", Issue with { Scopes = [] } },
        { "an end that is over", Issue with { Expires = Noon } },
        { "the key in the place of its hash", Issue with { Hash = "summit_abc" } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Is_refused_with(string what, IssueKey issue)
    {
        Assert.NotEmpty(what);
        When(Host, issue);
        ThenRefused(IntegrationFaults.KeyMalformed);
    }

    [Fact]
    public void Is_refused_a_second_time_and_beyond_what_one_conference_can_have()
    {
        Given(Host, Issue);
        When(Host, Issue);
        ThenRefused(IntegrationFaults.KeyExists);
        Given(Host, Enumerable.Range(1, 99).Select(number => Issue with { Key = new LinkId(new Guid(number, 0, 0, new byte[8])) }));
        When(Host, Issue with { Key = default });
        ThenRefused(IntegrationFaults.TooMany(100));
    }

    [Fact]
    public void Can_be_taken_back_once()
    {
        When(Host, new RevokeKey(Link));
        ThenRefused(IntegrationFaults.KeyUnknown);
        Given(Host, Issue);
        When(Host, new RevokeKey(Link));
        Then(new KeyRevoked(Link));
        Assert.True(Integration.FindKey(Link)!.Revoked);
        When(Host, new RevokeKey(Link));
        Then();
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Shows_the_day_of_its_last_use_and_notes_each_day_once()
    {
        Given(Host, Issue);
        When(Admin, new NoteKeyUse(Link));
        Then(new KeyUsed(Link));
        Now = Noon.AddHours(11);
        When(Admin, new NoteKeyUse(Link));
        Then();
        Now = Noon.AddHours(12);
        Given(Admin, new NoteKeyUse(Link));
        Assert.Equal(new DateOnly(2026, 9, 17), Integration.FindKey(Link)!.Used);
        When(Admin, new NoteKeyUse(default));
        ThenRefused(IntegrationFaults.KeyUnknown);
        ThenASnapshotSaysTheSame();
    }

    [Fact]
    public void Is_for_who_runs_this_conference()
    {
        When(Host with { Conference = Elsewhere }, Issue);
        ThenRefused(Domain.Sessions.SessionFaults.Forbidden);
        When(Host with { Role = Role.Key, Scopes = Enum.GetValues<Scope>() }, Issue);
        ThenRefused(Domain.Sessions.SessionFaults.Forbidden);
    }
}
