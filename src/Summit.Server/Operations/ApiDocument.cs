using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Networks;
using Summit.Domain.Registrations;
using Summit.Domain.Sessions;
using Summit.Domain.WorkingGroups;

namespace Summit.Server.Operations;

/// <summary>The OpenAPI document: what the code says, with examples and the problem that any call may answer.</summary>
internal static class ApiDocument
{
    private const string Scheme = "bearer";
    private const string ProblemSchema = "Problem";

    private const string Session =
        """
        {"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c12","title":"Green transformation","starts":"2027-02-24T08:00:00+00:00",
         "ends":"2027-02-24T09:30:00+00:00","lang":"en"}
        """;

    private const string Conference =
        """
        {"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","title":"Summit of cities","theme":"The future of the Balkans","code":"KRM4TB",
         "starts":"2027-02-24T07:00:00+00:00","ends":"2027-02-25T16:00:00+00:00","timeZone":"Europe/Sofia","languages":["en","bg"],"demonstration":false}
        """;

    private const string Network = "\"id\":\"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c15\",\"title\":\"Balkan Cities Network\",\"name\":\"B40\",\"demonstration\":false";

    private static readonly Dictionary<string, (string? Body, string? Answer)> Examples = new()
    {
        ["join"] = ("""{"code":"KRM4TB","name":"Ana","city":"Tirana"}""", Granted("participant")),
        ["enter"] = ("""{"secret":"<the part of the link behind #>","name":"Petra"}""", Granted("moderator")),
        ["conference"] = (null, $$"""{"conference":{{Conference}},"sessions":[{{Session}}]}"""),
        ["show-session"] = (null, """{"seq":42,"reset":true,"session":{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c12","state":"open"},"items":[],"mine":[]}"""),
        ["united-support"] = (null, """{"support":17}"""),
        ["list-links"] = (
            null,
            """
            [{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c13","role":"moderator","label":"Petra","issued":"2027-02-01T09:00:00+00:00","revoked":false}]
            """),
        ["send-command"] = (
            """{"type":"ask","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","text":"How did you pay for the bicycle lanes?","anonymous":false}""",
            """{"seq":42}"""),
        ["plan-conference"] = (
            """
            {"title":"Summit of cities","theme":"The future of the Balkans","starts":"2027-02-24T07:00:00Z","ends":"2027-02-25T16:00:00Z",
             "timeZone":"Europe/Sofia","languages":["en","bg"]}
            """,
            """{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","code":"KRM4TB","host":"https://summit.example.org/h#<secret>"}"""),
        ["schedule-session"] = (
            """
            {"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c12","title":"Green transformation","starts":"2027-02-24T08:00:00Z","ends":"2027-02-24T09:30:00Z",
             "lang":"en","policies":{"review":true}}
            """,
            Session),
        ["issue-link"] = (
            """{"role":"moderator","label":"Petra"}""", """{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c13","link":"https://summit.example.org/m#<secret>"}"""),
        ["show-conference"] = (
            null,
            $$"""
            {"conference":{{Conference}},"place":"National Palace of Culture","meeting":{"url":"https://meet.example/7"},"tracks":["Innovation"],
             "speakers":[{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c17","name":"Ana","function":"Mayor of Tirana"}],
             "sessions":[{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c12","title":"Green transformation","starts":"2027-02-24T08:00:00+00:00",
              "ends":"2027-02-24T09:30:00+00:00","lang":"en","room":"Hall 1","track":"Innovation","speakers":["019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c17"]}]}
            """),
        ["show-programme"] = (
            null,
            """
            {"conference":{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","title":"Summit of cities","starts":"2027-02-24T07:00:00+00:00",
              "ends":"2027-02-25T16:00:00+00:00","timeZone":"Europe/Sofia","languages":["en","bg"],"demonstration":false},
             "place":"National Palace of Culture","tracks":["Innovation"],"speakers":[],
             "sessions":[{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c12","title":"Green transformation","starts":"2027-02-24T08:00:00+00:00",
              "ends":"2027-02-24T09:30:00+00:00","lang":"en","room":"Hall 1","track":"Innovation","speakers":[]}],
             "versions":[{"number":1,"at":"2027-01-10T09:00:00+00:00","changes":[]}]}
            """),
        ["report"] = (
            null,
            """
            {"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","title":"Summit of cities","starts":"2027-02-24T07:00:00+00:00","ends":"2027-02-25T16:00:00+00:00",
             "timeZone":"Europe/Sofia","participation":{"people":40,"cities":[{"city":"Tirana","people":7}]},
             "sessions":[{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c12","title":"Green transformation","starts":"2027-02-24T08:00:00+00:00",
              "ends":"2027-02-24T09:30:00+00:00","state":"closed","participation":{"people":40,"cities":[{"city":"Tirana","people":7}]},"withdrawn":1,
              "items":[{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c18","kind":"question","text":"How did you pay for the bicycle lanes?","lang":"en",
               "state":"answered","support":17,"name":"Ana","city":"Tirana","at":"2027-02-24T08:10:00+00:00","answer":"By a loan.","by":"Petra",
               "settled":"2027-02-24T08:30:00+00:00"}],
              "timeline":[{"at":"2027-02-24T08:00:00+00:00","kind":"opened","by":"Petra"}]}]}
            """),
        ["send-conference-command"] = (
            """
            {"type":"place","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","session":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c12","room":"Hall 1",
             "track":"Innovation","speakers":["019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c17"]}
            """,
            """{"seq":9}"""),
        ["register"] = (
            """
            {"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c19","answers":{"name":"Ana","mail":"ana@tirana.example","city":"Tirana"},"lang":"en"}
            """,
            """
            {"registration":{"person":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c14","state":"approved","answers":{"name":"Ana","mail":"ana@tirana.example","city":"Tirana"},
             "changed":"2027-01-10T09:00:00+00:00","code":"K7M3QXPA2","ticket":"SUMMIT:K7M3QXPA2"},
             "link":"https://summit.example.org/e/019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11/register#<key>"}
            """),
        ["send-registration-command"] = (
            """{"type":"approve","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c19","person":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c14"}""",
            """{"seq":12}"""),
        ["list-networks"] = (null, $"[{{{Network}}}]"),
        ["show-network"] = (
            null,
            $$$"""
            {"seq":87,{{{Network}}},"about":"Equal votes.","founded":"2021-11-30","keeps":false,"issues":false,
             "members":[{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c16","name":"Varna","kind":"city","country":"BG","status":"member","since":"2025-05-20",
              "steps":[{"kind":"applied","on":"2025-03","status":"candidate"},
               {"kind":"decided","on":"2025-04-16","status":"candidate","document":{"title":"Decision 512","url":"https://varna.example/512"}},
               {"kind":"admitted","on":"2025-05-20","status":"member","vote":{"yes":60,"no":3,"abstain":5}}]}],
             "terms":[{"holder":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c16","from":"2025-06"}],"groups":[],"summits":[]}
            """),
        ["send-network-command"] = (
            """
            {"type":"admit","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","member":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c16","on":"2025-05-20",
             "vote":{"yes":60,"no":3,"abstain":5}}
            """,
            """{"seq":87}"""),
        ["found-network"] = (
            """{"title":"Balkan Cities Network","name":"B40","about":"Equal votes.","founded":"2021-11-30"}""",
            """{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c15","secretary":"https://summit.example.org/n#<secret>"}"""),
        ["list-network-links"] = (
            null,
            """
            [{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c13","role":"member","label":"Mayor's office","member":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c16",
              "issued":"2027-02-01T09:00:00+00:00","revoked":false}]
            """),
        ["issue-network-link"] = (
            """{"role":"member","label":"Mayor's office","member":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c16"}""",
            """{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c13","link":"https://summit.example.org/n#<secret>"}"""),
        ["show-group"] = (
            null,
            $$$"""
            {"network":{{{{Network}}}},"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c19","seq":12,"kind":"working-group","name":"Local climate action",
             "coordinators":[{"member":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c16"}],"runs":false,"validates":false,"inside":false,
             "cities":[{"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c16","name":"Varna","in":true}],
             "members":[{"member":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c16","since":"2025-06-01T09:00:00+00:00"}],"practices":[]}
            """),
        ["send-group-command"] = (
            """
            {"type":"take-part","id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","member":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c16","person":"Ana"}
            """,
            """{"seq":2}"""),
        ["list-groups-to-hand-in-to"] = (
            null,
            $$$"""
            [{"network":{{{{Network}}}},"group":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c19","name":"Local climate action","items":[]}]
            """),
        ["hand-in"] = (
            """
            {"id":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11","network":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c15","group":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c19"}
            """,
            """{"seq":13}"""),
    };

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context);
            return Task.CompletedTask;
        });
    });

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Summit",
            Version = "v1",
            Description = "Commands to sessions and networks, and the organiser's desk. Live pictures come over the hub at /live.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The token that join and enter give.",
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[ProblemSchema] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "A refusal. `code` is one of those in docs/faults.md and never changes its meaning.",
            Required = new HashSet<string> { "type", "title", "status", "detail", "code" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What the person can do now." },
                ["code"] = new OpenApiSchema { Type = JsonSchemaType.String },
            },
            Examples =
            [
                JsonNode.Parse(
                    """
                    {"type":"urn:summit:session.closed","title":"Conflict","status":409,"detail":"The session is closed. Everything stays readable.","code":"session.closed"}
                    """)!,
            ],
        };
    }

    private static string Granted(string role) =>
        $$"""
        {"token":"CfDJ8...","expires":"2027-03-27T17:00:00+00:00","person":"019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c14","role":"{{role}}",
         "conference":{{Conference}},"sessions":[{{Session}}]}
        """;

    private static void Describe(OpenApiSchema schema, Type type)
    {
        if (type.GetInterfaces().Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IId<>)))
        {
            (schema.Type, schema.Format, schema.Properties) = (JsonSchemaType.String, "uuid", null);
        }
        else if (type == typeof(PartialDate) || type == typeof(PartialDate?))
        {
            (schema.Type, schema.Pattern) = (JsonSchemaType.String, "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$");
        }
        else if (type.IsClass && (type.IsAssignableTo(typeof(ISessionCommand)) || type.IsAssignableTo(typeof(INetworkCommand))
            || type.IsAssignableTo(typeof(IWorkingGroupCommand)) || type.IsAssignableTo(typeof(IProgrammeCommand)) || type.IsAssignableTo(typeof(IRegistrationCommand))))
        {
            // The id rides beside the command's own members.
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
            schema.Properties["id"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Format = "uuid",
                Description = "Made by the client, UUID version 7. The same id again gets the same answer and changes nothing.",
            };
            schema.Required ??= new HashSet<string>();
            schema.Required.Add("id");
        }
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Microsoft.AspNetCore.Authorization.IAuthorizeData>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        }

        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A refusal. 429 and 503 invite the same request again, with the same id; any other is final.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, context.Document) },
            },
        };
        if (operation.OperationId is not { } id || !Examples.TryGetValue(id, out var example))
        {
            return;
        }

        if (example.Body is { } body && operation.RequestBody?.Content is { } content)
        {
            foreach (var media in content.Values)
            {
                media.Example = JsonNode.Parse(body);
            }
        }

        if (example.Answer is { } answer && operation.Responses.TryGetValue("200", out var ok) && ok.Content is { } answered)
        {
            foreach (var media in answered.Values)
            {
                media.Example = JsonNode.Parse(answer);
            }
        }
    }
}
