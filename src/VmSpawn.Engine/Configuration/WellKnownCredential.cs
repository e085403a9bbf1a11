using System.Collections.Immutable;
using System.Text;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>
/// Credentials that a guest's systemd acts on by itself (systemd.system-credentials(7)), made from checked values.
/// </summary>
public static class WellKnownCredential
{
    /// <summary>Hash of root's password.</summary>
    public const string RootPassword = "passwd.hashed-password.root";

    private const int LongestHostName = 64;

    private static readonly string[] NetworkSuffixes = [".network", ".netdev", ".link"];
    private static readonly string[] UnitSuffixes =
    [
        ".service",
        ".socket",
        ".target",
        ".timer",
        ".mount",
        ".automount",
        ".path",
        ".slice",
        ".swap",
    ];

    /// <summary>Every documented name with what it does; a name that ends with a dot takes another part.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> Names { get; } =
    [
        new("firstboot.keymap", "Key map of the console, at the first boot."),
        new("firstboot.locale", "Locale (LANG), at the first boot."),
        new("firstboot.locale-messages", "Locale of messages (LC_MESSAGES), at the first boot."),
        new("firstboot.timezone", "Time zone, at the first boot."),
        new("fstab.extra", "Further lines of fstab."),
        new("getty.ttys.container", "Terminals of a container with a login."),
        new("getty.ttys.serial", "Serial terminals with a login."),
        new("home.create.", "A user of systemd-homed, by name."),
        new("journal.forward_to_socket", "Where journald forwards what is logged."),
        new("journal.storage", "Storage= of journald."),
        new("login.issue", "What is shown before a login."),
        new("login.motd", "What is shown after a login."),
        new("network.conf.", "A drop-in of networkd.conf, by name."),
        new("network.dns", "DNS servers."),
        new("network.hosts", "/etc/hosts."),
        new("network.link.", "A .link file, by name."),
        new("network.netdev.", "A .netdev file, by name."),
        new("network.network.", "A .network file, by name."),
        new("network.search_domains", "Search domains."),
        new("network.wireguard.", "A key of WireGuard, by name."),
        new(RootPassword, "Hash of root's password (New-VmCredential -RootPassword makes it)."),
        new("passwd.plaintext-password.root", "Password of root, readable in the guest."),
        new("passwd.shell.root", "Login shell of root."),
        new("ssh.authorized_keys.root", "Keys that may log in as root."),
        new("ssh.ephemeral-authorized_keys-all", "Keys that may log in as anybody, until the guest ends."),
        new("ssh.listen", "Where sshd listens besides."),
        new("sysctl.extra", "Further lines of sysctl.d."),
        new("system.hostname", "Host name, unless the guest has one (systemd 254)."),
        new("system.machine_id", "Machine identity, at the first boot."),
        new("systemd.extra-unit.", "A unit, by name (systemd 256)."),
        new("systemd.unit-dropin.", "A drop-in of a unit, by name (systemd 256)."),
        new("sysusers.extra", "Further lines of sysusers.d."),
        new("tmpfiles.extra", "Further lines of tmpfiles.d."),
        new("tty.console.rows", "Height of the console."),
        new("tty.console.columns", "Width of the console."),
        new("tty.virtual.tty1.rows", "Height of the first virtual terminal."),
        new("tty.virtual.tty1.columns", "Width of the first virtual terminal."),
        new("udev.conf.", "A drop-in of udev.conf, by name."),
        new("udev.rules.", "A file of udev rules, by name."),
        new("userdb.transient.group.", "A group, by name."),
        new("userdb.transient.user.", "A user, by name."),
        new("vconsole.font", "Font of the console."),
        new("vconsole.keymap", "Key map of the console."),
        new("vmm.notify_socket", "Where the guest says that it is ready."),
    ];

    /// <summary>The host name (<c>system.hostname</c>), which the guest's own <c>/etc/hostname</c> overrules.</summary>
    /// <exception cref="InvalidValueException">It is no host name.</exception>
    public static CredentialSpec HostName(string? text) =>
        text is { Length: > 0 and <= LongestHostName } && text.Split('.').All(IsLabel)
            ? Of("system.hostname", text)
            : throw ValueError.Create(
                "hostname",
                text,
                "it is no host name",
                $"Use up to {LongestHostName} letters, digits, '-' and '.', such as web1.example.org."
            );

    /// <summary>The time zone (<c>firstboot.timezone</c>).</summary>
    /// <exception cref="InvalidValueException">It is no name of a time zone.</exception>
    public static CredentialSpec TimeZone(string? text) =>
        text is { Length: > 0 }
        && text.Split('/')
            .All(part =>
                part.Length > 0
                && char.IsAsciiLetter(part[0])
                && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+')
            )
            ? Of("firstboot.timezone", text)
            : throw ValueError.Create(
                "timezone",
                text,
                "it is no name of a time zone",
                "Use a name such as Europe/Berlin or UTC; timedatectl list-timezones lists them."
            );

    /// <summary>The locale (<c>firstboot.locale</c>).</summary>
    /// <exception cref="InvalidValueException">It is no name of a locale.</exception>
    public static CredentialSpec Locale(string? text) =>
        text is { Length: > 0 }
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '@')
            ? Of("firstboot.locale", text)
            : throw ValueError.Create(
                "locale",
                text,
                "it is no name of a locale",
                "Use a name such as de_DE.UTF-8 or C.UTF-8; locale -a lists them."
            );

    /// <summary>Keys that may log in as root (<c>ssh.authorized_keys.root</c>), one a line.</summary>
    /// <param name="lines">Lines of an <c>authorized_keys</c> file; blank ones are left out.</param>
    /// <exception cref="InvalidValueException">One is no public key; it is not in the error, it may be a private one.</exception>
    public static CredentialSpec AuthorizedKeys(IEnumerable<string?> lines)
    {
        var keys = lines
            .SelectMany(text => (text ?? "").Split('\n'))
            .Select(line => line.Trim())
            .Where(line => line.Length > 0)
            .ToList();
        for (var index = 0; index < keys.Count; index++)
        {
            if (!keys[index].StartsWith('#') && !HoldsPublicKey(keys[index]))
            {
                throw ValueError.Create(
                    "ssh authorized key",
                    $"line {index + 1}",
                    "it is no public key",
                    "Give lines such as those of ~/.ssh/id_ed25519.pub: a type, a key in base64, and a comment."
                );
            }
        }

        return keys.Count > 0
            ? Of("ssh.authorized_keys.root", string.Concat(keys.Select(key => key + "\n")))
            : throw ValueError.Create("ssh authorized key", "", "there is none", "Give at least one public key.");
    }

    /// <summary>The name for a file of systemd-networkd, such as <c>network.network.50-lan</c> for <c>50-lan.network</c>.</summary>
    /// <exception cref="InvalidValueException">The file's name is none that networkd reads.</exception>
    public static CredentialId NetworkFile(HostPath path)
    {
        var suffix = Array.Find(NetworkSuffixes, ending => HasName(path.FileName, ending));
        return suffix is not null
            ? CredentialId.Parse($"network{suffix}.{path.FileName[..^suffix.Length]}", "network file")
            : throw ValueError.Create(
                "network file",
                path.Value,
                "networkd reads no file of that name",
                $"Its name has to end with {string.Join(", ", NetworkSuffixes)}."
            );
    }

    /// <summary>The name for a unit, such as <c>systemd.extra-unit.hello.service</c>.</summary>
    /// <exception cref="InvalidValueException">The file's name is that of no unit.</exception>
    public static CredentialId ExtraUnit(HostPath path) =>
        Array.Exists(UnitSuffixes, ending => HasName(path.FileName, ending))
        && path.FileName.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '-' or '_' or '.' or '\\' or '@')
            ? CredentialId.Parse($"systemd.extra-unit.{path.FileName}", "extra unit")
            : throw ValueError.Create(
                "extra unit",
                path.Value,
                "its name is that of no unit",
                $"Its name has to end with {string.Join(", ", UnitSuffixes)} (systemd.unit(5))."
            );

    private static CredentialSpec Of(string id, string text) =>
        CredentialSpec.FromBytes(CredentialId.Parse(id), [.. Encoding.UTF8.GetBytes(text)]);

    private static bool HasName(string fileName, string ending) =>
        fileName.Length > ending.Length && fileName.EndsWith(ending, StringComparison.Ordinal);

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    // Options may stand before the type; the key itself begins with its type once more, its length in four bytes
    // (sshd(8), RFC 4253).
    private static bool HoldsPublicKey(string line)
    {
        var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        for (var index = 0; index + 1 < words.Length; index++)
        {
            var key = new byte[words[index + 1].Length];
            var type = Encoding.UTF8.GetBytes(words[index]);
            if (
                Convert.TryFromBase64String(words[index + 1], key, out var length)
                && length > 4 + type.Length
                && key[0] == 0
                && key[1] == 0
                && ((key[2] << 8) | key[3]) == type.Length
                && key.AsSpan(4, type.Length).SequenceEqual(type)
            )
            {
                return true;
            }
        }

        return false;
    }
}
