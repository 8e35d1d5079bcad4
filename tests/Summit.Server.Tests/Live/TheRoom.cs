using System.Text;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Server.Live;
using Summit.Testing;

namespace Summit.Server.Tests.Live;

public sealed class TheRoom
{
    private static readonly PolicyChanges Reviewed = new(Review: true);

    [Fact]
    public async Task Shows_the_whole_picture_first_and_then_what_changed()
    {
        await using var hall = await Hall.OpenAsync();
        var question = await hall.DoAsync(hall.Person(), new AskQuestion("When does the tram come?"));
        var screen = await hall.ShowAsync(hall.Person());
        Assert.Equal("When does the tram come?", (string)screen.Items[$"{question.Value}"]["text"]!);

        var seen = screen.Seq;
        var second = await hall.DoAsync(hall.Person(), new AskQuestion("And the bus?"));
        await hall.ShowAsync(hall.Person());
        var json = screen.Take(await hall.Room.ShowAsync(hall.Person(), seen, CancellationToken.None));
        Assert.Equal($"{second.Value}", (string)Assert.Single(json["items"]!.AsArray())!["id"]!);
        Assert.Null(json["reset"]);
        Assert.Null(json["session"]);
        Assert.Equal(2, screen.Items.Count);
    }

    [Fact]
    public async Task Starts_over_for_a_position_it_never_had()
    {
        await using var hall = await Hall.OpenAsync();
        await hall.DoAsync(hall.Person(), new AskQuestion("Still here?"));
        var json = new Screen().Take(await hall.Room.ShowAsync(hall.Person(), 1_000_000, CancellationToken.None));
        Assert.True((bool)json["reset"]!);
        Assert.Equal(hall.Seq, (long)json["seq"]!);
    }

    [Fact]
    public async Task Keeps_what_waits_for_review_from_all_but_its_author_and_the_moderators()
    {
        await using var hall = await Hall.OpenAsync(Reviewed);
        var author = hall.Person();
        var question = await hall.DoAsync(author, new AskQuestion("Secret so far"));
        var declined = await hall.DoAsync(author, new AskQuestion("Never to be seen"));
        await hall.DoAsync(hall.Moderator, new DeclineItem(declined, "off-topic", "Ask the mayor"));

        Assert.Empty((await hall.ShowAsync(hall.Person())).Items);
        Assert.Empty((await hall.ShowAsync(hall.Person(Role.Stage))).Items);
        Assert.Equal(2, (await hall.ShowAsync(hall.Moderator)).Items.Count);
        var own = (await hall.ShowAsync(author)).Own;
        Assert.Equal("pending", (string)own[$"{question.Value}"]["state"]!);
        Assert.Equal("off-topic", (string)own[$"{declined.Value}"]["reason"]!["code"]!);
        Assert.Equal("Ask the mayor", (string)own[$"{declined.Value}"]["reason"]!["note"]!);
    }

    [Fact]
    public async Task Takes_off_the_screens_what_was_there_and_says_nothing_of_what_never_was()
    {
        await using var hall = await Hall.OpenAsync();
        var shown = await hall.DoAsync(hall.Person(), new AskQuestion("Shown"));
        var screen = await hall.ShowAsync(hall.Person());
        await hall.DoAsync(hall.Moderator, new DeclineItem(shown, "unclear"));
        await hall.ShowAsync(hall.Person(), screen.Seq, screen);
        Assert.Empty(screen.Items);

        await using var reviewed = await Hall.OpenAsync(Reviewed);
        var hidden = await reviewed.DoAsync(reviewed.Person(), new AskQuestion("Hidden"));
        var other = await reviewed.ShowAsync(reviewed.Person());
        await reviewed.DoAsync(reviewed.Moderator, new DeclineItem(hidden, "unclear"));
        await reviewed.ShowAsync(reviewed.Person());
        var json = await reviewed.Room.ShowAsync(reviewed.Person(), other.Seq, CancellationToken.None);
        Assert.DoesNotContain($"{hidden.Value}", Encoding.UTF8.GetString(json.Json.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Never_tells_who_asked_anonymously(bool moderatorsSeeNames)
    {
        await using var hall = await Hall.OpenAsync(new PolicyChanges(ModeratorsSeeNames: moderatorsSeeNames));
        var author = hall.Person(name: "Wilhelmina", city: "Kruševo");
        await hall.DoAsync(author, new AskQuestion("Who am I?", Anonymous: true));
        foreach (var reader in new[] { hall.Person(), hall.Person(Role.Stage), hall.Moderator })
        {
            await hall.ShowAsync(reader);
            var text = Encoding.UTF8.GetString((await hall.Room.ShowAsync(reader, 0, CancellationToken.None)).Json.Span);
            Assert.DoesNotContain($"{author.Actor.Id.Value}", text, StringComparison.Ordinal);
            Assert.Equal(moderatorsSeeNames && reader == hall.Moderator, text.Contains("Wilhelmina", StringComparison.Ordinal));
            Assert.Equal(moderatorsSeeNames && reader == hall.Moderator, text.Contains("Kruševo", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Tells_supporters_of_a_merged_question_that_they_support_the_other()
    {
        await using var hall = await Hall.OpenAsync();
        var fan = hall.Person();
        var one = await hall.DoAsync(hall.Person(), new AskQuestion("One"));
        var two = await hall.DoAsync(hall.Person(), new AskQuestion("Two"));
        await hall.DoAsync(fan, new SupportItem(one, true));
        var screen = hall.Follow(fan);
        await hall.ReachesAsync(screen);
        Assert.Contains($"{one.Value}", screen.Supported);

        await hall.DoAsync(hall.Moderator, new MergeItem(one, two));
        await Wait.UntilAsync("the support moved", () => screen.Supported.Contains($"{two.Value}"));
        Assert.Equal(1, (int)screen.Items[$"{two.Value}"]["support"]!);

        await hall.DoAsync(hall.Moderator, new StepBack(one));
        await Wait.UntilAsync("the support came back", () => !screen.Supported.Contains($"{two.Value}") && screen.Items.ContainsKey($"{one.Value}"));
        Assert.Contains($"{one.Value}", screen.Supported);
    }

    [Fact]
    public async Task Shows_the_stage_the_current_one_and_the_next_ones_only()
    {
        await using var hall = await Hall.OpenAsync(new PolicyChanges(StageNext: 2));
        var ids = new List<ItemId>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await hall.DoAsync(hall.Person(), new AskQuestion($"Question {i}")));
            await hall.DoAsync(hall.Moderator, new QueueItem(ids[i]));
        }

        var screen = hall.Follow(hall.Person(Role.Stage));
        await hall.DoAsync(hall.Moderator, new StageItem(ids[0]));
        await hall.ReachesAsync(screen);
        Assert.Equal(ids.Take(3).Select(id => $"{id.Value}").Order(StringComparer.Ordinal), screen.Items.Keys);

        await hall.DoAsync(hall.Moderator, new StageItem(ids[1]));
        await hall.ReachesAsync(screen);
        Assert.Equal(ids.Skip(1).Take(3).Select(id => $"{id.Value}").Order(StringComparer.Ordinal), screen.Items.Keys);
    }

    [Fact]
    public async Task Gives_a_reader_that_sleeps_one_merged_answer()
    {
        await using var hall = await Hall.OpenAsync();
        var awake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sleeper = hall.Follow(hall.Person(), slow: () => awake.Task);
        await Wait.UntilAsync("the first frame", () => sleeper.Frames == 1);
        var question = await hall.DoAsync(hall.Person(), new AskQuestion("Loved by many"));
        for (var i = 0; i < 300; i++)
        {
            await hall.DoAsync(hall.Person(), new SupportItem(question, true));
        }

        var other = hall.Follow(hall.Person());
        await hall.ReachesAsync(other);
        Assert.Equal(1, sleeper.Frames);
        awake.SetResult();
        await hall.ReachesAsync(sleeper);
        Assert.Equal(300, (int)sleeper.Items[$"{question.Value}"]["support"]!);
        Assert.Equal(2, sleeper.Frames);
    }

    [Fact]
    public async Task Counts_who_is_here_and_what_they_clap()
    {
        await using var hall = await Hall.OpenAsync();
        var ana = hall.Person(city: "Tirana");
        var screen = hall.Follow(ana);
        hall.Follow(ana);
        hall.Follow(hall.Person(city: "Sofia"));
        hall.Follow(hall.Person(city: "sofia"));
        hall.Follow(hall.Person(Role.Stage));
        await Wait.UntilAsync("the pulse", () => screen.Pulse is { } pulse && (int)pulse["online"]! == 3);
        Assert.Equal(2, (int)screen.Pulse!["cities"]!);

        var most = 0;
        for (var i = 0; i < 50; i++)
        {
            hall.Room.React(ana, Reaction.Applause);
        }

        await Wait.UntilAsync("the applause", () => (most = Math.Max(most, (int)screen.Pulse["applause"]!)) > 0);
        // One pair of hands counts for five a second, however fast it claps; fifty may span two seconds.
        Assert.InRange(most, 1, 10);
        await Wait.UntilAsync("silence again", () => (int)screen.Pulse["applause"]! == 0);
    }

    [Fact]
    public async Task Forgets_who_has_left()
    {
        await using var hall = await Hall.OpenAsync();
        using var leaves = new CancellationTokenSource();
        await using (var frames = hall.Room.FollowAsync(hall.Person(), "one", 0, CancellationToken.None).GetAsyncEnumerator(leaves.Token))
        {
            Assert.True(await frames.MoveNextAsync());
            Assert.Equal(1, hall.Room.Followers);
            var next = frames.MoveNextAsync();
            await leaves.CancelAsync();
            while (await next)
            {
                next = frames.MoveNextAsync();
            }
        }

        Assert.Equal(0, hall.Room.Followers);
    }
}
