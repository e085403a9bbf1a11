using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Monitor.Starting;

/// <summary>Takes files out of disk images by the places that the plan names; it knows no file system.</summary>
internal static class Extraction
{
    // Between two pieces the supervisor looks after everything else.
    private const int PiecesAtOnce = 64;
    private const int Piece = 64 * 1024;

    // The date of the last access, the one thing about a file that reading it changes.
    private const int AccessDate = 18;
    private const int BehindAccessDate = 20;

    /// <summary>Makes the copy.</summary>
    /// <exception cref="VmSpawnException"><c>ImageChanged</c>: the file is not the one that the plan was made for.</exception>
    public static async Task RunAsync(ExtractedFile file, FileDescriptor target, StartContext context)
    {
        using var image = NativeFile.Open(file.Source, NativeFile.ReadOnly);
        CheckRecord(file, image);
        var buffer = new byte[Piece];
        var pieces = 0;
        foreach (var extent in file.Extents)
        {
            for (long done = 0; done < extent.Length; )
            {
                var piece = buffer.AsSpan(0, (int)Math.Min(Piece, extent.Length - done));
                var count = image.ReadAt(piece, extent.Offset + done);
                target.WriteAll(piece[..count]);
                done += count > 0 ? count : throw Changed(file);
                if (++pieces % PiecesAtOnce == 0)
                {
                    await context.Loop.YieldAsync();
                    context.GivenUp.ThrowIfCancellationRequested();
                }
            }
        }
    }

    private static void CheckRecord(ExtractedFile file, FileDescriptor image)
    {
        var record = new byte[file.Record.Length];
        var planned = file.Record.AsSpan();
        if (
            image.ReadAt(record, file.RecordOffset) != record.Length
            || record.Length < BehindAccessDate
            || !record.AsSpan(0, AccessDate).SequenceEqual(planned[..AccessDate])
            || !record.AsSpan(BehindAccessDate).SequenceEqual(planned[BehindAccessDate..])
        )
        {
            throw Changed(file);
        }
    }

    private static VmSpawnException Changed(ExtractedFile file) =>
        new(
            "ImageChanged",
            VmErrorKind.InvalidData,
            $"'{file.SourcePath}' in image '{file.Source}' has changed since the plan was made.",
            file.Source,
            "Make the plan anew."
        );
}
