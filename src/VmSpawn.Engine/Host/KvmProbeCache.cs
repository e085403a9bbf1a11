using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Host;

/// <summary>
/// The answers of <see cref="KvmProbe"/> that hold until the host boots again or QEMU is upgraded, in one small file
/// of the runtime root. A cache that cannot be read or written costs time, never an error.
/// </summary>
internal sealed partial class KvmProbeCache(string runtimeRoot)
{
    private const int SizeLimit = 16 * 1024;

    /// <summary>File name in the runtime root; the dot keeps it out of the names of VMs.</summary>
    public const string FileName = ".kvm-probe.json";

    private string FilePath => Path.Join(runtimeRoot, FileName);

    /// <summary>The kept answer, or <see langword="null"/>.</summary>
    public DeviceAccess? Find(string key)
    {
        try
        {
            // Only a file of our own is believed: another user's could claim anything.
            if (
                FileStatus.TryGet(FilePath, followLink: false) is not { IsRegularFile: true } status
                || status.Owner != UserIdentity.Effective
                || status.Length > SizeLimit
            )
            {
                return null;
            }

            var entry = JsonSerializer.Deserialize(File.ReadAllBytes(FilePath), CacheJson.Default.Entry);
            return entry?.Key == Qualified(key) ? entry.Answer : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps an answer in place of the one before, by atomic rename.</summary>
    public void Keep(string key, DeviceAccess answer)
    {
        var temporary = $"{FilePath}.{Environment.ProcessId}";
        try
        {
            PrivateDirectory.Create(runtimeRoot);
            using (
                var file = new FileStream(
                    temporary,
                    new FileStreamOptions
                    {
                        Mode = FileMode.Create,
                        Access = FileAccess.Write,
                        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    }
                )
            )
            {
                JsonSerializer.Serialize(file, new Entry(Qualified(key), answer), CacheJson.Default.Entry);
            }

            File.Move(temporary, FilePath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or VmSpawnException)
        {
            TryDelete(temporary);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It could not be created either, or vanished.
        }
    }

    /// <summary>The answer holds for this boot and this user.</summary>
    private static string Qualified(string key) =>
        string.Create(CultureInfo.InvariantCulture, $"{BootId()}|{UserIdentity.Effective}|{key}");

    private static string BootId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without /proc nothing says when the answer expires: a key that no other process has.
            return $"no-boot-id-{Environment.ProcessId}";
        }
    }

    private sealed record Entry(string Key, DeviceAccess Answer);

    [JsonSerializable(typeof(Entry))]
    private sealed partial class CacheJson : JsonSerializerContext;
}
