using System.Globalization;
using VmSpawn.Conformance.Cases;

namespace VmSpawn.Conformance.Fixtures;

/// <summary>Makes the files that cases look at, where the folder of the cases brings no script that does.</summary>
internal static class FixtureMaker
{
    private static readonly Guid Esp = new("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");
    private static readonly Guid Root = new("4f68bce3-e8cd-4db1-96e7-fbcaf984b709");
    private static readonly Guid Usr = new("8484680c-9521-48c6-9c11-b0720656f69e");
    private static readonly Guid Root32 = new("44479540-f297-41b2-9af7-d131d5f0458a");
    private static readonly Guid Data = new("0fc63daf-8483-4772-8e79-3d69d8477de4");
    private const ulong NoAuto = 1UL << 63;

    /// <summary>Makes the files at the places that the placeholders stand for.</summary>
    /// <param name="folder">The folder of cases, for what it describes by itself.</param>
    /// <param name="placeholders">The places.</param>
    public static void Make(CaseFolder folder, Placeholders placeholders)
    {
        var work = new FixtureWriter(placeholders.Work);
        var firmware = new FixtureWriter(placeholders.Firmware);
        WriteDisks(work);
        WritePartitionedDisks(work);
        WriteKernels(work);
        work.WriteBootTrees(folder.TreesFile);
        WriteDirectories(work);
        WriteMachines(work);
        WritePrograms(work);
        firmware.WriteHostFirmware();
        work.WriteNamedFirmware(firmware);
        if (File.Exists(folder.DescribedFixtures))
        {
            work.WriteDescribed(folder.DescribedFixtures, placeholders);
        }
    }

    private static void WriteDisks(FixtureWriter work)
    {
        foreach (
            var name in (string[])
                [
                    "disk.raw",
                    "disk.img",
                    "nosuffix",
                    "img,with,commas.raw",
                    "weird name!.raw",
                    "___.raw",
                    "UPPER.raw",
                    "my_disk.raw",
                    "..dots.raw",
                    "extra1.raw",
                    "extra,2.raw",
                    "extra 3.raw",
                    "x,1.raw",
                    "rel.img",
                    "a-very-long-disk-image-file-name.raw",
                    "foo:bar.img",
                ]
        )
        {
            work.Sparse(name, DiskImages.Size);
        }

        work.Qcow2("disk.qcow2");
        work.Qcow2("extra.qcow2");
    }

    private static void WritePartitionedDisks(FixtureWriter work)
    {
        void Disk(string name, int number, params ReadOnlySpan<GptPartition> partitions) =>
            work.Gpt($"gpt-{name}.raw", Id("11111111-2222-4333-8444-5555555555", number), partitions);

        GptPartition Part(int size, Guid type, int number, string label = "", ulong attributes = 0) =>
            new(size, type, Id("aaaaaaaa-0000-4000-8000-0000000000", number), label, attributes);

        Disk("root", 55, Part(8, Esp, 1), Part(16, Root, 2));
        Disk("usr", 56, Part(16, Usr, 3));
        Disk("esp", 57, Part(8, Esp, 4));
        Disk("linux", 58, Part(16, Data, 5));
        Disk("two-roots", 60, Part(8, Root, 11, "os_1"), Part(8, Root, 12, "os_3"), Part(8, Root, 13, "os_2"));
        Disk("root-usr", 61, Part(8, Usr, 14), Part(8, Root, 15));
        Disk("noauto", 62, Part(8, Root, 16, "os_9", NoAuto), Part(8, Root, 17, "os_1"));
        Disk("noauto-only", 63, Part(8, Esp, 18), Part(8, Root, 19, "os", NoAuto));
        Disk("x86", 65, Part(8, Esp, 22), Part(8, Root32, 23));
        Disk("x86-both", 66, Part(8, Root32, 24), Part(8, Root, 25));
        Disk("upper", 67, new GptPartition(8, Root, new Guid("abcdef01-2345-4678-89ab-cdef01234567")));
        Disk("empty", 68);
        work.Mbr("mbr.raw");
    }

    private static void WriteKernels(FixtureWriter work)
    {
        work.Text("kernel", FixtureContent.Kernel);
        work.Text("kernel,comma", "fake,kernel\n");
        work.Text("initrd1", FixtureContent.Initrd1);
        work.Text("initrd2", FixtureContent.Initrd2);
        work.Text("initrd3", FixtureContent.Initrd3);
        work.Text("initrd-empty", "");
        work.Text("initrd,comma", "x");
        work.Text("file", "x");
        work.UnifiedKernel("ukis/uki1.efi", 1);
        work.UnifiedKernel("ukis/uki2.efi", 2);
        work.Executable("ukis/efistub.efi", (".text", "not a uki"));
    }

    private static void WriteDirectories(FixtureWriter work)
    {
        work.Directory("binds/src", "binds/a:b", "binds/sp ace", "binds/q\"uote", "binds/co,mma", "binds/two");
        work.Text("binds/file", "hi\n");
        work.Directory("m1", "m,2", "a:b", "a\\b", "q\"q", "src dir", "jdir", "run", "creds/dir");
        work.Text("creds/text", "hello\n");
        work.Bytes("creds/bin", [0, 1, 0xff, (byte)'\n']);
        work.Text("creds/empty", "");
        work.Text("creds/big", new string('z', 3000));
        work.Link("creds/link", "text");
    }

    private static void WriteMachines(FixtureWriter work)
    {
        const int Small = 1 << 20;
        work.Directory("machines/regempty");
        foreach (
            var name in (string[])
                ["regraw.raw", "dual.raw", "ver.raw.v/ver_1.raw", "ver.raw.v/ver_10.raw", "ver.raw.v/ver_9.raw"]
        )
        {
            work.Sparse($"machines/{name}", Small);
        }

        foreach (var tree in (string[])["regdir", "dual", "tree.v/tree_1", "tree.v/tree_2"])
        {
            var root = $"machines/{tree}/boot";
            work.Text($"{root}/k/linux", FixtureContent.Kernel);
            work.Text($"{root}/k/i1", FixtureContent.Initrd1);
            work.Text($"{root}/k/i2", FixtureContent.Initrd2);
            work.Text(
                $"{root}/loader/entries/one.conf",
                "title One\nversion 1\nlinux /k/linux\ninitrd /k/i1\noptions opt=bls1 quiet\n"
            );
        }
    }

    private static void WritePrograms(FixtureWriter work)
    {
        string[] tools = ["qemu-system-x86_64", "swtpm", "swtpm_setup", "virtiofsd", "ssh-keygen", "ssh"];
        var sets = new Dictionary<string, string[]>
        {
            ["all"] = tools,
            ["noswtpm"] = [.. tools.Where(tool => !tool.StartsWith("swtpm", StringComparison.Ordinal))],
            ["nosetup"] = [.. tools.Except(["swtpm_setup"])],
            ["novirtiofsd"] = [.. tools.Except(["virtiofsd"])],
            ["nokeygen"] = [.. tools.Except(["ssh-keygen"])],
            ["noqemu"] = [.. tools.Except(["qemu-system-x86_64"])],
            ["qemu"] = ["qemu"],
            ["qemukvm"] = ["qemu-kvm"],
            ["nonexec"] = ["qemu"],
            ["libexec"] = ["virtiofsd", "systemd-journal-remote"],
        };
        foreach (var (directory, names) in sets)
        {
            foreach (var name in names)
            {
                work.Script($"bin/{directory}/{name}", executable: directory != "nonexec");
            }
        }
    }

    private static Guid Id(string prefix, int number) =>
        new(prefix + number.ToString("00", CultureInfo.InvariantCulture));
}
