using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Host;

public sealed class LinuxHostTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    private static LinuxHost With(params (string Name, string Value)[] variables) =>
        new(name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault());

    [Fact]
    public void Architecture_and_host_name_are_the_kernels()
    {
        var host = new LinuxHost();

        Assert.Equal(File.ReadAllText("/proc/sys/kernel/hostname").Trim(), host.HostName);
        Assert.Matches("^[a-z0-9_]+$", host.Architecture);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789ABCDEF\n", 16)]
    [InlineData("0123456789abcdef0123456789abcdef", 16)]
    [InlineData("uninitialized\n", 0)]
    [InlineData("", 0)]
    [InlineData("0123456789abcdef0123456789abcdeg\n", 0)]
    public void A_machine_id_is_32_hexadecimal_digits_or_absent(string content, int bytes) =>
        Assert.Equal(bytes, MachineIdFile.Parse(content).Length);

    [Fact]
    public void Programs_are_found_in_absolute_elements_of_PATH_only_and_must_be_executable_files()
    {
        directory.Write("notexecutable/tool", "x");
        directory.MakeDirectory("isdirectory/tool");
        var tool = directory.WriteScript("good/tool", "exit 0");
        var other = directory.WriteScript("later/tool", "exit 0");
        var path = string.Join(
            ':',
            "",
            ".",
            "relative",
            directory.PathOf("absent"),
            directory.PathOf("notexecutable"),
            directory.PathOf("isdirectory"),
            directory.PathOf("good/"),
            directory.PathOf("later")
        );

        Assert.Equal(tool, With(("PATH", path)).FindExecutable("tool"));
        Assert.Equal(other, With(("PATH", directory.PathOf("later"))).FindExecutable("tool"));
        Assert.Null(With(("PATH", path)).FindExecutable("absent"));
        Assert.Null(With(("PATH", "")).FindExecutable("sh"));
        Assert.Null(With(("PATH", path)).FindExecutable("good/tool"));
        Assert.Null(With(("PATH", path)).FindExecutable(""));
        Assert.NotNull(With().FindExecutable("sh"));
    }

    [Fact]
    public void Firmware_directories_follow_the_base_directory_specification()
    {
        Assert.Equal(
            [
                "/c/qemu/firmware",
                "/etc/qemu/firmware",
                "/d/qemu/firmware",
                "/one/qemu/firmware",
                "/two/qemu/firmware",
                "/usr/share/qemu/firmware",
            ],
            With(
                ("XDG_CONFIG_HOME", "/c"),
                ("XDG_DATA_HOME", "/d"),
                ("XDG_DATA_DIRS", "/one:relative:/two/"),
                ("HOME", "/h")
            ).FirmwareDirectories
        );
        Assert.Equal(
            [
                "/h/.config/qemu/firmware",
                "/etc/qemu/firmware",
                "/h/.local/share/qemu/firmware",
                "/usr/local/share/qemu/firmware",
                "/usr/share/qemu/firmware",
            ],
            With(("HOME", "/h"), ("XDG_CONFIG_HOME", "relative")).FirmwareDirectories
        );
        Assert.Equal("/etc/qemu/firmware", With().FirmwareDirectories[0]);
    }

    [Fact]
    public void Image_directories_of_an_ordinary_user_begin_with_the_users_own()
    {
        var paths = new SearchPaths(name => name == "HOME" ? "/h" : null);

        Assert.Equal("/etc/machines", paths.Images(privileged: true)[0]);
        Assert.Equal(["/h/.local/state/machines", "/etc/machines"], paths.Images(privileged: false).Take(2));
        Assert.Equal("/usr/lib/machines", paths.Images(privileged: true)[^1]);
    }

    [Fact]
    public void The_runtime_root_follows_the_given_environment() =>
        Assert.Equal("/short/run", With(("VMSPAWN_RUNTIME_DIRECTORY", "/short/run")).RuntimeRoot);

    [Fact]
    public void A_runtime_root_is_made_for_its_owner_alone_and_an_unsafe_one_is_refused()
    {
        var path = directory.PathOf("run");
        PrivateDirectory.Create(path);
        PrivateDirectory.Create(path);
        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(path));

        File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        Assert.Contains(
            "others may write",
            Assert.Throws<VmSpawnException>(() => PrivateDirectory.Create(path)).Message
        );

        var link = directory.Link("link", directory.MakeDirectory("real"));
        Assert.Equal(
            "RuntimeDirectoryUnsafe",
            Assert.Throws<VmSpawnException>(() => PrivateDirectory.Create(link)).ErrorId
        );

        directory.Write("file", "x");
        Assert.Equal(
            "RuntimeDirectoryNotCreated",
            Assert.Throws<VmSpawnException>(() => PrivateDirectory.Create(directory.PathOf("file/run"))).ErrorId
        );
    }

    [Fact]
    public void A_missing_vsock_device_is_not_usable_and_hints_at_the_module()
    {
        var access = VhostVsockProbe.Probe(directory.PathOf("vhost-vsock"));

        Assert.False(access.Usable);
        Assert.Contains("does not exist", access.Reason);
        Assert.Contains("modprobe vhost_vsock", access.Hint);
        Assert.True(VhostVsockProbe.Probe(directory.Write("present", "")).Usable);
    }
}
