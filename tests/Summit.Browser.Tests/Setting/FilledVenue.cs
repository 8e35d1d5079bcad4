namespace Summit.Browser.Tests.Setting;

/// <summary>A session in full swing: something in every state, of every kind, from people with and without a name.</summary>
public static class FilledVenue
{
    public static async Task<Venue> FillAsync(House house, string title = "In full swing")
    {
        var venue = await house.PlanAsync(title, new { review = true, perMinute = 1000, maxOpen = 1000 });
        var (ana, boris, nobody) = (await venue.JoinAsync("Ana", "Tirana"), await venue.JoinAsync("Борис", "София"), await venue.JoinAsync());
        var questions = new List<Guid>();
        foreach (var number in Enumerable.Range(1, 9))
        {
            questions.Add(await venue.AskAsync(number % 2 == 0 ? ana : boris, $"Question {number}: what does the network do with what it learns?"));
        }

        foreach (var question in questions.Skip(1).Take(8))
        {
            await venue.DoAsync("approve", question);
            await venue.SupportAsync(nobody, question);
        }

        await venue.SendAsync(venue.Desk, new { type = "stage", id = Guid.CreateVersion7(), item = questions[1] });
        await venue.DoAsync("queue", questions[2]);
        await venue.DoAsync("queue", questions[3]);
        await venue.SendAsync(venue.Desk, new { type = "answer", id = Guid.CreateVersion7(), item = questions[4], text = "By the end of the year, says the city." });
        await venue.SendAsync(venue.Desk, new { type = "decline", id = Guid.CreateVersion7(), item = questions[5], reason = "off-topic" });
        await venue.SendAsync(venue.Desk, new { type = "merge", id = Guid.CreateVersion7(), item = questions[6], into = questions[7] });
        await venue.SendAsync(venue.Desk, new { type = "follow-up", id = Guid.CreateVersion7(), item = questions[8], owner = "Sofia", due = "2027-03-31" });
        await venue.SendAsync(venue.Desk, new { type = "label", id = Guid.CreateVersion7(), item = questions[7], labels = new[] { "money", "young people" } });
        await venue.SendAsync(venue.Desk, new { type = "note", id = Guid.CreateVersion7(), item = questions[7], text = "Ask the mayor first." });
        await venue.SendAsync(nobody, new { type = "report", id = Guid.CreateVersion7(), item = questions[7] });
        await TalkAsync(venue, ana, nobody);
        return venue;
    }

    private static async Task TalkAsync(Venue venue, string ana, string nobody)
    {
        var (comment, reply, proposal) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await venue.SendAsync(ana, new { type = "comment", id = comment, text = "We have tried this in our city." });
        await venue.DoAsync("approve", comment);
        await venue.SendAsync(nobody, new { type = "comment", id = reply, text = "And did it work?", replyTo = comment, anonymous = true });
        await venue.DoAsync("approve", reply);
        await venue.SendAsync(ana, new { type = "propose", id = proposal, title = "One list of promises", text = "A public list, with an owner and a date for each line." });
        await venue.DoAsync("approve", proposal);
        await venue.DoAsync("open-vote", proposal);
    }
}
