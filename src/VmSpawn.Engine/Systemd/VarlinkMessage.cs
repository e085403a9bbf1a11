using System.Buffers;
using System.Text.Json;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Systemd;

/// <summary>Messages of Varlink, systemd's other protocol: JSON objects, each followed by a NUL byte.</summary>
internal static class VarlinkMessage
{
    /// <summary>What ends each message.</summary>
    public const byte End = 0;

    private const string Machine = "io.systemd.Machine";

    /// <summary>The call that registers a VM.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="leader">QEMU's process id.</param>
    public static byte[] Register(PlannedMachine machine, int leader) =>
        Call(
            $"{Machine}.Register",
            json =>
            {
                json.WriteString("name", machine.Name);
                WriteIfGiven(json, "id", machine.Id);
                json.WriteString("service", machine.Service);
                json.WriteString("class", PlannedMachine.Class);
                json.WriteNumber("leader", leader);
                WriteIfGiven(json, "rootDirectory", machine.RootDirectory);
                if (machine.VsockCid is { } cid)
                {
                    json.WriteNumber("vSockCid", cid);
                }

                WriteIfGiven(json, "sshAddress", machine.SshAddress);
                WriteIfGiven(json, "sshPrivateKeyPath", machine.SshPrivateKeyPath);
            }
        );

    /// <summary>The call that takes a VM out of the register.</summary>
    public static byte[] Unregister(string name) =>
        Call($"{Machine}.Unregister", json => json.WriteString("name", name));

    /// <summary>Reads a reply.</summary>
    /// <param name="message">The message without its end.</param>
    /// <param name="error">The error it is, with its parameters, or <see langword="null"/> for success.</param>
    /// <returns>False if it is no reply.</returns>
    public static bool TryReadReply(ReadOnlySpan<byte> message, out string? error)
    {
        error = null;
        var reader = new Utf8JsonReader(message);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var reply = document.RootElement;
            if (reply.ValueKind is not JsonValueKind.Object || reader.BytesConsumed != message.Length)
            {
                return false;
            }

            if (!reply.TryGetProperty("error", out var name))
            {
                return true;
            }

            error = name.ValueKind is JsonValueKind.String ? name.GetString() : name.ToString();
            if (reply.TryGetProperty("parameters", out var parameters) && parameters.ToString() is not ("" or "{}"))
            {
                error = $"{error} {parameters}";
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>True for an error that says that the service does not know the call, or not all of its parameters.</summary>
    public static bool IsNotImplemented(string error) =>
        error.StartsWith("org.varlink.service.", StringComparison.Ordinal)
        && !error.StartsWith("org.varlink.service.PermissionDenied", StringComparison.Ordinal);

    private static byte[] Call(string method, Action<Utf8JsonWriter> writeParameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("method", method);
            json.WriteStartObject("parameters");
            writeParameters(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, End];
    }

    private static void WriteIfGiven(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
