using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Modes;

/// <summary>
/// Standard error without <see cref="System.Console"/>, whose set-up costs memory and takes signals into its own hands.
/// </summary>
internal static class StandardError
{
    public static void Write(string line)
    {
        var descriptor = new FileDescriptor(2);
        try
        {
            descriptor.WriteAll(Encoding.UTF8.GetBytes($"{line}\n"));
        }
        catch (SystemCallException)
        {
            // There is nobody to tell.
        }
        finally
        {
            descriptor.SetHandleAsInvalid();
        }
    }
}
