using System.Text;

namespace VmSpawn.Engine.Native;

/// <summary>A path as the kernel wants it: UTF-8, ended by a NUL.</summary>
internal static class NativePath
{
    /// <summary>The bytes, with the NUL.</summary>
    public static byte[] Encode(string path)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, bytes);
        return bytes;
    }
}
