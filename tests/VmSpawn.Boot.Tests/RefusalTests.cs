using System.Diagnostics;

namespace VmSpawn.Boot.Tests;

/// <summary>What cannot be started: one clear typed error, soon, and nothing left behind.</summary>
public sealed class RefusalTests(TinyGuest guest) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private readonly Scene _scene = new(guest);
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        await _scene.DisposeAsync();
        Assert.False(Directory.Exists(_scene.Root));
    }

    [Fact]
    public async Task A_missing_image() =>
        await RefusedAsync("ImageNotFound", VmErrorKind.NotFound, Image(Path.Join(_scene.Files, "none.raw")));

    [Fact]
    public async Task An_empty_image()
    {
        var path = Path.Join(_scene.Files, "empty.raw");
        await File.WriteAllBytesAsync(path, [], TestContext.Current.CancellationToken);

        await RefusedAsync("ImageEmpty", VmErrorKind.InvalidData, Image(path));
    }

    [Fact]
    public async Task A_directory_as_image() =>
        await RefusedAsync("ImageIsDirectory", VmErrorKind.InvalidArgument, Image(_scene.Files));

    [Fact]
    public async Task An_unreadable_image_is_refused_to_an_ordinary_user()
    {
        var image = _scene.CopyOfImage();
        // The other user may see the file and use the directories, but not read it.
        File.SetUnixFileMode(image, UnixFileMode.None);
        Open(_scene.Files);
        Open(_scene.Root);
        using var shell = OtherShell.OfNobodyBootingImage(_scene, image);

        var answer = await shell.AnswerAsync();

        Assert.SkipUnless(answer.Length > 0, "An ordinary user cannot run .NET programs here.");
        Assert.StartsWith($"refused ImageNotReadable Image '{image}' cannot be read", answer);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("much")]
    [InlineData("512m")]
    [InlineData("-1G")]
    public void A_bad_size(string text)
    {
        var error = Assert.Throws<InvalidValueException>(() => MemorySize.Parse(text));

        Assert.Equal(VmErrorKind.InvalidArgument, error.Kind);
        Assert.Contains(text, error.Message);
        Assert.Equal(text, error.Target);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("../up")]
    [InlineData(".kvm")]
    [InlineData("")]
    public void A_bad_name(string text) => Assert.Throws<InvalidValueException>(() => MachineName.Parse(text));

    [Fact]
    public async Task No_qemu()
    {
        Environment.SetEnvironmentVariable("PATH", _scene.Files);

        var error = await RefusedAsync("QemuNotFound", VmErrorKind.HostRequirement, _scene.KernelBoot());

        Assert.Contains("qemu-system-x86", error.Hint);
    }

    [Fact]
    public void No_firmware()
    {
        var host = new HostWithoutFirmware(_scene.Host);
        var configuration = Image(_scene.CopyOfImage()) with { Kvm = Tristate.No };

        var error = Assert.Throws<HostRequirementException>(() => new VmResolver(host).Resolve(configuration));

        Assert.Equal("FirmwareNotFound", error.ErrorId);
        Assert.Contains("ovmf", error.Hint);
    }

    [Fact]
    public async Task A_qemu_that_dies_at_once_is_quoted()
    {
        var configuration = _scene.KernelBoot() with { QemuArguments = ["-machine", "no-such-machine"] };

        var error = await RefusedAsync("QemuExited", VmErrorKind.Failed, configuration);

        var failure = Assert.IsType<StartFailedException>(error);
        Assert.Equal(1, failure.ExitCode);
        Assert.Contains("unsupported machine type", failure.Output);
        Assert.Null(_scene.Store.Find("tiny"));
    }

    [Fact]
    public async Task A_qemu_that_never_answers_is_given_up()
    {
        UseInsteadOfQemu("exec sleep 1000");
        var configuration = _scene.KernelBoot() with { Kvm = Tristate.No };

        var error = await RefusedAsync("QemuNotAnswering", VmErrorKind.Failed, configuration);

        Assert.IsType<StartFailedException>(error);
        Assert.Null(_scene.Store.Find("tiny"));
    }

    [Fact]
    public async Task A_qemu_that_never_answers_and_ignores_signals_is_given_up()
    {
        UseInsteadOfQemu("trap '' TERM INT HUP; while :; do sleep 1; done");

        var configuration = _scene.KernelBoot() with { Kvm = Tristate.No };

        await RefusedAsync("QemuNotAnswering", VmErrorKind.Failed, configuration);
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_nothing()
    {
        UseInsteadOfQemu("exec sleep 1000");
        var plan = _scene.Plan(_scene.KernelBoot() with { Kvm = Tristate.No });
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _scene.Starter.StartAsync(plan, progress: null, cancellation.Token)
        );

        await _scene.NothingIsLeftAsync();
        Assert.Null(_scene.Store.Find("tiny"));
    }

    private static VmConfiguration Image(string path) =>
        new() { Name = MachineName.Parse("tiny"), Image = HostPath.Parse(path, "image") };

    private static void Open(string directory) =>
        File.SetUnixFileMode(
            directory,
            File.GetUnixFileMode(directory) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute
        );

    private async Task<VmSpawnException> RefusedAsync(string errorId, VmErrorKind kind, VmConfiguration configuration)
    {
        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAnyAsync<VmSpawnException>(() => _scene.StartAsync(configuration));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(kind, error.Kind);
        // Either we say what to do, or the program that failed said what is wrong.
        Assert.True(error.Hint is not null || error is StartFailedException { Output.Length: > 0 });
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Soon);
        await _scene.NothingIsLeftAsync();
        return error;
    }

    // Tells its version as QEMU does, and then behaves badly.
    private void UseInsteadOfQemu(string behaviour)
    {
        var program = Path.Join(_scene.Files, "qemu-system-x86_64");
        File.WriteAllText(
            program,
            $"""
            #!/bin/sh
            case "$*" in *--version*|*-version*) echo "QEMU emulator version 7.2.22"; exit ;; esac
            {behaviour}

            """
        );
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        Environment.SetEnvironmentVariable("PATH", $"{_scene.Files}:{_path}");
    }
}
