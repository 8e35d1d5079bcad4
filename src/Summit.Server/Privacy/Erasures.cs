using System.Collections.Immutable;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Participants;
using Summit.Domain.Sessions;
using Summit.Domain.WorkingGroups;
using Summit.Engine;
using Summit.Server.Conferences;
using Summit.Server.People;

namespace Summit.Server.Privacy;

/// <summary>
/// Carries erasures out: those that somebody ordered and those whose day has come. What is ordered lies with the conference, so whatever server
/// looks next goes on where another was cut short; each step has an id made from the order's, and nothing happens twice.
/// </summary>
/// <remarks>This file has the rounds and what a conference orders; Erasures.People.cs a person who leaves for good, Erasures.Names.cs the records of networks.</remarks>
internal sealed partial class Erasures(
    ConferenceDirectory directory, PeopleDirectory people, Replay replay, IEngine engine, Eraser eraser, TimeProvider time, ILogger<Erasures> log) : BackgroundService
{
    /// <summary>Days are counted: a minute more is nothing, and a look costs no disk.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>
    /// Orders that a person's words go. When it returns no picture shows them any more; the journal follows, unless a legal hold keeps it.
    /// </summary>
    public async Task<(bool Held, Fault? Fault)> OrderAsync(Actor by, ConferenceId conference, ParticipantId person, CancellationToken cancellationToken)
    {
        if (directory.FindKeeping(conference) is null)
        {
            return (false, ConferenceFaults.Unknown);
        }

        var ordered = await SendAsync(ConferenceDirectory.Stream(conference), by, $"erase {person.Value:N} by {by.Id.Value:N}", new ErasePerson(person), cancellationToken);
        if (ordered.Fault is { } refused)
        {
            return (false, refused);
        }

        await directory.ReachedAsync(ConferenceDirectory.Stream(conference), ordered.Seq, cancellationToken);
        var keeping = directory.FindKeeping(conference)!;
        var (_, fault) = await ShowAsync(keeping, keeping.Orders.First(order => order.Person == person), cancellationToken);
        return (keeping.Hold is not null, fault);
    }

    /// <summary>Looks once at every conference and does what is to be done there.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            foreach (var keeping in directory.Keepings)
            {
                await LookAtAsync(keeping, cancellationToken);
            }

            await EraseOldNamesAsync(cancellationToken);
            foreach (var (stream, order) in directory.Pending)
            {
                await ConfirmAsync(stream, order, await eraser.RunAsync(stream, order, cancellationToken), cancellationToken);
            }

            foreach (var order in directory.Leaving.Where(order => order.Done is null))
            {
                await CarryOutAsync(order, cancellationToken);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _one.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rounds = new SemaphoreSlim(0);
        void Wake()
        {
            if (directory.Keepings.Any(keeping => keeping.IsToDo(time.GetUtcNow()) || Pending(keeping).Length > 0)
                || directory.Pending.Any() || directory.Leaving.Any(IsToDo))
            {
                rounds.Release();
            }
        }

        directory.Changed += Wake;
        try
        {
            // A group that does not show yet would keep what was handed in to it.
            await directory.CaughtUp.WaitAsync(stoppingToken);
            while (true)
            {
                await WaitAsync(rounds, stoppingToken);
                await TryRoundAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what is left another finds, or this one when it starts again.
        }
        finally
        {
            directory.Changed -= Wake;
        }
    }

    /// <summary>Until something has been ordered, or the next round.</summary>
    private async Task WaitAsync(SemaphoreSlim rounds, CancellationToken cancellationToken)
    {
        using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), round, Round, Timeout.InfiniteTimeSpan);
        await rounds.WaitAsync(round.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        while (await rounds.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            // One round sees all that was ordered by now.
        }
    }

    private async Task TryRoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RoundAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(e);
        }
    }

    private async Task LookAtAsync(Keeping keeping, CancellationToken cancellationToken)
    {
        foreach (var what in keeping.Due(time.GetUtcNow()))
        {
            var due = await SendAsync(ConferenceDirectory.Stream(keeping.Id), Actor.System, $"expire {what}", new ExpireWords(what), cancellationToken);
            await directory.ReachedAsync(ConferenceDirectory.Stream(keeping.Id), due.Seq, cancellationToken);
        }

        keeping = directory.FindKeeping(keeping.Id)!;
        foreach (var order in keeping.Orders.Where(order => order.Done is null))
        {
            var (shown, fault) = await ShowAsync(keeping, order, cancellationToken);
            if (fault is null && keeping.Hold is null)
            {
                await CarryOutAsync(keeping, order, shown, cancellationToken);
            }
        }

        // What a registration has ordered itself: the last day of a field is over.
        var registration = ConferenceDirectory.RegistrationStream(keeping.Id);
        foreach (var seq in Pending(keeping))
        {
            await ConfirmAsync(registration, seq, await eraser.RunAsync(registration, seq, cancellationToken), cancellationToken);
        }
    }

    private ImmutableArray<long> Pending(Keeping keeping) => keeping.Hold is null ? directory.FindRegistration(keeping.Id)?.Pending ?? [] : [];

    /// <summary>Takes the words out of every state that holds any, and tells the number of that event in each.</summary>
    private async Task<(Dictionary<AggregateId, long> Streams, Fault? Fault)> ShowAsync(Keeping keeping, ErasureOrder order, CancellationToken cancellationToken)
    {
        var shown = new Dictionary<AggregateId, long>();
        ICommand take = order switch
        {
            { Person: { } person } => new ErasePerson(person),
            { What: { } what } => new ExpireWords(what),
            _ => new EraseAddressee(order.Speaker!.Value),
        };
        var streams = keeping.Sessions.Select(session => new AggregateId(Session.Kind, session.Value)).ToList();
        if (order.Speaker is null)
        {
            streams.Add(ConferenceDirectory.RegistrationStream(keeping.Id));
            // All of them: what was handed in a moment ago, their own cells know first.
            streams.AddRange(directory.Groups.Select(group => ConferenceDirectory.Stream(group.State.Id)));
        }

        foreach (var stream in streams)
        {
            var reply = await SendAsync(stream, Actor.System with { Conference = keeping.Id }, Step(keeping, order), take, cancellationToken);
            if (reply.Fault is { Kind: not FaultKind.NotFound } fault)
            {
                return (shown, fault);
            }

            if (reply.Fault is null)
            {
                shown[stream] = reply.Seq;
                await (stream.Kind == WorkingGroup.Kind ? directory.ReachedAsync(stream, reply.Seq, cancellationToken) : Task.CompletedTask);
            }
        }

        return (shown, order.Person is { } known ? await ShowAsync(keeping, order, known, shown, cancellationToken) : null);
    }

    /// <summary>Ends the record of a person that is this conference's alone; of one who is known elsewhere too, what they are here.</summary>
    private async Task<Fault?> ShowAsync(
        Keeping keeping, ErasureOrder order, ParticipantId person, Dictionary<AggregateId, long> shown, CancellationToken cancellationToken)
    {
        var stream = PeopleDirectory.Stream(person);
        var host = Actor.System with { Role = Role.Host, Conference = keeping.Id };
        var reply = await SendAsync(stream, host, Step(keeping, order), new ErasePerson(person), cancellationToken);
        if (reply.Fault is null)
        {
            shown[stream] = reply.Seq;
        }
        else if (reply.Fault == ParticipantFaults.Elsewhere && await people.LookAsync(person, cancellationToken) is { State.Roles: var roles })
        {
            foreach (var role in roles.Where(role => role.In.Conference == keeping.Id))
            {
                reply = await SendAsync(stream, host, $"{Step(keeping, order)} {role.Role} {role.In.Session?.Value:N}", new TakeRole(role), cancellationToken);
            }
        }

        await (reply.Fault is null ? people.ReachedAsync(person, reply.Seq, cancellationToken) : Task.CompletedTask);
        return reply.Fault is { Kind: FaultKind.Busy } busy ? busy : null;
    }

    private static string Step(Keeping keeping, ErasureOrder order) => $"order {order.Seq} of {keeping.Id.Value:N}";

    private async Task CarryOutAsync(Keeping keeping, ErasureOrder order, Dictionary<AggregateId, long> shown, CancellationToken cancellationToken)
    {
        var records = 0;
        foreach (var (stream, seq) in shown)
        {
            var taken = await eraser.RunAsync(stream, seq, cancellationToken);
            await ConfirmAsync(stream, seq, taken, cancellationToken);
            records += taken;
        }

        var conference = ConferenceDirectory.Stream(keeping.Id);
        records += await eraser.RunAsync(conference, order.Seq, cancellationToken);
        await directory.ReachedAsync(conference, await ConfirmAsync(conference, order.Seq, records, cancellationToken), cancellationToken);
        Done(keeping.Id.Value, order.Seq, records);
    }

    private async Task<long> ConfirmAsync(AggregateId stream, long order, int records, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(stream, Actor.System, $"erased {order}", new ConfirmErasure(order, records), cancellationToken);
        return reply.Fault is { } fault ? throw new JournalUnavailableException($"{stream} cannot be told that it holds nothing any more: {fault.Code}") : reply.Seq;
    }

    /// <summary>The same step again is the same command again.</summary>
    private Task<Reply> SendAsync(AggregateId to, Actor by, string step, ICommand command, CancellationToken cancellationToken) =>
        engine.SendAsync(to, new CommandEnvelope(DerivedId.Of(to.Key, step), by, command), cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Conference {Conference}: erasure {Order} is carried out, {Records} records hold nothing of it any more.")]
    private partial void Done(Guid conference, long order, int records);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasures could not be carried out now; they are tried again.")]
    private partial void Failed(Exception exception);
}
