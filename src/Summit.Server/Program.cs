var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/health", () => Results.Ok());
app.MapGet("/health/live", () => Results.Ok());
app.MapGet("/health/ready", () => Results.Ok());
await app.StartAsync();
Console.WriteLine($"Summit is at {app.Urls.First()}");
await app.WaitForShutdownAsync();
