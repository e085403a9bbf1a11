using System.Runtime.InteropServices;
using System.Text;

namespace VmSpawn.Engine.Native;

/// <summary>What uname(2) says of the running kernel.</summary>
/// <param name="HostName">Host name, in full.</param>
/// <param name="Machine">Architecture, such as <c>x86_64</c>.</param>
internal sealed partial record KernelName(string HostName, string Machine)
{
    /// <summary>Length of each of the six fields of struct utsname on Linux.</summary>
    private const int FieldLength = 65;

    private const int HostNameField = 1;
    private const int MachineField = 4;

    /// <summary>Asks the kernel.</summary>
    public static KernelName Read()
    {
        var fields = new byte[6 * FieldLength];
        if (Uname(fields) != 0)
        {
            throw new IOException($"uname failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        return new KernelName(Field(fields, HostNameField), Field(fields, MachineField));
    }

    private static string Field(ReadOnlySpan<byte> fields, int index)
    {
        var field = fields.Slice(index * FieldLength, FieldLength);
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    [LibraryImport("libc", EntryPoint = "uname", SetLastError = true)]
    private static partial int Uname([Out] byte[] fields);
}
