using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Server.Access;

namespace Summit.Server.Tests.Live;

/// <summary>The law of the live edge: whoever applies frames in order ends on the picture a newcomer gets.</summary>
public sealed class ManyScreens
{
    private const int Steps = 600;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Fast_slow_and_resuming_readers_end_on_the_picture_of_a_newcomer(int seed)
    {
        var random = new Random(seed);
        await using var hall = await Hall.OpenAsync(new PolicyChanges(Review: true, PerMinute: 10_000, MaxOpen: 10_000));
        var people = Enumerable.Range(0, 8).Select(i => hall.Person(name: $"Person {i}")).ToList();
        var readers = people.Append(hall.Moderator).Append(hall.Person(Role.Stage)).ToList();
        var fast = readers.ConvertAll(reader => hall.Follow(reader));
        var slow = readers.ConvertAll(reader => hall.Follow(reader, slow: YieldOften));
        var resuming = readers.ConvertAll(_ => new Screen());

        var crowd = new Crowd(hall, people, random);
        for (var step = 0; step < Steps; step++)
        {
            await crowd.ActAsync();
            var which = random.Next(readers.Count * 4);
            if (which < readers.Count)
            {
                resuming[which].Take(await hall.Room.ShowAsync(readers[which], resuming[which].Seq, CancellationToken.None));
            }
        }

        // A last event that everybody is told of.
        await hall.DoAsync(hall.Moderator, new PauseSession());
        for (var i = 0; i < readers.Count; i++)
        {
            var newcomer = await hall.ShowAsync(readers[i]);
            await hall.ReachesAsync(fast[i]);
            await hall.ReachesAsync(slow[i]);
            await hall.ShowAsync(readers[i], resuming[i].Seq, resuming[i]);
            Assert.Equal(newcomer.Picture, fast[i].Picture);
            Assert.Equal(newcomer.Picture, slow[i].Picture);
            Assert.Equal(newcomer.Picture, resuming[i].Picture);
        }

        Assert.True(crowd.Accepted > Steps / 3, $"Only {crowd.Accepted} of {Steps} were accepted: the test shows little.");

        static async Task YieldOften()
        {
            for (var i = 0; i < 200; i++)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>People and a moderator who do what comes to their mind; much of it is refused.</summary>
    private sealed class Crowd(Hall hall, List<Bearer> people, Random random)
    {
        private readonly List<ItemId> _items = [new(Guid.NewGuid())];

        public int Accepted { get; private set; }

        public async Task ActAsync()
        {
            var id = Guid.CreateVersion7();
            var moderates = random.Next(2) == 0;
            var who = moderates ? hall.Moderator : people[random.Next(people.Count)];
            ICommand command = moderates ? Moderate() : Participate();
            if ((await hall.TryAsync(who, command, id)).Fault is null)
            {
                Accepted++;
                if (command is IContribution)
                {
                    _items.Add(new ItemId(id));
                }
            }
        }

        private ItemId Any() => _items[random.Next(_items.Count)];

        private ICommand Participate() => random.Next(9) switch
        {
            0 or 1 => new AskQuestion($"Question {random.Next()}", Anonymous: random.Next(3) == 0),
            2 => new PostComment($"Comment {random.Next()}", random.Next(2) == 0 ? Any() : null),
            3 => new MakeProposal($"Proposal {random.Next()}", "Text"),
            4 or 5 or 6 => new SupportItem(Any(), random.Next(4) > 0),
            7 => random.Next(2) == 0 ? new ReportItem(Any()) : new CastBallot(Any(), Choice.Yes),
            _ => random.Next(3) == 0 ? new WithdrawItem(Any()) : new EditItem(Any(), $"Edited {random.Next()}"),
        };

        private ICommand Moderate() => random.Next(14) switch
        {
            0 or 1 or 2 => new ApproveItem(Any()),
            3 => new DeclineItem(Any(), "unclear"),
            4 => new QueueItem(Any(), random.Next(2) == 0 ? Any() : null),
            5 => new StageItem(Any()),
            6 => new AnswerItem(Any(), random.Next(2) == 0 ? "An answer" : null),
            7 => new MergeItem(Any(), Any()),
            8 or 9 => new StepBack(Any()),
            10 => new CorrectItem(Any(), $"Corrected {random.Next()}"),
            11 => new AddNote(Any(), "A note"),
            12 => random.Next(2) == 0 ? new ClearReports(Any()) : new OpenVote(Any()),
            _ => random.Next(2) == 0 ? new MuteAuthor(Any()) : new UnmuteAuthor(Any()),
        };
    }
}
