using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

/// <summary>TPM, VSOCK, journal, SSH key, mounts and credentials: automatic and missing is off, demanded and missing is an error.</summary>
public sealed class HelperResolutionTests
{
    private readonly Scenario _scenario = new();

    private static VmConfiguration Disk => Scenario.FromDisk;

    [Fact]
    public void Automatic_tpm_without_swtpm_is_off_and_says_why()
    {
        var vm = _scenario.Resolve(Disk);
        Assert.Null(vm.Tpm);
        Assert.Contains("no swtpm in PATH", ReasonOf(vm, "tpm"));
    }

    [Theory]
    [InlineData("swtpm_setup")]
    [InlineData("swtpm")]
    public void A_tpm_that_is_demanded_needs_both_programs(string missing)
    {
        _scenario.Host.WithFiles("/usr/bin/swtpm", "/usr/bin/swtpm_setup").WithoutFile($"/usr/bin/{missing}");
        var error = Assert.Throws<HostRequirementException>(() => _scenario.Resolve(Disk with { Tpm = Tristate.Yes }));
        Assert.Equal("TpmNotAvailable", error.ErrorId);
        Assert.Equal(missing, error.Requirement);
    }

    [Fact]
    public void The_tpms_state_ends_with_the_vm_unless_it_is_kept()
    {
        _scenario.Host.WithFiles("/usr/bin/swtpm", "/usr/bin/swtpm_setup");
        Assert.Null(_scenario.Resolve(Disk).Tpm!.State);
        var beside = Disk with { TpmState = StateLocation.BesideImage };
        Assert.Equal("/images/disk.raw.tpmstate", _scenario.Resolve(beside).Tpm!.State);
        Assert.Null(_scenario.Resolve(beside with { Ephemeral = true }).Tpm!.State);
        var named = Disk with { TpmState = StateLocation.Parse("/state/tpm", "/", "tpm-state") };
        Assert.Equal("TpmStateDirectoryNotFound", ErrorOf(named));
        _scenario.Host.WithDirectory("/state");
        Assert.Equal("/state/tpm", _scenario.Resolve(named).Tpm!.State);
        _scenario.Host.Files.Unwritable.Add("/state");
        Assert.Equal("TpmStateNotWritable", ErrorOf(named));
        _scenario.Host.WithFile("/state/tpm");
        Assert.Equal("InvalidTpmState", ErrorOf(named));
    }

    [Fact]
    public void Vsock_that_is_demanded_and_missing_is_an_error_with_the_reason()
    {
        var error = Assert.Throws<HostRequirementException>(() =>
            _scenario.Resolve(Disk with { Vsock = Tristate.Yes })
        );
        Assert.Equal("VsockNotUsable", error.ErrorId);
        Assert.Contains("/dev/vhost-vsock does not exist", error.Message);
    }

    [Fact]
    public void Vsock_goes_through_user_space_where_the_device_cannot_be_used()
    {
        _scenario.Host.WithFiles("/usr/bin/vhost-device-vsock");
        var resolved = _scenario.Resolve(Disk with { Name = MachineName.Parse("m1") });
        Assert.Equal(
            (VsockBackend.UserSpace, "/usr/bin/vhost-device-vsock", "/run/vmspawn/m1/vsock", 2348248283u),
            (resolved.Vsock!.Backend, resolved.Vsock.Daemon, resolved.Vsock.SocketPath, resolved.Vsock.Cid)
        );
        Assert.Equal($"/run/vmspawn/m1/vsock_{7}", resolved.Vsock.HostSocketPath(7));
        Assert.True(resolved.SharesMemory);
        var decision = resolved.Decisions.Single(one => one.Subject == "vsock");
        Assert.Contains("vhost-device-vsock", decision.Value);
        Assert.Contains("/dev/vhost-vsock does not exist", decision.Reason);
    }

    [Fact]
    public void Vsock_in_user_space_has_nobody_to_share_its_cids_with()
    {
        _scenario.Host.WithFiles("/usr/libexec/vhost-device-vsock");
        _scenario.Host.TakenCids.Add(42);
        Assert.Equal(42u, _scenario.Resolve(Disk with { VsockCid = VsockCid.Parse("42") }).Vsock!.Cid);
    }

    [Fact]
    public void The_device_of_the_kernel_comes_before_user_space()
    {
        _scenario.Host.WithFiles("/usr/bin/vhost-device-vsock");
        WithVsock();
        var vsock = _scenario.Resolve(Disk).Vsock!;
        Assert.Equal((VsockBackend.Kernel, null, null), (vsock.Backend, vsock.Daemon, vsock.SocketPath));
        Assert.Null(vsock.HostSocketPath(7));
    }

    [Fact]
    public void A_cid_without_vsock_is_refused_or_warned_of()
    {
        var given = Disk with { VsockCid = VsockCid.Parse("42") };
        Assert.Equal("VsockCidWithoutVsock", ErrorOf(given with { Vsock = Tristate.No }));
        Assert.Contains("42", Assert.Single(_scenario.Resolve(given).Warnings));
    }

    [Fact]
    public void A_cid_that_another_vm_has_is_refused()
    {
        WithVsock();
        _scenario.Host.TakenCids.Add(42);
        Assert.Equal("VsockCidInUse", ErrorOf(Disk with { VsockCid = VsockCid.Parse("42") }));
    }

    [Fact]
    public void A_journal_needs_vsock_a_receiver_and_is_a_file_by_its_name()
    {
        var forward = Disk with { ForwardJournal = HostPath.Parse("/log/vm.journal", "forward-journal") };
        Assert.Equal("JournalNeedsVsock", ErrorOf(forward));
        WithVsock();
        Assert.Equal("JournalRemoteNotFound", ErrorOf(forward));
        _scenario.Host.WithFiles("/usr/bin/systemd-journal-remote");
        Assert.True(_scenario.Resolve(forward).Journal!.IsFile);
        var directory = forward with { ForwardJournal = HostPath.Parse("/log/JOURNAL", "forward-journal") };
        Assert.False(_scenario.Resolve(directory).Journal!.IsFile);
        Assert.Equal("JournalLimitsNeedJournal", ErrorOf(Disk with { JournalLimits = new JournalLimits(MaxFiles: 1) }));
    }

    [Fact]
    public void A_journal_without_vsock_says_what_would_carry_it()
    {
        var forward = Disk with { ForwardJournal = HostPath.Parse("/log", "forward-journal") };
        Assert.Contains("vhost-device-vsock", HintOf(forward));
        Assert.DoesNotContain("vhost-device-vsock", HintOf(forward with { Vsock = Tristate.No }));

        string? HintOf(VmConfiguration configuration) =>
            Assert.Throws<VmSpawnException>(() => _scenario.Resolve(configuration)).Hint;
    }

    [Fact]
    public void A_journal_is_no_file_where_a_directory_is_and_none_where_a_file_is()
    {
        WithVsock();
        _scenario.Host.WithFiles("/usr/bin/systemd-journal-remote", "/log/file").WithDirectory("/log/dir.journal");
        var file = Disk with { ForwardJournal = HostPath.Parse("/log/file", "forward-journal") };
        var directory = Disk with { ForwardJournal = HostPath.Parse("/log/dir.journal", "forward-journal") };
        Assert.Equal("JournalOutputNotUsable", ErrorOf(file));
        Assert.Equal("JournalOutputNotUsable", ErrorOf(directory));
    }

    [Fact]
    public void Limits_that_the_receiver_does_not_know_are_an_error_and_not_left_out()
    {
        WithVsock();
        _scenario.Host.WithFiles("/usr/bin/systemd-journal-remote").JournalLimits = false;
        var forward = Disk with { ForwardJournal = HostPath.Parse("/log", "forward-journal") };
        Assert.NotNull(_scenario.Resolve(forward).Journal);
        Assert.Equal(
            "JournalLimitsNotSupported",
            ErrorOf(forward with { JournalLimits = new JournalLimits(MaxFiles: 1) })
        );
    }

    [Fact]
    public void A_journal_over_vsock_in_user_space_arrives_at_a_unix_socket()
    {
        _scenario
            .Host.WithFiles("/usr/bin/systemd-journal-remote", "/usr/bin/vhost-device-vsock")
            .WithDirectory("/log");
        var forward = Disk with
        {
            VsockCid = VsockCid.Parse("42"),
            ForwardJournal = HostPath.Parse("/log", "forward-journal"),
            JournalLimits = new JournalLimits(MaxUse: ByteSize.Parse("1M", "x"), MaxFiles: 3),
        };

        var vm = _scenario.Resolve(forward);
        var plan = LaunchPlanner.Plan(vm);

        var helper = plan.Helpers.Single(helper => helper.Id == "journal");
        Assert.Equal($"{vm.RunDirectory}/vsock_42", helper.ListenPath);
        Assert.Null(helper.ListenVsockPort);
        Assert.True(helper is { IsActivated: true, Drains: true, Essential: true });
        Assert.Equal(
            ["--output", "/log", "--split-mode", "host", "--max-use=1048576", "--max-files=3"],
            helper.Argv.Skip(1)
        );
        Assert.True(plan.Helpers.Single(helper => helper.Id == "vhost-device-vsock").Drains);
        Assert.Contains(new ImageClaim("/log", Writable: true), plan.Claims);
        Assert.Equal("/log", plan.Summary.Journal);
        Assert.Equal(
            "vsock-stream:2:42",
            Encoding.UTF8.GetString(
                vm.Credentials.Single(one => one.Id == "journal.forward_to_socket").Content.AsSpan()
            )
        );
    }

    [Fact]
    public void A_journal_over_the_kernels_vsock_arrives_at_the_guests_own_port()
    {
        WithVsock();
        _scenario.Host.WithFiles("/usr/bin/systemd-journal-remote");
        var vm = _scenario.Resolve(
            Disk with
            {
                VsockCid = VsockCid.Parse("42"),
                ForwardJournal = HostPath.Parse("/log/a.journal", "x"),
            }
        );

        var helper = LaunchPlanner.Plan(vm).Helpers.Single(helper => helper.Id == "journal");
        Assert.Equal((null, 42u), (helper.ListenPath, helper.ListenVsockPort));
        Assert.Equal(["/log"], helper.Directories);
        Assert.Equal(
            "vsock:2:42",
            Encoding.UTF8.GetString(
                vm.Credentials.Single(one => one.Id == "journal.forward_to_socket").Content.AsSpan()
            )
        );
    }

    [Fact]
    public void An_ssh_key_is_made_where_it_can_be_used_or_is_demanded()
    {
        Assert.Null(_scenario.Resolve(Disk).SshKey);
        Assert.Equal("SshKeygenNotFound", ErrorOf(Disk with { PassSshKey = Tristate.Yes }));
        _scenario.Host.WithFiles("/usr/bin/ssh-keygen");
        Assert.Null(_scenario.Resolve(Disk).SshKey);
        Assert.NotNull(_scenario.Resolve(Disk with { PassSshKey = Tristate.Yes }).SshKey);
        WithVsock();
        Assert.NotNull(_scenario.Resolve(Disk).SshKey);
        Assert.Null(_scenario.Resolve(Disk with { PassSshKey = Tristate.No }).SshKey);
    }

    [Fact]
    public void Authorized_keys_of_the_user_win()
    {
        _scenario.Host.WithFiles("/usr/bin/ssh-keygen");
        var plan = _scenario.Plan(
            Disk with
            {
                PassSshKey = Tristate.Yes,
                Credentials = [CredentialSpec.ParseSet("ssh.ephemeral-authorized_keys-all:mine")],
            }
        );
        Assert.Empty(plan.Files.OfType<EncodedFile>());
        Assert.Single(plan.Files.OfType<CommandFile>());
    }

    [Fact]
    public void The_same_credential_twice_is_refused()
    {
        WithVsock();
        Assert.Equal(
            "DuplicateCredential",
            ErrorOf(Disk with { Credentials = [CredentialSpec.ParseSet("vmm.notify_socket:x")] })
        );
    }

    [Fact]
    public void Credentials_are_read_from_files_and_from_those_of_this_process()
    {
        _scenario.Host.WithFile("/run/creds/token", "secret").WithFile("/etc/token", "other");
        _scenario.Host.WithEnvironment("CREDENTIALS_DIRECTORY", "/run/creds");
        var vm = _scenario.Resolve(
            Disk with
            {
                Credentials = [CredentialSpec.ParseLoad("a:token", "/"), CredentialSpec.ParseLoad("b:/etc/token", "/")],
            }
        );
        Assert.Equal(
            ["a=secret", "b=other"],
            vm.Credentials.Select(c => $"{c.Id}={Encoding.UTF8.GetString(c.Content.AsSpan())}")
        );
        Assert.Equal(
            "CredentialNotReadable",
            ErrorOf(Disk with { Credentials = [CredentialSpec.ParseLoad("a:/absent", "/")] })
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("relative")]
    [InlineData("/run/../creds")]
    public void Without_a_sound_credentials_directory_a_bare_name_is_nothing(string? directory)
    {
        if (directory is not null)
        {
            _scenario.Host.WithEnvironment("CREDENTIALS_DIRECTORY", directory);
        }

        var error = Assert.ThrowsAny<VmSpawnException>(() =>
            _scenario.Resolve(Disk with { Credentials = [CredentialSpec.ParseLoad("id:name", "/")] })
        );
        Assert.Equal("CredentialNotAvailable", error.ErrorId);
        Assert.Contains("'id'", error.Message);
    }

    [Fact]
    public void Credentials_are_in_secret_files_and_not_in_arguments()
    {
        var plan = _scenario.Plan(Disk with { Credentials = [CredentialSpec.ParseSet("token:hunter2")] });
        var file = Assert.Single(plan.Files.OfType<WrittenFile>(), file => file.Secret);
        Assert.True(file.Secret);
        Assert.Equal(
            $"io.systemd.credential.binary:token={Convert.ToBase64String("hunter2"u8)}",
            Encoding.UTF8.GetString(file.Content.AsSpan())
        );
        Assert.DoesNotContain(plan.QemuArgv, word => word.Contains("hunter2") || word.Contains("token"));
    }

    [Fact]
    public void A_credential_has_a_mebibyte_at_most_whatever_it_is_read_from()
    {
        var endless = Disk with { Credentials = [CredentialSpec.ParseLoad("a:/dev/zero", "/")] };
        _scenario.Host.Files.AddSparseFile("/dev/zero", long.MaxValue);
        Assert.Equal("CredentialTooLarge", ErrorOf(endless));
        _scenario.Host.Files.AddSparseFile("/dev/zero", 1 << 20);
        Assert.Equal(1 << 20, _scenario.Resolve(endless).Credentials[0].Content.Length);
    }

    [Fact]
    public void Where_credentials_have_no_way_the_users_are_refused_and_automatic_ones_warned_of()
    {
        WithVsock();
        _scenario.Host.WithFiles("/usr/bin/qemu-system-s390x");
        var mainframe = Scenario.FromKernel with { Architecture = "s390x", Kvm = Tristate.No };
        Assert.Contains("vmm.notify_socket", Assert.Single(_scenario.Plan(mainframe).Warnings));
        var own = mainframe with { Credentials = [CredentialSpec.ParseSet("a:b")] };
        Assert.Equal(
            "CredentialNotTransportable",
            Assert.ThrowsAny<VmSpawnException>(() => _scenario.Plan(own)).ErrorId
        );
    }

    [Fact]
    public void An_argument_for_qemu_cannot_hold_a_nul()
    {
        Assert.Equal("InvalidQemuArgument", ErrorOf(Disk with { QemuArguments = ["a\0b"] }));
        _scenario.Host.WithEnvironment("SYSTEMD_VMSPAWN_QEMU_EXTRA", @"\x00");
        Assert.Equal("InvalidQemuArgument", ErrorOf(Disk));
    }

    [Fact]
    public void A_bind_needs_a_directory_and_virtiofsd()
    {
        var bind = Disk with { Binds = [BindMount.Parse("/srv/x:/mnt", readOnly: false, "/")] };
        Assert.Equal("BindSourceNotFound", ErrorOf(bind));
        _scenario.Host.WithFile("/srv/x");
        Assert.Equal("BindSourceNotADirectory", ErrorOf(bind));
        _scenario.Host.WithDirectory("/srv/x");
        Assert.Equal("VirtiofsdNotFound", ErrorOf(bind));
        _scenario.Host.WithFiles("/usr/lib/virtiofsd");
        Assert.Equal("/usr/lib/virtiofsd", _scenario.Resolve(bind).Virtiofsd!.Program.Path);
        Assert.Equal("PrivateUsersNeedsDirectory", ErrorOf(bind with { PrivateUsers = IdMapping.Parse("100000") }));
    }

    [Fact]
    public void Passed_devices_are_used_and_others_are_warned_of()
    {
        _scenario.Host.Activation = [new(3, "vhost-vsock"), new(4, "kvm"), new(5, "bogus")];
        var plan = _scenario.Plan(Disk);
        Assert.Equal("kvm", plan.Summary.Accelerator);
        Assert.Contains("device=/dev/fdset/1", string.Join(' ', Scenario.ValuesOf(plan, "-accel")));
        Assert.Equal([4, 3], plan.Descriptors.OfType<PassedDescriptor>().Select(passed => passed.SourceNumber));
        Assert.Contains("fd 5", Assert.Single(plan.Warnings));

        var declined = _scenario.Resolve(Disk with { Kvm = Tristate.No });
        Assert.Contains(declined.Warnings, warning => warning.Contains("fd 4"));
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("-a  b\t-c\n-d", new[] { "-a", "b", "-c", "-d" })]
    [InlineData("'a'\"b\"c", new[] { "abc" })]
    [InlineData("-a \"\" ''", new[] { "-a", "", "" })]
    [InlineData("-smbios 'type=11,value=a b'", new[] { "-smbios", "type=11,value=a b" })]
    [InlineData("-a \"b\\\"c\"", new[] { "-a", "b\"c" })]
    [InlineData(@"-x \n\s\x41", new[] { "-x", "\n A" })]
    [InlineData("é 😀", new[] { "é", "😀" })]
    public void Arguments_for_qemu_may_stand_in_the_environment(string text, string[] words) =>
        Assert.Equal(words, QemuExtraArguments.Split(text));

    [Theory]
    [InlineData("\"unbalanced")]
    [InlineData("'x")]
    [InlineData(@"-a \")]
    [InlineData(@"-a \z")]
    public void Unbalanced_quotes_and_bad_escapes_in_the_environment_are_errors(string text)
    {
        _scenario.Host.WithEnvironment("SYSTEMD_VMSPAWN_QEMU_EXTRA", text);
        Assert.Equal("InvalidQemuExtra", ErrorOf(Disk));
    }

    private void WithVsock() =>
        _scenario.Host.VhostVsock = new DeviceAccess(Usable: true, "/dev/vhost-vsock can be opened");

    private string ErrorOf(VmConfiguration configuration) =>
        Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(configuration)).ErrorId;

    private static string ReasonOf(ResolvedVm vm, string subject) =>
        Assert.Single(vm.Decisions, decision => decision.Subject == subject).Reason;
}
