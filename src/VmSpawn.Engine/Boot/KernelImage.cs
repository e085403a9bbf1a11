using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Boot;

/// <summary>What sort of kernel a file is.</summary>
public enum KernelImageKind
{
    /// <summary>No EFI program: QEMU may start it, firmware cannot.</summary>
    Plain,

    /// <summary>A kernel that EFI firmware can start too.</summary>
    EfiStub,

    /// <summary>A unified kernel image: kernel, initrd and command line in one EFI program.</summary>
    Unified,

    /// <summary>An addon for a unified kernel image; it cannot be booted.</summary>
    Addon,
}

/// <summary>Recognizes kernels by their headers.</summary>
public static class KernelImage
{
    /// <summary>Recognizes the file. A damaged PE file counts as plain: whether it boots is QEMU's to say.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static KernelImageKind Detect(IFileTree files, string path)
    {
        try
        {
            return Classify(PortableExecutable.Read(files, path));
        }
        catch (InvalidFileException)
        {
            return KernelImageKind.Plain;
        }
    }

    private static KernelImageKind Classify(PortableExecutable program)
    {
        if (!program.IsEfiApplication)
        {
            return KernelImageKind.Plain;
        }

        if (program.Has(".linux"))
        {
            return KernelImageKind.Unified;
        }

        // UAPI.5: an addon has some of a unified kernel image's resources, but no kernel.
        return program.Has(".cmdline") || program.Has(".initrd") || program.Has(".dtb") || program.Has(".ucode")
            ? KernelImageKind.Addon
            : KernelImageKind.EfiStub;
    }
}
