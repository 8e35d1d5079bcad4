namespace Summit.Bench.Soak;

public enum Deed
{
    Ask,
    Comment,
    Support,

    /// <summary>A moderator's: added once more it shows once more, so it tells a command that took effect twice.</summary>
    Note,
}

/// <summary>A command of the soak, kept as it was first sent.</summary>
/// <param name="Item">What it is about; for a new item the command's own id.</param>
/// <param name="By">The person.</param>
/// <param name="On">For support.</param>
public sealed record SoakCommand(Guid Id, Deed Deed, Guid Item, Guid By, string Text = "", bool On = false)
{
    public object ToWire() => Deed switch
    {
        Deed.Ask => new { type = "ask", id = Id, text = Text },
        Deed.Comment => new { type = "comment", id = Id, text = Text },
        Deed.Support => new { type = "support", id = Id, item = Item, on = On },
        _ => new { type = "note", id = Id, item = Item, text = Text },
    };
}
