using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Summit.Server.Registrations;

namespace Summit.Server.Tests.Registrations;

/// <summary>What an organiser sees and does, and who at the door.</summary>
public sealed class TheOrganisersList(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Is_for_hosts_alone_and_the_doors_for_moderators_too()
    {
        var desk = await Desk.OpenAsync(house);
        var issued = await (await house.SendAsync(HttpMethod.Post, $"/api/conferences/{desk.Conference}/links", desk.Host, new { role = "moderator", label = "Door" })).JsonAsync();
        var moderator = await house.EnterAsync(((string)issued["link"]!).Split('#')[1]);
        var (person, _, _) = await desk.RegisterAsync("Ana");
        var participant = (string)(await (await house.TryJoinAsync(desk.Code)).JsonAsync())["token"]!;

        foreach (var path in new[] { "registrations", "registrations.csv" })
        {
            await (await desk.GetAsync(path, moderator)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await desk.GetAsync(path, participant)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await desk.GetAsync(path, house.HostToken)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
            await (await house.GetAsync($"/api/conferences/{desk.Conference}/{path}")).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        }

        await (await desk.GetAsync("door", participant)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await desk.CommandAsync(new { type = "approve", person }, moderator)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        await (await desk.CommandAsync(new { type = "check-in", person }, participant)).RefusedAsync(HttpStatusCode.Forbidden, "access.forbidden");
        Assert.Equal("Ana", (string)(await (await desk.GetAsync("door", moderator)).JsonAsync())[0]!["name"]!);
        await (await desk.CommandAsync(new { type = "check-in", person }, moderator)).JsonAsync();
    }

    [Fact]
    public async Task Finds_by_state_name_and_code_and_counts()
    {
        var desk = await Desk.OpenAsync(house, new { type = "set-form", fields = Desk.Fields, approval = true });
        var (ana, _, _) = await desk.RegisterAsync("Ana");
        await (await desk.TryRegisterAsync("Ílir", "ilir@city.example")).JsonAsync();
        await (await desk.CommandAsync(new { type = "approve", person = ana })).JsonAsync();

        var list = await desk.ListAsync();
        Assert.Equal((2, 1, 1, 0), ((int)list["found"]!, (int)list["counts"]!["applied"]!, (int)list["counts"]!["approved"]!, (int)list["counts"]!["checked-in"]!));
        Assert.Equal(["Ílir", "Ana"], list["people"]!.AsArray().Select(person => (string)person!["answers"]!["name"]!));
        Assert.Equal("Ana", (string)Assert.Single((await desk.ListAsync("?state=approved"))["people"]!.AsArray())!["answers"]!["name"]!);
        Assert.Equal("Ílir", (string)Assert.Single((await desk.ListAsync("?find=ILIR@"))["people"]!.AsArray())!["answers"]!["name"]!);
        Assert.Equal("Ílir", (string)Assert.Single((await desk.ListAsync("?find=ilir"))["people"]!.AsArray())!["answers"]!["name"]!);
        var code = (string)list["people"]![1]!["code"]!;
        Assert.Equal("Ana", (string)Assert.Single((await desk.ListAsync($"?find={code[..3].ToLowerInvariant()}-{code[3..]}"))["people"]!.AsArray())!["answers"]!["name"]!);
        Assert.Empty((await desk.ListAsync("?find=nobody"))["people"]!.AsArray());
        Assert.Single((await desk.ListAsync("?skip=1"))["people"]!.AsArray());
        await (await desk.GetAsync("registrations?state=7")).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
    }

    [Fact]
    public async Task Is_a_table_in_which_nothing_is_a_formula()
    {
        var desk = await Desk.OpenAsync(house);
        await (await desk.TryRegisterAsync("=HYPERLINK(\"http://evil.example\")", "ana@city.example")).JsonAsync();
        await (await desk.TryRegisterAsync("Ilir; \"the\" one, really", "ilir@city.example")).JsonAsync();
        var answer = await desk.GetAsync("registrations.csv");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(Now.Cancelled)).Split("\r\n");
        Assert.Equal("code,state,registered,changed,language,name,mail,city", lines[0].TrimStart('\uFEFF'));
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\",ana@city.example,Tirana", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"Ilir; \"\"the\"\" one, really\"", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_in_once()
    {
        var desk = await Desk.OpenAsync(house);
        var (person, _, _) = await desk.RegisterAsync("Ana");
        var id = Guid.CreateVersion7();
        await (await desk.CommandAsync(new { type = "check-in", person }, id: id)).JsonAsync();
        // Sent again by a phone that did not hear the answer it is the same; another scan is refused, and the list says since when.
        await (await desk.CommandAsync(new { type = "check-in", person }, id: id)).JsonAsync();
        await (await desk.CommandAsync(new { type = "check-in", person })).RefusedAsync(HttpStatusCode.Conflict, "registration.checked-in");
        Assert.Equal("checked-in", (string)(await (await desk.GetAsync("door")).JsonAsync())[0]!["state"]!);
        await (await desk.CommandAsync(new { type = "take-check-in-back", person })).JsonAsync();
        Assert.Equal("approved", (string)(await (await desk.GetAsync("door")).JsonAsync())[0]!["state"]!);
    }

    [Fact]
    public async Task Refuses_commands_that_are_not_an_organisers()
    {
        var desk = await Desk.OpenAsync(house);
        foreach (var type in new[] { "register", "take-mail", "record-letter", "delete-old-answers", "invite" })
        {
            await (await desk.CommandAsync(new { type })).RefusedAsync(HttpStatusCode.BadRequest, "command.unknown");
        }
    }

    [Fact]
    public async Task No_longer_has_answers_whose_last_day_is_over()
    {
        await using var another = new House();
        await another.InitializeAsync();
        var field = new { key = "diet", kind = "line", label = "", deleteAfter = DateOnly.FromDateTime(DateTime.UtcNow) };
        var desk = await Desk.OpenAsync(another, new { type = "set-form", fields = (object[])[.. Desk.Fields, field] });
        await (await another.PostAsync(
            $"/api/conferences/{desk.Conference}/registration",
            new { id = Guid.CreateVersion7(), answers = new { name = "Ana", mail = "ana@city.example", diet = "no nuts" }, lang = "en" })).JsonAsync();
        var keeper = another.Services.GetServices<IHostedService>().OfType<AnswerKeeper>().Single();
        await keeper.DeleteAsync(Now.Cancelled);
        Assert.Equal("no nuts", (string)(await desk.ListAsync())["people"]![0]!["answers"]!["diet"]!);

        another.Time.Shift = TimeSpan.FromDays(1);
        await keeper.DeleteAsync(Now.Cancelled);
        Assert.Null((await desk.ListAsync())["people"]![0]!["answers"]!["diet"]);
    }
}
