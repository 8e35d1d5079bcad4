using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Summit.Domain.Conferences;
using Summit.Domain.Integrations;
using Summit.Domain.Networks;
using Summit.Domain.Participants;
using Summit.Domain.Registrations;
using Summit.Domain.Sessions;
using Summit.Domain.Tests.Networks;
using Summit.Domain.WorkingGroups;

namespace Summit.Domain.Tests;

/// <summary>Holds the table of docs/roles.md and the rules together: every command is decided as every role.</summary>
public sealed class RolesPage : NetworkTest
{
    private static readonly Actor Themselves = new(new ParticipantId(Guid.Parse("0198c000-0000-7000-8000-000000000011")), Role.Person, default, null, null);

    private static readonly HeldRole InConference = new(new Realm(Here), Role.Moderator);
    private static readonly HeldRole InNetwork = new(new Realm(Network: Net), Role.Secretary);

    private static readonly (string Name, Actor Actor)[] Roles =
    [
        ("stage", Host with { Role = Role.Stage }), ("participant", Host with { Role = Role.Participant }), ("moderator", Mod), ("host", Host),
        ("member", OfSofia), ("presidency", OfTirana), ("coordinator", Coordinator), ("secretary", Secretary), ("administrator", Admin),
        ("person", Themselves), ("key: read", KeyFor(Scope.Read)), ("key: moderate", KeyFor(Scope.Moderate)), ("key: people", KeyFor(Scope.People)),
    ];

    [Fact]
    public void Says_of_every_command_and_every_reading_who_may()
    {
        var table = Table();
        var page = Repository.Read("docs/roles.md");
        Assert.True(page.Contains(table, StringComparison.Ordinal), $"docs/roles.md has another table than the rules:\n{table}");
        Assert.Equal(table.Split('\n').Length, page.Split('\n').Count(line => line.StartsWith('|')));
    }

    [Fact]
    public void Leaves_no_command_of_these_aggregates_out()
    {
        var table = Table();
        Assert.All(Commands(_ => true), type => Assert.Contains($"`{NameOf(type)}`", table, StringComparison.Ordinal));
        // A rule that let everybody or nobody in would be none.
        Assert.All(table.Split('\n').Skip(2), row => Assert.InRange(row.Split('|').Count(cell => cell.Trim() == "yes"), 1, Roles.Length - 1));
    }

    private string Table()
    {
        GivenANetwork();
        Given(Secretary, new SetGroup(Climate, GroupKind.WorkingGroup, "Climate"));
        var group = AWorkingGroup();
        var rows = Rights("a session", AnOpenSession(), type => typeof(ISessionCommand).IsAssignableFrom(type) || type == typeof(ScheduleSession))
            .Concat(Rights("the words of others", AnOpenSession(), typeof(IErasing).IsAssignableFrom))
            .Concat(Rights("a conference", APlannedConference(), typeof(IConferenceCommand).IsAssignableFrom))
            .Concat(Rights("a registration", Registration.Create(Here.Value), type => type.Namespace == typeof(Registration).Namespace))
            .Concat(Rights("other programs", Integration.Create(Here.Value), type => type.Namespace == typeof(Integration).Namespace))
            .Concat(Rights("a network", Network, type => type.Namespace == typeof(INetworkCommand).Namespace))
            .Concat(Rights("a working group", group, type => type.Namespace == typeof(WorkingGroup).Namespace, introduce: Network.Introduce))
            .Concat(Rights("the lobby", Lobby.Create(Guid.Empty), typeof(ILobbyCommand).IsAssignableFrom))
            .Concat(Rights("a person in a conference", APersonIn(InConference), OfAPerson, InConference))
            .Concat(Rights("a person in a network", APersonIn(InNetwork), OfAPerson, InNetwork))
            .Concat(Rights("the roll of a conference", Roll.Create(Here.Value), type => type == typeof(EnterOnRoll)))
            .Append(Row("reads", "a conference as it is now, with the meeting", actor => Conference.IsShownTo(actor, Here)))
            .Append(Row("reads", "the links of a conference, and what its next version changes", actor => Conference.IsRunBy(actor, Here)))
            .Append(Row("reads", "a session as it goes on", actor => actor.Conference == Here && actor.IsIn(default)))
            .Append(Row("reads", "which other programs there are", actor => Conference.IsRunBy(actor, Here)))
            .Append(Row("reads", "the list of a registration", actor => Registration.IsKeptBy(actor, Here)))
            .Append(Row("reads", "the list at the door: names, cities, who has come", actor => Registration.IsDoorKeptBy(actor, Here)))
            .Append(Row("reads", "the report of a session", actor => SessionReport.IsFor(actor, Here)))
            .Append(Row("reads", "the contacts of a network's members", Network.ShowsContactsTo))
            .Append(Row("reads", "the links of a network", Network.HandsOutLinks))
            .Append(Row("reads", "the drafts and tasks of a working group", actor => Network.Introduce(actor) is { } known && group.IsOpenTo(known)))
            .Append(Row("reads", "who did what in a conference", actor => Conference.IsRunBy(actor, Here)))
            .Append(Row("reads", "who did what in a network", Network.HandsOutLinks))
            .Append(Row("reads", "a person in a conference", APersonIn(InConference).IsShownTo))
            .Append(Row("reads", "a person in a network", APersonIn(InNetwork).IsShownTo));
        var head = $"| of | command | {string.Join(" | ", Roles.Select(role => role.Name))} |\n|---|---{new StringBuilder().Insert(0, "|---", Roles.Length)}|";
        return string.Join('\n', rows.Prepend(head));
    }

    /// <summary>Commands with the same rights share a line.</summary>
    /// <param name="about">For commands about a role.</param>
    /// <param name="introduce">As whom somebody comes; null for nobody.</param>
    private static IEnumerable<string> Rights(
        string of, IAggregate state, Func<Type, bool> which, HeldRole? about = null, Func<Actor, Actor?>? introduce = null) => Commands(which)
        .Select(type => (
            Name: NameOf(type),
            May: string.Concat(Roles.Select(role => (introduce is null ? role.Actor : introduce(role.Actor)) is { } actor && May(state, type, about, actor) ? 'y' : 'n'))))
        .GroupBy(command => command.May)
        .Select(same => Row(of, string.Join(", ", same.Select(command => $"`{command.Name}`").Order(StringComparer.Ordinal)), actor => same.Key[Array.FindIndex(Roles, role => role.Actor == actor)] == 'y'));

    private static string Row(string of, string what, Predicate<Actor> may) =>
        $"| {of} | {what} | {string.Join(" | ", Roles.Select(role => may(role.Actor) ? "yes" : ""))} |";

    private static bool May(IAggregate state, Type command, HeldRole? about, Actor actor)
    {
        var fault = state.Decide((ICommand)Made(command, about)!, new CommandContext(Guid.Empty, actor, Noon)).Fault;
        return fault != SessionFaults.Forbidden && fault != SessionFaults.Unknown;
    }

    private static IEnumerable<Type> Commands(Func<Type, bool> which) => typeof(ICommand).Assembly.GetTypes()
        .Where(type => type.IsClass && typeof(ICommand).IsAssignableFrom(type) && Known(type) && which(type)).OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>Those of the aggregates above.</summary>
    private static bool Known(Type type) =>
        typeof(IErasing).IsAssignableFrom(type) || type.Namespace == typeof(Session).Namespace || type.Namespace == typeof(Conference).Namespace || type.Namespace == typeof(Network).Namespace
        || type.Namespace == typeof(Participant).Namespace || type.Namespace == typeof(WorkingGroup).Namespace || type.Namespace == typeof(Registration).Namespace
        || type.Namespace == typeof(Integration).Namespace;

    private static bool OfAPerson(Type type) => type.Namespace == typeof(Participant).Namespace && type != typeof(EnterOnRoll);

    /// <summary>As on the wire, else as the class.</summary>
    private static string NameOf(Type type) => type.GetInterfaces()
        .SelectMany(command => command.GetCustomAttributes<JsonDerivedTypeAttribute>())
        .FirstOrDefault(derived => derived.DerivedType == type)?.TypeDiscriminator as string ?? JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name);

    /// <summary>Some command of this type: who may send it does not depend on what it says.</summary>
    private static object? Made(Type type, HeldRole? about)
    {
        if (type == typeof(string))
        {
            return "x";
        }

        if (type == typeof(PartialDate))
        {
            return PartialDate.Parse("2025");
        }

        if (type == typeof(MemberId))
        {
            return Sofia;
        }

        if (type == typeof(ConferenceId))
        {
            return Here;
        }

        if (type == typeof(HeldRole))
        {
            return about;
        }

        if (type.IsValueType)
        {
            return Activator.CreateInstance(type);
        }

        if (type == typeof(IReadOnlyDictionary<string, string>))
        {
            return new Dictionary<string, string>();
        }

        if (type.IsGenericType)
        {
            return Array.CreateInstance(type.GetGenericArguments()[0], 0);
        }

        var constructor = type.GetConstructors().Single(made => !made.GetParameters().Any(parameter => parameter.ParameterType == type));
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.HasDefaultValue && parameter.ParameterType != typeof(HeldRole) ? Default(parameter) : Made(parameter.ParameterType, about))]);
    }

    private static object? Default(ParameterInfo parameter) =>
        parameter.DefaultValue ?? (parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null);

    private static Actor KeyFor(Scope scope) => Host with { Role = Role.Key, Scopes = [scope] };

    private static Participant APersonIn(HeldRole role)
    {
        var person = Participant.Create(Themselves.Id.Value);
        person.Apply(new PersonAdded(new PersonCard("Elena", null, null, [], null)), new EventContext(1, Noon, default, Guid.Empty));
        person.Apply(new RoleGiven(role), new EventContext(2, Noon, default, Guid.Empty));
        return person;
    }

    private static Session AnOpenSession()
    {
        var session = Session.Create(Guid.Empty);
        session.Apply(new SessionScheduled(Here, "Trade", "en", Noon, Noon, SessionPolicies.Standard), new EventContext(1, Noon, default, Guid.Empty));
        session.Apply(new SessionOpened(), new EventContext(2, Noon, default, Guid.Empty));
        return session;
    }

    /// <summary>With a draft of the one who takes part; no command finds another.</summary>
    private static WorkingGroup AWorkingGroup()
    {
        var group = WorkingGroup.Create(Climate.Value);
        group.Apply(new WorkingGroupSetUp(Net), new EventContext(1, Noon, default, Guid.Empty));
        group.Apply(new PartTaken(Sofia, null), new EventContext(2, Noon, default, Guid.Empty));
        group.Apply(
            new PracticeWritten(default, Sofia, "Shade", "Trees", null, null, null, [], null, null, [], [], null), new EventContext(3, Noon, default, Guid.Empty));
        return group;
    }

    private static Conference APlannedConference()
    {
        var conference = Conference.Create(Here.Value);
        conference.Apply(new ConferencePlanned("Summit", null, Noon, Noon, "Europe/Sofia", ["en"], "KRM4TB", false), new EventContext(1, Noon, default, Guid.Empty));
        return conference;
    }
}
