using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace VmSpawn.Boot.Tests;

/// <summary>The tiny guest of <c>samples/tiny-guest</c>, made once for all tests unless it is there already.</summary>
[SuppressMessage("Design", "CA1515", Justification = "xunit constructs it.")]
public class TinyGuest : IAsyncLifetime
{
    /// <summary>Names the directory of a tiny guest that was made elsewhere.</summary>
    public const string PlaceVariable = "VMSPAWN_TINY_GUEST";

    private static readonly TimeSpan TimeToMake = TimeSpan.FromMinutes(5);
    private string? _directory;
    private string _complaint = "";

    /// <summary>The kernel.</summary>
    public string Kernel => PathOf("vmlinuz");

    /// <summary>Its initramfs.</summary>
    public string Initrd => PathOf("initrd.img");

    /// <summary>A second initramfs; the guest says that it was merged.</summary>
    public string ExtraInitrd => PathOf("extra.img");

    /// <summary>Kernel, initramfs and command line as one EFI program.</summary>
    public string UnifiedImage => PathOf("tiny.efi");

    /// <summary>The disk that UEFI and BIOS boot. Tests use copies, so that each finds it as it was made.</summary>
    public string Image => PathOf("tiny.raw");

    /// <summary>What its maker is told.</summary>
    protected virtual IEnumerable<string> Arguments => [];

    public virtual async ValueTask InitializeAsync()
    {
        _directory = Environment.GetEnvironmentVariable(PlaceVariable);
        if (_directory is not null)
        {
            return;
        }

        var script = Path.Join(Repository.Root, "samples", "tiny-guest", "make-guest");
        using var maker = Process.Start(
            new ProcessStartInfo(script, Arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = maker.StandardOutput.ReadToEndAsync();
        var complaint = maker.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeToMake);
        try
        {
            await maker.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            maker.Kill(entireProcessTree: true);
        }

        _complaint = await complaint;
        _directory = (await output).Trim();
        if (maker.ExitCode != 0)
        {
            _directory = null;
        }
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private string PathOf(string name)
    {
        Prerequisite.Require(_directory is not null, $"The tiny guest could not be made: {_complaint.Trim()}");
        return Path.Join(_directory, name);
    }
}
