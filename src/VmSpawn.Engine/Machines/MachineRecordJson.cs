using System.Text.Json;

namespace VmSpawn.Engine.Machines;

/// <summary>A <see cref="MachineRecord"/> as UTF-8 JSON on one line.</summary>
internal static class MachineRecordJson
{
    /// <summary>Writes a record.</summary>
    public static byte[] Serialize(MachineRecord record) =>
        JsonSerializer.SerializeToUtf8Bytes(record, MachineRecordJsonContext.Default.MachineRecord);

    /// <summary>Reads a record, or <see langword="null"/> if this is none.</summary>
    public static MachineRecord? TryDeserialize(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, MachineRecordJsonContext.Default.MachineRecord);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
