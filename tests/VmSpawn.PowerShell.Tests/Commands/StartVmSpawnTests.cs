using System.Management.Automation;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class StartVmSpawnTests : IDisposable
{
    private readonly TestShell _shell = new();

    private FakeEngine Engine => _shell.Engine;

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_start_writes_the_running_vm()
    {
        var machine = _shell.Run("Start-VmSpawn -Image /srv/disk.raw").Single<VirtualMachine>();

        Assert.Equal("disk", machine.Name);
        Assert.Equal("Running", machine.State);
        Assert.Equal(["start disk"], Engine.Calls);
    }

    [Theory]
    [InlineData("-Kernel /k -Memory 512MB -Name n")]
    [InlineData("-Linux /k -Ram 512M -Machine n")]
    [InlineData("-Linux /k -Ram (512MB) -Machine n")]
    [InlineData("-Linux /k -Ram 0.5GB -Machine n")]
    public void Synonyms_and_spellings_mean_the_same(string arguments)
    {
        _shell.Run($"Start-VmSpawn {arguments}").Single<VirtualMachine>();

        Assert.Equal("/k", Engine.Configuration!.Linux!.Value);
        Assert.Equal(512UL << 20, Engine.Configuration.Ram.Initial.Bytes);
        Assert.Equal("n", Engine.Configuration.Name!.Value);
    }

    [Fact]
    public void The_rest_of_the_line_is_the_kernels()
    {
        _shell.Run("Start-VmSpawn -Linux /k console=ttyS1 -Cpus 2 quiet").Single<VirtualMachine>();

        Assert.Equal(["console=ttyS1", "quiet"], Engine.Configuration!.KernelArguments);
        Assert.Equal(2, Engine.Configuration.Cpus.Count);
    }

    [Theory]
    [InlineData("$true", Tristate.Yes)]
    [InlineData("on", Tristate.Yes)]
    [InlineData("$false", Tristate.No)]
    [InlineData("0", Tristate.No)]
    [InlineData("auto", Tristate.Auto)]
    [InlineData("''", Tristate.Auto)]
    [InlineData("$null", Tristate.Auto)]
    public void A_tristate_takes_booleans_and_words(string value, Tristate expected)
    {
        _shell.Run($"Start-VmSpawn -Image /a.raw -Kvm {value}").Single<VirtualMachine>();

        Assert.Equal(expected, Engine.Configuration!.Kvm);
    }

    [Theory]
    [InlineData("-Ram 2x", "InvalidRam", "2x")]
    [InlineData("-Cpus 0", "InvalidCpus", "0")]
    [InlineData("-Kvm maybe", "InvalidKvm", "maybe")]
    [InlineData("-SecureBoot 2", "InvalidSecureBoot", "2")]
    [InlineData("-Machine a_b", "InvalidMachine", "a_b")]
    [InlineData("-Firmware efi.json", "InvalidFirmware", "efi.json")]
    [InlineData("-ImageFormat iso", "InvalidImageFormat", "iso")]
    [InlineData("-ImageDiskType floppy", "InvalidImageDiskType", "floppy")]
    [InlineData("-GrowImage big", "InvalidGrowImage", "big")]
    [InlineData("-DiscardDisk auto", "InvalidDiscardDisk", "auto")]
    [InlineData("-ExtraDrive raw:", "InvalidExtraDrive", "raw:")]
    [InlineData("-Vsock maybe", "InvalidVsock", "maybe")]
    [InlineData("-VsockCid 2", "InvalidVsockCid", "2")]
    [InlineData("-Tpm 1.2", "InvalidTpm", "1.2")]
    [InlineData("-TpmState here", "InvalidTpmState", "here")]
    [InlineData("-EfiNvramState here", "InvalidEfiNvramState", "here")]
    [InlineData("-FirmwareFeature 'a b'", "InvalidFirmwareFeatures", "a b")]
    [InlineData("-Smbios11 ''", "InvalidSmbios11", "")]
    [InlineData("-Uuid 123", "InvalidUuid", "123")]
    [InlineData("-NetworkTap -NetworkUserMode", "NetworkModesExclusive", "NetworkTap")]
    public void A_bad_value_ends_the_cmdlet_with_an_error_of_its_own(string argument, string errorId, string value)
    {
        var error = _shell.Catch($"Start-VmSpawn -Image /a.raw {argument}");

        Assert.Equal($"{errorId},VmSpawn.Commands.StartVmSpawnCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal(value, error.TargetObject);
        Assert.Contains(value, error.ToString(), StringComparison.Ordinal);
        Assert.NotEqual("", error.ErrorDetails.RecommendedAction);
        Assert.Empty(Engine.Calls);
    }

    [Fact]
    public void A_failure_of_one_vm_leaves_the_others_alone()
    {
        Engine.Planning = configuration =>
            configuration.Image!.FileName == "b.raw"
                ? throw new VmSpawnException("ImageNotFound", VmErrorKind.NotFound, "No '/b.raw'.", "/b.raw", "Look.")
                : Samples.Plan(configuration);

        var result = _shell.Run(
            "'/a.raw', '/b.raw', '/c.raw' | ForEach-Object { [pscustomobject]@{ Image = $_ } } | Start-VmSpawn"
        );

        Assert.Equal(["a", "c"], result.Output.Cast<VirtualMachine>().Select(machine => machine.Name));
        var error = Assert.Single(result.Errors);
        Assert.Null(result.Terminating);
        Assert.Equal("ImageNotFound,VmSpawn.Commands.StartVmSpawnCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("/b.raw", error.TargetObject);
    }

    [Fact]
    public void What_if_shows_the_plan_and_starts_nothing()
    {
        var result = _shell.Run("Start-VmSpawn -Image /srv/disk.raw -Cpus 3 -WhatIf");

        Assert.Empty(result.Output);
        Assert.Empty(Engine.Calls);
        Assert.Contains("Start the VM 'disk'", _shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("/usr/bin/qemu-system-x86_64", _shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("-smp 3", _shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("files:\n  /run/vmspawn/x/secret: secret\n", _shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains(
            "credentials:\n  app.token in /run/vmspawn/x/secret\n",
            _shell.Host.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("  accelerator: tcg (KVM was not asked)\n", _shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", _shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Decisions_are_verbose_and_warnings_are_warnings()
    {
        var result = _shell.Run("Start-VmSpawn -Image /a.raw -Verbose");

        Assert.Contains("accelerator: tcg (KVM was not asked)", result.Verbose);
        Assert.Equal(["The moon is full."], result.Warnings);
    }

    [Fact]
    public void Progress_is_shown_and_taken_away()
    {
        var progress = _shell.Run("Start-VmSpawn -Image /a.raw").Progress;

        Assert.Equal(["Reserving", "Starting QEMU", "Done"], progress.Select(record => record.StatusDescription));
        Assert.All(progress, record => Assert.Equal("Starting the VM 'a'", record.Activity));
        Assert.Equal(ProgressRecordType.Completed, progress[^1].RecordType);
        Assert.Equal([10, 60], progress.Take(2).Select(record => record.PercentComplete));
    }

    [Fact]
    public void Quiet_shows_no_progress() => Assert.Empty(_shell.Run("Start-VmSpawn -Image /a.raw -Quiet").Progress);

    [Fact]
    public void A_plan_can_be_started_by_pipeline()
    {
        var result = _shell.Run("New-VmSpawnPlan -Image /srv/x.raw -Cpus 7 | Start-VmSpawn");

        Assert.Equal("x", result.Single<VirtualMachine>().Name);
        Assert.Equal(["start x"], Engine.Calls);
    }

    [Fact]
    public void Files_bind_by_pipeline()
    {
        File.WriteAllText(Path.Combine(_shell.Directory.FullName, "base.raw"), "");

        _shell.Run("Get-Item base.raw -ErrorAction Ignore; [IO.FileInfo]::new(\"$PWD/base.raw\") | Start-VmSpawn");

        Assert.Equal(Path.Combine(_shell.Directory.FullName, "base.raw"), Engine.Configuration!.Image!.Value);
    }

    [Fact]
    public void The_folder_of_a_piped_file_is_not_booted()
    {
        File.WriteAllText(Path.Combine(_shell.Directory.FullName, "base.raw"), "");

        _shell.Run("[IO.FileInfo]::new(\"$PWD/base.raw\") | Start-VmSpawn").Single<VirtualMachine>();

        Assert.Null(Engine.Configuration!.Directory);
    }

    [Theory]
    [InlineData("[IO.DirectoryInfo]::new(\"$PWD/tree\") | Start-VmSpawn")]
    [InlineData("Start-VmSpawn -Directory ([IO.DirectoryInfo]::new(\"$PWD/tree\"))")]
    [InlineData("Start-VmSpawn -Directory ./tree")]
    [InlineData("[pscustomobject]@{ Directory = 'tree'; Name = 'x' } | Start-VmSpawn")]
    public void A_folder_is_a_tree_to_boot(string command)
    {
        var tree = _shell.Directory.CreateSubdirectory("tree").FullName;

        _shell.Run(command).Single<VirtualMachine>();

        Assert.Equal((null, tree), (Engine.Configuration!.Image?.Value, Engine.Configuration.Directory!.Value));
    }

    [Fact]
    public void A_folder_typed_as_an_image_stays_one()
    {
        _shell.Run("Start-VmSpawn -Image . -Machine x").Single<VirtualMachine>();

        Assert.Equal(
            (_shell.Directory.FullName, null),
            (Engine.Configuration!.Image!.Value, Engine.Configuration.Directory)
        );
    }

    [Theory]
    [InlineData("x.raw", "/x.raw")]
    [InlineData("./sub/../x.raw", "/x.raw")]
    [InlineData("img[1]*.raw", "/img[1]*.raw")]
    [InlineData(@"a\b.raw", @"/a\b.raw")]
    [InlineData("nodrive:x.raw", "/nodrive:x.raw")]
    [InlineData("with space.raw", "/with space.raw")]
    public void Paths_are_literal_and_relative_to_the_shells_location(string path, string expected)
    {
        _shell.Run($"Start-VmSpawn -Image '{path}' -Machine n").Single<VirtualMachine>();

        Assert.Equal(_shell.Directory.FullName + expected, Engine.Configuration!.Image!.Value);
    }

    [Fact]
    public void A_path_outside_the_file_system_is_refused()
    {
        var error = _shell.Run("Start-VmSpawn -Image Env:PATH").SingleError();

        Assert.StartsWith("InvalidImage,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("Env:PATH", error.TargetObject);
    }

    [Fact]
    public void Waiting_shows_the_console_and_gives_the_exit_status()
    {
        Engine.Attaching = history =>
            history > 0 ? new MemoryStream([.. "hello \u00e9\r\n"u8]) : throw new IOException("It is gone.");
        Engine.Ending = (machine, _) => Task.FromResult(Samples.Ended(machine, 42));

        var result = _shell.Run("Start-VmSpawn -Image /srv/disk.raw -Wait; $LASTEXITCODE");

        Assert.Empty(result.Errors);
        var machine = Assert.IsType<VirtualMachine>(result.Output[0]);
        Assert.Equal("Stopped", machine.State);
        Assert.Equal(42, machine.ExitStatus);
        Assert.Equal(42, result.Output[1]);
        Assert.Contains("hello \u00e9\r\n", _shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_console_that_was_cut_off_is_attached_again()
    {
        var attached = 0;
        Engine.Attaching = history =>
            attached++ switch
            {
                0 => new MemoryStream([.. "one \u20ac"u8[..^1]]),
                1 => new MemoryStream([.. "\u20ac two"u8[2..]]),
                _ => throw new IOException("It is gone."),
            };

        var result = _shell.Run("Start-VmSpawn -Image /srv/disk.raw -Wait -Verbose");

        Assert.Equal("Stopped", result.Single<VirtualMachine>().State);
        Assert.Contains("one \u20ac two", _shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("It is gone.", result.Verbose);
    }

    [Fact]
    public void A_vm_that_fails_while_it_is_waited_for_is_an_error_and_no_success()
    {
        Engine.Ending = (machine, _) => Task.FromResult(Samples.Failed(machine));

        var result = _shell.Run("Start-VmSpawn -Image /srv/disk.raw -Wait; $LASTEXITCODE");

        Assert.Equal("Failed", Assert.IsType<VirtualMachine>(result.Output[0]).State);
        Assert.Equal(1, result.Output[1]);
        var error = Assert.Single(result.Errors);
        Assert.Equal("QemuExited,VmSpawn.Commands.StartVmSpawnCommand", error.FullyQualifiedErrorId);
        Assert.Contains("qemu: out of memory", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("disk", error.TargetObject);
    }

    [Fact]
    public void A_start_that_fails_carries_qemus_own_words()
    {
        Engine.Starting = _ =>
            throw new StartFailedException(
                "QemuExited",
                "disk",
                "QEMU ended.",
                "qemu: no such device\n",
                1,
                "Drop it."
            );

        var error = _shell.Run("Start-VmSpawn -Image /srv/disk.raw").SingleError();

        Assert.Equal(ErrorCategory.OperationStopped, error.CategoryInfo.Category);
        Assert.Contains("QEMU ended.", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("qemu: no such device", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Drop it.", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public async Task Stopping_the_pipeline_undoes_the_start_before_it_returns()
    {
        var starting = new Gate();
        var undone = false;
        Engine.Starting = async token =>
        {
            starting.Open();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                Thread.Sleep(200);
                undone = true;
            }
        };
        using var shell = _shell.Create("Start-VmSpawn -Image /srv/disk.raw");
        var run = shell.BeginInvoke();
        await starting.Reached;

        shell.Stop();

        Assert.True(undone);
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Throws<PipelineStoppedException>(() => shell.EndInvoke(run));
        Assert.Equal(["start disk", "undo disk"], Engine.Calls);
    }

    [Fact]
    public async Task A_start_that_finishes_while_the_pipeline_stops_is_taken_back()
    {
        var starting = new Gate();
        Engine.Starting = async token =>
        {
            starting.Open();
            await Task.Delay(Timeout.Infinite, token).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        using var shell = _shell.Create("Start-VmSpawn -Image /srv/disk.raw");
        shell.BeginInvoke();
        await starting.Reached;

        shell.Stop();

        Assert.Equal(["start disk", "turn off disk", "forget disk"], Engine.Calls);
        Assert.Empty(Engine.List());
    }

    [Fact]
    public async Task Stopping_a_wait_takes_the_vm_along()
    {
        var waiting = new Gate();
        Engine.Ending = async (machine, token) =>
        {
            waiting.Open();
            await Task.Delay(Timeout.Infinite, token);
            return machine;
        };
        using var shell = _shell.Create("Start-VmSpawn -Image /srv/disk.raw -Wait");
        shell.BeginInvoke();
        await waiting.Reached;

        shell.Stop();

        Assert.Equal(["start disk", "wait disk Exit", "turn off disk", "forget disk"], Engine.Calls);
    }

    [Fact]
    public void A_preference_that_ends_the_pipeline_undoes_the_start()
    {
        Engine.Starting = token => Task.Delay(Timeout.Infinite, token);

        var result = _shell.Run("$ProgressPreference = 'Stop'; Start-VmSpawn -Image /srv/disk.raw");

        Assert.NotNull(result.Terminating);
        Assert.Equal(["start disk", "undo disk"], Engine.Calls);
    }

    [Fact]
    public void A_defect_is_named_as_one()
    {
        Engine.Planning = _ => throw new InvalidOperationException("cat on the keyboard");

        var error = _shell.Run("Start-VmSpawn -Image /a.raw").SingleError();

        Assert.Equal("UnexpectedFailure,VmSpawn.Commands.StartVmSpawnCommand", error.FullyQualifiedErrorId);
        Assert.IsType<InvalidOperationException>(error.Exception);
    }

    [Fact]
    public void Waiting_composes_to_the_exit_status()
    {
        Engine.Ending = (machine, _) => Task.FromResult(Samples.Ended(machine, 7));

        var result = _shell.Run("Start-VmSpawn -Image /srv/x.raw | Wait-VmSpawn -For Exit | ForEach-Object ExitStatus");

        Assert.Equal(7, result.Single<int>());
        Assert.Equal(MachineState.Stopped, Engine.Find("x")!.State);
    }
}
