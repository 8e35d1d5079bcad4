using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Conferences;
using Summit.Server.Demonstrations;
using Summit.Server.Networks;
using Summit.Server.Opening;
using Summit.Server.Operations;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests.Opening;

/// <summary>Setting an empty installation up, cut off anywhere.</summary>
public sealed class TheFirstStart : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("summit-first-").FullName;
    private readonly MemoryJournal _journal = new();
    private IAgreements _agreements = new NobodyElse();
    private readonly Demonstration _demonstration = new(new DemonstrationScript(
        "Made up.", "small", "SMPQR2", "Small", "Theme", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "Europe/Sofia", ["en"], 3,
        new Dictionary<string, PersonScript> { ["ana"] = new("Ana", "Tirana") },
        [
            new SessionScript(
                "one", "One", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, SessionState.Open,
                [new ItemScript("q", "ana", "Why?", Support: 2), new ItemScript("r", "ana", "How?")]),
        ]));

    private readonly NetworkDemonstration _network = new(new NetworkScript(
        "Made up.", "small", "Small network", "Small", PartialDate.Parse("2001"), "Text.", "small",
        [new MembersScript("BG", PartialDate.Parse("2001"), MemberKind.City, MemberStatus.Member, ["Ruse"])],
        [(JsonObject)JsonNode.Parse("""{"type":"hand-over","to":"Ruse","on":"2002"}""")!]));

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Leaves_an_administrator_and_a_demonstration_with_links_that_work()
    {
        var links = await StartAsync();

        await HoldsAsync(links!);
        Assert.True(links!.Complete);
    }

    /// <summary>Eighteen commands make it up; whichever is the last before the power goes, the next start heals it.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(16)]
    [InlineData(17)]
    public async Task Is_finished_by_the_next_one_when_it_was_cut_off(int commands)
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => StartAsync(diesAfter: commands));
        var written = await LinksFile.LoadAsync(LinksPath, Cancelled);
        Assert.NotNull(written);
        Assert.False(written.Complete);

        var links = await StartAsync();

        Assert.Equal(written.AdminSecret, links!.AdminSecret);
        Assert.Equal(Secrets(written), Secrets(links));
        await HoldsAsync(links);
    }

    [Fact]
    public async Task Is_the_first_one_only_once()
    {
        var first = await StartAsync();
        var written = await CountAsync();

        var second = await StartAsync(address: "https://summit.example.org");

        Assert.Equal(written, await CountAsync());
        Assert.Equal(Secrets(first!), Secrets(second!));
        Assert.Equal("https://summit.example.org", second!.Address);
        Assert.StartsWith("https://summit.example.org/a#", second.Admin, StringComparison.Ordinal);
        Assert.Equal("https://summit.example.org/j/SMPQR2", Assert.Single(second.Conferences).Join);
    }

    [Fact]
    public async Task Forgets_what_was_removed_or_revoked_since()
    {
        var links = await StartAsync();
        await using (var house = new Built(this, int.MaxValue))
        {
            await house.Directory.CatchUpAsync(Cancelled);
            var conference = house.Directory.Find(_demonstration.Conference)!;
            var stage = conference.Links.Values.Single(link => link.Role == Role.Stage);
            Assert.Null(await house.Desk.RevokeAsync(Admin, conference.Id, stage.Id, Cancelled));
        }

        var later = await StartAsync();
        Assert.DoesNotContain(Assert.Single(later!.Conferences).Links, link => link.Role == Role.Stage);
        Assert.Equal(links!.Conferences[0].Links.Count - 1, later.Conferences[0].Links.Count);

        await using (var house = new Built(this, int.MaxValue))
        {
            await house.Directory.CatchUpAsync(Cancelled);
            Assert.Null(await house.Desk.RemoveAsync(Admin, _demonstration.Conference, Cancelled));
        }

        Assert.Empty((await StartAsync())!.Conferences);
    }

    [Fact]
    public async Task Is_finished_by_another_server_of_the_store_when_the_first_is_lost_with_its_folder()
    {
        _agreements = new MemoryAgreements();
        await Assert.ThrowsAsync<OperationCanceledException>(() => StartAsync(diesAfter: 5));
        var written = await LinksFile.LoadAsync(LinksPath, Cancelled);
        File.Delete(LinksPath);

        var links = await StartAsync();

        Assert.Equal(Secrets(written!), Secrets(links!));
        await HoldsAsync(links!);
    }

    [Fact]
    public async Task Brings_nothing_back_to_a_server_that_is_new_to_an_old_store()
    {
        _agreements = new MemoryAgreements();
        await StartAsync();
        await using (var house = new Built(this, int.MaxValue))
        {
            await house.Directory.CatchUpAsync(Cancelled);
            Assert.Null(await house.Desk.RemoveAsync(Admin, _demonstration.Conference, Cancelled));
        }

        var written = await CountAsync();
        File.Delete(LinksPath);
        var links = await StartAsync();

        Assert.True(links!.Complete);
        Assert.Empty(links.Conferences);
        Assert.Equal(written, await CountAsync());
    }

    [Fact]
    public async Task Leaves_out_the_demonstration_when_nobody_wants_it()
    {
        var links = await StartAsync(demo: false);

        Assert.Empty(links!.Conferences);
        Assert.True(links.Complete);
    }

    [Fact]
    public async Task Puts_a_damaged_file_aside_and_claims_no_power_it_has_not()
    {
        await StartAsync();
        await File.WriteAllTextAsync(LinksPath, "{", Cancelled);

        Assert.Null(await StartAsync());

        Assert.Equal("{", await File.ReadAllTextAsync(LinksPath + ".damaged", Cancelled));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Writes_a_file_for_its_owner_alone_in_the_form_scripts_read()
    {
        await StartAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LinksPath));
        var file = JsonNode.Parse(await File.ReadAllTextAsync(LinksPath, Cancelled))!;
        Assert.Equal("http://localhost:5080", (string)file["address"]!);
        Assert.StartsWith("http://localhost:5080/a#", (string)file["admin"]!, StringComparison.Ordinal);
        var conference = Assert.Single(file["conferences"]!.AsArray())!;
        Assert.Equal("SMPQR2", (string)conference["code"]!);
        Assert.Equal("http://localhost:5080/j/SMPQR2", (string)conference["join"]!);
        Assert.Equal(["moderator", "stage", "host"], conference["links"]!.AsArray().Select(link => (string)link!["role"]!));
        Assert.Equal("One", (string)Assert.Single(conference["sessions"]!.AsArray())!["title"]!);
    }

    private static Actor Admin { get; } = new(default, Role.Admin, default, null, null);

    private string LinksPath => Path.Combine(_data, LinksFile.Name);

    private async Task<int> CountAsync()
    {
        AggregateId[] streams =
        [
            Lobby.Only, new(Network.Kind, _network.Network.Value), new(Conference.Kind, _demonstration.Conference.Value),
            new(Session.Kind, _demonstration.Sessions.Single().Value),
        ];
        return (await Task.WhenAll(streams.Select(stream => _journal.ReadAsync(stream, 0, 1_000, Cancelled)))).Sum(records => records.Count);
    }

    private static List<string> Secrets(LinksFile links) => [links.AdminSecret, .. links.Conferences.SelectMany(conference => conference.Links).Concat(links.Networks!.SelectMany(network => network.Links)).Select(link => link.Secret)];

    private async Task<LinksFile?> StartAsync(int diesAfter = int.MaxValue, bool demo = true, string address = "http://localhost:5080")
    {
        await using var house = new Built(this, diesAfter, demo, address);
        await house.Directory.CatchUpAsync(Cancelled);
        return await house.FirstRun.RunAsync(Cancelled);
    }

    private async Task HoldsAsync(LinksFile links)
    {
        await using var house = new Built(this, int.MaxValue);
        await house.Directory.CatchUpAsync(Cancelled);
        Assert.Equal(RoleSecret.Hash(links.AdminSecret), house.Directory.Administrator!.Hash);
        var conference = house.Directory.FindByCode("SMPQR2")!;
        Assert.Single(conference.Programme);
        Assert.Equal(3, Assert.Single(links.Conferences).Links.Count);
        Assert.Equal(3, conference.Links.Count);
        Assert.All(links.Conferences[0].Links, link => Assert.Equal(link.Role, house.Directory.FindLink(RoleSecret.Hash(link.Secret))!.Value.Link.Role));
        var (session, _) = await new Replay(_journal, Kinds, NullLogger<Replay>.Instance).LoadAsync<Session>(conference.Programme[0].Session.Value, Cancelled);
        Assert.Equal(2, session.Items.Count);
        Assert.Contains(session.Items.Values, item => item.Support == 2);
        var network = house.Directory.Find(_network.Network)!.State;
        Assert.True(network.Demonstration);
        Assert.Equal("Ruse", network.Members[network.Presides!.Value].Name);
        var secretary = Assert.Single(Assert.Single(links.Networks!).Links);
        Assert.Equal(Role.Secretary, house.Directory.FindNetworkLink(RoleSecret.Hash(secretary.Secret))!.Value.Link.Role);
    }

    private static AggregateKinds Kinds => new AggregateKinds().Add<Lobby>().Add<Conference>().Add<Network>().Add<Session>();

    /// <summary>One start of the server, as far as setting up goes.</summary>
    private sealed class Built : IAsyncDisposable
    {
        private readonly LocalEngine _engine;

        public Built(TheFirstStart test, int diesAfter, bool demo = true, string address = "http://localhost:5080")
        {
            _engine = new LocalEngine(test._journal, Kinds, TimeProvider.System, NullLoggerFactory.Instance);
            var engine = new DyingEngine(_engine, diesAfter);
            var settings = new Settings { Data = test._data, Demo = demo, Address = address };
            Directory = new ConferenceDirectory(engine, test._journal, TimeProvider.System, NullLogger<ConferenceDirectory>.Instance);
            Desk = new Desk(engine, Directory, TimeProvider.System);
            FirstRun = new FirstRun(
                settings, Desk, new NetworkDesk(Directory, TimeProvider.System), Directory, engine, test._agreements, new Addresses(new NoServer(), settings),
                TimeProvider.System, [test._demonstration], [test._network], NullLogger<FirstRun>.Instance);
        }

        public ConferenceDirectory Directory { get; }

        public Desk Desk { get; }

        public FirstRun FirstRun { get; }

        public async ValueTask DisposeAsync()
        {
            await Directory.DisposeAsync();
            await _engine.DisposeAsync();
        }
    }

    /// <summary>Takes so many commands and then never answers anything again, as a process that is killed.</summary>
    private sealed class DyingEngine(IEngine engine, int commands) : IEngine
    {
        private int _left = commands;

        public Task<Reply> SendAsync(AggregateId to, CommandEnvelope command, CancellationToken cancellationToken) =>
            Interlocked.Decrement(ref _left) >= 0 ? engine.SendAsync(to, command, cancellationToken) : Task.FromException<Reply>(new OperationCanceledException("Killed."));

        public IAsyncEnumerable<FeedBatch> FollowAsync(AggregateId of, long after, CancellationToken cancellationToken) => engine.FollowAsync(of, after, cancellationToken);
    }

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            // Nothing to let go of.
        }
    }
}
