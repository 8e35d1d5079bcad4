using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using static Summit.Server.Tests.Now;

namespace Summit.Server.Tests.Sessions;

public sealed class LookingAtASession(House house) : IClassFixture<House>
{
    [Fact]
    public async Task Comes_compressed_to_who_takes_it_and_says_the_same()
    {
        var token = await house.JoinAsync();
        await house.CommandAsync(token, house.Session, new { type = "ask", text = string.Concat(Enumerable.Repeat("And who pays? ", 30)) });

        var plain = await LookAsync(token, null);
        var packed = await LookAsync(token, "br");

        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Equal("br", Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", packed.Headers.Vary);
        Assert.True(packed.Headers.CacheControl?.NoStore);
        var bytes = await packed.Content.ReadAsByteArrayAsync(Cancelled);
        await using var unpacked = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var picture = await JsonNode.ParseAsync(unpacked, cancellationToken: Cancelled);
        Assert.Equal((await plain.JsonAsync())["items"]!.ToJsonString(), picture!["items"]!.ToJsonString());
        Assert.True(bytes.Length < plain.Content.Headers.ContentLength / 2);
    }

    [Fact]
    public async Task Is_refused_to_nobody_in_particular()
    {
        using var answer = await LookAsync(null, "br");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private Task<HttpResponseMessage> LookAsync(string? token, string? encoding)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/sessions/{house.Session}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (encoding is not null)
        {
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        }

        return house.Client.SendAsync(request, Cancelled);
    }
}
