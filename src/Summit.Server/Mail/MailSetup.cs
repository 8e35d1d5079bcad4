namespace Summit.Server.Mail;

/// <summary>The postman and where he goes, put together.</summary>
internal static class MailSetup
{
    public static void AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        // From what nobody notices to what a mail server that is down for a night is not pestered by.
        services.AddSingleton(new Pauses(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5)));
        services.AddSingleton(_ => MailSettings.Of(configuration));
        services.AddSingleton<Postman>();
        services.AddHostedService(provider => provider.GetRequiredService<Postman>());
    }
}
