using Microsoft.Extensions.Logging.Console;

namespace Summit.Server.Operations;

/// <summary>What is logged: a line of JSON each in service, for people in development. Never a token, a secret or a join code.</summary>
internal static class Logs
{
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        var logging = builder.Logging;
        if (!builder.Environment.IsDevelopment())
        {
            logging.ClearProviders();
            logging.AddJsonConsole(options =>
            {
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                options.JsonWriterOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
        }

        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        // Its "Request starting" holds the whole address, and on /live the address holds the token. Twice, so that no setting undoes it.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        logging.AddFilter<ConsoleLoggerProvider>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        // Warns at each start that keys lie unencrypted on disk: they do, in a folder for the owner alone.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
