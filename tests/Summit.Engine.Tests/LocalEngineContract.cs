using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;

namespace Summit.Engine.Tests;

public sealed class LocalEngineContract : EngineContract
{
    protected override Task<IEngine> StartAsync(IJournal journal, AggregateKinds kinds) =>
        Task.FromResult<IEngine>(new LocalEngine(journal, kinds, TimeProvider.System, NullLoggerFactory.Instance));
}
