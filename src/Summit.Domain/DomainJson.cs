using System.Text.Json;
using System.Text.Json.Serialization;
using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Domain.Sessions;

namespace Summit.Domain;

/// <summary>How commands, events and snapshots look in JSON, made at compile time.</summary>
/// <remarks>What has no default must be there to be read, so nulls are written too; a member added later needs a default.</remarks>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [
        typeof(WireEnumConverter<Anonymity>), typeof(WireEnumConverter<ChangeKind>), typeof(WireEnumConverter<Choice>), typeof(WireEnumConverter<GroupKind>), typeof(WireEnumConverter<ItemKind>),
        typeof(WireEnumConverter<ItemState>), typeof(WireEnumConverter<MemberKind>), typeof(WireEnumConverter<MemberStatus>), typeof(WireEnumConverter<Role>),
        typeof(WireEnumConverter<SessionState>), typeof(WireEnumConverter<StepKind>)])]
[JsonSerializable(typeof(CommandNoted))]
[JsonSerializable(typeof(ISessionCommand))]
[JsonSerializable(typeof(ScheduleSession))]
[JsonSerializable(typeof(SessionSnapshot))]
[JsonSerializable(typeof(SessionScheduled))]
[JsonSerializable(typeof(SessionRescheduled))]
[JsonSerializable(typeof(SessionOpened))]
[JsonSerializable(typeof(SessionPaused))]
[JsonSerializable(typeof(SessionClosed))]
[JsonSerializable(typeof(PoliciesChanged))]
[JsonSerializable(typeof(ItemPosted))]
[JsonSerializable(typeof(ItemSupported))]
[JsonSerializable(typeof(SupportWithdrawn))]
[JsonSerializable(typeof(ItemEdited))]
[JsonSerializable(typeof(ItemCorrected))]
[JsonSerializable(typeof(ItemWithdrawn))]
[JsonSerializable(typeof(ItemPublished))]
[JsonSerializable(typeof(ItemDeclined))]
[JsonSerializable(typeof(ItemQueued))]
[JsonSerializable(typeof(ItemStaged))]
[JsonSerializable(typeof(ItemAnswered))]
[JsonSerializable(typeof(FollowUpPromised))]
[JsonSerializable(typeof(ItemMerged))]
[JsonSerializable(typeof(ItemSteppedBack))]
[JsonSerializable(typeof(ItemLabelled))]
[JsonSerializable(typeof(NoteAdded))]
[JsonSerializable(typeof(ItemReported))]
[JsonSerializable(typeof(ItemHidden))]
[JsonSerializable(typeof(ReportsCleared))]
[JsonSerializable(typeof(AuthorMuted))]
[JsonSerializable(typeof(AuthorUnmuted))]
[JsonSerializable(typeof(VoteOpened))]
[JsonSerializable(typeof(BallotCast))]
[JsonSerializable(typeof(VoteClosed))]
[JsonSerializable(typeof(IConferenceCommand))]
[JsonSerializable(typeof(ConferenceSnapshot))]
[JsonSerializable(typeof(ConferencePlanned))]
[JsonSerializable(typeof(SessionAddedToProgramme))]
[JsonSerializable(typeof(IProgrammeCommand))]
[JsonSerializable(typeof(SessionMoved))]
[JsonSerializable(typeof(ConferenceDescribed))]
[JsonSerializable(typeof(SpeakerSet))]
[JsonSerializable(typeof(SpeakerDropped))]
[JsonSerializable(typeof(SessionPlaced))]
[JsonSerializable(typeof(ProgrammePublished))]
[JsonSerializable(typeof(PublishedProgramme))]
[JsonSerializable(typeof(LinkIssued))]
[JsonSerializable(typeof(LinkRevoked))]
[JsonSerializable(typeof(ConferenceRemoved))]
[JsonSerializable(typeof(ILobbyCommand))]
[JsonSerializable(typeof(LobbySnapshot))]
[JsonSerializable(typeof(AdministratorAppointed))]
[JsonSerializable(typeof(DoorOpened))]
[JsonSerializable(typeof(DoorClosed))]
[JsonSerializable(typeof(NetworkListed))]
[JsonSerializable(typeof(INetworkCommand))]
[JsonSerializable(typeof(FoundNetwork))]
[JsonSerializable(typeof(IssueNetworkLink))]
[JsonSerializable(typeof(RevokeNetworkLink))]
[JsonSerializable(typeof(RemoveNetwork))]
[JsonSerializable(typeof(NetworkSnapshot))]
[JsonSerializable(typeof(NetworkFounded))]
[JsonSerializable(typeof(NetworkDescribed))]
[JsonSerializable(typeof(MemberRecorded))]
[JsonSerializable(typeof(MemberCorrected))]
[JsonSerializable(typeof(StatusChanged))]
[JsonSerializable(typeof(MembershipAppliedFor))]
[JsonSerializable(typeof(DecisionRecorded))]
[JsonSerializable(typeof(CandidateSupported))]
[JsonSerializable(typeof(CandidateAdmitted))]
[JsonSerializable(typeof(CandidateDeclined))]
[JsonSerializable(typeof(StepTakenBack))]
[JsonSerializable(typeof(ContactsSet))]
[JsonSerializable(typeof(PresidencyHandedOver))]
[JsonSerializable(typeof(HandoverTakenBack))]
[JsonSerializable(typeof(GroupSet))]
[JsonSerializable(typeof(GroupDropped))]
[JsonSerializable(typeof(SummitRecorded))]
[JsonSerializable(typeof(SummitDropped))]
[JsonSerializable(typeof(NetworkLinkIssued))]
[JsonSerializable(typeof(NetworkLinkRevoked))]
[JsonSerializable(typeof(NetworkRemoved))]
public sealed partial class DomainJson : JsonSerializerContext;

/// <summary>Writes an enum as <c>follow-up</c>; takes names only, never numbers.</summary>
public sealed class WireEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
