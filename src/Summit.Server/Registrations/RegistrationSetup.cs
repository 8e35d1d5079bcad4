namespace Summit.Server.Registrations;

/// <summary>What registration needs, put together.</summary>
internal static class RegistrationSetup
{
    public static void AddRegistrations(this IServiceCollection services)
    {
        services.AddSingleton<RegistrationDesk>();
        services.AddSingleton<RegistrationKeys>();
        services.AddSingleton<FormGuard>();
        services.AddSingleton<Enrolment>();
        services.AddHostedService<AnswerKeeper>();
    }
}
