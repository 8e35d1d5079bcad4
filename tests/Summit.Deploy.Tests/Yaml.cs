using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Summit.Deploy.Tests;

/// <summary>Reads YAML as the programs do that it is written for, and hands it on as JSON.</summary>
internal static class Yaml
{
    public static IReadOnlyList<JsonNode> Read(string path)
    {
        using var text = new StringReader(Repository.Read(path));
        var parser = new MergingParser(new Parser(text));
        var reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var writer = new SerializerBuilder().JsonCompatible().Build();
        var documents = new List<JsonNode>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            documents.Add(JsonNode.Parse(writer.Serialize(reader.Deserialize(parser)))!);
        }

        return documents;
    }

    public static IEnumerable<string> Strings(this JsonNode? node) => node?.AsArray().Select(entry => entry!.ToString()) ?? [];

    public static IEnumerable<string> Names(this JsonNode? node) => node?.AsObject().Select(entry => entry.Key) ?? [];
}
