using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Monitor.Starting;

/// <summary>Makes the files of a plan.</summary>
internal sealed class FileMaker(StartContext context)
{
    // Between two pieces the supervisor looks after everything else.
    private const int Piece = 8 * 1024 * 1024;

    // Large RSA keys take ssh-keygen seconds.
    private static readonly TimeSpan CommandTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan OverlayTime = TimeSpan.FromSeconds(60);

    /// <summary>Makes one file; a file outside the run directory is removed when the VM ends.</summary>
    public async Task MakeAsync(PlannedFile file)
    {
        if (file is CopiedFile { KeepExisting: true } kept)
        {
            await MakeLastingCopyAsync(kept);
            return;
        }

        if (file is GrownFile grown)
        {
            Grow(grown);
            return;
        }

        Prepare(file.Path);
        switch (file)
        {
            case CopiedFile copy:
                await JoinAsync(copy.Path, [copy.Source], 1);
                break;
            case JoinedFile join:
                await JoinAsync(join.Path, join.Sources, join.Alignment);
                break;
            case ExtractedFile extracted:
                await ExtractAsync(extracted);
                break;
            case WrittenFile written:
                NativeFile.WriteNew(written.Path, written.Content.AsSpan());
                break;
            case OverlayFile overlay:
                await MakeOverlayAsync(overlay);
                break;
            case CommandFile command:
                await new Preparation(context).RunAsync(Path.GetFileName(command.Argv[0]), command.Argv, CommandTime);
                break;
            case EncodedFile encoded:
                Encode(encoded);
                break;
            default:
                throw new VmSpawnException(
                    "InvalidPlan",
                    VmErrorKind.InvalidData,
                    $"The plan asks for a kind of file this supervisor does not know, at '{file.Path}'.",
                    file.Path,
                    "Build the module and its supervisor from the same source."
                );
        }
    }

    private void Prepare(string path)
    {
        if (context.IsInRunDirectory(path))
        {
            Directories.Make(Path.GetDirectoryName(path)!);
            return;
        }

        if (FileStatus.TryGet(path, followLink: false) is not null)
        {
            throw new SystemCallException($"make '{path}'", Errno.Exists, path);
        }

        context.State.Update(record => record with { TemporaryFiles = record.TemporaryFiles.Add(path) });
        context.Undo.Push($"remove '{path}'", () => NativeFile.Remove(path));
    }

    // The user's own file: it appears whole or not at all, and nobody removes it again.
    private async Task MakeLastingCopyAsync(CopiedFile copy)
    {
        if (FileStatus.TryGet(copy.Path) is not null)
        {
            return;
        }

        var temporary = $"{copy.Path}.{context.State.Current.Id:N}";
        Prepare(temporary);
        await JoinAsync(temporary, [copy.Source], 1);
        _ = NativeFile.Link(temporary, copy.Path);
        NativeFile.Remove(temporary);
    }

    // The user's own image: it stays as long as it has become, whatever happens to the VM.
    private static void Grow(GrownFile file)
    {
        using var handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        if (RandomAccess.GetLength(handle) < file.Length)
        {
            RandomAccess.SetLength(handle, file.Length);
            RandomAccess.FlushToDisk(handle);
        }
    }

    private static void Encode(EncodedFile file)
    {
        var bytes = File.ReadAllBytes(file.Source);
        NativeFile.WriteNew(file.Path, Encoding.UTF8.GetBytes(file.Prefix + Convert.ToBase64String(bytes)));
    }

    private async Task JoinAsync(string path, IEnumerable<string> sources, int alignment)
    {
        using var target = NativeFile.Open(
            path,
            NativeFile.WriteOnly | NativeFile.Create | NativeFile.Exclusive,
            NativeFile.Private
        );
        foreach (var source in sources)
        {
            var length = FileStatus.Get(target).Length;
            target.WriteAll(new byte[(alignment - (length % alignment)) % alignment]);
            using var input = NativeFile.Open(source, NativeFile.ReadOnly);
            while (FileCopy.Piece(input, target, Piece) > 0)
            {
                await context.Loop.YieldAsync();
                context.GivenUp.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task ExtractAsync(ExtractedFile file)
    {
        using var target = NativeFile.Open(
            file.Path,
            NativeFile.WriteOnly | NativeFile.Create | NativeFile.Exclusive,
            NativeFile.Private
        );
        await Extraction.RunAsync(file, target, context);
    }

    private async Task MakeOverlayAsync(OverlayFile overlay)
    {
        string[] size = overlay.VirtualSize is { } bytes ? [$"{bytes}"] : [];
        await new Preparation(context).RunAsync(
            "qemu-img",
            [
                FindQemuImg(),
                "create",
                "-q",
                "-f",
                "qcow2",
                "-F",
                overlay.BaseFormat,
                "-b",
                overlay.Base,
                overlay.Path,
                .. size,
            ],
            OverlayTime
        );
    }

    // Beside the QEMU that will use the file, or wherever the host has it.
    private string FindQemuImg()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(':')
                .Where(Path.IsPathRooted)
                .Prepend(Path.GetDirectoryName(context.Plan.QemuBinary)!)
                .Select(directory => Path.Combine(directory, "qemu-img"))
                .FirstOrDefault(File.Exists)
            ?? throw new HostRequirementException(
                "QemuImgNotFound",
                "qemu-img",
                "The program qemu-img, which makes overlays of disk images, is not installed.",
                "Install qemu-utils (Debian, Ubuntu), qemu-img (Fedora, Arch)."
            );
    }
}
