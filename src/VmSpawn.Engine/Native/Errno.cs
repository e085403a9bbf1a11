namespace VmSpawn.Engine.Native;

/// <summary>Error numbers that are decided on (errno(3), the same on x86 and arm).</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int NoProcess = 3;
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int NoChild = 10;
    public const int TryAgain = 11;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int CrossDevice = 18;
    public const int NotDirectory = 20;
    public const int Invalid = 22;
    public const int NoSpace = 28;
    public const int BrokenPipe = 32;
    public const int NameTooLong = 36;
    public const int NotEmpty = 39;
    public const int NotSupported = 95;
    public const int ConnectionReset = 104;
}
