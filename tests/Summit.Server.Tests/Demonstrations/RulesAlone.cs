using System.Text;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Domain.Sessions;
using Summit.Domain.WorkingGroups;
using Summit.Engine;

namespace Summit.Server.Tests.Demonstrations;

/// <summary>The rules without cells and journal: each command is decided and applied at once, at a time that stands still.</summary>
internal sealed class RulesAlone : IEngine
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<AggregateId, (IAggregate Aggregate, Dictionary<Guid, Reply> Answered)> _hosted = [];
    private int _taken;

    /// <summary>How many commands are taken before all others are lost with the process.</summary>
    public int StopsAfter { get; set; } = int.MaxValue;

    public T Find<T>(Guid key)
        where T : IAggregate<T> => (T)Host(new AggregateId(T.Kind, key)).Aggregate;

    /// <summary>All there is, as text.</summary>
    public string Save() => string.Join('\n', _hosted.OrderBy(hosted => hosted.Key.ToString(), StringComparer.Ordinal)
        .Select(hosted => $"{hosted.Key} {hosted.Value.Answered.Values.Max(reply => reply.Seq)} {Encoding.UTF8.GetString(hosted.Value.Aggregate.Save())}"));

    public Task<Reply> SendAsync(AggregateId to, CommandEnvelope command, CancellationToken cancellationToken)
    {
        var (aggregate, answered) = Host(to);
        if (!answered.TryGetValue(command.Id, out var reply))
        {
            if (++_taken > StopsAfter)
            {
                throw new OperationCanceledException("The process is gone.");
            }

            reply = Decide(aggregate, answered.Values.Select(earlier => earlier.Seq).DefaultIfEmpty().Max(), command);
            answered.Add(command.Id, reply);
        }

        return Task.FromResult(reply);
    }

    public IAsyncEnumerable<FeedBatch> FollowAsync(AggregateId of, long after, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nobody follows here.");

    private static Reply Decide(IAggregate aggregate, long seq, CommandEnvelope command)
    {
        var decision = aggregate.Decide(command.Command, new CommandContext(command.Id, command.Actor, Now));
        if (decision.Fault is { } fault)
        {
            return Reply.Refused(fault);
        }

        foreach (var happened in decision.Events.DefaultIfEmpty(new CommandNoted()))
        {
            aggregate.Apply(happened, new EventContext(++seq, Now, command.Actor.Id, command.Id));
        }

        return Reply.At(seq);
    }

    private (IAggregate Aggregate, Dictionary<Guid, Reply> Answered) Host(AggregateId id)
    {
        if (!_hosted.TryGetValue(id, out var hosted))
        {
            hosted = (id.Kind switch
            {
                "session" => Session.Create(id.Key),
                "conference" => Conference.Create(id.Key),
                "network" => Network.Create(id.Key),
                "working-group" => WorkingGroup.Create(id.Key),
                _ => Lobby.Create(id.Key),
            }, []);
            _hosted.Add(id, hosted);
        }

        return hosted;
    }
}
