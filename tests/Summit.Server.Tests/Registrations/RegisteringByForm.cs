using System.Net;

namespace Summit.Server.Tests.Registrations;

/// <summary>The form that everybody can fill in, and the own registration behind its link.</summary>
public sealed class RegisteringByForm(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Is_not_there_until_an_organiser_has_set_one()
    {
        var (conference, _, host) = await house.PlanAsync("Without a form");
        await (await house.GetAsync($"/api/conferences/{conference}/registration")).RefusedAsync(HttpStatusCode.NotFound, "registration.none");
        await (await house.GetAsync($"/api/conferences/{Guid.CreateVersion7()}/registration")).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
        await (await new Desk(house, conference, host, "").TryRegisterAsync("Ana")).RefusedAsync(HttpStatusCode.NotFound, "registration.none");
        await (await new Desk(house, Guid.CreateVersion7(), host, "").TryRegisterAsync("Ana")).RefusedAsync(HttpStatusCode.NotFound, "conference.unknown");
    }

    [Fact]
    public async Task Says_what_is_asked_for_and_neither_code_nor_meeting()
    {
        var desk = await Desk.OpenAsync(house);
        var form = await (await desk.FormAsync()).JsonAsync();
        Assert.Equal(["name", "mail", "city"], form["fields"]!.AsArray().Select(field => (string)field!["key"]!));
        Assert.Null(form["whyNot"]);
        Assert.DoesNotContain(desk.Code, form.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_a_link_that_shows_the_own_registration_and_cancels_it()
    {
        var desk = await Desk.OpenAsync(house);
        var (person, key, state) = await desk.RegisterAsync("Ana");
        Assert.Equal("approved", state);
        var mine = await (await desk.MineAsync(key)).JsonAsync();
        Assert.Equal((person, "Ana", $"SUMMIT:{(string)mine["code"]!}"), ((Guid)mine["person"]!, (string)mine["answers"]!["name"]!, (string)mine["ticket"]!));
        Assert.Equal("cancelled", (string)(await (await desk.WithdrawAsync(key)).JsonAsync())["state"]!);
        Assert.Null((await (await desk.MineAsync(key)).JsonAsync())["ticket"]);

        // The same link again brings the same person back.
        var again = await (await desk.TryRegisterAsync("Ana", key: key)).JsonAsync();
        Assert.Equal((person, "approved"), ((Guid)again["registration"]!["person"]!, (string)again["registration"]!["state"]!));
    }

    [Fact]
    public async Task Opens_nothing_with_a_link_of_another_conference_or_none()
    {
        var (desk, other) = (await Desk.OpenAsync(house), await Desk.OpenAsync(house));
        var (_, key, _) = await desk.RegisterAsync("Ana");
        foreach (var wrong in new[] { "", "nonsense", "###", key[..^4] + "AAAA" })
        {
            await (await desk.MineAsync(wrong)).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");
            await (await desk.WithdrawAsync(wrong)).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");
            await (await desk.TryRegisterAsync("Ilir", key: wrong)).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");
        }

        await (await other.MineAsync(key)).RefusedAsync(HttpStatusCode.NotFound, "link.unknown");
    }

    [Fact]
    public async Task Sent_again_is_the_same_registration()
    {
        var desk = await Desk.OpenAsync(house);
        var id = Guid.CreateVersion7();
        var first = await (await desk.TryRegisterAsync("Ana", id: id)).JsonAsync();
        var second = await (await desk.TryRegisterAsync("Ana", id: id)).JsonAsync();
        Assert.Equal((string)first["registration"]!["person"]!, (string)second["registration"]!["person"]!);
        Assert.Equal(1, (int)(await desk.ListAsync())["found"]!);
    }

    [Fact]
    public async Task Is_refused_for_what_is_wrong_with_it()
    {
        var desk = await Desk.OpenAsync(house);
        await desk.RegisterAsync("Ana");
        await (await desk.TryRegisterAsync("Ana")).RefusedAsync(HttpStatusCode.Conflict, "registration.mail-taken");
        await (await desk.TryRegisterAsync("")).RefusedAsync(HttpStatusCode.BadRequest, "registration.field-missing");
        await (await desk.TryRegisterAsync("Ilir", "nowhere")).RefusedAsync(HttpStatusCode.BadRequest, "registration.mail");
        await (await desk.TryRegisterAsync("Ilir", id: Guid.NewGuid())).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
        await (await house.PostAsync($"/api/conferences/{desk.Conference}/registration", new { })).RefusedAsync(HttpStatusCode.BadRequest, "command.malformed");
    }

    [Fact]
    public async Task Fills_the_places_once_however_many_come_at_the_same_moment()
    {
        var desk = await Desk.OpenAsync(house, new { type = "set-form", fields = Desk.Fields, capacity = 10 });
        var states = await Task.WhenAll(Enumerable.Range(0, 30).Select(async number => (await desk.RegisterAsync($"Guest{number}")).State));
        Assert.Equal((10, 20), (states.Count(state => state == "approved"), states.Count(state => state == "waiting")));
        Assert.True((bool)(await (await desk.FormAsync()).JsonAsync())["waiting"]!);
    }

    [Fact]
    public async Task Passes_a_place_on_to_who_waits_next()
    {
        var desk = await Desk.OpenAsync(house, new { type = "set-form", fields = Desk.Fields, capacity = 1 });
        var (_, first, _) = await desk.RegisterAsync("Ana");
        var (_, second, _) = await desk.RegisterAsync("Ilir");
        Assert.Equal(1, (int)(await (await desk.MineAsync(second)).JsonAsync())["line"]!);
        await (await desk.WithdrawAsync(first)).JsonAsync();
        Assert.Equal("approved", (string)(await (await desk.MineAsync(second)).JsonAsync())["state"]!);
    }

    [Fact]
    public async Task Is_slowed_for_one_address_that_tries_many_mail_addresses_and_for_no_other()
    {
        await using var slow = new House();
        await slow.InitializeAsync();
        var desk = await Desk.OpenAsync(slow);
        // Forty go through at once; of the rest ten wait, and the others are asked to come back.
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => desk.TryRegisterAsync($"Guest{number}")));
        var (taken, slowed) = (answers.Count(answer => answer.IsSuccessStatusCode), answers.Where(answer => !answer.IsSuccessStatusCode).ToList());
        Assert.InRange(taken, 40, 55);
        Assert.NotEmpty(slowed);
        foreach (var answer in slowed)
        {
            await answer.RefusedAsync(HttpStatusCode.TooManyRequests, "limit.rate");
        }

        var elsewhere = new HttpRequestMessage(HttpMethod.Post, $"/api/conferences/{desk.Conference}/registration")
        {
            Content = System.Net.Http.Json.JsonContent.Create(
                new { id = Guid.CreateVersion7(), answers = new { name = "Petra", mail = "petra@city.example" }, lang = "en" }),
        };
        elsewhere.Headers.Add(House.AddressHeader, "203.0.113.7");
        await (await slow.Client.SendAsync(elsewhere, Now.Cancelled)).JsonAsync();
    }
}
