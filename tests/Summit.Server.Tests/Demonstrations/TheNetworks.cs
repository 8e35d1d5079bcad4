using Summit.Domain;
using Summit.Domain.Networks;
using Summit.Domain.WorkingGroups;
using Summit.Server.Demonstrations;

namespace Summit.Server.Tests.Demonstrations;

/// <summary>The networks that the demonstration shows: every fact of theirs can be said, and is.</summary>
public sealed class TheNetworks
{
    [Fact]
    public async Task Hold_the_seventy_three_cities_of_twelve_countries_and_four_presidencies()
    {
        var b40 = await PlayAsync("B40");

        var members = b40.Members.Values.Where(member => member.Status == MemberStatus.Member).ToList();
        Assert.Equal((73, 12), (members.Count, members.Select(member => member.Country).Distinct().Count()));
        Assert.All(members, member => Assert.Equal(MemberKind.City, member.Kind));
        Assert.Equal(["İstanbul", "Athens", "Tirana", "Sofia"], b40.Terms.Select(term => b40.Members[term.Holder].Name));
        Assert.All(b40.Terms, term => Assert.Contains(b40.Summits, summit => summit.Summit == term.Summit && summit.Host == term.Holder));
        Assert.Equal(4, b40.Groups.Count(group => group.Kind == GroupKind.WorkingGroup));
        Assert.All(b40.Groups, group => Assert.NotEmpty(group.Coordinators));
    }

    [Fact]
    public async Task Let_those_who_coordinate_a_group_take_part_in_it_and_show_one_group_at_work()
    {
        var (demonstration, rules) = (NetworkDemonstration.All.Single(one => one.Name == "B40"), new RulesAlone());
        await demonstration.CreateAsync(rules, Now.Cancelled);

        foreach (var about in rules.Find<Network>(demonstration.Network.Value).Groups)
        {
            var group = rules.Find<WorkingGroup>(about.Group.Value);
            var coordinators = about.Coordinators.Select(one => one.Member).Order(ById);
            Assert.Equal(coordinators, group.Members.Select(one => one.Member).Where(coordinators.Contains).Order(ById));
            // Nobody takes for a city's own word what was made up.
            Assert.All(group.Practices, practice => Assert.StartsWith("An example, made up. ", practice.Text.Summary, StringComparison.Ordinal));
            if (about.Name == "Local climate action")
            {
                Assert.Equal([PracticeState.Validated, PracticeState.Published, PracticeState.Draft], group.Practices.Select(practice => practice.State));
                Assert.Equal([TaskState.Open, TaskState.Open, TaskState.Done], group.Tasks.Select(task => task.State));
            }
            else
            {
                Assert.Empty(group.Practices);
                Assert.Empty(group.Tasks);
            }
        }
    }

    [Fact]
    public async Task Hold_varna_on_its_road_the_observer_and_the_guests_of_sofia()
    {
        var b40 = await PlayAsync("B40");

        var varna = Assert.Single(b40.Members.Values, member => member.Status == MemberStatus.Candidate);
        Assert.Equal(("Varna", 3), (varna.Name, varna.Steps.Count));
        Assert.Equal([StepKind.Applied, StepKind.Decided, StepKind.Supported], varna.Steps.Select(step => step.Kind));
        var observer = Assert.Single(b40.Members.Values, member => member.Status == MemberStatus.Observer);
        Assert.Equal((MemberKind.Association, "2024-09"), (observer.Kind, observer.Since.ToString()));
        var sofia = Assert.Single(b40.Summits, summit => summit.Place == "Sofia");
        Assert.Equal(("2025-02-24", "2025-02-25"), (sofia.Starts.ToString(), sofia.Ends.ToString()));
        Assert.Equal(["EBRD", "Eurocities", "NetZeroCities", "Youth forum"], sofia.Guests);
        Assert.Contains(Demonstration.All, demonstration => demonstration.Conference == sofia.Conference);
        Assert.Single(b40.Groups, group => group.Kind == GroupKind.Forum);
    }

    [Fact]
    public async Task Hold_the_associations_and_task_forces_of_nalas_and_its_online_conference()
    {
        var nalas = await PlayAsync("NALAS");

        Assert.Equal(14, nalas.Members.Count);
        Assert.All(nalas.Members.Values, member => Assert.Equal((MemberKind.Association, MemberStatus.Member), (member.Kind, member.Status)));
        Assert.All(nalas.Groups, group => Assert.Equal(GroupKind.TaskForce, group.Kind));
        Assert.True(nalas.Terms.Count > 1);
        Assert.Single(nalas.Summits, summit => summit.Conference is not null && summit.Starts.ToString() == "2020-09-16");
    }

    [Fact]
    public async Task Are_marked_and_can_be_played_again_without_doubling_anything()
    {
        foreach (var demonstration in NetworkDemonstration.All)
        {
            var rules = new RulesAlone();
            await demonstration.CreateAsync(rules, Now.Cancelled);
            var before = rules.Save();

            await demonstration.CreateAsync(rules, Now.Cancelled);

            Assert.Equal(before, rules.Save());
            Assert.True(rules.Find<Network>(demonstration.Network.Value).Demonstration);
            Assert.Contains("Demonstration", rules.Find<Network>(demonstration.Network.Value).Description!.About, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Say_which_line_of_a_script_breaks_the_rules()
    {
        var script = new NetworkScript("", "broken", "Broken", "B", PartialDate.Parse("2001"), "", "", [new MembersScript("ZZ", default, default, MemberStatus.Member, ["Nowhere"])], []);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => new NetworkDemonstration(script).CreateAsync(new RulesAlone(), Now.Cancelled));

        Assert.Contains("'record/Nowhere'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(NetworkFaults.CountryUnknown.Code, refused.Message, StringComparison.Ordinal);
    }

    private static readonly Comparer<MemberId> ById = Comparer<MemberId>.Create((one, other) => one.Value.CompareTo(other.Value));

    private static async Task<Network> PlayAsync(string name)
    {
        var (demonstration, rules) = (NetworkDemonstration.All.Single(one => one.Name == name), new RulesAlone());
        await demonstration.CreateAsync(rules, Now.Cancelled);
        return rules.Find<Network>(demonstration.Network.Value);
    }
}
