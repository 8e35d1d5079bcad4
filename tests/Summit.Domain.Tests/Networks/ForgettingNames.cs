using Summit.Domain.Networks;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Networks;

/// <summary>Names of people in a network's records: of somebody who asks that it goes, and of those who were replaced.</summary>
public sealed class ForgettingNames : NetworkTest
{
    private static readonly Contact Vera = new("Vera Ilieva", "Secretary", "vera@sofia.example", "+359 2 1");
    private static readonly Contact Boris = new("Boris Kolev", Mail: "boris@sofia.example");

    public ForgettingNames() => GivenANetwork();

    [Fact]
    public void Takes_a_person_out_of_every_office_and_leaves_the_office()
    {
        Given(
            Secretary, new SetContacts(Sofia, [Vera, Boris]), new SetGroup(Climate, GroupKind.WorkingGroup, "Climate", Coordinators: [new Coordinator(Sofia, "Vera Ilieva")]),
            new HandOverPresidency(Sofia, PartialDate.Parse("2025-02"), Fourth, "Vera Ilieva"),
            new IssueNetworkLink(Link, Role.Member, "For vera ilieva", Hash, Member: Sofia));

        When(Secretary, new EraseNames(" vera  ILIEVA "));

        ThenRaised(typeof(ContactsSet), typeof(GroupSet), typeof(NamesErased));
        Assert.Equal([Boris], Network.Members[Sofia].Contacts);
        Assert.Equal([new Coordinator(Sofia)], Assert.Single(Network.Groups).Coordinators);
        Assert.Equal(new Term(Sofia, PartialDate.Parse("2025-02"), Fourth, null), Network.Terms[^1]);
        Assert.Equal("", Assert.Single(Network.Links).Label);
        ThenNothingOf("era Ilieva", "vera", "+359");
        ThenStill("Boris Kolev");
    }

    [Fact]
    public void Takes_with_it_all_who_were_replaced_and_nobody_who_is_there()
    {
        Given(Secretary, new SetContacts(Sofia, [Vera]), new SetContacts(Sofia, [Boris]), new HandOverPresidency(Sofia, PartialDate.Parse("2025"), null, "Mayor Iva"));
        Given(Secretary, new TakeHandoverBack(), new HandOverPresidency(Sofia, PartialDate.Parse("2025"), null, "Mayor Ana"));
        Given(Secretary, new SetGroup(Climate, GroupKind.WorkingGroup, "Climate", Coordinators: [new Coordinator(Sofia, "Petar")]), new DropGroup(Climate));
        Given(Admin, new IssueNetworkLink(Link, Role.Secretary, "Desk of Mia", Hash), new RevokeNetworkLink(Link));

        When(Secretary, new EraseNames());

        ThenRaised(typeof(NamesErased));
        ThenNothingOf("Vera", "vera@", "Iva", "Petar", "Mia");
        ThenStill("Boris Kolev", "Mayor Ana");
    }

    [Fact]
    public void Is_nothing_where_nobody_was_replaced_and_nobody_is_called_so_and_the_same_again()
    {
        Given(Secretary, new SetContacts(Sofia, [Vera]));
        Assert.Null(Network.NamedBefore);
        foreach (var name in new[] { null, "", "Vera", "Somebody else" })
        {
            When(Secretary, new EraseNames(name));
            Then();
        }

        Given(Secretary, new EraseNames("Vera Ilieva"));
        When(Secretary, new EraseNames("Vera Ilieva"));
        Then();
        When(Secretary, new SetContacts(Sofia, [Vera]));
        Assert.Equal([Vera], Network.Members[Sofia].Contacts);
    }

    [Fact]
    public void Waits_from_the_first_who_was_replaced_and_is_proven()
    {
        Given(Secretary, new SetContacts(Sofia, [Vera]));
        var first = Now = Now.AddDays(3);
        Given(Secretary, new SetContacts(Sofia, [Boris]));
        Now = Now.AddDays(30);
        Given(Secretary, new SetContacts(Sofia, []));
        Assert.Equal(first, Network.NamedBefore);
        Given(Admin, new EraseNames());
        Assert.Null(Network.NamedBefore);
        var order = Assert.Single(Network.Pending);
        Assert.Equal([order], Network.Load(Net.Value, Network.Save()).Pending);
        When(Secretary, new ConfirmErasure(order, 2));
        ThenRefused(SessionFaults.Forbidden);
        Given(Admin, new ConfirmErasure(order, 2));
        Assert.Empty(Network.Pending);
    }

    [Fact]
    public void Is_for_the_secretariat()
    {
        Given(Secretary, new SetContacts(Sofia, [Vera]));
        foreach (var actor in new[] { OfTirana, OfSofia, Coordinator, Host, Secretary with { Network = default } })
        {
            When(actor, new EraseNames("Vera Ilieva"));
            ThenRefused(SessionFaults.Forbidden);
        }

        Given(Admin, new RemoveNetwork());
        When(Admin, new EraseNames("Vera Ilieva"));
        ThenRaised(typeof(ContactsSet), typeof(NamesErased));
    }

    private void ThenNothingOf(params string[] words)
    {
        var left = ThenRewritten(Network.Create(Net.Value));
        Assert.All(words, word => Assert.DoesNotContain(word, left, StringComparison.OrdinalIgnoreCase));
    }

    private void ThenStill(params string[] words)
    {
        var left = ThenRewritten(Network.Create(Net.Value));
        Assert.All(words, word => Assert.Contains(word, left, StringComparison.Ordinal));
    }
}
