using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning;

/// <summary>The guest's kernel command line (the spec, section 2.2).</summary>
internal static class KernelCommandLine
{
    /// <summary>The words, joined by single blanks; words with blanks in them are the user's business.</summary>
    public static string Compose(ResolvedVm vm) => string.Join(' ', Words(vm));

    // A boot entry's words come first: of several consoles and roots the kernel takes the last. What stands behind "--" is
    // for the first process, not for the kernel.
    private static IEnumerable<string> Words(ResolvedVm vm)
    {
        var options = vm.Kernel?.Options ?? [];
        var dashes = options.IndexOf("--");
        return dashes < 0
            ? [.. options, .. OwnWords(vm)]
            : [.. options[..dashes], .. OwnWords(vm), .. options[dashes..]];
    }

    private static IEnumerable<string> OwnWords(ResolvedVm vm)
    {
        if (vm.Console is not ConsoleMode.Headless)
        {
            yield return vm.ConsoleTransport is ConsoleTransport.Virtio
                ? "console=hvc0"
                : $"console={vm.Architecture.SerialTerminal}";
        }

        foreach (var word in vm.KernelArguments)
        {
            yield return word;
        }

        if (vm.RootArgument is not null)
        {
            yield return vm.RootArgument;
        }

        foreach (var mount in vm.Mounts)
        {
            yield return mount.Target is { } target
                ? $"systemd.mount-extra=\"{mount.Tag}:{Escape(target)}:virtiofs:{(mount.IsReadOnly ? "ro" : "rw")}\""
                : $"root={mount.Tag} rootfstype=virtiofs rw";
        }
    }

    // systemd decodes C escapes there; what would end the word, its parts or the printable range is escaped.
    private static string Escape(string target)
    {
        var text = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(target))
        {
            if (b is < (byte)' ' or >= 0x7f or (byte)'"' or (byte)':' or (byte)'\\')
            {
                text.Append($"\\x{b:x2}");
            }
            else
            {
                text.Append((char)b);
            }
        }

        return text.ToString();
    }
}
