using System.Text.Json;
using VmSpawn.Engine.Machines;

namespace VmSpawn.Monitor.Serving;

/// <summary>What a control client acts on.</summary>
internal interface IControlTarget
{
    /// <summary>The record, brought up to date by asking QEMU.</summary>
    Task<MachineRecord> GetStatusAsync();

    /// <summary>Presses the power button.</summary>
    Task PowerDownAsync();

    /// <summary>Has the guest's own manager power the guest off, over SSH.</summary>
    /// <returns>True if it has agreed.</returns>
    Task<bool> PowerOffAsync();

    /// <summary>Ends QEMU without asking the guest.</summary>
    /// <param name="atOnce">True for SIGKILL, false to let QEMU flush its disks.</param>
    void End(bool atOnce);

    /// <summary>Gives QEMU a command.</summary>
    Task<JsonElement> ExecuteQmpAsync(JsonElement command);
}
