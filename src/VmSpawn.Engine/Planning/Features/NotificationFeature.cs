using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>
/// Where the guest's notifications arrive. Over VSOCK a credential tells the guest the port; without it there is a
/// virtio-serial port, to which any guest may write, and units for systemd that do.
/// </summary>
internal static class NotificationFeature
{
    private const string Id = "notify";

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        switch (vm.NotifyTransport)
        {
            case NotifyTransport.Vsock:
                var vsock = vm.Vsock!;
                plan.Notifications = vsock.HostSocketPath(vsock.NotifyPort) is { } socket
                    ? new SocketNotifications(socket, VsockFeature.HelperId)
                    : new VsockNotifications(vsock.NotifyPort, vsock.Cid);
                break;
            case NotifyTransport.VirtioSerial:
                var number = plan.AddDescriptor(n => new NotifyDescriptor(n));
                VirtioSerialBus.AddPort(vm, plan, Id, NotifyUnits.PortName, number);
                plan.Notifications = new PortNotifications(NotifyUnits.PortName);
                PlanUnits(vm, plan);
                break;
        }
    }

    // Through fw_cfg the names of these credentials would be too long. What the user gave wins.
    private static void PlanUnits(ResolvedVm vm, PlanBuilder plan)
    {
        if (!vm.HasSmbios || NotifyUnits.Credentials.Any(unit => vm.Credentials.Any(given => given.Id == unit.Id)))
        {
            return;
        }

        for (var index = 0; index < NotifyUnits.Credentials.Count; index++)
        {
            var (id, content) = NotifyUnits.Credentials[index];
            if (!CredentialTransport.CanCarry(vm, plan, id, isAutomatic: true, content.Length))
            {
                continue;
            }

            var path = plan.InRunDirectory($"notify-unit-{index}");
            var text = CredentialTransport.SmbiosText(id) + Convert.ToBase64String(content);
            plan.AddFile(new WrittenFile(path, [.. Encoding.ASCII.GetBytes(text)], Secret: false));
            CredentialTransport.AddOption(vm, plan, id, path);
        }
    }
}
