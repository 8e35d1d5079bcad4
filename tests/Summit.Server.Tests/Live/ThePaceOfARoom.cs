using Summit.Contracts;
using Summit.Domain.Sessions;
using Summit.Testing;

namespace Summit.Server.Tests.Live;

public sealed class ThePaceOfARoom
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Takes_the_first_change_at_once_and_gathers_what_follows_until_the_next_turn()
    {
        var time = new ManualTime();
        await using var hall = await Hall.OpenAsync(time: time);
        var screen = hall.Follow(hall.Person());
        await Wait.UntilAsync("the first picture", () => screen.Frames == 1);
        await hall.DoAsync(hall.Person(), new AskQuestion("At once"));
        await hall.ReachesAsync(screen);
        var shown = screen.Seq;

        // The clock stands still, so there is no second turn however much happens.
        for (var i = 0; i < 20; i++)
        {
            await hall.DoAsync(hall.Person(), new AskQuestion($"Gathered {i}"));
        }

        Assert.Equal(shown, new Screen().Take(await hall.Room.ShowAsync(hall.Person(), 0, CancellationToken.None))["seq"]!.GetValue<long>());
        await Wait.UntilAsync("the next turn", () =>
        {
            time.Advance(Pace);
            return screen.Seq == hall.Seq;
        });
        Assert.Equal(3, screen.Frames);
        Assert.Equal(21, screen.Items.Count);
    }

    [Fact]
    public async Task Puts_a_turn_off_while_most_followers_are_busy_with_the_last_one_but_not_for_ever()
    {
        var time = new ManualTime();
        await using var hall = await Hall.OpenAsync(time: time);
        var free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var busy = Enumerable.Range(0, 3).Select(_ => hall.Follow(hall.Person(), slow: () => free.Task)).ToList();
        var screen = hall.Follow(hall.Person());
        await Wait.UntilAsync("all have the first picture", () => screen.Frames == 1 && busy.All(one => one.Frames == 1));
        await hall.DoAsync(hall.Person(), new AskQuestion("At once"));
        await hall.ReachesAsync(screen);
        await hall.DoAsync(hall.Person(), new AskQuestion("Put off"));

        var waited = TimeSpan.Zero;
        await Wait.UntilAsync("the turn that was put off", () =>
        {
            time.Advance(Pace);
            waited += Pace;
            return screen.Seq == hall.Seq;
        });
        Assert.True(waited >= TimeSpan.FromSeconds(1), $"The room turned after {waited.TotalMilliseconds} ms though three of four were still busy.");
        free.SetResult();
    }
}
