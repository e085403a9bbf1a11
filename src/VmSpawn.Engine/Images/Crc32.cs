namespace VmSpawn.Engine.Images;

/// <summary>The CRC of the UEFI specification's partition table: polynomial 0x04c11db7, reflected, as in ISO-HDLC.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    /// <summary>CRC of the bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xedb88320 : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
