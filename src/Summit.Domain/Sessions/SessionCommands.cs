using System.Text.Json.Serialization;

namespace Summit.Domain.Sessions;

/// <summary>A command to a session; <c>type</c> on the wire is the name given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AskQuestion), "ask")]
[JsonDerivedType(typeof(PostComment), "comment")]
[JsonDerivedType(typeof(MakeProposal), "propose")]
[JsonDerivedType(typeof(SupportItem), "support")]
[JsonDerivedType(typeof(EditItem), "edit")]
[JsonDerivedType(typeof(WithdrawItem), "withdraw")]
[JsonDerivedType(typeof(ReportItem), "report")]
[JsonDerivedType(typeof(CastBallot), "vote")]
[JsonDerivedType(typeof(ApproveItem), "approve")]
[JsonDerivedType(typeof(DeclineItem), "decline")]
[JsonDerivedType(typeof(QueueItem), "queue")]
[JsonDerivedType(typeof(StageItem), "stage")]
[JsonDerivedType(typeof(AnswerItem), "answer")]
[JsonDerivedType(typeof(PromiseFollowUp), "follow-up")]
[JsonDerivedType(typeof(MergeItem), "merge")]
[JsonDerivedType(typeof(StepBack), "back")]
[JsonDerivedType(typeof(CorrectItem), "correct")]
[JsonDerivedType(typeof(LabelItem), "label")]
[JsonDerivedType(typeof(AddNote), "note")]
[JsonDerivedType(typeof(ClearReports), "clear")]
[JsonDerivedType(typeof(MuteAuthor), "mute")]
[JsonDerivedType(typeof(UnmuteAuthor), "unmute")]
[JsonDerivedType(typeof(OpenVote), "open-vote")]
[JsonDerivedType(typeof(CloseVote), "close-vote")]
[JsonDerivedType(typeof(OpenSession), "open")]
[JsonDerivedType(typeof(PauseSession), "pause")]
[JsonDerivedType(typeof(CloseSession), "close")]
[JsonDerivedType(typeof(ChangePolicies), "policies")]
[JsonDerivedType(typeof(RescheduleSession), "reschedule")]
public interface ISessionCommand : ICommand;

/// <summary>Something new from a person: only while the session is open, a question perhaps before, and within the person's quotas.</summary>
public interface IContribution : ISessionCommand
{
    string Text { get; }

    string? Lang { get; }

    /// <summary>Null takes what the session's policy has ticked.</summary>
    bool? Anonymous { get; }
}

/// <summary>For moderators and hosts.</summary>
public interface IModeration : ISessionCommand;

/// <summary>For hosts alone.</summary>
public interface IHosting : ISessionCommand;

/// <param name="To">Who speaks in this session and is asked; null for whoever answers.</param>
public sealed record AskQuestion(string Text, string? Lang = null, bool? Anonymous = null, SpeakerId? To = null) : IContribution;

/// <summary>What becomes of a question to a speaker at the door, which knows the programme; none comes from outside.</summary>
/// <param name="Name">Null when nobody of that id speaks here, as the programme says now.</param>
public sealed record AskSpeaker(string Text, SpeakerId Speaker, string? Name, string? Lang = null, bool? Anonymous = null) : IContribution;

/// <param name="ReplyTo">A question, a proposal, or a comment that is not itself a reply to a comment.</param>
public sealed record PostComment(string Text, ItemId? ReplyTo = null, string? Lang = null, bool? Anonymous = null) : IContribution;

public sealed record MakeProposal(string Title, string Text, string? Lang = null, bool? Anonymous = null) : IContribution;

public sealed record SupportItem(ItemId Item, bool On) : ISessionCommand;

public sealed record EditItem(ItemId Item, string Text, string? Title = null) : ISessionCommand;

public sealed record WithdrawItem(ItemId Item) : ISessionCommand;

public sealed record ReportItem(ItemId Item, string? Why = null) : ISessionCommand;

/// <summary>One ballot a person; a later one replaces the earlier while the vote is open.</summary>
public sealed record CastBallot(ItemId Item, Choice Choice) : ISessionCommand;

public sealed record ApproveItem(ItemId Item) : IModeration;

public sealed record DeclineItem(ItemId Item, string Reason, string? Note = null) : IModeration;

/// <param name="Before">An item in the queue; null for the end.</param>
public sealed record QueueItem(ItemId Item, ItemId? Before = null) : IModeration;

public sealed record StageItem(ItemId Item) : IModeration;

/// <param name="Text">Null when it was answered live.</param>
public sealed record AnswerItem(ItemId Item, string? Text = null) : IModeration;

/// <param name="Owner">The city or working group that promised.</param>
public sealed record PromiseFollowUp(ItemId Item, string Owner, DateOnly Due, string? Note = null) : IModeration;

public sealed record MergeItem(ItemId Item, ItemId Into) : IModeration;

/// <summary>Takes the item's last step back, whatever it was.</summary>
public sealed record StepBack(ItemId Item) : IModeration;

public sealed record CorrectItem(ItemId Item, string Text, string? Title = null) : IModeration;

public sealed record LabelItem(ItemId Item, IReadOnlyList<string> Labels) : IModeration;

public sealed record AddNote(ItemId Item, string Text) : IModeration;

public sealed record ClearReports(ItemId Item) : IModeration;

/// <summary>By item, so that nobody has to learn who an anonymous author is to stop them.</summary>
public sealed record MuteAuthor(ItemId Item) : IModeration;

public sealed record UnmuteAuthor(ItemId Item) : IModeration;

public sealed record OpenVote(ItemId Item) : IModeration;

public sealed record CloseVote(ItemId Item) : IModeration;

public sealed record OpenSession : IModeration;

public sealed record PauseSession : IModeration;

public sealed record CloseSession : IModeration;

public sealed record ChangePolicies(PolicyChanges Policies) : IHosting;

public sealed record RescheduleSession(string? Title = null, DateTimeOffset? Starts = null, DateTimeOffset? Ends = null) : IHosting;

/// <summary>Brings a session into being. Comes from the programme, not over the session's own door.</summary>
public sealed record ScheduleSession(
    ConferenceId Conference, string Title, string Lang, DateTimeOffset Starts, DateTimeOffset Ends, PolicyChanges? Policies = null) : ICommand;
