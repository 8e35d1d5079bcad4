using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Summit.Domain.Sessions;

namespace Summit.Domain.Tests.Sessions;

/// <summary>Laws that hold in every session, whatever a crowd sends in whatever order. A failure names its seed.</summary>
public sealed class AnySession
{
    [Fact]
    public void Keeps_the_laws_at_every_step()
    {
        for (var round = 0; round < 8; round++)
        {
            var crowd = new Crowd(Environment.TickCount + (round * 7_919));
            crowd.Run(500, crowd.CheckLaws);
        }
    }

    [Fact]
    public void Never_changes_by_deciding()
    {
        var crowd = new Crowd(Environment.TickCount);
        crowd.Run(700, () => { }, pure: true);
    }

    [Fact]
    public void Is_the_same_when_its_events_are_read_again()
    {
        for (var round = 0; round < 5; round++)
        {
            var crowd = new Crowd(Environment.TickCount + (round * 104_729));
            crowd.Run(1_000, () => { });
            var replayed = Session.Create(crowd.Session.Id.Value);
            foreach (var (happened, context) in crowd.Journal)
            {
                replayed.Apply(Reread(happened), context);
            }

            Assert.True(State(crowd.Session) == State(replayed), crowd.Story);
            Assert.True(crowd.Session.Queue.SequenceEqual(replayed.Queue), crowd.Story);
        }
    }

    [Fact]
    public void Is_the_same_when_a_snapshot_and_the_tail_are_read()
    {
        for (var round = 0; round < 20; round++)
        {
            var crowd = new Crowd(Environment.TickCount + (round * 15_485_863));
            crowd.Run(500, () => { });
            var cut = crowd.Random.Next(crowd.Journal.Count + 1);
            var early = Session.Create(crowd.Session.Id.Value);
            foreach (var (happened, context) in crowd.Journal.Take(cut))
            {
                early.Apply(happened, context);
            }

            var loaded = Session.Load(early.Id.Value, early.Save());
            Assert.True(State(early) == State(loaded), $"{crowd.Story}, cut at {cut}");
            foreach (var (happened, context) in crowd.Journal.Skip(cut))
            {
                loaded.Apply(happened, context);
            }

            Assert.True(State(crowd.Session) == State(loaded), $"{crowd.Story}, cut at {cut}");
            Assert.True(Seen(crowd.Session) == Seen(loaded), $"{crowd.Story}, cut at {cut}");
        }
    }

    /// <summary>What the crowd can do is all that can be done: each event and each state came up.</summary>
    [Fact]
    public void Has_seen_everything_happen_in_these_tests()
    {
        var events = new HashSet<Type>();
        var states = new HashSet<ItemState>();
        var faults = new HashSet<string>();
        for (var seed = 1; seed <= 8; seed++)
        {
            var crowd = new Crowd(seed);
            crowd.Run(1_000, () => states.UnionWith(crowd.Session.Items.Values.Select(item => item.State)));
            events.UnionWith(crowd.Journal.Select(entry => entry.Event.GetType()));
            faults.UnionWith(crowd.Faults);
        }

        var known = typeof(ISessionEvent).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(ISessionEvent)));
        Assert.Empty(known.Except(events));
        Assert.Equal(Enum.GetValues<ItemState>().Length, states.Count);
        Assert.InRange(faults.Count, 20, 100);
    }

    private static IEvent Reread(IEvent happened) =>
        (IEvent)JsonSerializer.Deserialize(
            JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), DomainJson.Default), happened.GetType(), DomainJson.Default)!;

    /// <summary>The saved state, with sets in one order: a set that was saved and loaded may list the same people differently.</summary>
    internal static string State(Session session)
    {
        var saved = JsonNode.Parse(session.Save())!;
        foreach (var item in saved["items"]!.AsArray())
        {
            foreach (var set in new[] { "supporters", "united", "reporters" })
            {
                if (item![set] is JsonArray people)
                {
                    item[set] = new JsonArray([.. people.Select(person => (string)person!).Order(StringComparer.Ordinal).Select(person => (JsonNode)person)]);
                }
            }

            if (item!["vote"]?["ballots"] is JsonObject ballots)
            {
                item["vote"]!["ballots"] = new JsonObject(ballots.ToList().OrderBy(ballot => ballot.Key, StringComparer.Ordinal)
                    .Select(ballot => KeyValuePair.Create(ballot.Key, ballot.Value?.DeepClone())));
            }
        }

        return saved.ToJsonString();
    }

    /// <summary>What is counted and indexed from the saved state.</summary>
    private static string Seen(Session session) => new StringBuilder()
        .AppendJoin(',', session.Queue).Append(session.OnStage).Append(session.Relieved).Append(session.Exists)
        .AppendJoin(',', Enum.GetValues<ItemState>().Select(session.Count))
        .AppendJoin(',', session.Items.Values.Select(item => session.PostedBy(item.Author).Count))
        .AppendJoin(',', session.Items.Values.Select(item => item.Support))
        .ToString();
}
