using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Storage.Postgres;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>In a rolling upgrade a server of the next version was here, and what it wrote the others do not know yet.</summary>
public sealed class AfterANewerVersion : ClusterTest
{
    protected override Task<ServerCluster> StartAsync() => ServerCluster.StartAsync(servers: 2);

    [Fact]
    public async Task A_session_with_an_unknown_event_is_refused_and_not_written_to_and_all_others_go_on()
    {
        await using var venue = await OpenVenueAsync("Upgraded", new { });
        var other = await venue.AddSessionAsync("Another", new { }, Cancel);
        await Task.WhenAll(Cluster.Servers.Select(server => venue.ShownAtAsync(server, other, Cancel)));
        var pass = await venue.Api.JoinAsync(venue.Code, "Ana", "Tirana", Cancel);
        var last = (await Cluster.Servers[1].AskAsync(venue.Session, pass, Guid.CreateVersion7(), Cancel)).Seq;
        await using var journal = await PostgresJournal.OpenAsync(Cluster.Postgres.ConnectionString(), NullLogger<PostgresJournal>.Instance, Cancel);
        var stream = new AggregateId(Session.Kind, venue.Session);
        var blessed = new JournalRecord(last + 1, "session.item-blessed.v1", "{}"u8.ToArray(), DateTimeOffset.UtcNow, default, Guid.CreateVersion7());
        Assert.Equal([true], await journal.AppendAsync([new Append(stream, last, [blessed])], Cancel));

        foreach (var server in Cluster.Servers)
        {
            var heard = await server.AskAsync(venue.Session, pass, Guid.CreateVersion7(), Cancel);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "server.unexpected"), (heard.Status, heard.Fault));
            Assert.True((await server.AskAsync(other, pass, Guid.CreateVersion7(), Cancel)).IsTaken);
        }

        Assert.Equal(last + 1, (await journal.ReadAsync(stream, 0, int.MaxValue, Cancel)).Count);
        Assert.Contains(Cluster.Servers.SelectMany(server => server.Output), line => line.Contains("session.item-blessed.v1", StringComparison.Ordinal));
    }
}
