using System.Text.Json;
using System.Text.Json.Nodes;

namespace VmSpawn.Conformance.Fixtures;

/// <summary>Directory images with boot entries, one question each.</summary>
internal static class BootTrees
{
    public static void WriteBootTrees(this FixtureWriter writer, string? treesFile)
    {
        writer.Directory("trees/empty", "trees/nokernel/boot", "trees/nokernel/efi");
        foreach (var tree in (string[])["bls1", "with,comma", "with space", "UPPER_case.d"])
        {
            writer.Kernels(tree, "boot", "linux", "i1", "i2");
            writer.Entry(
                tree,
                "one.conf",
                "title One\nversion 1\nlinux /k/linux\ninitrd /k/i1\noptions opt=bls1 quiet\n"
            );
        }

        writer.Kernels("bls1-multi", "boot", "linux", "i1", "i2");
        writer.Entry(
            "bls1-multi",
            "one.conf",
            "title One\nversion 1\nlinux /k/linux\ninitrd /k/i1\ninitrd /k/i2\noptions opt=bls1 quiet\n"
        );
        writer.Kernels("bls1-efi", "efi", "linux", "i1");
        writer.Entry("bls1-efi", "one.conf", "title One\nlinux /k/linux\ninitrd /k/i1\n", "efi");
        WriteSorted(writer);
        WriteOdd(writer);
        WriteUnified(writer);
        if (treesFile is not null && File.Exists(treesFile))
        {
            WriteInline(writer, JsonNode.Parse(File.ReadAllText(treesFile))!.AsObject());
        }
    }

    public static void Entry(this FixtureWriter writer, string tree, string name, string text, string part = "boot") =>
        writer.Text($"trees/{tree}/{part}/loader/entries/{name}", text);

    private static void Kernels(this FixtureWriter writer, string tree, string part, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var content = name switch
            {
                "i1" => FixtureContent.Initrd1,
                "i2" => FixtureContent.Initrd2,
                _ => FixtureContent.Kernel,
            };
            writer.Text($"trees/{tree}/{part}/k/{name}", content);
        }
    }

    private static void WriteSorted(FixtureWriter writer)
    {
        foreach (var version in (string[])["1.2", "1.10", "1.9"])
        {
            writer.Kernels("bls1-versions", "boot", $"linux-{version}");
            writer.Entry(
                "bls1-versions",
                $"os-{version}.conf",
                $"title V\nversion {version}\nlinux /k/linux-{version}\n"
            );
        }

        foreach (var key in (string[])["aaa", "zzz"])
        {
            writer.Kernels("bls1-sortkey", "boot", $"linux-{key}");
            writer.Entry(
                "bls1-sortkey",
                $"os-{key}.conf",
                $"title V\nsort-key {key}\nversion 1\nlinux /k/linux-{key}\n"
            );
        }

        foreach (var tree in (string[])["bls1-default", "bls1-default-boot"])
        {
            for (var version = 1; version <= 3; version++)
            {
                writer.Kernels(tree, "boot", $"linux-{version}");
                writer.Entry(tree, $"os-{version}.conf", $"title V\nversion {version}\nlinux /k/linux-{version}\n");
            }
        }

        writer.Text("trees/bls1-default/efi/loader/loader.conf", "default os-2*\ntimeout 3\n");
        writer.Text("trees/bls1-default-boot/boot/loader/loader.conf", "default os-2.conf\n");
        writer.Kernels("bls1-tries", "boot", "linux-1", "linux-2");
        writer.Entry("bls1-tries", "os-1.conf", "title V\nversion 1\nlinux /k/linux-1\n");
        writer.Entry("bls1-tries", "os-2+0-3.conf", "title V\nversion 2\nlinux /k/linux-2\n");
        writer.Kernels("bls1-arch", "boot", "linux-a", "linux-x");
        writer.Entry("bls1-arch", "os-a.conf", "title V\nversion 2\narchitecture aa64\nlinux /k/linux-a\n");
        writer.Entry("bls1-arch", "os-x.conf", "title V\nversion 1\narchitecture x64\nlinux /k/linux-x\n");
    }

    private static void WriteOdd(FixtureWriter writer)
    {
        writer.Entry("bls1-missingkernel", "os.conf", "title V\nversion 2\nlinux /k/linux-absent\ninitrd /k/absent\n");
        writer.Entry("bls1-nolinux", "os.conf", "title V\nversion 2\noptions foo\n");
        writer.Entry("bls1-efikey", "tool.conf", "title V\nefi /EFI/tool/t.efi\n");
        writer.UnifiedKernel("trees/bls1-efikey/boot/EFI/tool/t.efi", 1);
        writer.Kernels("bls1-syntax", "boot", "linux", "i1");
        writer.Entry(
            "bls1-syntax",
            "os.conf",
            "# comment\ntitle V\nbogus-key yes\nversion 2\nlinux\t/k/linux\n\ninitrd   /k/i1\n"
        );
        writer.Entry("bls1-dotdot", "os.conf", "title V\nlinux ../../etc/passwd\n");
        writer.Kernels("bls1-noslash", "boot", "linux", "i1");
        writer.Entry("bls1-noslash", "os.conf", "title V\nlinux k/linux\ninitrd k/i1\n");
    }

    private static void WriteUnified(FixtureWriter writer)
    {
        writer.UnifiedKernel("trees/uki-efi/efi/EFI/Linux/test-1.efi", 1);
        writer.UnifiedKernel("trees/uki-boot/boot/EFI/Linux/test-1.efi", 1);
        writer.UnifiedKernel("trees/uki-two/boot/EFI/Linux/test-1.efi", 1);
        writer.UnifiedKernel("trees/uki-two/boot/EFI/Linux/test-2.efi", 2);
        writer.Text("trees/uki-notpe/boot/EFI/Linux/test-1.efi", FixtureContent.Kernel);
        foreach (var tree in (string[])["both", "both-default1", "both-default2"])
        {
            writer.UnifiedKernel($"trees/{tree}/efi/EFI/Linux/test-1.efi", 1);
            writer.Kernels(tree, "boot", "linux", "i1");
            writer.Entry(tree, "one.conf", "title One\nversion 9\nlinux /k/linux\ninitrd /k/i1\n");
        }

        writer.Text("trees/both-default1/efi/loader/loader.conf", "default one.conf\n");
        writer.Text("trees/both-default2/efi/loader/loader.conf", "default test-1.efi\n");
    }

    private static void WriteInline(FixtureWriter writer, JsonObject trees)
    {
        foreach (var (name, tree) in trees)
        {
            var root = $"trees/g/{name}/t";
            foreach (var part in (string[])["efi", "boot"])
            {
                if (tree![part] is not JsonObject)
                {
                    writer.Directory($"{root}/{part}");
                }
            }

            foreach (var (path, content) in tree!.AsObject())
            {
                WriteInline(writer, $"{root}/{path}", content!);
            }
        }
    }

    private static void WriteInline(FixtureWriter writer, string path, JsonNode content)
    {
        if (content.GetValueKind() == JsonValueKind.String)
        {
            writer.Text(path, content.GetValue<string>());
        }
        else if (content["symlink"] is { } target)
        {
            writer.Link(path, target.GetValue<string>());
        }
        else
        {
            writer.UnifiedKernel(path, content["uki"]!);
        }
    }

    /// <summary>A unified kernel image of described sections.</summary>
    public static void UnifiedKernel(this FixtureWriter writer, string path, JsonNode kernel)
    {
        string[] left = [.. kernel["skip"]?.AsArray().Select(name => name!.GetValue<string>()) ?? []];
        var sections = new List<(string, string)>();
        void Add(string name, string key, string? otherwise)
        {
            var content = kernel.AsObject().TryGetPropertyValue(key, out var given)
                ? given?.GetValue<string>()
                : otherwise;
            if (content is not null && !left.Contains(name))
            {
                sections.Add((name, content));
            }
        }

        Add(".osrel", "osrel", "ID=test\n");
        Add(".cmdline", "cmdline", null);
        Add(".linux", "linux", "KERNEL");
        writer.Executable(path, kernel["subsystem"]?.GetValue<ushort>() ?? 10, [.. sections]);
    }
}
