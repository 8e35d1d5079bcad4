using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests.Operations;

public sealed partial class Operating(House house) : IClassFixture<House>
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    [InlineData("/health/live")]
    public async Task Shows_that_all_is_well(string path) => Assert.NotNull((string?)(await (await house.GetAsync(path)).JsonAsync())["status"]);

    [Theory]
    [InlineData("/")]
    [InlineData("/api/conference")]
    [InlineData("/api/nowhere")]
    [InlineData("/health")]
    public async Task Tells_every_browser_to_run_nothing_foreign(string path)
    {
        var answer = await house.GetAsync(path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("/assets/part.js", false)]
    [InlineData("/assets/part.css", false)]
    [InlineData("/assets/picture.svg", true)]
    [InlineData("/part.js", true)]
    public async Task Spares_scripts_and_styles_what_only_a_page_obeys(string path, bool told)
    {
        var answer = await house.GetAsync(path);

        Assert.Equal(told, answer.Headers.Contains("Content-Security-Policy"));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Lets_no_other_site_call()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/join");
        request.Headers.Add("Origin", "https://elsewhere.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");

        var answer = await house.Client.SendAsync(request, Cancelled);

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Gives_every_refusal_its_problem()
    {
        await (await house.GetAsync("/api/nowhere")).RefusedAsync(HttpStatusCode.NotFound, "request.unknown");
        await (await house.GetAsync("/nowhere")).RefusedAsync(HttpStatusCode.NotFound, "request.unknown");
        await (await house.GetAsync("/api/join")).RefusedAsync(HttpStatusCode.MethodNotAllowed, "request.method");
    }

    [Fact]
    public async Task Counts_in_a_form_that_prometheus_reads()
    {
        await house.TryJoinAsync("222222");
        var answer = await house.SendAsync(HttpMethod.Get, "/metrics", house.MetricsKey);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        var types = new Dictionary<string, string>();
        var values = new Dictionary<string, double>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                Assert.True(types.TryAdd(words[2], words[3]), $"twice: {line}");
                Assert.Contains(words[3], (string[])["counter", "gauge", "histogram"]);
            }
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                var sample = Sample().Match(line);
                Assert.True(sample.Success, line);
                Assert.Contains(HistogramPart().Replace(sample.Groups[1].Value, ""), types.Keys.Select(name => HistogramPart().Replace(name, "")));
                values[sample.Groups[1].Value + sample.Groups[2].Value] = double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture);
            }
        }

        Assert.Equal("counter", types["summit_engine_commands_total"]);
        Assert.Equal("histogram", types["summit_engine_commit_duration_seconds"]);
        Assert.True(values["summit_engine_commit_duration_seconds_count"] > 0);
        Assert.Equal(values["summit_engine_commit_duration_seconds_count"], values["summit_engine_commit_duration_seconds_bucket{le=\"+Inf\"}"]);
        Assert.Contains(values.Keys, name => name.StartsWith("http_server_request_duration_seconds_bucket{", StringComparison.Ordinal) && name.Contains("/api/join", StringComparison.Ordinal));
        Assert.Contains("dotnet_process_memory_working_set_bytes", types.Keys);
    }

    [Fact]
    public async Task Tells_what_it_counts_to_nobody_without_the_operator_s_key()
    {
        await (await house.GetAsync("/metrics")).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        await (await house.SendAsync(HttpMethod.Get, "/metrics", house.MetricsKey + "!")).RefusedAsync(HttpStatusCode.Unauthorized, "access.invalid");
        await (await house.SendAsync(HttpMethod.Get, "/metrics", house.AdminToken)).RefusedAsync(HttpStatusCode.Unauthorized, "access.invalid");

        await using var silent = new House { MetricsKey = "" };
        await silent.InitializeAsync();
        await (await silent.GetAsync("/metrics")).RefusedAsync(HttpStatusCode.Unauthorized, "access.required");
        await (await silent.SendAsync(HttpMethod.Get, "/metrics", silent.AdminToken)).RefusedAsync(HttpStatusCode.Unauthorized, "access.invalid");
    }

    [Fact]
    public async Task Describes_itself_in_openapi()
    {
        var document = await (await house.GetAsync("/openapi/v1.json")).JsonAsync();

        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
        var operations = (
            from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select (Name: $"{operation.Key.ToUpperInvariant()} {path.Key}", Value: operation.Value!)).ToDictionary(entry => entry.Name, entry => entry.Value);
        string[] promised =
        [
            "POST /api/join", "POST /api/enter", "GET /api/conference", "POST /api/sessions/{id}/commands", "GET /api/sessions/{id}",
            "GET /api/sessions/{id}/items/{item}/united-support", "POST /api/conferences",
            "POST /api/conferences/{id}/sessions", "GET /api/conferences/{id}/links", "POST /api/conferences/{id}/links",
            "DELETE /api/conferences/{id}/links/{link}", "DELETE /api/conferences/{id}", "GET /health",
            "GET /api/conferences/{id}", "POST /api/conferences/{id}/commands",
            "GET /api/calendars/{of}/programme.ics", "GET /api/calendars/{of}/{session}.ics",
            "GET /api/conferences/{id}/programme", "GET /api/conferences/{id}/report", "GET /api/conferences/{id}/report.csv",
            "GET /api/conferences/{id}/sessions/{session}/replay",
            "GET /api/networks", "POST /api/networks", "GET /api/networks/{id}", "DELETE /api/networks/{id}", "POST /api/networks/{id}/commands",
            "GET /api/networks/{id}/links", "POST /api/networks/{id}/links", "DELETE /api/networks/{id}/links/{link}",
        ];
        Assert.All(promised, name => Assert.Contains(name, operations.Keys));
        Assert.All(operations.Values, operation =>
        {
            Assert.NotNull(operation["summary"]);
            Assert.NotNull(operation["responses"]!["default"]!["content"]!["application/problem+json"]);
        });
        Assert.Distinct(operations.Values.Select(operation => (string)operation["operationId"]!));
        Assert.NotNull(operations["POST /api/join"]["requestBody"]!["content"]!["application/json"]!["example"]);
        Assert.Equal("uuid", (string)document["components"]!["schemas"]!["ItemId"]!["format"]!);
        Assert.Equal("uuid", (string)document["components"]!["schemas"]!["ISessionCommandAskQuestion"]!["properties"]!["id"]!["format"]!);
        Assert.Equal("uuid", (string)document["components"]!["schemas"]!["INetworkCommandAdmitCandidate"]!["properties"]!["id"]!["format"]!);
        Assert.Equal("string", (string)document["components"]!["schemas"]!["PartialDate"]!["type"]!);
        Assert.NotNull(operations["GET /api/networks/{id}"]["responses"]!["200"]!["content"]!["application/json"]!["example"]);
        Assert.NotNull(operations["POST /api/sessions/{id}/commands"]["security"]);
        Assert.Null(operations["POST /api/join"]["security"]);
        Assert.All(References(document), reference => Assert.NotNull(
            reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)document, (node, member) => node?[member])));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    [GeneratedRegex("""^([a-zA-Z_][a-zA-Z0-9_]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*",?)+\})? (-?[0-9.]+(?:E[+-]?[0-9]+)?|NaN|[+-]Inf)$""")]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex HistogramPart();
}
