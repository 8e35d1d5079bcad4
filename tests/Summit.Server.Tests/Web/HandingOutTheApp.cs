using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Summit.Server.Web;

namespace Summit.Server.Tests.Web;

public sealed class HandingOutTheApp : IDisposable
{
    private const string Page = "<!doctype html><title>Summit</title>";
    private static readonly string Script = string.Concat(Enumerable.Repeat("console.log('Summit');", 500));

    private readonly string _folder = Directory.CreateTempSubdirectory("summit-web-").FullName;
    private readonly WebFiles _files;

    public HandingOutTheApp()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "assets"));
        File.WriteAllText(Path.Combine(_folder, "index.html"), Page);
        File.WriteAllText(Path.Combine(_folder, "assets", "index-1a2b.js"), Script);
        foreach (var part in new[] { "Join-3c4d.js", "participant-5e6f.js", "participant-7a8b.css", "Moderator-9c0d.js" })
        {
            File.WriteAllText(Path.Combine(_folder, "assets", part), "");
        }

        _files = new WebFiles(_folder);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("/")]
    [InlineData("/j/KRM4TB")]
    [InlineData("/c/019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11")]
    [InlineData("/c")]
    [InlineData("/m")]
    [InlineData("/s")]
    [InlineData("/h")]
    [InlineData("/a")]
    [InlineData("/n")]
    [InlineData("/n/019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11")]
    public async Task Answers_the_pages_of_the_app(string path)
    {
        var context = await GetAsync(path);

        Assert.Equal(200, context.Response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", context.Response.ContentType);
        Assert.Equal("no-cache", context.Response.Headers.CacheControl);
        Assert.Equal(Page, Text(context));
    }

    [Theory]
    [InlineData("/", "</assets/Join-3c4d.js>; rel=modulepreload")]
    [InlineData("/j/KRM4TB", "</assets/Join-3c4d.js>; rel=modulepreload")]
    [InlineData("/c/019a9c5e-7b1a-7c3e-9f00-2b6d5a1f0c11", "</assets/participant-5e6f.js>; rel=modulepreload", "</assets/participant-7a8b.css>; rel=preload; as=style; crossorigin")]
    [InlineData("/m")]
    [InlineData("/assets/index-1a2b.js")]
    public async Task Names_with_the_page_what_a_phone_loads_besides(string path, params string[] links) =>
        Assert.Equal(links, (await GetAsync(path)).Response.Headers.Link.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("/x")]
    [InlineData("/api/join")]
    [InlineData("/m/a/b")]
    [InlineData("/assets/old-9z.js")]
    [InlineData("/../Summit.Server.dll")]
    [InlineData("/assets/../../secret")]
    public async Task Leaves_everything_else_alone(string path) => Assert.Equal(404, (await GetAsync(path)).Response.StatusCode);

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("", null)]
    public async Task Comes_compressed_as_the_browser_takes_it(string accepted, string? encoding)
    {
        var context = await GetAsync("/assets/index-1a2b.js", accepted);

        Assert.Equal(encoding, (string?)context.Response.Headers.ContentEncoding);
        Assert.Equal("public, max-age=31536000, immutable", context.Response.Headers.CacheControl);
        Assert.Equal("Accept-Encoding", context.Response.Headers.Vary);
        Assert.Equal(Script, Text(context));
        Assert.True(encoding is null || context.Response.ContentLength < Script.Length / 10);
    }

    [Fact]
    public async Task Is_not_sent_twice_to_who_has_it()
    {
        var tag = (string?)(await GetAsync("/")).Response.Headers.ETag;

        var again = await GetAsync("/", ifNoneMatch: tag);

        Assert.Equal(304, again.Response.StatusCode);
        Assert.Equal(0, again.Response.Body.Length);
    }

    [Fact]
    public async Task Is_not_there_for_other_methods() => Assert.Equal(404, (await GetAsync("/", method: "POST")).Response.StatusCode);

    private async Task<DefaultHttpContext> GetAsync(string path, string accepted = "", string? ifNoneMatch = null, string method = "GET")
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.Headers.AcceptEncoding = accepted;
        context.Request.Headers.IfNoneMatch = ifNoneMatch;
        context.Response.Body = new MemoryStream();
        await _files.InvokeAsync(context, next =>
        {
            next.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        return context;
    }

    private static string Text(HttpContext context)
    {
        context.Response.Body.Position = 0;
        using var plain = (string?)context.Response.Headers.ContentEncoding switch
        {
            "br" => new BrotliStream(context.Response.Body, CompressionMode.Decompress),
            "gzip" => new GZipStream(context.Response.Body, CompressionMode.Decompress),
            _ => context.Response.Body,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
