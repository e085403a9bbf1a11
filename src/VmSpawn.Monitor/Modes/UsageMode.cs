namespace VmSpawn.Monitor.Modes;

/// <summary>Started by a person: says that this is no program for people.</summary>
internal static class UsageMode
{
    public static int Run()
    {
        StandardError.Write("vmspawn-monitor supervises one virtual machine. Start-VmSpawn starts it.");
        return 2;
    }
}
