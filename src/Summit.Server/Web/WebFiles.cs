using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Summit.Server.Web;

/// <summary>
/// The web app, from memory, compressed once and as far as it goes: a hall of a thousand phones arrives within a minute, and
/// compressing 200 kB for each of them would be all the server does. A few hundred kilobytes in all.
/// </summary>
internal sealed class WebFiles
{
    private const string Page = "/index.html";

    private readonly FrozenDictionary<string, Lazy<WebFile>> _files;

    /// <summary>What the page at the door and that of a session load besides what index.html names, said with it: a round trip less for those who have nothing yet.</summary>
    private readonly string[] _door;
    private readonly string[] _session;

    public WebFiles(string folder)
    {
        _files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToFrozenDictionary(
                path => "/" + Path.GetRelativePath(folder, path).Replace('\\', '/'), path => new Lazy<WebFile>(() => WebFile.Load(path)), StringComparer.Ordinal)
            : FrozenDictionary<string, Lazy<WebFile>>.Empty;
        _door = Preload("/assets/Join-");
        _session = Preload("/assets/participant-");
    }

    /// <summary>Answers what is a file or a page of the app; leaves everything else to who comes next.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "/";
        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return reads && _files.TryGetValue(IsPage(path) ? Page : path, out var file) ? SendAsync(context, path, file.Value) : next(context);
    }

    /// <summary>The places the app itself knows. Others stay 404: a mistyped link must not look like an empty app.</summary>
    private static bool IsPage(string path) => path.Split('/') is ["", ""] or ["", "m" or "s" or "h" or "a" or "j" or "c" or "n" or "e" or "r" or "d" or "p" or "me" or "my", .. { Length: <= 1 }] or ["", "n", _, _] or ["", "e", _, "register"];

    private string[] Preload(string part) =>
    [
        .. _files.Keys.Where(path => path.StartsWith(part, StringComparison.Ordinal))
            .Select(path => path.EndsWith(".css", StringComparison.Ordinal) ? $"<{path}>; rel=preload; as=style; crossorigin" : $"<{path}>; rel=modulepreload"),
    ];

    private Task SendAsync(HttpContext context, string path, WebFile file)
    {
        var headers = context.Response.Headers;
        if (path.Split('/')[1] is var page and ("" or "j" or "c"))
        {
            headers.Link = page == "c" ? _session : _door;
        }

        headers.ETag = file.Tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        // Vite puts a hash into the names under /assets: such a file never changes. All others are asked for each time.
        headers.CacheControl = path.StartsWith("/assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        if (context.Request.Headers.IfNoneMatch == file.Tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var (body, encoding) = file.For(context.Request.Headers.AcceptEncoding);
        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private sealed record WebFile(string ContentType, string Tag, byte[] Plain, byte[]? Brotli, byte[]? Gzip)
    {
        private static readonly FileExtensionContentTypeProvider ContentTypes = new();

        public static WebFile Load(string path)
        {
            var plain = File.ReadAllBytes(path);
            var type = ContentTypes.TryGetContentType(path, out var known) ? known : "application/octet-stream";
            var isText = type.StartsWith("text/", StringComparison.Ordinal) || type.EndsWith("json", StringComparison.Ordinal)
                || type is "image/svg+xml" or "application/manifest+json" or "application/javascript";
            var tag = $"\"{WebEncoders.Base64UrlEncode(SHA256.HashData(plain).AsSpan(0, 12))}\"";
            return new WebFile(
                isText ? $"{type}; charset=utf-8" : type, tag, plain,
                isText ? Compress(plain, to => new BrotliStream(to, CompressionLevel.SmallestSize)) : null,
                isText ? Compress(plain, to => new GZipStream(to, CompressionLevel.SmallestSize)) : null);
        }

        public (byte[] Body, string? Encoding) For(StringValues accepted)
        {
            var encodings = StringWithQualityHeaderValue.TryParseList(accepted, out var parsed) ? parsed : [];
            return Brotli is not null && Takes("br") ? (Brotli, "br")
                : Gzip is not null && Takes("gzip") ? (Gzip, "gzip")
                : (Plain, null);

            bool Takes(string name) => encodings.Any(encoding => encoding.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && encoding.Quality != 0);
        }

        private static byte[] Compress(byte[] plain, Func<Stream, Stream> into)
        {
            var compressed = new MemoryStream();
            using (var stream = into(compressed))
            {
                stream.Write(plain);
            }

            return compressed.ToArray();
        }
    }
}
