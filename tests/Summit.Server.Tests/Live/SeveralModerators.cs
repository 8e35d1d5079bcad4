using Summit.Contracts;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Server.Live;
using Summit.Testing;

namespace Summit.Server.Tests.Live;

/// <summary>Who is at which item: for moderators alone, for as long as it is so.</summary>
public sealed class SeveralModerators
{
    [Fact]
    public async Task See_what_the_others_are_at_and_nobody_else_does()
    {
        await using var hall = await Hall.OpenAsync();
        var item = await AskAsync(hall);
        var (petra, boris) = (At(hall, "Petra"), At(hall, "Boris"));
        var others = new[] { Role.Participant, Role.Stage }.Select(role => hall.Follow(hall.Person(role))).ToList();
        await OnlineAsync(others, 3);

        Assert.Null(hall.Room.Handle("Petra", item));
        await ShowsAsync(boris, $"Petra {item.Value}");
        Assert.Equal("", Shown(petra));

        Assert.Null(hall.Room.Handle("Boris", item));
        await ShowsAsync(petra, $"Boris {item.Value}");
        // Whoever comes now makes everybody hear another pulse.
        hall.Follow(hall.Person());
        await OnlineAsync(others, 4);
        Assert.All(others, screen => Assert.Null(screen.Pulse!["handling"]));
    }

    [Fact]
    public async Task Are_at_one_item_each_and_at_none_when_they_say_so()
    {
        await using var hall = await Hall.OpenAsync();
        var (one, two) = (await AskAsync(hall), await AskAsync(hall));
        var boris = At(hall, "Boris");
        At(hall, "Petra");
        await OnlineAsync([boris], 2);

        hall.Room.Handle("Petra", one);
        hall.Room.Handle("Petra", two);
        await ShowsAsync(boris, $"Petra {two.Value}");
        hall.Room.Handle("Petra", null);
        await ShowsAsync(boris, "");
    }

    [Fact]
    public async Task Let_go_with_the_last_stream_of_their_connection()
    {
        await using var hall = await Hall.OpenAsync();
        var item = await AskAsync(hall);
        using var first = new CancellationTokenSource();
        using var last = new CancellationTokenSource();
        var petra = hall.Person(Role.Moderator, "Petra");
        var boris = At(hall, "Boris");
        hall.Follow(petra, connection: "Petra", off: first);
        hall.Follow(petra, connection: "Petra", off: last);
        await Wait.UntilAsync("all follow", () => hall.Room.Followers == 3);
        hall.Room.Handle("Petra", item);
        await ShowsAsync(boris, $"Petra {item.Value}");

        // A browser that doubts its line follows anew on it: that is no leaving.
        await first.CancelAsync();
        await Wait.UntilAsync("the first stream has ended", () => hall.Room.Followers == 2);
        hall.Follow(hall.Person());
        await OnlineAsync([boris], 3);
        Assert.Equal($"Petra {item.Value}", Shown(boris));

        await last.CancelAsync();
        await ShowsAsync(boris, "");
    }

    [Fact]
    public async Task Let_go_in_time_what_they_do_not_name_again()
    {
        var time = new ManualTime();
        await using var hall = await Hall.OpenAsync(time: time);
        var item = await AskAsync(hall);
        var boris = At(hall, "Boris");
        At(hall, "Petra");
        await Wait.UntilAsync("both follow", () => hall.Room.Followers == 2);

        hall.Room.Handle("Petra", item);
        await AfterAsync(Handling.Lease * 0.8, $"Petra {item.Value}");
        hall.Room.Handle("Petra", item);
        await AfterAsync(Handling.Lease * 0.8, $"Petra {item.Value}");
        await AfterAsync(Handling.Lease * 0.3, "");

        // Beats are taken on other threads: that somebody more is counted shows that this one came after the time had passed.
        async Task AfterAsync(TimeSpan passed, string shown)
        {
            time.Advance(passed);
            var followers = hall.Room.Followers + 1;
            hall.Follow(hall.Person());
            await Wait.UntilAsync("one more follows", () => hall.Room.Followers == followers);
            time.Advance(TimeSpan.FromSeconds(1));
            await OnlineAsync([boris], followers);
            Assert.Equal(shown, Shown(boris));
        }
    }

    [Fact]
    public async Task May_have_no_name_and_are_at_nothing_that_is_not_there()
    {
        await using var hall = await Hall.OpenAsync();
        var item = await AskAsync(hall);
        var boris = At(hall, "Boris");
        At(hall, null);
        await OnlineAsync([boris], 2);

        Assert.Equal(SessionFaults.NoSuchItem, hall.Room.Handle("", new ItemId(Guid.CreateVersion7())));
        // Of a connection that does not follow nothing is kept.
        Assert.Null(hall.Room.Handle("nobody", item));
        Assert.Null(hall.Room.Handle("", item));
        await ShowsAsync(boris, $" {item.Value}");
    }

    private static Task<ItemId> AskAsync(Hall hall) => hall.DoAsync(hall.Person(), new AskQuestion("Who answers this?"));

    /// <summary>A moderator's screen, on a connection called like the moderator.</summary>
    private static Screen At(Hall hall, string? name) => hall.Follow(hall.Person(Role.Moderator, name), connection: name ?? "");

    private static Task OnlineAsync(IReadOnlyList<Screen> screens, int count) =>
        Wait.UntilAsync($"all are counted: {count}", () => screens.All(screen => screen.Pulse is { } pulse && (int)pulse["online"]! == count));

    private static Task ShowsAsync(Screen screen, string shown) =>
        Wait.UntilAsync($"the desk shows '{shown}'", () => screen.Pulse is not null && Shown(screen) == shown);

    private static string Shown(Screen screen) =>
        string.Join(", ", screen.Pulse!["handling"]!.AsArray().Select(one => $"{(string?)one!["name"]} {one["item"]}"));
}
