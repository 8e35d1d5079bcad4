using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Summit.Server.Tests.Passkeys;

/// <summary>A device with one passkey, as a browser speaks to it: keys and answers in the form of WebAuthn, or wrong where a test says so.</summary>
internal sealed class Device : IDisposable
{
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte WithKey = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private string? _handle;

    /// <summary>The page that it believes to be asked by.</summary>
    public string Origin { get; set; } = "http://localhost";

    /// <summary>The domain that its keys are for.</summary>
    public string Domain { get; set; } = "localhost";

    /// <summary>Whether it has made sure who holds it.</summary>
    public bool Unlocked { get; set; } = true;

    /// <summary>0 for a device that does not count.</summary>
    public uint Counter { get; set; }

    /// <summary>The answer to a question for a new passkey.</summary>
    public JsonNode Make(JsonNode question)
    {
        _handle = (string)question["options"]!["user"]!["id"]!;
        var client = Client("webauthn.create", question);
        var point = _key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. Data(WithKey), .. new byte[16], 0, (byte)_id.Length, .. _id, .. cose];
        byte[] attestation =
            [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];
        return Answer(question, new JsonObject { ["clientDataJSON"] = Encoded(client), ["attestationObject"] = Encoded(attestation), ["transports"] = new JsonArray("internal") });
    }

    /// <summary>The answer to a question for the passkey it has.</summary>
    public JsonNode Sign(JsonNode question)
    {
        var client = Client("webauthn.get", question);
        var data = Data(0);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(question, new JsonObject
        {
            ["clientDataJSON"] = Encoded(client),
            ["authenticatorData"] = Encoded(data),
            ["signature"] = Encoded(signature),
            ["userHandle"] = _handle,
        });
    }

    public void Dispose() => _key.Dispose();

    private static string Encoded(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private byte[] Data(byte flags)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Domain)), (byte)(flags | Present | (Unlocked ? Verified : 0)), .. counter];
    }

    private byte[] Client(string type, JsonNode question) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = type,
        ["challenge"] = (string)question["options"]!["challenge"]!,
        ["origin"] = Origin,
        ["crossOrigin"] = false,
    }.ToJsonString());

    private JsonObject Answer(JsonNode question, JsonObject response) => new()
    {
        ["state"] = (string)question["state"]!,
        ["credential"] = new JsonObject
        {
            ["id"] = Encoded(_id),
            ["rawId"] = Encoded(_id),
            ["type"] = "public-key",
            ["response"] = response,
            ["clientExtensionResults"] = new JsonObject(),
        },
    };
}
