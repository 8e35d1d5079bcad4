using System.Text.Json.Nodes;
using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>What somebody does who has just started Summit: from the administrator's link to a session that a hall can join.</summary>
public sealed class TheFirstMinutes(Hall hall) : BrowserTest(hall)
{
    [Fact]
    public async Task Lead_in_three_steps_from_nothing_to_an_open_session_with_its_code_on_the_wall()
    {
        var house = await AnotherHouseAsync();
        var admin = (string)(await house.LinksAsync())["admin"]!;
        Assert.Single(house.Server.Output, line => line.Contains(admin, StringComparison.Ordinal));
        var desk = await DeskAsync();
        await desk.Page.GotoAsync(new Uri(house.Address, $"/a#{House.SecretOf(admin)}").ToString());

        var steps = 0;
        await StepAsync("Create it", "Give it a name");
        await StepAsync("Open the session now", "Open a session");
        await Expect(desk.Page.GetByTestId("issued-link")).ToBeVisibleAsync();
        await KeepOnBothAsync(desk, "first-steps");
        await StepAsync("Show the code on this screen", "Put the code on the wall");
        Assert.Equal(3, steps);

        var code = await CodeAsync(desk);
        await Expect(desk.Page.GetByRole(AriaRole.Img, new() { Name = code })).ToBeVisibleAsync();
        var phone = await PhoneAsync();
        await phone.Page.GotoAsync(new Uri(house.Address, $"/j/{code}").ToString());
        await phone.Button("Join").ClickAsync();
        await phone.AskAsync("Is this all it takes?");
        await Expect(phone.Item("Is this all it takes?")).ToBeVisibleAsync();

        // One field, that only the first step leaves empty, and one button.
        async Task StepAsync(string button, string heading)
        {
            var step = desk.Page.Locator("[aria-current=step]");
            await Expect(step.GetByRole(AriaRole.Heading)).ToHaveTextAsync(heading);
            if (steps++ == 0)
            {
                await step.GetByRole(AriaRole.Textbox).FillAsync("Danube cities");
            }

            await step.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        }
    }

    [Fact]
    public async Task Hold_on_every_screen_by_the_keyboard_and_make_nothing_twice()
    {
        var house = await AnotherHouseAsync();
        var admin = (string)(await house.LinksAsync())["admin"]!;
        var visitor = await BulgarianPhoneAsync();
        await visitor.Page.GotoAsync(new Uri(house.Address, $"/a#{House.SecretOf(admin)}").ToString());
        await visitor.Page.GetByLabel("Как се казва?").FillAsync("Дунавски градове");
        await HoldsOnEveryScreenAsync(visitor, "first-step");

        // The answer is lost on the way: the same step again makes the same conference.
        var planned = "";
        visitor.MayLoseTheLine = true;
        await visitor.Page.RouteAsync("**/api/conferences", async route =>
        {
            if (planned.Length > 0)
            {
                await route.ContinueAsync();
                return;
            }

            planned = (string)JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!["code"]!;
            await route.AbortAsync();
        });
        await visitor.PressAsync("Enter");
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await visitor.PressAsync("Enter");
        var about = visitor.Page.GetByLabel("За какво се говори първо?");
        await Expect(about).ToHaveValueAsync("Дунавски градове");
        await HoldsOnEveryScreenAsync(visitor, "second-step");
        await about.PressAsync("Enter");
        await Expect(visitor.Button("Показване на кода на този екран")).ToBeVisibleAsync();
        await HoldsOnEveryScreenAsync(visitor, "third-step");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Към страницата на домакина" }).PressAsync("Enter");
        await Expect(visitor.Page.GetByTestId("host-session")).ToHaveCountAsync(1);
        Assert.Equal(planned, await CodeAsync(visitor));
    }

    private static async Task<string> CodeAsync(Visitor visitor) =>
        (await visitor.Page.GetByTestId("join-code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
}
