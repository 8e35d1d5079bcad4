using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Summit.Domain;
using Summit.Server.Access;

namespace Summit.Server.Operations;

/// <summary>A fault as HTTP says it: application/problem+json with the same code and text as everywhere.</summary>
public sealed class Problem(Fault fault) : IResult, IStatusCodeHttpResult
{
    /// <summary>Seconds until a Busy request is worth another try.</summary>
    private const string RetryAfter = "2";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public int? StatusCode => StatusOf(fault);

    public static int StatusOf(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault.Kind switch
        {
            FaultKind.Invalid when fault == ServerFaults.TooLarge => StatusCodes.Status413PayloadTooLarge,
            FaultKind.Invalid when fault == ServerFaults.WrongMethod => StatusCodes.Status405MethodNotAllowed,
            FaultKind.Invalid when fault == ServerFaults.WrongMediaType => StatusCodes.Status415UnsupportedMediaType,
            FaultKind.Invalid => StatusCodes.Status400BadRequest,
            FaultKind.Forbidden when AccessFaults.AskForAnotherToken(fault) => StatusCodes.Status401Unauthorized,
            FaultKind.Forbidden => StatusCodes.Status403Forbidden,
            FaultKind.NotFound => StatusCodes.Status404NotFound,
            FaultKind.Conflict => StatusCodes.Status409Conflict,
            FaultKind.Busy when IsOurs(fault) => StatusCodes.Status503ServiceUnavailable,
            FaultKind.Busy => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status500InternalServerError,
        };
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var status = StatusOf(fault);
        httpContext.Response.StatusCode = status;
        if (fault.Kind == FaultKind.Busy)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfter;
        }

        return WriteAsync(httpContext, status, fault.Code, fault.Message);
    }

    internal static Task WriteAsync(HttpContext context, int status, string code, string message)
    {
        var details = new ProblemDetails
        {
            Type = $"urn:summit:{code}",
            Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = message,
            Extensions = { ["code"] = code },
        };
        return context.Response.WriteAsJsonAsync(details, Json, "application/problem+json", context.RequestAborted);
    }

    /// <summary>Busy because of the server rather than because of who asks.</summary>
    private static bool IsOurs(Fault fault) => fault.Code.Split('.')[0] is "engine" or "journal" or "server";
}

/// <summary>What the server itself refuses.</summary>
public static class ServerFaults
{
    public static Fault Starting { get; } = new(FaultKind.Busy, "server.starting", "The server is starting. Please try again in a moment.");

    public static Fault Unexpected { get; } =
        new(FaultKind.Busy, "server.unexpected", "Something went wrong on our side. It has been noted; please try again in a moment.");

    public static Fault NoSuchPlace { get; } = new(FaultKind.NotFound, "request.unknown", "There is nothing at this address.");

    public static Fault WrongMethod { get; } = new(FaultKind.Invalid, "request.method", "This address does not take this method.");

    public static Fault WrongMediaType { get; } = new(FaultKind.Invalid, "request.media-type", "Send JSON, with the content type application/json.");

    public static Fault TooLarge { get; } = new(FaultKind.Invalid, "request.too-large", "That is more than the server takes at once: 64 kB.");
}

/// <summary>Gives every refusal without a body, from the framework or from an exception, its problem. No exception text leaves the server.</summary>
internal static class ProblemSetup
{
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context =>
            {
                var thrown = context.Features.Get<IExceptionHandlerFeature>()?.Error;
                return new Problem(thrown is BadHttpRequestException bad ? Of(bad.StatusCode, context) : ServerFaults.Unexpected).ExecuteAsync(context);
            },
            // What a client did wrong is no error of the server's.
            SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException or OperationCanceledException,
        });
        app.UseStatusCodePages(context => new Problem(Of(context.HttpContext.Response.StatusCode, context.HttpContext)).ExecuteAsync(context.HttpContext));
    }

    private static Fault Of(int status, HttpContext context) => status switch
    {
        StatusCodes.Status401Unauthorized => WhyNoAccess(context),
        StatusCodes.Status403Forbidden => Domain.Sessions.SessionFaults.Forbidden,
        StatusCodes.Status404NotFound => ServerFaults.NoSuchPlace,
        StatusCodes.Status405MethodNotAllowed => ServerFaults.WrongMethod,
        StatusCodes.Status413PayloadTooLarge => ServerFaults.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => ServerFaults.WrongMediaType,
        >= 400 and < 500 => CommandFaults.Malformed,
        _ => ServerFaults.Unexpected,
    };

    private static Fault WhyNoAccess(HttpContext context) => AccessSetup.TokenOf(context) switch
    {
        null => AccessFaults.Required,
        var token when context.RequestServices.GetRequiredService<Tokens>().IsOurs(token) => AccessFaults.Expired,
        _ => AccessFaults.Invalid,
    };
}
