using System.Security.Cryptography;

namespace VmSpawn.Boot.Tests;

/// <summary>One disk, and firmware that boots it, or for a good reason does not.</summary>
[Trait("Boot", "firmware")]
public sealed class FirmwareTests(TinyGuest guest) : IAsyncLifetime
{
    // Debian's keys for tests: everybody has the private one, and the passphrase is in its documentation.
    private const string Key = "/usr/share/ovmf/PkKek-1-snakeoil.key";
    private const string Certificate = "/usr/share/ovmf/PkKek-1-snakeoil.pem";
    private const string Passphrase = "snakeoil";

    // Variables of a machine that has that key enrolled.
    private const string Variables = "/usr/share/OVMF/OVMF_VARS_4M.snakeoil.fd";

    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_disk_boots_with_a_bios()
    {
        var configuration = _scene.DiskBoot("vmspawn.poweroff", "from=smbios") with { Firmware = FirmwareChoice.Bios };
        Prerequisite.RequireOfDebian(
            HasBootCode(configuration.Image!.Value),
            "The tiny guest's disk cannot be booted by a BIOS: SYSLINUX was not there when it was made."
        );

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        Assert.Equal(0, ended.ExitStatus);
        var console = _scene.ConsoleOf(ended);
        // The boot loader on the disk adds this: the kernel comes from there.
        Assert.Contains("BOOT_IMAGE=/vmlinuz", console);
        Assert.Contains("vmspawn-guest: firmware none or bios", console);
        Assert.Contains("from=smbios", console);
        Assert.Contains("vmspawn-guest: disk vda bytes=67108864 ro=0", console);
    }

    [Fact]
    public async Task Secure_boot_refuses_an_unsigned_disk_and_boots_it_when_it_is_signed()
    {
        Prerequisite.RequireOfDebian(File.Exists(Key), $"{Key} is not there: install ovmf.");
        Prerequisite.RequireProgram("sbsign", "sbsigntool");
        Prerequisite.RequireProgram("mcopy", "mtools");
        var configuration = _scene.DiskBoot("vmspawn.poweroff") with
        {
            SecureBoot = Tristate.Yes,
            EfiNvramTemplate = HostPath.Parse(Variables, "efi-nvram-template"),
        };

        var refused = await _scene.StartAsync(configuration);
        // What EDK II says of a program whose signature it does not accept. It waits for another one then.
        await _scene.ConsoleSaysAsync(refused, "Access Denied");
        await _scene.StopAsync(refused, new StopRequest { TurnOff = true });
        Assert.DoesNotContain("vmspawn-guest", _scene.ConsoleOf(refused));

        await SignAsync(configuration.Image!.Value);
        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        Assert.Equal(0, ended.ExitStatus);
        Assert.Contains("vmspawn-guest: firmware uefi, secure boot 1", _scene.ConsoleOf(ended));
    }

    // A protective partition table without boot code begins with zeros (UEFI specification, 5.2.3).
    private static bool HasBootCode(string image)
    {
        using var file = File.OpenRead(image);
        return file.ReadByte() > 0;
    }

    private async Task SignAsync(string image)
    {
        var signed = Path.Join(_scene.Files, "signed.efi");
        var key = Path.Join(_scene.Files, "key.pem");
        using (var rsa = RSA.Create())
        {
            rsa.ImportFromEncryptedPem(await File.ReadAllTextAsync(Key, _scene.Limit), Passphrase);
            await File.WriteAllTextAsync(key, rsa.ExportPkcs8PrivateKeyPem(), _scene.Limit);
        }

        await HostProgram.RunAsync(
            "sbsign",
            "--key",
            key,
            "--cert",
            Certificate,
            "--output",
            signed,
            guest.UnifiedImage
        );
        // The partition begins at 1 MiB; its one default program is replaced.
        await HostProgram.RunAsync("mcopy", "-o", "-i", $"{image}@@1M", signed, "::EFI/BOOT/BOOTX64.EFI");
    }
}
