using System.Text;

namespace VmSpawn.Engine.Images.Fat;

/// <summary>
/// A long name as its pieces come by: the last piece first, 13 UTF-16 units each, in records before the one with the
/// short name whose checksum they carry.
/// </summary>
internal sealed class LongName
{
    private const int PieceLength = 13;
    private const int PieceLimit = 20;
    private const byte LastPiece = 0x40;

    private readonly byte[] units = new byte[PieceLimit * PieceLength * sizeof(char)];
    private int pieces;
    private int missing;
    private byte checksum;

    /// <summary>Forgets the pieces.</summary>
    public void Clear() => (pieces, missing) = (0, 0);

    /// <summary>Takes the next piece; one out of order makes the name none.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        var number = record[0] & ~LastPiece;
        if ((record[0] & LastPiece) != 0 && number is >= 1 and <= PieceLimit)
        {
            (pieces, missing, checksum) = (number, number, record[13]);
        }

        if (pieces == 0 || number != missing || record[13] != checksum)
        {
            Clear();
            return;
        }

        missing--;
        var piece = units.AsSpan(missing * PieceLength * sizeof(char));
        record.Slice(1, 10).CopyTo(piece);
        record.Slice(14, 12).CopyTo(piece[10..]);
        record.Slice(28, 4).CopyTo(piece[22..]);
    }

    /// <summary>The name, if all pieces came and belong to this short name; <see langword="null"/> otherwise. Begins anew.</summary>
    public string? Finish(ReadOnlySpan<byte> shortName)
    {
        var isWhole = pieces > 0 && missing == 0 && checksum == Checksum(shortName);
        var length = pieces * PieceLength * sizeof(char);
        Clear();
        if (!isWhole)
        {
            return null;
        }

        // A zero ends it, unless it fills its pieces exactly.
        var name = Encoding.Unicode.GetString(units, 0, length);
        var end = name.IndexOf('\0');
        return end < 0 ? name : name[..end];
    }

    private static byte Checksum(ReadOnlySpan<byte> shortName)
    {
        byte sum = 0;
        foreach (var b in shortName)
        {
            sum = (byte)(((sum & 1) << 7) + (sum >> 1) + b);
        }

        return sum;
    }
}
