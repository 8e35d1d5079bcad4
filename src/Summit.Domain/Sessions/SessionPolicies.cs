using System.Text.Json.Serialization;

namespace Summit.Domain.Sessions;

/// <summary>Whether people may ask without their name.</summary>
public enum Anonymity
{
    Allowed,

    /// <summary>Allowed, and ticked unless the asker unticks it.</summary>
    Default,
    Never,
}

/// <summary>A reason to decline, as the asker is told it.</summary>
public sealed record DeclineReason(string Code, string Text);

/// <summary>How a session is run. Can change while it runs and holds for what comes after.</summary>
public sealed record SessionPolicies
{
    public static SessionPolicies Standard { get; } = new();

    /// <summary>New items wait until a moderator approves them.</summary>
    public bool Review { get; init; }

    public bool Questions { get; init; } = true;

    /// <summary>Whoever is registered may ask before the session opens. Written only where it is so: what was stored before it was thought of stays as it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Advance { get; init; }

    public bool Comments { get; init; } = true;

    public bool Proposals { get; init; } = true;

    public bool Support { get; init; } = true;

    public Anonymity Anonymous { get; init; }

    /// <summary>Whether moderators see who asked anonymously. When they do not, the name is not even stored.</summary>
    public bool ModeratorsSeeNames { get; init; }

    public bool NameRequired { get; init; }

    public bool CityRequired { get; init; }

    /// <summary>Characters of one text, as a person counts them.</summary>
    public int MaxLength { get; init; } = 500;

    /// <summary>Open questions and proposals of one person.</summary>
    public int MaxOpen { get; init; } = 5;

    /// <summary>Items one person may post within a minute: a fast writer manages three, two loud ones should not own the hour.</summary>
    public int PerMinute { get; init; } = 6;

    /// <summary>Reports by different people that hide an item until a moderator has looked; 0 for never.</summary>
    public int ReportThreshold { get; init; } = 3;

    /// <summary>How many queued items the stage shows under the current one.</summary>
    public int StageNext { get; init; } = 3;

    public IReadOnlyList<DeclineReason> Reasons { get; init; } =
    [
        new("off-topic", "It is not about the topic of this session."),
        new("duplicate", "Somebody has asked the same already."),
        new("unclear", "We could not tell what is asked. Please put it in other words."),
        new("not-respectful", "It does not keep to the tone we agreed on."),
        new("answered-before", "It has been answered earlier in this session."),
        new("no-time", "There is no time left for it in this session."),
    ];

    // Records compare lists by reference; two policies are the same when they say the same.
    public bool Equals(SessionPolicies? other) =>
        other is not null
        && (Review, Questions, Advance, Comments, Proposals, Support, Anonymous, ModeratorsSeeNames)
            == (other.Review, other.Questions, other.Advance, other.Comments, other.Proposals, other.Support, other.Anonymous, other.ModeratorsSeeNames)
        && (NameRequired, CityRequired, MaxLength, MaxOpen, PerMinute, ReportThreshold, StageNext)
            == (other.NameRequired, other.CityRequired, other.MaxLength, other.MaxOpen, other.PerMinute, other.ReportThreshold, other.StageNext)
        && Reasons.SequenceEqual(other.Reasons);

    public override int GetHashCode() => HashCode.Combine(Review, Anonymous, MaxLength, MaxOpen, PerMinute, Reasons.Count);

    /// <summary>Null, or what is out of bounds.</summary>
    public Fault? Check() => this switch
    {
        { MaxLength: < 1 or > 5_000 } => SessionFaults.PolicyOutOfBounds("maxLength", 1, 5_000),
        { MaxOpen: < 1 or > 10_000 } => SessionFaults.PolicyOutOfBounds("maxOpen", 1, 10_000),
        { PerMinute: < 1 or > 10_000 } => SessionFaults.PolicyOutOfBounds("perMinute", 1, 10_000),
        { ReportThreshold: < 0 or > 1_000 } => SessionFaults.PolicyOutOfBounds("reportThreshold", 0, 1_000),
        { StageNext: < 0 or > 10 } => SessionFaults.PolicyOutOfBounds("stageNext", 0, 10),
        { Reasons.Count: < 1 or > 20 } => SessionFaults.PolicyOutOfBounds("reasons", 1, 20),
        _ when Reasons.Any(reason => reason is not { Code.Length: > 0 and <= 40, Text.Length: > 0 and <= 300 }) => SessionFaults.ReasonMalformed,
        _ when Reasons.DistinctBy(reason => reason.Code).Count() != Reasons.Count => SessionFaults.ReasonMalformed,
        _ => null,
    };
}

/// <summary>The members to change; null leaves one as it is.</summary>
public sealed record PolicyChanges(
    bool? Review = null,
    bool? Questions = null,
    bool? Comments = null,
    bool? Proposals = null,
    bool? Support = null,
    Anonymity? Anonymous = null,
    bool? ModeratorsSeeNames = null,
    bool? NameRequired = null,
    bool? CityRequired = null,
    int? MaxLength = null,
    int? MaxOpen = null,
    int? PerMinute = null,
    int? ReportThreshold = null,
    int? StageNext = null,
    IReadOnlyList<DeclineReason>? Reasons = null,
    bool? Advance = null)
{
    public SessionPolicies On(SessionPolicies old) => old with
    {
        Review = Review ?? old.Review,
        Questions = Questions ?? old.Questions,
        Advance = Advance ?? old.Advance,
        Comments = Comments ?? old.Comments,
        Proposals = Proposals ?? old.Proposals,
        Support = Support ?? old.Support,
        Anonymous = Anonymous ?? old.Anonymous,
        ModeratorsSeeNames = ModeratorsSeeNames ?? old.ModeratorsSeeNames,
        NameRequired = NameRequired ?? old.NameRequired,
        CityRequired = CityRequired ?? old.CityRequired,
        MaxLength = MaxLength ?? old.MaxLength,
        MaxOpen = MaxOpen ?? old.MaxOpen,
        PerMinute = PerMinute ?? old.PerMinute,
        ReportThreshold = ReportThreshold ?? old.ReportThreshold,
        StageNext = StageNext ?? old.StageNext,
        Reasons = Reasons?.Select(reason => new DeclineReason(Text.CleanLine(reason?.Code), Text.CleanLine(reason?.Text))).ToList() ?? old.Reasons,
    };
}
