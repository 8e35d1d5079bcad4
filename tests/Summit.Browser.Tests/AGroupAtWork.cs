using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>A working group between two summits: what was proposed there is handed in, a city tells what it has done, another learns from it.</summary>
public sealed class AGroupAtWork(Hall hall) : BrowserTest(hall)
{
    private const string Democracy = "Local democracy";

    [Fact]
    public async Task Leads_a_practice_from_the_city_that_has_it_to_the_city_that_adapts_it()
    {
        var house = await AnotherHouseAsync(demonstration: true);
        var network = await NetworkAsync(house);
        var secretary = await OpenAsync(await DeskAsync(), house, (string)network["links"]![0]!["link"]!);
        var coordinator = await OpenAsync(await DeskAsync(), house, await IssueAsync(secretary, Democracy, "Sarajevo"));
        await Expect(coordinator.Page.GetByRole(AriaRole.Heading, new() { Name = Democracy })).ToBeVisibleAsync();
        await Expect(coordinator.Page.GetByText("You run this group.")).ToBeVisibleAsync();
        await Expect(coordinator.Page.GetByTestId("people")).ToContainTextAsync("Sarajevo");

        // Plovdiv, on a phone.
        var plovdiv = await OpenAsync(await PhoneAsync(), house, await IssueAsync(secretary, "Plovdiv", "Plovdiv"));
        await plovdiv.Page.GetByRole(AriaRole.Link, new() { Name = Democracy }).ClickAsync();
        await Expect(plovdiv.Page.GetByText("No practice has been published yet.")).ToBeVisibleAsync();
        await Expect(plovdiv.Button("Write a practice")).ToHaveCountAsync(0);
        await plovdiv.Button("Take part").ClickAsync();
        await plovdiv.Page.GetByLabel("Who comes", new() { Exact = true }).FillAsync("Ana");
        await plovdiv.Button("Save").ClickAsync();
        await Expect(plovdiv.Page.GetByText("You are here for Plovdiv.")).ToBeVisibleAsync();
        await plovdiv.Button("Write a practice").ClickAsync();
        await plovdiv.Page.GetByLabel("Title", new() { Exact = true }).FillAsync("Shade for bus stops");
        await plovdiv.Page.GetByLabel("In short").FillAsync("Trees beside every stop.");
        await plovdiv.Page.GetByLabel("What was done").FillAsync("We planted 300 trees.");
        await plovdiv.Page.GetByLabel("What changed, in figures").FillAsync("Temperature at noon; °C; 44,5; 36; 2025; City laboratory");
        await plovdiv.Page.GetByLabel("Links", new() { Exact = true }).FillAsync("Report; javascript:alert(1)");
        plovdiv.MayFindNothing = true;
        await plovdiv.Button("Save").ClickAsync();
        await Expect(plovdiv.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("begins with https://");
        await plovdiv.Page.GetByLabel("Links", new() { Exact = true }).FillAsync("Report; https://plovdiv.example/shade");
        await plovdiv.Button("Save").ClickAsync();
        await Practice(plovdiv).Locator("summary").ClickAsync();
        await DoAsync(plovdiv, "Hand in");
        await Expect(plovdiv.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say what the problem was");
        await plovdiv.PressAsync("Escape");
        await plovdiv.Button("Change").ClickAsync();
        await plovdiv.Page.GetByLabel("The problem").FillAsync("Stops were too hot to wait at.");
        await plovdiv.Button("Save").ClickAsync();
        await DoAsync(plovdiv, "Hand in");
        await Expect(Practice(plovdiv)).ToContainTextAsync("Handed in");

        await coordinator.Page.ReloadAsync();
        await Practice(coordinator).Locator("summary").ClickAsync();
        await Expect(Practice(coordinator).GetByRole(AriaRole.Row).Last).ToContainTextAsync("44,5");
        await DoAsync(coordinator, "Publish");
        await Expect(Practice(coordinator)).ToContainTextAsync("Published by the group");

        await secretary.Page.GetByRole(AriaRole.Link, new() { Name = Democracy }).ClickAsync();
        await Practice(secretary).Locator("summary").ClickAsync();
        await DoAsync(secretary, "Confirm for the network");
        await secretary.Button("We have adapted it").ClickAsync();
        await secretary.Page.GetByLabel("City", new() { Exact = true }).FillAsync("Burgas");
        await secretary.Page.GetByLabel("What you changed").FillAsync("Vines instead of trees.");
        await secretary.Page.GetByLabel("Did it work?").SelectOptionAsync("It worked in part");
        await secretary.Button("Save").ClickAsync();
        await Expect(secretary.Page.GetByTestId("adapted")).ToContainTextAsync("Vines instead of trees.");
        await KeepOnBothAsync(secretary, "group");

        // Who only passes by sees what is published, and nothing of the rest.
        var passer = await PhoneAsync();
        await passer.Page.GotoAsync(new Uri(house.Address, new Uri(secretary.Page.Url).AbsolutePath).ToString());
        await Expect(Practice(passer)).ToContainTextAsync("Confirmed by the network");
        await Practice(passer).Locator("summary").ClickAsync();
        await Expect(Practice(passer)).ToContainTextAsync("It worked in part");
        await Expect(passer.Page.GetByTestId("people")).ToContainTextAsync("Plovdiv");
        await Expect(passer.Page.GetByText("Ana", new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(passer.Page.GetByTestId("tasks")).ToHaveCountAsync(0);
        await Expect(passer.Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Takes_on_what_was_proposed_at_the_summit()
    {
        var house = await AnotherHouseAsync(demonstration: true);
        var summit = (await house.LinksAsync())["conferences"]!.AsArray().Single(conference => ((string)conference!["title"]!).Contains("B40", StringComparison.Ordinal))!;
        var moderating = (string)summit["links"]!.AsArray().Single(link => (string)link!["role"]! == "moderator")!["link"]!;
        var entered = await house.CallAsync(HttpMethod.Post, "/api/enter", null, new { secret = House.SecretOf(moderating) });
        var session = entered["sessions"]!.AsArray().Single(one => (string)one!["title"]! == "Working group: innovation")!["id"]!;
        var desk = await DeskAsync();
        await desk.Page.GotoAsync(new Uri(house.Address, $"/m/{session}#{House.SecretOf(moderating)}").ToString());
        var card = desk.Page.GetByTestId("item").Filter(new() { HasText = "Katalog rješenja" });
        await card.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        var details = desk.Page.GetByRole(AriaRole.Dialog);
        await details.GetByLabel("Hand in to").SelectOptionAsync($"B40: {Democracy}");
        await Axe.FindsNothingAsync(desk, "handing in");
        await details.GetByRole(AriaRole.Button, new() { Name = "Hand in", Exact = true }).ClickAsync();
        await Expect(details.GetByRole(AriaRole.Status)).ToContainTextAsync($"B40: {Democracy} has it.");

        var secretary = await OpenAsync(await DeskAsync(), house, (string)(await NetworkAsync(house))["links"]![0]!["link"]!);
        await secretary.Page.GetByRole(AriaRole.Link, new() { Name = Democracy }).PressAsync("Enter");
        var task = secretary.Page.GetByTestId("tasks").GetByRole(AriaRole.Listitem);
        await Expect(task).ToContainTextAsync("Katalog rješenja");
        await Expect(task).ToContainTextAsync("Working group: innovation");
        await Expect(task.GetByRole(AriaRole.Link)).ToContainTextAsync("Sofia summit");
        await secretary.Button("Who and until when").PressAsync("Enter");
        await secretary.Page.GetByLabel("Who does it").FillAsync("Zagreb");
        await secretary.PressAsync("Enter");
        await Expect(task).ToContainTextAsync("Zagreb");
        await secretary.Button("Done, or not").PressAsync("Enter");
        await secretary.Page.GetByLabel("State").SelectOptionAsync("Will not be done");
        secretary.MayFindNothing = true;
        await secretary.Button("Save").PressAsync("Enter");
        await Expect(secretary.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(1);
        await secretary.Page.GetByLabel("What came of it").FillAsync("Another network has one.");
        await secretary.Button("Save").PressAsync("Enter");
        await Expect(task).ToContainTextAsync("Another network has one.");
    }

    [Fact]
    public async Task Holds_for_everybody_on_every_screen()
    {
        var house = await AnotherHouseAsync(demonstration: true);
        var network = await NetworkAsync(house);
        var path = await FilledAsync(house, network);
        var visitor = await BulgarianPhoneAsync();
        await visitor.Page.GotoAsync(new Uri(house.Address, path).ToString());
        await Expect(visitor.Page.GetByText("Още няма публикувана практика.")).ToBeVisibleAsync();
        await HoldsOnEveryScreenAsync(visitor, "group-outside");
        await visitor.Page.GotoAsync(new Uri(house.Address, $"/n#{House.SecretOf((string)network["links"]![0]!["link"]!)}").ToString());
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = Democracy }).ClickAsync();
        await Practice(visitor).Locator("summary").ClickAsync();
        await Expect(visitor.Page.GetByTestId("tasks")).ToContainTextAsync("Хартата");
        await HoldsOnEveryScreenAsync(visitor, "group-within");
        foreach (var (at, form) in new[] { "Описване на практика", "Свършена или не", "Добавяне на задача", "Участие", "Връщане с молба" }.Index())
        {
            await visitor.Button(form).ClickAsync();
            await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await HoldsOnEveryScreenAsync(visitor, $"group-form-{at}");
            await visitor.PressAsync("Escape");
            await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }
    }

    private static ILocator Practice(Visitor visitor) => visitor.Page.GetByTestId("practice");

    /// <summary>A step without a form asks once more.</summary>
    private static async Task DoAsync(Visitor visitor, string step)
    {
        await visitor.Button(step).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = step, Exact = true }).ClickAsync();
    }

    /// <summary>A link for a member or for the coordinator of a group, handed out on the network's page.</summary>
    private static async Task<string> IssueAsync(Visitor secretary, string holder, string label)
    {
        await secretary.Page.GetByRole(AriaRole.Combobox, new() { NameRegex = new Regex("^For") }).SelectOptionAsync(new SelectOptionValue { Label = holder });
        await secretary.Page.GetByLabel("For whom").FillAsync(label);
        await secretary.Page.GetByLabel("For whom").PressAsync("Enter");
        var link = await secretary.Page.GetByTestId("issued-link").GetByRole(AriaRole.Textbox).InputValueAsync();
        await secretary.Page.GetByTestId("issued-link").GetByRole(AriaRole.Button).Last.ClickAsync();
        return link;
    }

    /// <summary>A practice that waits to be published, and a task; returns where the group's page is.</summary>
    private static async Task<string> FilledAsync(House house, JsonNode network)
    {
        var token = await house.EnterAsync((string)network["links"]![0]!["link"]!);
        var page = await house.CallAsync(HttpMethod.Get, $"/api/networks/{network["id"]}", token, null);
        var group = page["groups"]!.AsArray().Single(one => (string)one!["name"]! == Democracy)!["id"]!;
        var city = page["members"]!.AsArray().Single(one => (string)one!["name"]! == "Sarajevo")!["id"]!;
        var practice = Guid.CreateVersion7();
        Task SendAsync(object command)
        {
            var json = System.Text.Json.JsonSerializer.SerializeToNode(command)!.AsObject();
            json["id"] = Guid.CreateVersion7();
            return house.CallAsync(HttpMethod.Post, $"/api/networks/{network["id"]}/groups/{group}/commands", token, json);
        }

        await SendAsync(new { type = "add-task", task = Guid.CreateVersion7(), text = "Хартата за сянката да се обсъди.", owner = "Sarajevo", due = "2027-03-01" });
        await SendAsync(new
        {
            type = "write",
            practice,
            member = (Guid)city,
            title = "Δέντρα δίπλα σε κάθε στάση λεωφορείου της πόλης",
            summary = "Trees beside every stop.",
            problem = "Too hot to wait.",
            done = "300 trees.",
            evidence = new[] { new { indicator = "Temperature at noon", unit = "°C", before = "44,5", after = "36", year = "2025", source = "City laboratory" } },
            links = new[] { new { title = "Report", url = "https://sarajevo.example/shade" } },
            languages = new[] { "el", "bg" },
        });
        await SendAsync(new { type = "submit", practice });
        return $"/n/{network["id"]}/{group}";
    }

    private static async Task<JsonNode> NetworkAsync(House house) =>
        (await house.LinksAsync())["networks"]!.AsArray().Single(network => (string)network!["title"]! == "Balkan Cities Network")!;

    private static async Task<Visitor> OpenAsync(Visitor visitor, House house, string link)
    {
        await visitor.Page.GotoAsync(new Uri(house.Address, $"{new Uri(link).AbsolutePath}#{House.SecretOf(link)}").ToString());
        return visitor;
    }
}
