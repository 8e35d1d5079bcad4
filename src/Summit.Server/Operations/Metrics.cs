using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Summit.Domain;
using Summit.Server.Access;

namespace Summit.Server.Operations;

/// <summary>
/// What .NET's meters count, as Prometheus reads it. OpenTelemetry.Exporter.Prometheus.AspNetCore is the library to put here
/// when it is out of beta; until then this does the part of it that is needed. Thread-safe.
/// </summary>
public sealed class Metrics : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Series of one instrument. All tags here have few values; one that has not must not fill the memory.</summary>
    private const int MostSeries = 200;

    private static readonly HashSet<string> Foreign =
        ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Runtime"];

    /// <summary>From what a phone does not notice to what a person does not wait for.</summary>
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly double[] Counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000];

    private readonly ConcurrentDictionary<Instrument, Family> _families = new();
    private readonly MeterListener _listener = new();

    public Metrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Foreign.Contains(instrument.Meter.Name) || instrument.Meter.Name.StartsWith("Summit.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, static made => new Family(made)));
            }
        };
        // A meter that is disposed takes its instruments along: its counters start anew with the next.
        _listener.MeasurementsCompleted = (instrument, _) => _families.TryRemove(instrument, out var _);
        Listen<int>(value => value);
        Listen<long>(value => value);
        Listen<double>(value => value);
        Listen<float>(value => value);
        Listen<byte>(value => value);
        Listen<short>(value => value);
        Listen<decimal>(value => (double)value);
        _listener.Start();
    }

    public string Write()
    {
        // Those who measure while this runs come with the next scrape.
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        // Two meters may have an instrument of the same name; the format wants each name once.
        foreach (var same in _families.Values.GroupBy(family => family.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            same.First().WriteHead(text);
            foreach (var family in same)
            {
                family.WriteSeries(text);
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Listen<T>(Func<T, double> number)
        where T : struct =>
        _listener.SetMeasurementEventCallback<T>((_, value, tags, family) => ((Family)family!).Take(number(value), tags));

    /// <summary>All series of one instrument.</summary>
    private sealed class Family
    {
        private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);
        private readonly Instrument _instrument;
        private readonly string _type;
        private readonly bool _absolute;
        private readonly double[] _bounds;
        private volatile (KeyValuePair<string, object?>[] Tags, Series Series)[] _known = [];

        public Family(Instrument instrument)
        {
            _instrument = instrument;
            var kind = instrument.GetType().Name.Split('`')[0];
            _absolute = instrument.IsObservable || kind == "Gauge";
            _type = kind switch
            {
                "Counter" or "ObservableCounter" => "counter",
                "Histogram" => "histogram",
                _ => "gauge",
            };
            _bounds = _type != "histogram" ? [] : instrument.Unit == "s" ? Seconds : Counts;
            var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
            var name = string.Concat(instrument.Name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
            Name = name + (name.EndsWith(unit, StringComparison.Ordinal) ? "" : unit) + (_type == "counter" ? "_total" : "");
        }

        public string Name { get; }

        public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            // Each request brings the same few tags: to compare them is a fraction of what writing them out costs.
            foreach (var (known, series) in _known)
            {
                if (AreSame(tags, known))
                {
                    series.Take(value, _absolute);
                    return;
                }
            }

            if (_series.Count < MostSeries)
            {
                var series = _series.GetOrAdd(LabelsOf(tags), _ => new Series(_bounds));
                // Two threads at once may lose one of two: it is found again by its labels.
                _known = [.. _known, (tags.ToArray(), series)];
                series.Take(value, _absolute);
            }
        }

        public void WriteHead(StringBuilder text)
        {
            var help = (_instrument.Description ?? "").ReplaceLineEndings(" ").Replace("\\", "\\\\", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {help}\n# TYPE {Name} {_type}\n");
        }

        public void WriteSeries(StringBuilder text)
        {
            foreach (var (labels, series) in _series.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                series.Write(text, Name, labels, _type == "histogram");
            }
        }

        private static bool AreSame(ReadOnlySpan<KeyValuePair<string, object?>> tags, KeyValuePair<string, object?>[] known)
        {
            var same = tags.Length == known.Length;
            for (var i = 0; same && i < known.Length; i++)
            {
                same = tags[i].Key == known[i].Key && Equals(tags[i].Value, known[i].Value);
            }

            return same;
        }

        private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.IsEmpty)
            {
                return "";
            }

            var labels = new StringBuilder();
            foreach (var (key, value) in tags)
            {
                var name = string.Concat(key.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
                var escaped = (Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
                    .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n");
                labels.Append(labels.Length > 0 ? "," : "").Append(name).Append("=\"").Append(escaped).Append('"');
            }

            return labels.ToString();
        }
    }

    /// <summary>One line of numbers over time.</summary>
    private sealed class Series(double[] bounds)
    {
        private readonly Lock _gate = new();
        private readonly long[] _buckets = new long[bounds.Length + 1];
        private double _sum;

        public void Take(double value, bool absolute)
        {
            lock (_gate)
            {
                _sum = absolute ? value : _sum + value;
                var bucket = Array.BinarySearch(bounds, value);
                _buckets[bucket < 0 ? ~bucket : bucket]++;
            }
        }

        public void Write(StringBuilder text, string name, string labels, bool isHistogram)
        {
            lock (_gate)
            {
                if (!isHistogram)
                {
                    Line(text, name, labels, _sum);
                    return;
                }

                var below = 0L;
                for (var i = 0; i < _buckets.Length; i++)
                {
                    below += _buckets[i];
                    var bound = i < bounds.Length ? bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                    Line(text, $"{name}_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{bound}\"", below);
                }

                Line(text, $"{name}_sum", labels, _sum);
                Line(text, $"{name}_count", labels, below);
            }
        }

        private static void Line(StringBuilder text, string name, string labels, double value) =>
            text.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "").Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }
}

/// <summary>What is counted tells how a city's evening goes and how the server is: for the machine itself, and for who has the operator's key.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder app)
    {
        // Made now: what was measured before somebody listens is lost.
        var metrics = app.ServiceProvider.GetRequiredService<Metrics>();
        var key = app.ServiceProvider.GetRequiredService<Settings>().MetricsKey is { Length: > 0 } set ? Hash(set) : null;
        app.MapGet("/metrics", IResult (HttpContext context) =>
                Refusal(context, key) is { } fault ? new Problem(fault) : TypedResults.Text(metrics.Write(), Metrics.ContentType))
            .WithName("metrics").ExcludeFromDescription();
    }

    private static Fault? Refusal(HttpContext context, byte[]? key) =>
        key is null && IsFromThisMachine(context) ? null
        : AccessSetup.TokenOf(context) is not { } token ? AccessFaults.Required
        : key is null || !CryptographicOperations.FixedTimeEquals(Hash(token), key) ? AccessFaults.Invalid
        : null;

    /// <summary>A proxy beside the server is on this machine as well, but says for whom it asks.</summary>
    private static bool IsFromThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
