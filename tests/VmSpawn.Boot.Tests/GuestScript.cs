using System.Text;

namespace VmSpawn.Boot.Tests;

/// <summary>A script that the tiny guest runs when it is up.</summary>
internal static class GuestScript
{
    /// <summary>The kernel argument that brings the script.</summary>
    public static string Argument(string script) =>
        "vmspawn.script=" + Convert.ToBase64String(Encoding.UTF8.GetBytes(script));
}
