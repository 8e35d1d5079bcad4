namespace Summit.Domain.Networks;

/// <summary>Every refusal a network knows besides those of texts and rights, which it shares with sessions.</summary>
public static class NetworkFaults
{
    public static Fault Unknown { get; } = new(FaultKind.NotFound, "network.unknown", "There is no such network here. Check the link.");

    public static Fault Exists { get; } = new(FaultKind.Conflict, "network.exists", "This network has been set up already.");

    public static Fault DateAhead { get; } = new(FaultKind.Invalid, "network.date-ahead", "This lies ahead. Record it when it has happened.");

    public static Fault DateOrder { get; } = new(FaultKind.Conflict, "network.date-order", "It cannot be earlier than what it follows. Look at the dates recorded before.");

    public static Fault DocumentMalformed { get; } = new(FaultKind.Invalid, "network.document", "A document needs a title, and its address begins with https:// or http://.");

    public static Fault LinkMalformed { get; } =
        new(FaultKind.Invalid, "network.link", "A link is for the secretary, for one of the members, or for the coordinator of one group, with a label of at most 80 characters.");

    public static Fault MemberUnknown { get; } = new(FaultKind.NotFound, "member.unknown", "It is not in this network.");

    public static Fault MemberExists { get; } = new(FaultKind.Conflict, "member.exists", "It is in this network already. Look for its name in the list.");

    public static Fault CountryUnknown { get; } = new(FaultKind.Invalid, "member.country", "The country is not one of the two-letter codes of ISO 3166, like 'BG'.");

    public static Fault ByVote { get; } =
        new(FaultKind.Conflict, "member.by-vote", "Candidates apply, and are then admitted or declined. This status is not given by hand.");

    public static Fault NoCandidate { get; } = new(FaultKind.Conflict, "member.no-candidate", "It is not a candidate. Record its application first.");

    public static Fault NoDecision { get; } = new(FaultKind.Conflict, "member.no-decision", "Its council has not decided yet. Record the decision first.");

    public static Fault NotCarried { get; } =
        new(FaultKind.Conflict, "member.not-carried", "It takes more yes than no to be admitted. Decline it with the reason, or count again.");

    public static Fault VoteMalformed { get; } = new(FaultKind.Invalid, "member.vote", "No more votes can be cast than there are members, each with one, and none less than zero.");

    public static Fault InUse { get; } =
        new(FaultKind.Conflict, "member.in-use", "It presides, coordinates, hosts or has a link. Change that first.");

    public static Fault ContactMalformed { get; } =
        new(FaultKind.Invalid, "member.contact", "At most 10 contacts, each with a name; a mail address has an @ in it.");

    public static Fault NotAMember { get; } = new(FaultKind.Conflict, "presidency.not-a-member", "Only a member can preside.");

    public static Fault PresidesAlready { get; } = new(FaultKind.Conflict, "presidency.same", "It presides already. The presidency passes to another member.");

    public static Fault NoPresidency { get; } = new(FaultKind.Conflict, "presidency.none", "There is no handover to take back.");

    public static Fault GroupUnknown { get; } = new(FaultKind.NotFound, "group.unknown", "There is no such group in this network.");

    public static Fault SummitUnknown { get; } = new(FaultKind.NotFound, "summit.unknown", "There is no such summit in this network.");

    public static Fault SummitInUse { get; } = new(FaultKind.Conflict, "summit.in-use", "The presidency was handed over there. Take that back first.");

    public static Fault TooMany(int most) => new(FaultKind.Invalid, "network.too-many", $"That is more than can be kept: at most {most}.");
}
