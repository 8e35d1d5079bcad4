using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Summit.Bench;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Cluster.Tests;

/// <summary>What a server answered to a command, or that it was not there to answer.</summary>
/// <param name="Status">Null if there was no connection, or it broke.</param>
internal sealed record Heard(HttpStatusCode? Status, long Seq, string? Fault)
{
    public bool IsTaken => Status == HttpStatusCode.OK;
}

/// <summary>Sends commands to one server, once each: what is refused or lost is for the test to know.</summary>
internal static class Caller
{
    public static Task<Heard> AskAsync(this ServerProcess server, Guid session, Pass pass, Guid id, CancellationToken cancellationToken) =>
        server.CommandAsync(session, pass, new { type = "ask", id, text = $"Question {id}" }, cancellationToken);

    public static async Task<Heard> CommandAsync(this ServerProcess server, Guid session, Pass pass, object command, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/sessions/{session}/commands") { Content = JsonContent.Create(command) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", pass.Token);
        try
        {
            using var answer = await server.Http.SendAsync(request, cancellationToken);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            return new Heard(answer.StatusCode, (long?)body?["seq"] ?? 0, (string?)body?["code"]);
        }
        catch (HttpRequestException)
        {
            return new Heard(null, 0, null);
        }
    }

    /// <summary>The questions that a server shows, by id, once it has come to an event.</summary>
    public static async Task<List<Guid>> QuestionsAsync(this ServerProcess server, Venue venue, Guid session, Pass pass, long seq, CancellationToken cancellationToken)
    {
        using var api = new Api(server.Address);
        var picture = new Picture();
        await Wait.UntilAsync($"{server.Address} shows event {seq}", async () =>
        {
            var frame = await api.CallAsync(HttpMethod.Get, $"/api/sessions/{session}?since=0", pass, null, cancellationToken);
            picture.Apply(System.Text.Json.JsonSerializer.SerializeToElement(frame));
            return picture.Seq >= seq;
        });
        return [.. picture.Items.Keys];
    }
}
