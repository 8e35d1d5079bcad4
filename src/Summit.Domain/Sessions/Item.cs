using System.Text.Json.Serialization;

namespace Summit.Domain.Sessions;

public enum ItemKind
{
    Question,
    Comment,
    Proposal,
}

/// <summary>Where an item is in its life.</summary>
public enum ItemState
{
    /// <summary>Waits for review.</summary>
    Pending,
    Published,
    Queued,

    /// <summary>On stage: one at a time.</summary>
    Staged,
    Answered,
    Declined,
    Merged,
    Withdrawn,

    /// <summary>Promised to be seen to by an owner until a date; outlives the session.</summary>
    FollowUp,
}

/// <summary>Why an item has no words any more.</summary>
public enum ErasedFor
{
    /// <summary>Its author has asked for it.</summary>
    Request,

    /// <summary>It was kept for as long as the organiser said.</summary>
    Age,
}

public enum Choice
{
    Yes,
    No,
    Abstain,
}

/// <summary>A step of an item's life, with what it brought, so that taking back a later one does not lose it.</summary>
public sealed record TrailStep(ItemState State, DateTimeOffset At, string? Answer = null, FollowUp? FollowUp = null);

/// <summary>A word between moderators.</summary>
public sealed record Note(string? By, DateTimeOffset At, string Text, ParticipantId Author);

/// <summary>Why an item was declined: a code of the session's list, its text at that time, and what the moderator added.</summary>
public sealed record Decline(string Code, string Text, string? Note);

/// <summary>A promise with an owner and a date.</summary>
public sealed record FollowUp(string Owner, DateOnly Due, string? Note);

/// <summary>Who of the speakers is asked, and what they were called then.</summary>
public sealed record Addressee(SpeakerId Speaker, string Name);

/// <summary>A vote on a proposal.</summary>
public sealed class Vote
{
    public bool Open { get; set; } = true;

    public Dictionary<ParticipantId, Choice> Ballots { get; init; } = [];

    public int Count(Choice choice) => Ballots.Values.Count(cast => cast == choice);
}

/// <summary>A question, comment or proposal. Only its session changes it; everybody else reads.</summary>
public sealed class Item
{
    public required ItemId Id { get; init; }

    /// <summary>Number of the event that posted it: what lists are ordered by, since many may be posted within one moment.</summary>
    public required long Number { get; init; }

    public required ItemKind Kind { get; init; }

    public required ParticipantId Author { get; init; }

    public required bool Anonymous { get; init; }

    /// <summary>Null also when the author is anonymous to moderators.</summary>
    public string? Name { get; set; }

    public string? City { get; set; }

    /// <summary>Null while its words are there.</summary>
    public ErasedFor? Erased { get; set; }

    public required string Lang { get; init; }

    public required DateTimeOffset At { get; init; }

    public ItemId? ReplyTo { get; init; }

    /// <summary>Stays when the name in it goes.</summary>
    public Addressee? Addressee { get; set; }

    public required string Text { get; set; }

    public string? Title { get; set; }

    /// <summary>What the author wrote, once a moderator has corrected it.</summary>
    public string? FirstText { get; set; }

    public string? FirstTitle { get; set; }

    public required ItemState State { get; set; }

    /// <summary>Place in the queue, by rising rank.</summary>
    public double Rank { get; set; }

    public ItemId? MergedInto { get; set; }

    /// <summary>What was merged directly into this one.</summary>
    public List<ItemId> Merged { get; init; } = [];

    /// <summary>Who supports this very item, not counting what was merged into it.</summary>
    public HashSet<ParticipantId> Supporters { get; init; } = [];

    /// <summary>Supporters of this item and of all merged into it, each once; null where nothing is merged and it would be the same set.</summary>
    public HashSet<ParticipantId>? United { get; set; }

    public string? Answer { get; set; }

    public Decline? Decline { get; set; }

    public FollowUp? FollowUp { get; set; }

    public Vote? Vote { get; set; }

    public IReadOnlyList<string> Labels { get; set; } = [];

    public List<Note> Notes { get; init; } = [];

    public HashSet<ParticipantId> Reporters { get; init; } = [];

    /// <summary>Reports since a moderator last looked.</summary>
    public int NewReports { get; set; }

    /// <summary>Out of sight until a moderator has looked at the reports.</summary>
    public bool Hidden { get; set; }

    /// <summary>The author was muted by way of this item.</summary>
    public bool AuthorMuted { get; set; }

    public List<TrailStep> Trail { get; init; } = [];

    /// <summary>Whether everybody could see it at some time: only then is there something to take off their screens.</summary>
    public bool WasVisible { get; set; }

    /// <summary>Number of the last event that changed what everybody or the author sees.</summary>
    public long Changed { get; set; }

    /// <summary>Number of the last event that changed anything, also what only moderators see.</summary>
    public long Touched { get; set; }

    /// <summary>How many different people support it, its merged ones included.</summary>
    [JsonIgnore]
    public int Support => (United ?? Supporters).Count;

    /// <summary>Who of the speakers is asked; null for a question to everybody, and where the name is gone.</summary>
    [JsonIgnore]
    public Addressee? To => Addressee is { Name.Length: > 0 } ? Addressee : null;

    /// <summary>Everybody may see it.</summary>
    [JsonIgnore]
    public bool IsVisible => !Hidden && State is ItemState.Published or ItemState.Queued or ItemState.Staged or ItemState.Answered or ItemState.FollowUp;

    /// <summary>It still waits for its turn: counts against the author's quota, takes merges.</summary>
    [JsonIgnore]
    public bool IsOpen => State is ItemState.Pending or ItemState.Published or ItemState.Queued or ItemState.Staged;

    /// <summary>Its place among the session's items by last change.</summary>
    [JsonIgnore]
    internal LinkedListNode<Item>? ByChange { get; set; }

    public bool IsSupportedBy(ParticipantId person) => (United ?? Supporters).Contains(person);
}
