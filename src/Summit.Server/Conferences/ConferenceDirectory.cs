using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Integrations;
using Summit.Domain.Networks;
using Summit.Domain.Registrations;
using Summit.Domain.WorkingGroups;
using Summit.Engine;

namespace Summit.Server.Conferences;

/// <summary>
/// The reading side of the lobby and of every conference with its registration and what other programs may do with it, network and working group, in memory: joining, entering and checking a token need no cell and no
/// disk. Follows their feeds; who has just changed something waits with <see cref="ReachedAsync"/> until it shows here. Thread-safe.
/// </summary>
public sealed class ConferenceDirectory(IEngine engine, IJournal journal, TimeProvider time, ILogger<ConferenceDirectory> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<AggregateId, IFollowed> _followed = [];
    private readonly ConcurrentDictionary<ConferenceId, ConferenceView> _conferences = new();
    private readonly ConcurrentDictionary<ConferenceId, Keeping> _keepings = new();
    private readonly ConcurrentDictionary<NetworkId, NetworkView> _networks = new();
    private readonly ConcurrentDictionary<GroupId, GroupView> _groups = new();
    private readonly ConcurrentDictionary<ConferenceId, Registration> _registrations = new();
    private readonly ConcurrentDictionary<ConferenceId, Integration> _integrations = new();
    private readonly ConcurrentDictionary<string, (ConferenceId Conference, LinkId Key)> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (ConferenceId Conference, LinkId Link)> _links = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (NetworkId Network, LinkId Link)> _networkLinks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<AggregateId, ImmutableArray<long>> _pending = new();
    private volatile IReadOnlyList<ErasureOrder> _leaving = [];
    private volatile FrozenDictionary<string, ConferenceId> _doors = FrozenDictionary<string, ConferenceId>.Empty;
    private volatile AdministratorAppointed? _administrator;
    private Followed<Lobby>? _lobby;

    /// <summary>Completes once all shows that was in the journal when this server began.</summary>
    public Task CaughtUp => _caughtUp.Task;

    /// <summary>After each change, on the thread of the feed: be short, do not throw.</summary>
    public event Action? Changed;

    public AdministratorAppointed? Administrator => _administrator;

    /// <summary>Those in service.</summary>
    public IEnumerable<ConferenceView> Conferences => _conferences.Values;

    /// <summary>Of every conference that was ever planned: what was written there outlives its service.</summary>
    public IEnumerable<Keeping> Keepings => _keepings.Values;

    /// <summary>Null for one that was never planned.</summary>
    public Keeping? FindKeeping(ConferenceId id) => _keepings.GetValueOrDefault(id);

    /// <summary>Null for one that was never planned or is out of service.</summary>
    public ConferenceView? Find(ConferenceId id) => _conferences.GetValueOrDefault(id);

    /// <summary>Those in service.</summary>
    public IEnumerable<NetworkView> Networks => _networks.Values;

    /// <summary>Null for one that was never founded or is out of service.</summary>
    public NetworkView? Find(NetworkId id) => _networks.GetValueOrDefault(id);

    /// <summary>Those in which something has happened.</summary>
    public IEnumerable<GroupView> Groups => _groups.Values;

    /// <summary>Who is to be known nowhere any more; the oldest first.</summary>
    public IReadOnlyList<ErasureOrder> Leaving => _leaving;

    /// <summary>Networks and groups, those out of service too, with the numbers of their erasures that are still to be carried out.</summary>
    public IEnumerable<(AggregateId Stream, long Order)> Pending => _pending.SelectMany(stream => stream.Value.Select(order => (stream.Key, order)));

    /// <summary>Null for one in which nothing has happened yet. Whether it is in service stands in its network.</summary>
    public GroupView? Find(GroupId id) => _groups.GetValueOrDefault(id);

    /// <summary>A copy, of a conference in service; null while one does not register for it.</summary>
    public Registration? FindRegistration(ConferenceId id) => Find(id) is null ? null : _registrations.GetValueOrDefault(id);

    /// <summary>A copy, of a conference in service; null while no other program has to do with it.</summary>
    public Integration? FindIntegration(ConferenceId id) => Find(id) is null ? null : _integrations.GetValueOrDefault(id);

    /// <summary>The conference of a session, among those that other hosts may show in a frame: these are few, and everybody's page asks.</summary>
    public ConferenceId? FindFramed(SessionId session) =>
        _integrations.Values.FirstOrDefault(integration => integration.Hosts.Length > 0 && Find(integration.Conference)?.Has(session) is true)?.Conference;

    /// <summary>The program's key with this hash, revoked and expired ones too.</summary>
    public (ConferenceId Conference, ApiKey Key)? FindKey(string hash) =>
        _keys.TryGetValue(hash, out var found) && FindIntegration(found.Conference)?.FindKey(found.Key) is { } key ? (found.Conference, key) : null;

    public ConferenceView? FindByCode(string code) => _doors.TryGetValue(code, out var id) ? Find(id) : null;

    /// <summary>The link with this hash of its secret, revoked and expired ones too.</summary>
    public (ConferenceView Conference, RoleLink Link)? FindLink(string hash) =>
        _links.TryGetValue(hash, out var found) && Find(found.Conference) is { } conference && conference.FindLink(found.Link) is { } link
            ? (conference, link)
            : null;

    /// <summary>The link of a network with this hash of its secret, revoked and expired ones too.</summary>
    public (NetworkView Network, NetworkLink Link)? FindNetworkLink(string hash) =>
        _networkLinks.TryGetValue(hash, out var found) && Find(found.Network) is { } network && network.State.FindLink(found.Link) is { } link
            ? (network, link)
            : null;

    /// <summary>Begins to follow and returns when everything that was in the journal shows.</summary>
    /// <exception cref="JournalUnavailableException">It cannot be read now; call again.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        _lobby ??= new Followed<Lobby>(Lobby.Only, engine, time, logger, Take, _stop.Token);
        await _lobby.ReachedAsync(await HeadAsync(Lobby.Only, cancellationToken), cancellationToken);
        // What is followed may lead to more that is: networks to their groups, conferences to their registrations.
        for (var known = 0; AllFollowed() is var all && all.Length > known; known = all.Length)
        {
            foreach (var (id, followed) in all)
            {
                await followed.ReachedAsync(await HeadAsync(id, cancellationToken), cancellationToken);
            }
        }

        _caughtUp.TrySetResult();
    }

    /// <summary>Sends a command to what shows here. What succeeded shows here on return.</summary>
    public async Task<Reply> SendAsync(AggregateId to, CommandEnvelope command, CancellationToken cancellationToken)
    {
        var reply = await engine.SendAsync(to, command, cancellationToken);
        if (reply.Fault is null)
        {
            await ReachedAsync(to, reply.Seq, cancellationToken);
        }

        return reply;
    }

    /// <summary>Returns when the lobby, a conference, its registration or integration, a network or a working group shows here as of event number <paramref name="seq"/>.</summary>
    public Task ReachedAsync(AggregateId id, long seq, CancellationToken cancellationToken)
    {
        if (id == Lobby.Only)
        {
            return _lobby?.ReachedAsync(seq, cancellationToken) ?? throw new InvalidOperationException("The directory has not been opened.");
        }

        var followed = id.Kind == Conference.Kind ? Follow<Conference>(id, Take)
            : id.Kind == Network.Kind ? Follow<Network>(id, Take)
            : id.Kind == WorkingGroup.Kind ? Follow<WorkingGroup>(id, Take)
            : id.Kind == Registration.Kind ? Follow<Registration>(id, Take)
            : id.Kind == Integration.Kind ? Follow<Integration>(id, Take)
            : throw new ArgumentException($"{id} does not show in the directory.", nameof(id));
        return followed.ReachedAsync(seq, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var (_, followed) in AllFollowed())
        {
            await followed.Ended;
        }

        if (_lobby is not null)
        {
            await _lobby.Ended;
        }

        _stop.Dispose();
    }

    internal static AggregateId Stream(ConferenceId id) => new(Conference.Kind, id.Value);

    internal static AggregateId Stream(NetworkId id) => new(Network.Kind, id.Value);

    internal static AggregateId Stream(GroupId id) => new(WorkingGroup.Kind, id.Value);

    internal static AggregateId RegistrationStream(ConferenceId id) => new(Registration.Kind, id.Value);

    internal static AggregateId IntegrationStream(ConferenceId id) => new(Integration.Kind, id.Value);

    private void Take(Lobby lobby, FeedBatch batch)
    {
        _administrator = lobby.Administrator;
        _leaving = [.. lobby.Orders];
        _doors = lobby.Doors.ToFrozenDictionary(StringComparer.Ordinal);
        // Those whose door is shut again too: a removal may have been cut short, and its host has to finish it.
        foreach (var opened in batch.Events.Select(recorded => recorded.Event).OfType<DoorOpened>())
        {
            Follow<Conference>(Stream(opened.Conference), Take);
        }

        foreach (var listed in batch.Events.Select(recorded => recorded.Event).OfType<NetworkListed>())
        {
            Follow<Network>(Stream(listed.Network), Take);
        }

        Changed?.Invoke();
    }

    private void Take(Conference conference, FeedBatch batch)
    {
        if (conference.Plan is not null)
        {
            _keepings[conference.Id] = Keeping.Of(conference);
        }

        if (conference is { Exists: true, Plan: { } plan })
        {
            _conferences[conference.Id] = new ConferenceView(
                conference.Id, plan, [.. conference.Programme], conference.Links.ToFrozenDictionary(link => link.Id), conference.Description,
                [.. conference.Speakers], [.. conference.Overlaps()], conference.Published, [.. conference.Versions], conference.Unpublished(),
                _keepings[conference.Id], [.. conference.Documents]);
            foreach (var issued in batch.Events.Select(recorded => recorded.Event).OfType<LinkIssued>())
            {
                _links[issued.Hash] = (conference.Id, issued.Link);
            }

            Follow<Registration>(RegistrationStream(conference.Id), Take);
            Follow<Integration>(IntegrationStream(conference.Id), Take);
        }
        else
        {
            _conferences.TryRemove(conference.Id, out _);
        }

        Changed?.Invoke();
    }

    private void Take(Registration registration, FeedBatch batch)
    {
        _registrations[registration.Conference] = registration.Copy();
        Changed?.Invoke();
    }

    private void Take(Integration integration, FeedBatch batch)
    {
        _integrations[integration.Conference] = integration.Copy();
        foreach (var issued in batch.Events.Select(recorded => recorded.Event).OfType<KeyIssued>())
        {
            _keys[issued.Hash] = (integration.Conference, issued.Key);
        }

        Changed?.Invoke();
    }

    private void Take(Network network, FeedBatch batch)
    {
        _pending[Stream(network.Id)] = network.Pending;
        // Of a network out of service too: what was handed in to its groups can still have to go.
        foreach (var group in batch.Events.Select(recorded => recorded.Event).OfType<GroupSet>())
        {
            Follow<WorkingGroup>(Stream(group.Group), Take);
        }

        if (network.Exists)
        {
            _networks[network.Id] = new NetworkView(network.Copy(), batch.Last);
            foreach (var issued in batch.Events.Select(recorded => recorded.Event).OfType<NetworkLinkIssued>())
            {
                _networkLinks[issued.Hash] = (network.Id, issued.Link);
            }

            foreach (var issued in batch.Events.Select(recorded => recorded.Event).OfType<CoordinatorLinkIssued>())
            {
                _networkLinks[issued.Hash] = (network.Id, issued.Link);
            }
        }
        else
        {
            _networks.TryRemove(network.Id, out _);
        }

        Changed?.Invoke();
    }

    private void Take(WorkingGroup group, FeedBatch batch)
    {
        _pending[Stream(group.Id)] = group.Pending;
        _groups[group.Id] = new GroupView(group.Copy(), batch.Last);
        Changed?.Invoke();
    }

    private KeyValuePair<AggregateId, IFollowed>[] AllFollowed()
    {
        lock (_followed)
        {
            return [.. _followed];
        }
    }

    private IFollowed Follow<T>(AggregateId id, Action<T, FeedBatch> take)
        where T : class, IAggregate<T>
    {
        // Twice at once would be harmless but wasteful; a lock keeps it to one.
        lock (_followed)
        {
            return _followed.TryGetValue(id, out var there) ? there : _followed[id] = new Followed<T>(id, engine, time, logger, take, _stop.Token);
        }
    }

    /// <summary>A feed does not say where it ends for now; the journal does.</summary>
    private async Task<long> HeadAsync(AggregateId id, CancellationToken cancellationToken)
    {
        const int Page = 1_000;
        var head = 0L;
        while (await journal.ReadAsync(id, head, Page, cancellationToken) is { Count: > 0 } records)
        {
            head = records[^1].Version;
        }

        return head;
    }
}
