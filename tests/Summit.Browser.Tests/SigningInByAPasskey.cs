using Summit.Browser.Tests.Setting;

namespace Summit.Browser.Tests;

/// <summary>A device that the browser simulates makes a passkey, signs in by it on a fresh page, and is removed.</summary>
public sealed class SigningInByAPasskey(Hall hall) : BrowserTest(hall)
{
    [Fact]
    public async Task Needs_no_link_until_the_passkey_is_removed()
    {
        var venue = await House.PlanAsync("By a passkey");
        var host = await House.EnterAsync(venue.Host);
        var person = await House.CallAsync(HttpMethod.Post, "/api/people", host, new
        {
            id = Guid.CreateVersion7(),
            name = "Elena Petrova",
            role = new { @in = new { conference = venue.Conference }, role = "moderator" },
        });
        var link = (string)(await House.CallAsync(HttpMethod.Post, $"/api/people/{person["id"]}/links", host, new { }))["link"]!;
        var phone = await PhoneAsync();
        phone.MayFindNothing = true;
        // A number is no address that passkeys could be made for.
        var (page, me) = (phone.Page, new UriBuilder(House.Address) { Host = "localhost", Path = "/me" }.Uri);
        var device = await phone.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new
            {
                protocol = "ctap2",
                transport = "internal",
                hasResidentKey = true,
                hasUserVerification = true,
                isUserVerified = true,
                automaticPresenceSimulation = true,
            },
        });

        await page.GotoAsync($"{me}#{House.SecretOf(link)}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Elena Petrova" })).ToBeVisibleAsync();
        await phone.Button("Add a passkey").ClickAsync();
        var passkeys = page.GetByTestId("passkeys");
        await Expect(passkeys.GetByRole(AriaRole.Button, new() { Name = "Remove" })).ToBeVisibleAsync();
        // The device knows its own, and the page says nothing of what the person did not do.
        await phone.Button("Add a passkey").ClickAsync();
        await Expect(phone.Button("Add a passkey")).ToBeEnabledAsync();
        await Expect(passkeys.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Axe.FindsNothingAsync(phone, "me-passkey");
        await KeepOnBothAsync(phone, "me-passkey");

        await page.GetByTestId("devices").GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("Code", new() { Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync(me.ToString());
        await Expect(phone.Button("Sign in with a passkey")).ToBeVisibleAsync();
        await Axe.FindsNothingAsync(phone, "sign-in-passkey");
        await KeepOnBothAsync(phone, "sign-in-passkey");
        await phone.Button("Sign in with a passkey").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Elena Petrova" })).ToBeVisibleAsync();
        await Expect(page.GetByTestId("devices")).ToContainTextAsync("by passkey");

        // What it let in, this device, ends with it; and it lets in no more.
        await passkeys.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.GetByLabel("Code", new() { Exact = true })).ToBeVisibleAsync();
        await page.GotoAsync(me.ToString());
        await phone.Button("Sign in with a passkey").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This passkey lets nobody in here");
    }
}
