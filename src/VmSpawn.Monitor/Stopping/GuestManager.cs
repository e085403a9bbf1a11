using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Ssh;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Stopping;

/// <summary>The guest's own manager of services, over SSH: what powers off a guest that hears no button.</summary>
internal sealed class GuestManager(EventLoop loop, Children children, PlannedSsh? ssh, string name, RunDirectory run)
{
    // Logging in takes an emulated guest two seconds; one that does not answer is not waited for much longer.
    private const int ConnectSeconds = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(1);

    private Task<bool>? asking;
    private ChildProcess? client;
    private bool isClosed;

    /// <summary>True if there is a way to it.</summary>
    public bool IsReachable => ssh is { Client: not null, Address: not null };

    /// <summary>Has the guest powered off; asks once at a time.</summary>
    /// <returns>True if it has agreed.</returns>
    /// <exception cref="VmSpawnException"><c>GuestManagerNotReachable</c>: there is no way.</exception>
    public Task<bool> PowerOffAsync()
    {
        if (!IsReachable || isClosed)
        {
            throw new VmSpawnException(
                ControlRequest.ManagerNotReachable,
                VmErrorKind.Failed,
                $"No way over SSH into the guest of the VM '{name}' is known."
            );
        }

        if (asking is not { IsCompleted: false })
        {
            asking = AskAsync();
        }

        return asking;
    }

    /// <summary>Asks no more.</summary>
    public async Task CloseAsync()
    {
        isClosed = true;
        client?.Kill();
        if (asking is not null)
        {
            await loop.WaitAsync(asking, KillTime);
        }
    }

    private async Task<bool> AskAsync()
    {
        var command = new SshClientCommand(ssh!, Environment.ProcessPath!);
        using var process = children.Start(
            "ssh",
            command.PowerOff(ssh!.Client!, name, ConnectSeconds),
            [],
            run.HelperLog("ssh")
        );
        client = process;
        try
        {
            if (await loop.WaitAsync(process.Exited, Limit))
            {
                return process.Exited.Result.IsSuccess;
            }

            process.Kill();
            await loop.WaitAsync(process.Exited, KillTime);
            return false;
        }
        finally
        {
            client = null;
        }
    }
}
